"""The key file and the codes made with it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.errors import InputError, OutputError, SansheError, SettingsError
from sanshe_net.privacy import keys, private_files
from sanshe_net.privacy.keys import HEADER, Key, checked_scope, codes_for, new_key, read_key
from sanshe_net.privacy.private_files import write_private

KEY = Key(bytes(range(32)))
ids = st.lists(st.text(max_size=6), unique=True, max_size=20)
on_posix = pytest.mark.skipif(
    os.name != "posix", reason="Windows has no permissions of owner, group and others"
)


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(SansheError) as refused:
        read_key(path, **options)  # type: ignore[arg-type]
    return refused.value.code


def test_a_new_key_is_read_back_and_only_its_owner_can(tmp_path: Path) -> None:
    path = tmp_path / "密钥.txt"
    made = new_key(path)

    assert read_key(path) == made
    assert len(made.secret) == 32
    assert path.read_text().startswith(f"{HEADER}\n")
    assert [each.name for each in tmp_path.iterdir()] == ["密钥.txt"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_keys_differ_and_so_do_their_fingerprints(tmp_path: Path) -> None:
    one, other = new_key(tmp_path / "1"), new_key(tmp_path / "2")

    assert one.secret != other.secret
    assert one.fingerprint != other.fingerprint
    assert len(one.fingerprint) == 8


def test_a_key_never_shows_its_secret() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert str(KEY.secret) not in f"{KEY}"
    assert KEY.fingerprint not in KEY.secret.hex()


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "密钥.txt"
    made = new_key(path)
    with pytest.raises(OutputError, match="E-PRIVATE-EXISTS"):
        new_key(path)

    assert read_key(path) == made


def test_a_key_is_not_written_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="E-OUT-NOT-WRITABLE"):
        new_key(tmp_path / "none" / "key")


def test_a_lost_key_is_said_to_be_lost_for_good(tmp_path: Path) -> None:
    with pytest.raises(InputError) as lost:
        read_key(tmp_path / "gone")

    assert lost.value.code == "E-KEY-MISSING"
    assert "cannot be made again" in lost.value.message("en")
    assert "stay readable" in lost.value.message("en")
    assert "仍可阅读" in lost.value.message("zh")


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEADER,
        f"{HEADER}\n{'ab' * 31}\n",
        f"{HEADER}\n{'ab' * 33}\n",
        f"{HEADER}\n{'00' * 32}\n",
        f"{HEADER}\n{'AB' * 32}\n",
        f"another {HEADER}\n{'ab' * 32}\n",
        "-----BEGIN PRIVATE KEY-----\nMC4C\n",
        "ab" * 32,
        f"{HEADER}\n{'ab' * 32}\n{'cd' * 32}\n",
    ],
)
def test_what_is_no_whole_key_of_ours_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o600)

    assert refusal(path) == "E-KEY-FORM"


def test_line_ends_of_windows_do_not_spoil_a_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(f"{HEADER}\r\n{'ab' * 32}\r\n".encode())
    path.chmod(0o600)

    assert read_key(path) == Key(b"\xab" * 32)


@on_posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622, 0o666])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    new_key(path)
    path.chmod(mode)

    assert refusal(path) == "E-PRIVATE-OPEN"


def test_where_files_have_no_owner_marks_none_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    made = new_key(path)
    path.chmod(0o644)
    monkeypatch.setattr(private_files, "os", type("nt", (), {"name": "nt"}))

    assert read_key(path) == made


def test_a_key_inside_a_folder_to_be_shared_is_refused(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "deep").mkdir(parents=True)
    path = pack / "deep" / "key"
    new_key(path)

    assert refusal(path, shared=[pack]) == "E-PRIVATE-PLACE"
    read_key(path, shared=[tmp_path / "other"])


@pytest.mark.parametrize("mark", [".git", "run.json"])
def test_a_key_inside_a_result_or_what_git_keeps_is_refused(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "deep" / "key"
    path.parent.mkdir()
    new_key(path)
    (tmp_path / mark).write_text("")

    assert refusal(path) == "E-PRIVATE-PLACE"
    with pytest.raises(SettingsError, match="E-PRIVATE-PLACE"):
        new_key(tmp_path / "deep" / "another")


@on_posix
def test_a_link_from_elsewhere_does_not_hide_where_a_key_is(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    new_key(pack / "key")
    (tmp_path / "link").symlink_to(pack / "key")

    assert refusal(tmp_path / "link", shared=[pack]) == "E-PRIVATE-PLACE"


def test_a_key_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key"
    new_key(path)

    def fail(self: Path, *_: object, **__: object) -> None:
        raise OSError(5, "broken")

    monkeypatch.setattr(Path, "open", fail)
    assert refusal(path) == "E-KEY-UNREADABLE"


# --- writing private files


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize("failure", [OSError(28, "full"), KeyboardInterrupt()])
def test_a_failure_while_writing_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool, failure: BaseException
) -> None:
    path = tmp_path / "registry"
    if replace:
        write_private(path, "before", replace=True)

    def fail(_: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError if isinstance(failure, OSError) else KeyboardInterrupt):
        write_private(path, "after", replace=replace)

    assert [each.name for each in tmp_path.iterdir()] == (["registry"] if replace else [])
    assert not replace or path.read_text() == "before"


# --- codes


def test_codes_are_what_they_were_last_quarter() -> None:
    # Worked out once with an independent program: base32(HMAC-SHA256(key, scope 0x00 id)).
    import base64
    import hashlib
    import hmac

    whole = hmac.new(bytes(range(32)), "街道办".encode() + b"\0" + b"p1", hashlib.sha256).digest()
    assert codes_for(KEY, "街道办", ["p1"]) == {"p1": base64.b32encode(whole)[:8].decode()}


@given(ids, ids)
def test_new_people_change_no_code_of_those_known_before(old: list[str], new: list[str]) -> None:
    before = codes_for(KEY, "a", old)
    after = codes_for(KEY, "a", [*old, *new])

    assert {one: after[one] for one in old} == before
    assert len(set(after.values())) == len(after)


@given(ids.filter(bool))
def test_two_recipients_get_codes_that_cannot_be_joined(people: list[str]) -> None:
    assert not set(codes_for(KEY, "a", people).values()) & set(codes_for(KEY, "b", people).values())


def test_another_key_makes_other_codes() -> None:
    other = Key(bytes(32))

    assert codes_for(KEY, "a", ["p"]) != codes_for(other, "a", ["p"])


def test_when_codes_begin_alike_the_later_one_is_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        keys, "_digest", lambda key, scope, one: "ABCDEFGH" + {"x": "IJ", "y": "IK", "z": "IJ"}[one]
    )
    codes = codes_for(KEY, "a", ["x", "y", "x"])

    assert codes == {"x": "ABCDEFGH", "y": "ABCDEFGHI"}


@pytest.mark.parametrize("scope", ["", "  ", "a\0b", "a\nb"])
def test_a_recipient_must_have_a_name(scope: str) -> None:
    with pytest.raises(SettingsError, match="E-SCOPE"):
        checked_scope(scope)


def test_a_recipient_is_the_same_however_wide_its_letters() -> None:
    assert checked_scope(" ＡＢ局 ") == "AB局"
