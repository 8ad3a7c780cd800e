"""The manifest of a run: what was run, on what, and the hash of every file; and checking it later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from sanshe_net.build.read_files import input_files
from sanshe_net.errors import Place, Problem
from sanshe_net.files import file_hash, reason_of, refusing, write_text
from sanshe_net.vocabulary import Label

MANIFEST: Final = "run.json"
_OF_THE_SYSTEM: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_OF_A_PROGRAM: Final = ("~$", "._", ".~lock")
"""What systems and office programs put into every folder that somebody looks into."""

Files = dict[str, dict[str, Any]]


def write_manifest(folder: Path, facts: Mapping[str, object]) -> None:
    """Write ``run.json``: what was run, on what, with the hash of every file in ``folder``. Goes last.

    Raises
    ------
    OutputError
        When it cannot be written, or a file in ``folder`` cannot be read.
    """
    with refusing(folder / MANIFEST):
        outputs = {path.relative_to(folder).as_posix(): _facts(path) for path in _files_in(folder)}
    text = json.dumps({**facts, "outputs": outputs}, ensure_ascii=False, indent=2, default=str)
    write_text(folder / MANIFEST, f"{text}\n")


def hashed_inputs(inputs: Sequence[Path]) -> Files:
    """Return size and hash of every file that is read from ``inputs``, by the name it is shown under."""
    return {shown: _facts(path) for path, shown in input_files(inputs)}


def verify_run(folder: Path) -> list[Problem]:
    """Check every file of a result against its manifest.

    Returns
    -------
    One problem for every file that is missing, changed or not of the run; none when all is as it was
    written. A manifest that cannot be read is the only problem then.
    """
    manifest = _manifest_of(folder)
    if isinstance(manifest, Problem):
        return [manifest]
    return list(_differences(folder, manifest["outputs"]))


def verify_inputs(folder: Path, inputs: Sequence[Path]) -> list[Problem]:
    """Check that ``inputs`` hold the files that a result was made from, and no others.

    Raises
    ------
    InputError
        When one of ``inputs`` does not exist or holds no table.
    """
    manifest = _manifest_of(folder)
    if isinstance(manifest, Problem):
        return [manifest]
    then, now = manifest["inputs"], hashed_inputs(inputs)
    problems = []
    for shown in sorted({*then, *now}):
        if shown not in now:
            found = Label("缺少", "missing")
        elif shown not in then:
            found = Label("当时没有", "not there then")
        elif now[shown] != then[shown]:
            found = Label("内容已改变", "changed")
        else:
            continue
        problems.append(Problem("E-VERIFY-INPUT", Place(shown), facts={"found": found}))
    return problems


def _differences(folder: Path, outputs: Files) -> Iterator[Problem]:
    there = {path.relative_to(folder).as_posix(): path for path in _files_in(folder)}
    for name, facts in sorted(outputs.items()):
        path = there.get(name)
        if path is None:
            yield Problem("E-VERIFY-MISSING", Place(name))
            continue
        try:
            same = not path.is_symlink() and _facts(path) == facts
        except OSError as error:
            yield Problem("E-FILE-UNREADABLE", Place(name), facts={"reason": reason_of(error)})
            continue
        if not same:
            yield Problem("E-VERIFY-CHANGED", Place(name))
    for name in sorted({*there} - {*outputs}):
        if not _is_of_the_system(name):
            yield Problem("E-VERIFY-EXTRA", Place(name))


def _manifest_of(folder: Path) -> dict[str, Any] | Problem:
    """Return the manifest of a result, or why there is none to go by."""
    place = Place(MANIFEST)
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        return Problem("E-VERIFY-MANIFEST", place, facts={"reason": reason_of(error)})
    except (ValueError, RecursionError):  # neither text nor JSON
        return Problem("E-VERIFY-MANIFEST", place, facts={"reason": Label("不是 JSON", "not JSON")})
    if not isinstance(found, dict) or not _is_files(found.get("outputs")):
        reason = Label("不是本工具写的", "not written by this tool")
        return Problem("E-VERIFY-MANIFEST", place, facts={"reason": reason})
    return {**found, "inputs": found["inputs"] if _is_files(found.get("inputs")) else {}}


def _is_files(part: object) -> bool:
    return isinstance(part, dict) and all(isinstance(facts, dict) for facts in part.values())


def _facts(path: Path) -> dict[str, Any]:
    return {"sha256": file_hash(path), "bytes": path.stat().st_size}


def _files_in(folder: Path) -> list[Path]:
    """Return every file below ``folder`` but its manifest, links to folders included."""
    inside = sorted(folder.rglob("*"))
    return [path for path in inside if (path.is_symlink() or not path.is_dir()) and path != folder / MANIFEST]


def _is_of_the_system(name: str) -> bool:
    last = PurePosixPath(name).name
    return last.casefold() in _OF_THE_SYSTEM or last.startswith(_OF_A_PROGRAM)
