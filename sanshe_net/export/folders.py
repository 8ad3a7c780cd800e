"""Where results go: what is refused before any work, and a folder that changes all at once or not at all.

While a run works, three names beside its target ``out`` are ours: ``.out.sanshe-lock`` keeps a second run
away, ``.out.sanshe-new`` is the result in the making, ``.out.sanshe-old`` the earlier result while the two
change places. A run that was killed leaves its lock file, unlocked: by it the next one knows what is ours.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sanshe_net.errors import OutputError
from sanshe_net.export.manifest import MANIFEST, verify_run
from sanshe_net.files import (
    is_in_use,
    let_go,
    reason_of,
    refusing,
    sync_file,
    sync_folder,
    take,
    working_name,
)
from sanshe_net.vocabulary import Label

_LOCK_TEXT: Final = b"sanshe-net: a run is writing here, or was killed. The next run clears up.\n"
_TABLES: Final = frozenset({".csv", ".xlsx"})
"""Files of ours that a later run would take for records."""


def check_output(out: Path, *, force: bool, inputs: Sequence[Path] = ()) -> None:
    """Refuse, before any work is done, an output folder that could not be written at the end.

    Raises
    ------
    OutputError
        When ``out`` is a file or a link, is or holds an input, holds something (and not ``force``, or not a
        result of ours), is open in another program, or its folder (or, when that is yet to be made, the
        nearest one above it) cannot be written to.
    """
    with refusing(out):
        _refuse_link(out)
        if out.is_file():
            raise OutputError("E-OUT-IS-FILE", path=out)
        _refuse_inputs(out, inputs)
        if out.is_dir() and any(out.iterdir()):
            if not force:
                raise OutputError("E-OUT-EXISTS", path=out)
            if not (out / MANIFEST).is_file():
                raise OutputError("E-OUT-NOT-OURS", path=out)
            _refuse_open_files(out)
        nearest = next(folder for folder in out.absolute().parents if folder.exists())
    if not nearest.is_dir():
        missing = Label(f"没有文件夹 {nearest}", f"no folder {nearest}")
        raise OutputError("E-OUT-NOT-WRITABLE", path=out, reason=missing)
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError("E-OUT-NOT-WRITABLE", path=out, reason=reason_of(PermissionError(13, "")))


def check_file(path: Path, *, force: bool, suffix: str = "", inputs: Sequence[Path] = ()) -> None:
    """Refuse an output file that could not be written at the end, or would spoil the inputs.

    Raises
    ------
    OutputError
        When it does not end in ``suffix``, exists (unless ``force``), is a link or an input, would be read
        as an input next time, or its folder is not there.
    """
    with refusing(path):
        if path.is_dir():
            raise OutputError("E-OUT-IS-FOLDER", path=path)
        if suffix and path.suffix.casefold() != suffix:
            raise OutputError("E-OUT-SUFFIX", path=path, allowed=suffix)
        _refuse_link(path)
        _refuse_inputs(path, inputs)
        among = [given for given in inputs if given.resolve() in path.resolve().parents]
        if among and path.suffix.casefold() in _TABLES:
            raise OutputError("E-OUT-IS-INPUT", path=path, found=among[0])
        if path.exists() and not force:
            raise OutputError("E-OUT-FILE-EXISTS", path=path)
        if path.exists() and is_in_use(path):
            raise OutputError("E-OUT-IN-USE", path=path)
        if not path.parent.is_dir():
            missing = Label(f"没有文件夹 {path.parent}", f"no folder {path.parent}")
            raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=missing)


def _refuse_link(path: Path) -> None:
    is_junction = getattr(os.path, "isjunction", os.path.islink)  # from Python 3.12 on
    if path.is_symlink() or is_junction(path):
        raise OutputError("E-OUT-IS-LINK", path=path, found=path.readlink())


def _refuse_inputs(out: Path, inputs: Sequence[Path]) -> None:
    """Refuse an output that is an input or holds one; a result inside a folder of records is allowed."""
    place = out.resolve()
    for given in inputs:
        if place == given.resolve() or place in given.resolve().parents:
            raise OutputError("E-OUT-IS-INPUT", path=out, found=given)


def _refuse_open_files(out: Path) -> None:
    for path in sorted(out.rglob("*")):
        if path.is_file() and is_in_use(path):
            raise OutputError("E-OUT-IN-USE", path=path)


def make_folder(folder: Path) -> None:
    """Make a folder inside a staging folder.

    Raises
    ------
    OutputError
        When it cannot be made.
    """
    with refusing(folder):
        folder.mkdir()


@contextmanager
def staged(out: Path, *, force: bool = False, inputs: Sequence[Path] = ()) -> Iterator[Path]:
    """Give a folder to write into; it becomes ``out`` when the block ends well and vanishes otherwise.

    Enter it before the work begins: it refuses what :func:`check_output` refuses and holds ``out`` against a
    second run. A result whose manifest does not fit its files is never moved into place.

    Raises
    ------
    OutputError
        As :func:`check_output`, when another run works on ``out``, and when writing or moving fails.
    """
    check_output(out, force=force, inputs=inputs)
    made = [folder for folder in out.absolute().parents if not folder.exists()]
    staging = working_name(out, "new")
    try:
        with refusing(out):
            out.parent.mkdir(parents=True, exist_ok=True)
        with _alone(out):
            check_output(out, force=force, inputs=inputs)
            try:
                make_folder(staging)
                yield staging
                with refusing(out):
                    _settle(staging, out)
                    _move_into_place(staging, out)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    finally:
        for folder in made:  # deepest first; one that holds the result is not empty and stays
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep every other run away from ``out``, and clear up after one that was killed."""
    lock = working_name(out, "lock")
    with refusing(lock):
        descriptor = take(lock)
    foreign, marked = True, False
    try:
        with refusing(lock):
            text = os.read(descriptor, len(_LOCK_TEXT) + 1)
            foreign = not _LOCK_TEXT.startswith(text)
            if foreign:
                raise OutputError("E-OUT-NOT-OURS", path=lock)
            marked = bool(text)
        if marked:  # nobody holds it any more, so whoever wrote it was killed
            _clear_up(out)
        for left in _leftovers(out):
            raise OutputError("E-OUT-NOT-OURS", path=left)
        with refusing(lock):
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, _LOCK_TEXT)
        marked = True
        yield
    finally:
        # As long as anything of ours is left, the lock file tells the next run that it is ours.
        let_go(lock, descriptor, remove=not foreign and not (marked and _leftovers(out)))


