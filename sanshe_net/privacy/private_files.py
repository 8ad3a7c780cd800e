"""Files that only their owner may read: where they may lie, and writing them whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from sanshe_net.errors import OutputError, SettingsError

MANIFEST: Final = "run.json"
"""A folder with this file is a result, made to be looked at by others."""
_OTHERS: Final = 0o077
_OWNER_ONLY: Final = 0o600


def check_place(path: Path, shared: Iterable[Path] = ()) -> None:
    """Refuse a private file inside a folder that others will get.

    Parameters
    ----------
    path
        The private file; it need not exist.
    shared
        Folders that are, or will be, given away.

    Raises
    ------
    SettingsError
        ``E-PRIVATE-PLACE`` when ``path`` lies in one of ``shared``, in a folder that holds a result, or in
        a folder that git keeps.
    """
    real = path.resolve()
    for folder in shared:
        if real.is_relative_to(folder.resolve()):
            raise SettingsError("E-PRIVATE-PLACE", path=path, found=folder)
    for folder in real.parents:
        if (folder / ".git").exists() or (folder / MANIFEST).exists():
            raise SettingsError("E-PRIVATE-PLACE", path=path, found=folder)


def check_owner_only(path: Path) -> None:
    """Refuse a private file that others on this machine may read; Windows keeps no such marks.

    Raises
    ------
    SettingsError
        ``E-PRIVATE-OPEN``.
    """
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise SettingsError("E-PRIVATE-OPEN", path=path)


def write_private(path: Path, text: str, *, replace: bool) -> None:
    """Write ``text`` so that only the owner can read it, whole or not at all.

    Raises
    ------
    OutputError
        When the file exists (and not ``replace``), or cannot be written; it is then as it was.
    """
    # A new file is written in its place: nobody holds an earlier one that a failure could spoil.
    written = path.with_name(f".{path.name}.new-{os.getpid()}") if replace else path
    try:
        handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError as error:
        raise OutputError("E-PRIVATE-EXISTS", path=written) from error
    except OSError as error:
        raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=error.strerror or error) from error
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a file descriptor
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except BaseException as failure:  # an interrupt, too, leaves nothing half-written
        with suppress(OSError):
            written.unlink()
        if isinstance(failure, OSError):
            reason = failure.strerror or failure
            raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=reason) from failure
        raise
