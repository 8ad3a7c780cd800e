"""The key of a station, and the codes that people get in what is shared.

A code is a keyed digest of a random person id and of who receives it. Without the key nobody can work codes
out, with the key alone nobody can either (the ids stand in the private registry), and two recipients cannot
join what they were given. A plain digest of a name or a phone would be undone by trying all of them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sanshe_net.errors import InputError, SettingsError
from sanshe_net.privacy.private_files import check_owner_only, check_place, write_private

HEADER: Final = "sanshe-net key 1"
KEY_BYTES: Final = 32
CODE_LETTERS: Final = 8
_FORM: Final = re.compile(rf"{HEADER}\r?\n([0-9a-f]{{{2 * KEY_BYTES}}})\s*")
_LONGEST_KEY_FILE: Final = 1_000


@dataclass(frozen=True)
class Key:
    """The secret of a station. Never printed, logged or written anywhere but into its own file."""

    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Eight digits that tell keys apart and say nothing about them."""
        return hashlib.sha256(self.secret).hexdigest()[:8]


def new_key(path: Path) -> Key:
    """Make a key and write it into a file of its own, which only its owner can read.

    Raises
    ------
    SettingsError, OutputError
        When ``path`` is in a folder that others get, exists (a key is never replaced), or cannot be written.
    """
    check_place(path)
    key = Key(secrets.token_bytes(KEY_BYTES))
    write_private(path, f"{HEADER}\n{key.secret.hex()}\n", replace=False)
    return key


def read_key(path: Path, *, shared: Iterable[Path] = ()) -> Key:
    """Return the key in a file.

    Raises
    ------
    InputError, SettingsError
        When there is no such file (``E-KEY-MISSING``), it holds no key of ours (``E-KEY-FORM``), others may
        read it, or it lies in a folder that others get (see
        :func:`~sanshe_net.privacy.private_files.check_place`).
    """
    if not path.is_file():
        raise InputError("E-KEY-MISSING", path=path)
    check_place(path, shared)
    check_owner_only(path)
    try:
        with path.open("rb") as file:
            held = _FORM.fullmatch(file.read(_LONGEST_KEY_FILE).decode("ascii", "replace"))
    except OSError as error:
        raise InputError("E-KEY-UNREADABLE", path=path, reason=error.strerror or error) from error
    if held is None or len(set(held[1])) == 1:  # 000… is no secret
        raise InputError("E-KEY-FORM", path=path)
    return Key(bytes.fromhex(held[1]))


def checked_scope(scope: str) -> str:
    """Return the name of a recipient in one spelling.

    Raises
    ------
    SettingsError
        ``E-SCOPE`` when it is empty or holds control characters.
    """
    tidy = unicodedata.normalize("NFKC", scope).strip()
    if not tidy or not tidy.isprintable():
        raise SettingsError("E-SCOPE", found=scope)
    return tidy


def codes_for(key: Key, scope: str, ids: Iterable[str]) -> dict[str, str]:
    """Return a code for every id.

    Parameters
    ----------
    scope
        Who will get the codes; another recipient gets others.
    ids
        In the order they were first known: when two codes begin alike, which hardly happens, the later one is
        made longer and the earlier one stays as it was published.
    """
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for one in dict.fromkeys(ids):
        whole = _digest(key, scope, one)
        length = CODE_LETTERS
        while whole[:length] in taken:
            length += 1
        codes[one] = whole[:length]
        taken.add(codes[one])
    return codes


def _digest(key: Key, scope: str, one: str) -> str:
    said = checked_scope(scope).encode() + b"\0" + one.encode("utf-8", "surrogatepass")
    return base64.b32encode(hmac.digest(key.secret, said, "sha256")).decode("ascii").rstrip("=")