def _leftovers(out: Path) -> list[Path]:
    return [left for left in (working_name(out, "new"), working_name(out, "old")) if os.path.lexists(left)]


def _clear_up(out: Path) -> None:
    """Bring back or remove what a killed run left: afterwards ``out`` is one whole result, as before."""
    staging, earlier = working_name(out, "new"), working_name(out, "old")
    with refusing(staging):
        if staging.exists():
            shutil.rmtree(staging)
    with refusing(earlier):
        if earlier.exists() and (out / MANIFEST).is_file():  # killed after the change of places
            shutil.rmtree(earlier)
        elif earlier.exists() and not out.exists():  # killed in the middle of it
            earlier.rename(out)
            sync_folder(out.absolute().parent)


def _settle(staging: Path, out: Path) -> None:
    """Wait until the new result is on the disk, and read it back."""
    for path in sorted(staging.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            sync_file(path)
    sync_folder(staging)
    if (staging / MANIFEST).is_file():
        for problem in verify_run(staging):
            raise OutputError("E-OUT-REREAD", path=out, found=problem.place.file)
    if out.exists():  # a result that was made private stays private
        staging.chmod(stat.S_IMODE(out.stat().st_mode))


def _move_into_place(staging: Path, out: Path) -> None:
    """Replace ``out`` by ``staging``; whatever happens in between, the earlier result stays on disk."""
    earlier = working_name(out, "old")
    try:
        if out.exists():
            out.rename(earlier)
        staging.rename(out)
        sync_folder(out.absolute().parent)
    except BaseException as failure:  # an interrupt, too
        try:
            if not staging.exists():
                out.rename(staging)
            if earlier.exists():
                earlier.rename(out)
        except OSError:
            kept = Label(f"原结果在旁边的 {earlier.name}", f"earlier result beside it: {earlier.name}")
            raise OutputError("E-OUT-NOT-WRITABLE", path=out, reason=kept) from failure
        raise
    shutil.rmtree(earlier, ignore_errors=True)
