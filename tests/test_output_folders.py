"""Folders of results: refused early, held by one run at a time, changed whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from sanshe_net import export, files
from sanshe_net.errors import OutputError
from sanshe_net.vocabulary import Label

TABLE = pd.DataFrame({"name": ["李梅", "=1"], "count": [1, 2]})


def write_result(out: Path, word: str, *, force: bool = True) -> None:
    """A small run: every kind of output that a run has."""
    with export.staged(out, force=force) as folder:
        export.write_text(folder / "report.html", word)
        export.make_folder(folder / "tables")
        export.write_csv(folder / "tables" / "people.csv", TABLE)
        export.write_workbook(folder / "tables.xlsx", {"people": (Label("人", "people"), TABLE)}, "en")
        export.write_manifest(folder, {"word": word})


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that holds a result."""
    write_result(tmp_path / "out", "old")
    assert names(tmp_path) == ["out"]
    return tmp_path / "out"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_result_replaces_an_earlier_one_whole(out: Path) -> None:
    (out / "tables" / "gone.csv").write_text("x")
    write_result(out, "new")

    assert set(content(out)) == {"report.html", "tables/people.csv", "tables.xlsx", "run.json"}
    assert (out / "report.html").read_text() == "new"
    assert names(out.parent) == ["out"]


def test_a_run_that_fails_leaves_the_earlier_result_and_nothing_else(out: Path) -> None:
    before = content(out)

    def fail() -> None:
        with export.staged(out, force=True) as folder:
            export.write_text(folder / "new.txt", "new")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        fail()
    assert content(out) == before
    assert names(out.parent) == ["out"]


