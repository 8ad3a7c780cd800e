"""Files on disk, whole or not at all.

A file is written beside its target, synced and moved into place: whatever fails, the target holds either
what it held or all of the new content. Two processes never write the same file at once, and what a killed
process left behind is taken over by the next one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Final

from sanshe_net.errors import OutputError
from sanshe_net.vocabulary import Label

BOM: Final = b"\xef\xbb\xbf"
_WORKING: Final = ".sanshe-"
_LONGEST_NAME: Final = 200
"""Bytes of a file name, so that the working names beside it stay below the 255 that file systems allow."""
_NO_LINKS: Final[int] = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_MOVES_OPEN_FILES: Final = os.name != "nt"
_IN_USE: Final = frozenset({5, 32, 33})
"""Windows: access denied, sharing violation, locked region. Rights to a file raise them as well."""
_REASONS: Final = {
    errno.ENOSPC: Label("磁盘已满", "no space left on the disk"),
    errno.EDQUOT: Label("磁盘配额已用完", "the disk quota is used up"),
    errno.EACCES: Label("没有写入权限", "no permission to write"),
    errno.EPERM: Label("没有写入权限", "no permission to write"),
    errno.ENOENT: Label("没有这个文件或文件夹", "there is no such file or folder"),
    errno.ENOTDIR: Label("没有这个文件夹", "there is no such folder"),
    errno.EROFS: Label("磁盘是只读的", "the disk is read-only"),
    errno.ENAMETOOLONG: Label("名称太长", "the name is too long"),
    errno.EIO: Label("磁盘读写错误", "the disk failed to read or write"),
}
_NOT_SYNCED_HERE: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM})
"""What systems say that cannot sync a folder; Windows cannot even open one."""


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all.

    Raises
    ------
    OutputError
        When it cannot be written, or another process is writing it. The file is then as it was.
    """
    partial = working_name(path, "part")
    with refusing(path):
        descriptor = take(partial)
        try:
            _fill(descriptor, content)
            if path.exists():  # a result that was made private stays private
                partial.chmod(stat.S_IMODE(path.stat().st_mode))
            if _MOVES_OPEN_FILES:
                partial.replace(path)  # while it is held: afterwards another process may write into it
        except BaseException:
            let_go(partial, descriptor, remove=True)
            raise
        os.close(descriptor)
        if not _MOVES_OPEN_FILES:
            try:
                partial.replace(path)
            finally:
                with suppress(OSError):
                    partial.unlink()
    # The new file stands whole: should its folder not be synced, a power cut brings back the earlier one.
    with suppress(OSError):
        sync_folder(path.absolute().parent)


def write_text(path: Path, text: str, *, bom: bool = False) -> None:
    """Write ``text`` as UTF-8 as it is, whole or not at all.

    Raises
    ------
    OutputError
        As :func:`write_bytes`.
    """
    write_bytes(path, (BOM if bom else b"") + text.encode("utf-8"))


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fill(descriptor: int, content: bytes) -> None:
    os.ftruncate(descriptor, 0)
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


def sync_file(path: Path) -> None:
    """Wait until a file is on the disk."""
    descriptor = os.open(path, os.O_RDWR)  # Windows syncs only what is open for writing
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NOT_SYNCED_HERE:
            raise


def working_name(target: Path, use: str) -> Path:
    """Return the name beside ``target`` of something that is ours while we work on it."""
    name = target.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
    return target.with_name(f".{name}{_WORKING}{use}")


def is_working_name(name: str) -> bool:
    """Whether a file or folder of this name is ours, made beside a target while we work on it."""
    return name.startswith(".") and _WORKING in name


def take(path: Path) -> int:
    """Open a file, made if need be, and hold it alone until the descriptor is closed or the process ends.

    Raises
    ------
    OutputError
        ``E-OUT-LOCKED`` when another process holds it.
    """
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINKS, 0o666)
        try:
            _lock(descriptor)
            held = _is_at(descriptor, path)
        except BlockingIOError as error:
            os.close(descriptor)
            raise OutputError("E-OUT-LOCKED", path=path) from error
        except BaseException:
            os.close(descriptor)
            raise
        if held:
            return descriptor
        os.close(descriptor)  # its holder moved it away after we opened it: what is there now is another


def let_go(path: Path, descriptor: int, *, remove: bool) -> None:
    """Let go of what :func:`take` took, and remove it if asked to."""
    left = remove
    try:
        if remove:  # while it is held: afterwards it may be another process's
            path.unlink()
            left = False
    except OSError:  # Windows removes no open file: once more, when it is closed
        left = True
    finally:
        os.close(descriptor)
    if left:
        with suppress(OSError):
            path.unlink()


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> None:
    """Lock an open file; the system lets go of it when the process ends, however it ends."""
    try:
        fcntl = import_module("fcntl")
    except ModuleNotFoundError:  # Windows
        msvcrt = import_module("msvcrt")
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from error
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the system says while ``path`` is written into a refusal.

    Raises
    ------
    OutputError
        ``E-OUT-IN-USE`` when another program has the file open, ``E-OUT-NOT-WRITABLE`` otherwise.
    """
    try:
        yield
    except OSError as error:
        if getattr(error, "winerror", None) in _IN_USE:
            raise OutputError("E-OUT-IN-USE", path=path) from error
        raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=reason_of(error)) from error


def reason_of(error: OSError) -> object:
    """Return why the system refused, in both languages where it is a usual reason."""
    return _REASONS.get(error.errno or 0, error.strerror or error)


def is_in_use(path: Path) -> bool:
    """Whether another program keeps a file from being replaced; only Windows lets it."""
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        return getattr(error, "winerror", None) in _IN_USE
    return False