def test_folders_above_a_result_are_made_and_vanish_with_a_failed_run(tmp_path: Path) -> None:
    out = tmp_path / "x" / "y" / "out"

    def fail() -> None:
        with export.staged(out) as folder:
            export.write_text(folder / "new.txt", "new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert names(tmp_path) == []
    write_result(out, "new")
    assert names(out.parent) == ["out"]


def test_a_folder_needs_no_manifest_to_be_written_whole(tmp_path: Path) -> None:
    with export.staged(tmp_path / "out") as folder:
        export.write_text(folder / "a.txt", "a")

    assert content(tmp_path) == {"out/a.txt": b"a"}


def test_a_result_that_was_made_private_stays_private(out: Path) -> None:
    out.chmod(0o700)
    (out.parent / "a.html").write_text("old")
    (out.parent / "a.html").chmod(0o600)
    write_result(out, "new")
    export.write_text(out.parent / "a.html", "new")

    assert out.stat().st_mode & 0o777 == 0o700
    assert (out.parent / "a.html").stat().st_mode & 0o777 == 0o600


# --- faults: every step of the system fails once, or is interrupted, before or after it is done

STEPS = ("open", "write", "ftruncate", "fsync", "rename", "replace", "mkdir")


class Faults:
    """Counts the steps of the system, and lets one of them fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, steps: tuple[str, ...] = STEPS) -> None:
        self.count = 0
        self.last = 0
        self.at: int | None = None
        self.failure: BaseException = OSError(errno.ENOSPC, "No space left on device")
        self.done_first = False
        for name in steps:
            monkeypatch.setattr(os, name, self.wrapped(getattr(os, name)))

    def wrapped(self, step: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object, **kwargs: object) -> object:
            number, self.count = self.count, self.count + 1
            fails = self.at is not None and self.at <= number <= self.last
            if fails and not self.done_first:
                raise self.failure
            try:
                return step(*args, **kwargs)
            finally:
                if fails:
                    raise self.failure

        return run

    def fail(
        self, at: int | None, failure: BaseException, *, done_first: bool = False, on: bool = False
    ) -> None:
        self.count, self.at, self.failure, self.done_first = 0, at, failure, done_first
        self.last = sys.maxsize if on else at or 0


def refusal_of(work: Callable[[], None]) -> OutputError | None:
    try:
        work()
    except OutputError as refusal:
        return refusal
    return None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_whichever_step_fails_the_earlier_result_stays_and_nothing_else(
    number: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(out)
    faults = Faults(monkeypatch)
    write_result(out, "old")
    steps, refusals = faults.count, 0
    assert steps > 30
    for step in range(steps):
        faults.fail(step, OSError(number, os.strerror(number)))
        refusal = refusal_of(lambda: write_result(out, "new"))
        if refusal is not None:
            refusals += 1
            assert refusal.code == "E-OUT-NOT-WRITABLE"
            assert content(out) == before, step
            assert names(out.parent) == ["out"], step
        else:  # a folder that cannot be synced, or an earlier result that could not be removed yet
            assert (out / "report.html").read_text() == "new"
            faults.fail(None, OSError())
            write_result(out, "old")
            assert content(out) == before
            assert names(out.parent) == ["out"], step
    assert refusals > steps / 2


def test_a_disk_that_stays_full_leaves_the_earlier_result_and_nothing_else(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(out)
    faults = Faults(monkeypatch, ("write",))
    write_result(out, "old")
    writes = faults.count
    for write in range(writes):
        faults.fail(write, OSError(errno.ENOSPC, "No space left on device"), on=True)
        with pytest.raises(OutputError, match=r"E-OUT-NOT-WRITABLE.*no space left"):
            write_result(out, "new")
        assert content(out) == before
        assert names(out.parent) == ["out"]
    assert writes >= 5


@pytest.mark.parametrize("done_first", [False, True])
def test_an_interrupt_at_any_step_leaves_one_whole_result(
    done_first: bool, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(out)
    faults = Faults(monkeypatch)
    write_result(out, "new")
    after, steps = content(out), faults.count
    write_result(out, "old")
    for step in range(steps):
        faults.fail(step, KeyboardInterrupt(), done_first=done_first)
        with pytest.raises(KeyboardInterrupt):
            write_result(out, "new")
        faults.fail(None, OSError())
        assert content(out) in (before, after), step
        # Interrupted between a step and knowing of it, or while the earlier result was removed: something of
        # ours may be left, and the next run removes it.
        left = [name for name in names(out.parent) if name != "out"]
        assert all(map(files.is_working_name, left)), step
        assert not left or done_first or content(out) == after, step
        write_result(out, "old")
        assert content(out) == before
        assert names(out.parent) == ["out"], step


@pytest.mark.parametrize("done_first", [False, True])
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_a_first_result_that_fails_leaves_nothing(
    failure: BaseException, done_first: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults(monkeypatch)
    write_result(tmp_path / "x" / "out", "new")
    steps = faults.count
    for step in range(steps):
        faults.fail(None, OSError())
        shutil.rmtree(tmp_path / "x", ignore_errors=True)
        faults.fail(step, failure, done_first=done_first)
        try:
            write_result(tmp_path / "x" / "out", "new")
        except (OutputError, KeyboardInterrupt):
            faults.fail(None, OSError())
            if (tmp_path / "x").exists():  # the folder above was made just when the interrupt came
                assert not [path for path in tmp_path.rglob("*") if path.name == "run.json"], step
        else:
            assert export.verify_run(tmp_path / "x" / "out") == []


def test_an_earlier_result_that_cannot_be_brought_back_stays_on_disk_and_is_named(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(out)
    faults = Faults(monkeypatch, ("rename",))
    faults.fail(1, OSError(errno.EIO, "Input/output error"), on=True)

    with pytest.raises(OutputError, match="E-OUT-NOT-WRITABLE") as refusal:
        write_result(out, "new")
    earlier = files.working_name(out, "old")
    assert content(earlier) == before
    assert earlier.name in refusal.value.message("zh")
    faults.fail(None, OSError())
    with pytest.raises(OutputError, match="E-OUT-EXISTS"):  # it is brought back, and then is in the way
        write_result(out, "new", force=False)
    assert content(out) == before
    assert names(out.parent) == ["out"]


def test_a_result_that_reads_back_differently_is_never_moved_into_place(out: Path) -> None:
    before = content(out)

    def tamper() -> None:
        with export.staged(out, force=True) as folder:
            export.write_text(folder / "report.html", "new")
            export.write_manifest(folder, {})
            (folder / "report.html").write_text("bad")

    with pytest.raises(OutputError, match=r"E-OUT-REREAD.*report\.html"):
        tamper()
    assert content(out) == before
    assert names(out.parent) == ["out"]


# --- killed runs

KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[3:]
import test_output_folders as t
steps = [int(sys.argv[2])]
def counted(step):
    def run(*args, **kwargs):
        steps[0] -= 1
        if steps[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*args, **kwargs)
    return run
for name in t.STEPS:
    setattr(os, name, counted(getattr(os, name)))
t.write_result(Path(sys.argv[1]), "new")
"""


def test_a_killed_run_leaves_one_whole_result_and_the_next_run_clears_up(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(out)
    write_result(out, "new")
    after = content(out)
    write_result(out, "old")
    faults = Faults(monkeypatch)
    write_result(out, "old")
    renames_from = faults.count
    here = str(Path(__file__).parent)
    # A sample of the steps, and every one around the change of places at the end.
    for step in [5, 20, *range(renames_from - 6, renames_from)]:
        command = [sys.executable, "-c", KILLED, str(out), str(step), here]
        assert subprocess.run(command, check=False, capture_output=True).returncode == -9
        if out.exists():
            assert content(out) in (before, after), step
        write_result(out, "newest")
        assert (out / "report.html").read_text() == "newest"
        assert names(out.parent) == ["out"], step
        write_result(out, "old")


def test_what_a_killed_run_took_away_comes_back_before_anything_else(out: Path) -> None:
    before = content(out)
    out.rename(files.working_name(out, "old"))
    files.working_name(out, "new").mkdir()
    files.working_name(out, "lock").write_bytes(export.folders._LOCK_TEXT)

    with pytest.raises(OutputError, match="E-OUT-EXISTS"):
        write_result(out, "new", force=False)
    assert content(out) == before
    assert names(out.parent) == ["out"]


def test_what_is_not_known_to_be_ours_is_never_cleared_up(out: Path) -> None:
    for use in ("new", "old"):
        foreign = files.working_name(out, use)
        foreign.mkdir()
        (foreign / "thesis.docx").write_text("years of work")
        with pytest.raises(OutputError, match="E-OUT-NOT-OURS"):
            write_result(out, "new")
        assert content(foreign) == {"thesis.docx": b"years of work"}
        assert not files.working_name(out, "lock").exists()
        shutil.rmtree(foreign)
    files.working_name(out, "lock").write_text("something else")
    with pytest.raises(OutputError, match="E-OUT-NOT-OURS"):
        write_result(out, "new")
    assert files.working_name(out, "lock").read_text() == "something else"


def test_an_earlier_result_beside_a_foreign_folder_is_kept(out: Path) -> None:
    earlier = files.working_name(out, "old")
    out.rename(earlier)
    before = content(earlier)
    files.working_name(out, "lock").write_bytes(export.folders._LOCK_TEXT)
    out.mkdir()

    with pytest.raises(OutputError, match="E-OUT-NOT-OURS"):
        write_result(out, "new")
    assert content(earlier) == before
    out.rmdir()
    write_result(out, "new")
    assert names(out.parent) == ["out"]


# --- two runs at once

HOLDER = """
import sys
from pathlib import Path
from sanshe_net import export
with export.staged(Path(sys.argv[1]), force=True) as folder:
    print("held", flush=True)
    sys.stdin.read()
    export.write_manifest(folder, {"word": "first"})
"""


@pytest.fixture
def holder(out: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_run_on_one_folder_is_refused_at_once_and_the_first_goes_on(
    out: Path, holder: subprocess.Popen[str]
) -> None:
    before = content(out)
    with pytest.raises(OutputError, match="E-OUT-LOCKED"):
        write_result(out, "second")
    assert content(out) == before
    holder.communicate("", timeout=60)

    assert holder.returncode == 0
    assert set(content(out)) == {"run.json"}
    assert names(out.parent) == ["out"]


def test_the_lock_of_a_killed_run_holds_nobody(out: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait(60)
    assert len(names(out.parent)) == 3

    write_result(out, "next")
    assert (out / "report.html").read_text() == "next"
    assert names(out.parent) == ["out"]


def test_a_lock_is_held_by_the_file_that_is_there_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its holder removes the file between our opening and our locking it: then we take the next one."""
    path, lock = tmp_path / "lock", files._lock
    left = [True]

    def removed_first(descriptor: int) -> None:
        if left:
            left.clear()
            path.unlink()
        lock(descriptor)

    monkeypatch.setattr(files, "_lock", removed_first)
    descriptor = files.take(path)
    assert os.path.samestat(os.fstat(descriptor), path.stat())
    files.let_go(path, descriptor, remove=True)
    assert names(tmp_path) == []


def test_a_lock_that_the_system_cannot_give_is_a_refusal(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(descriptor: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(files, "_lock", unsupported)
    with pytest.raises(OutputError, match=r"E-OUT-NOT-WRITABLE.*No locks"):
        write_result(out, "new")


# --- what is refused before any work


def test_checking_an_output_makes_no_folder(tmp_path: Path) -> None:
    export.check_output(tmp_path / "x" / "y" / "out", force=False)

    assert names(tmp_path) == []


def test_an_output_below_a_folder_that_cannot_be_written_to_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def closed(path: Path, mode: int) -> bool:
        asked.append(path)
        return False

    monkeypatch.setattr(os, "access", closed)
    with pytest.raises(OutputError, match=r"E-OUT-NOT-WRITABLE.*no permission"):
        export.check_output(tmp_path / "x" / "y" / "out", force=False)
    assert asked == [tmp_path]
    assert names(tmp_path) == []


def test_a_folder_that_is_not_ours_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(OutputError, match="E-OUT-NOT-OURS"):
        export.check_output(tmp_path, force=True)
    with pytest.raises(OutputError, match="E-OUT-EXISTS"):
        export.check_output(tmp_path, force=False)
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_an_output_that_is_or_is_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(OutputError, match="E-OUT-IS-FILE"):
        export.check_output(tmp_path / "file", force=False)
    with pytest.raises(OutputError, match="E-OUT-NOT-WRITABLE"):
        export.check_output(tmp_path / "file" / "out", force=False)


def test_an_output_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to("elsewhere")
    (tmp_path / "a.html").symlink_to("nowhere")

    with pytest.raises(OutputError, match=r"E-OUT-IS-LINK.*elsewhere"):
        export.check_output(tmp_path / "out", force=True)
    with pytest.raises(OutputError, match="E-OUT-IS-LINK"):
        export.check_file(tmp_path / "a.html", force=True)


def test_an_output_that_is_an_input_or_holds_one_is_refused(tmp_path: Path) -> None:
    records = tmp_path / "quarter" / "records"
    records.mkdir(parents=True)
    (records / "a.csv").write_text("x")

    for out in (records, records / ".." / "records", tmp_path / "quarter", tmp_path):
        for given in (records, records / "a.csv"):
            with pytest.raises(OutputError, match="E-OUT-IS-INPUT"):
                export.check_output(out, force=True, inputs=[given])
    export.check_output(records / "result", force=False, inputs=[records])
    export.check_output(tmp_path / "result", force=False, inputs=[records])


def test_an_output_file_never_lands_among_the_records(tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    (records / "a.csv").write_text("x")

    for out in (records / "a.csv", records / "new.csv"):
        with pytest.raises(OutputError, match="E-OUT-IS-INPUT"):
            export.check_file(out, force=True, suffix=".csv", inputs=[records])
    with pytest.raises(OutputError, match="E-OUT-IS-INPUT"):
        export.check_file(records / "a.csv", force=True, inputs=[records / "a.csv"])
    export.check_file(records / "map.html", force=False, suffix=".html", inputs=[records])  # is never read


def test_an_output_file_has_the_ending_of_what_is_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"E-OUT-SUFFIX.*\.xlsx"):
        export.check_file(tmp_path / "a.csv", force=False, suffix=".xlsx")
    export.check_file(tmp_path / "a.XLSX", force=False, suffix=".xlsx")


def test_an_output_file_is_no_folder_needs_one_and_replaces_only_when_asked(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")

    with pytest.raises(OutputError, match="E-OUT-IS-FOLDER"):
        export.check_file(tmp_path, force=True)
    with pytest.raises(OutputError, match="E-OUT-FILE-EXISTS"):
        export.check_file(tmp_path / "a.csv", force=False)
    export.check_file(tmp_path / "a.csv", force=True)
    with pytest.raises(OutputError, match="E-OUT-NOT-WRITABLE"):
        export.check_file(tmp_path / "x" / "a.csv", force=True)


# --- Windows, as far as it can be played elsewhere


def sharing_violation() -> PermissionError:
    error = PermissionError(errno.EACCES, "used by another process")
    error.winerror = 32  # type: ignore[attr-defined]
    return error


def test_a_result_that_is_open_in_excel_is_named_before_any_work(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os_open = os.open

    def in_use(path: Path, *args: object) -> int:
        if Path(path).name == "tables.xlsx":
            raise sharing_violation()
        return os_open(path, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", in_use)
    before = content(out)
    with pytest.raises(OutputError, match=r"E-OUT-IN-USE.*out/tables\.xlsx is open"):
        write_result(out, "new")
    with pytest.raises(OutputError, match=r"E-OUT-IN-USE.*tables\.xlsx"):
        export.check_file(out / "tables.xlsx", force=True)
    assert content(out) == before
    assert names(out.parent) == ["out"]


@pytest.mark.parametrize("moves_open_files", [True, False])
def test_a_file_that_is_open_in_excel_is_named_and_stays(
    moves_open_files: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*args: object) -> None:
        raise sharing_violation()

    (tmp_path / "a.html").write_text("old")
    monkeypatch.setattr(files, "_MOVES_OPEN_FILES", moves_open_files)
    monkeypatch.setattr(os, "replace", in_use)
    with pytest.raises(OutputError, match=r"E-OUT-IN-USE.*a\.html") as refusal:
        export.write_text(tmp_path / "a.html", "new")
    assert "关闭" in refusal.value.message("zh")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.skipif(
    os.name == "nt", reason="Windows refuses to move a file that is open, so there is nothing to see"
)
def test_a_file_is_held_until_it_is_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.html"
    moving, held = Path.replace, []

    def watched(source: Path, target: Path) -> Path:
        with pytest.raises(OutputError, match="E-OUT-LOCKED"):
            files.take(source)
        held.append(source)
        return moving(source, target)

    monkeypatch.setattr(Path, "replace", watched)
    export.write_text(path, "new")

    assert held == [files.working_name(path, "part")]
    assert content(tmp_path) == {"a.html": b"new"}


def test_where_open_files_cannot_be_moved_a_file_is_closed_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_MOVES_OPEN_FILES", False)
    export.write_text(tmp_path / "a.html", "new")

    assert [path.read_text() for path in tmp_path.iterdir()] == ["new"]


def test_where_open_files_cannot_be_removed_the_lock_is_closed_first(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, tries = os.unlink, []

    def once_closed(path: Path, **options: object) -> None:
        if str(path).endswith("lock"):
            tries.append(path)
            if len(tries) == 1:
                raise sharing_violation()
        unlink(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "unlink", once_closed)
    write_result(out, "new")
    assert len(tries) == 2
    assert names(out.parent) == ["out"]


def test_windows_locks_are_taken_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Msvcrt:
        LK_NBLCK = 2
        free = True

        def locking(self, descriptor: int, mode: int, size: int) -> None:
            assert (mode, size) == (self.LK_NBLCK, 1)
            if not self.free:
                raise PermissionError(errno.EACCES, "Permission denied")

    msvcrt = Msvcrt()
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    files.let_go(tmp_path / "lock", files.take(tmp_path / "lock"), remove=True)
    msvcrt.free = False
    with pytest.raises(OutputError, match="E-OUT-LOCKED"):
        files.take(tmp_path / "lock")


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EACCES])
def test_a_system_that_cannot_sync_folders_is_no_failure(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(*args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", unsupported)
    files.sync_folder(tmp_path)


# --- single files


def test_a_file_with_the_longest_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'长' * 83}.html"
    export.write_text(path, "x")

    assert names(tmp_path) == [path.name]
    assert files.is_working_name(files.working_name(path, "part").name)
    assert not files.is_working_name(path.name)


def test_a_half_file_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    files.working_name(path, "part").write_text("half a page, and longer than the next")
    export.write_text(path, "new")

    assert content(tmp_path) == {"a.html": b"new"}


def test_two_writers_of_one_file_never_mix(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    partial = files.working_name(path, "part")
    descriptor = files.take(partial)

    with pytest.raises(OutputError, match="E-OUT-LOCKED"):
        export.write_text(path, "second")
    assert partial.exists()
    files.let_go(partial, descriptor, remove=True)
    export.write_text(path, "third")
    assert content(tmp_path) == {"a.html": b"third"}


def test_a_link_in_place_of_a_half_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("mine")
    path = tmp_path / "a.html"
    files.working_name(path, "part").symlink_to("diary")

    with pytest.raises(OutputError, match="E-OUT-NOT-WRITABLE"):
        export.write_text(path, "new")
    assert (tmp_path / "diary").read_text() == "mine"
