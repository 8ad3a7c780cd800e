"""Throw damaged files and cells at the readers: whatever comes, they answer or refuse in a sentence.

``python tests/fuzz_read.py --runs 200000 --seed 1`` runs that many cases and prints every case that ended in
anything but an answer or a refusal. Case ``n`` of a seed is always the same, so a failure can be looked at with
``--only n``. The cases run in child processes: one that ends its process, eats the memory or never returns is
reported like any other.
"""

from __future__ import annotations

import argparse
import inspect
import io
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "badinputs"
BATCH = 500
SLOW_SECONDS = 10.0
STUCK_SECONDS = 90.0
MEMORY_BYTES = 3_000_000_000
WORKBOOKS = (".xlsx", ".xls", ".ods")
GRAPHS = (".graphml", ".gexf", ".json", ".gpickle")

TOKENS = (
    b'r="XFD1048576"', b"<c/>", b"<!DOCTYPE x>", b"<row>", b"</row>", b'r="A1:XFD1048576"', b'hidden="1"', b't="e"',
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xff" * 4, b"\x00\x00\x00\x80", b'"', b"\r", b",", b"\t", b"NaN", b"]]>", b"&#0;",
    b'number-rows-repeated="99999999"', b'number-columns-repeated="99999999"', b"<f>", b"<v>", b"<!--", b"-->", b"<![CDATA[", b"<?x ?>", b'<row r="2" ht="0">', b'<c r="A2">', b"\x95\x32\x82\x36",
    "姓名,活动,日期\n".encode(), "，".encode(), "合计".encode("gb18030"), b"9" * 400, b"-1", b"1e999", b"<node id='a'/>",
)  # fmt: skip
CELLS = (
    "2019年3月5日", "二〇一九年三月五日", "2019-03-05 14:00", "43529", "3.5-3.7", "+86 138-0000-0001", "1.38E+10", "张三、李四等15人",
    "１２栋３单元", "¥1.2万", "若干", "√", "×", "同上", "〃", "张　三", "Jefferson, Evelyn", "是", "无", "#N/A", "\u202e", "\x1b[31m",
    "\ud800", "9" * 5000, "٣", "½", "²", "Ⅷ", "inf", "nan", "1_000", "0x10", "㊙", "\u0000", "2月30日", "00:00",
)  # fmt: skip


def main() -> None:
    """Run the cases that the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--only", type=int, help="run one case here, with its traceback")
    asked.add_argument("--child", nargs=3, metavar=("FIRST", "COUNT", "MARK"), help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.only is not None:
        with tempfile.TemporaryDirectory() as folder:
            run_case(options.seed, options.only, Path(folder))
        print("no failure")
    elif options.child:
        first, count, mark = options.child
        run_batch(options.seed, int(first), int(count), Path(mark))
    else:
        sys.exit(run_all(options.runs, options.seed, options.jobs))


def run_all(runs: int, seed: int, jobs: int) -> int:
    """Run the cases in children and print what failed; return 1 when anything did."""
    start, failures, done = time.monotonic(), 0, 0
    batches = [(first, min(BATCH, runs - first)) for first in range(0, runs, BATCH)]
    with ThreadPoolExecutor(jobs) as pool:
        for (_, count), found in zip(
            batches, pool.map(lambda batch: watch(seed, *batch), batches), strict=True
        ):
            done += count
            failures += len(found)
            for line in found:
                print(line, flush=True)
            if done % (20 * BATCH) == 0:
                print(
                    f"{done} of {runs} cases, {failures} failures, {time.monotonic() - start:.0f} s",
                    flush=True,
                )
    print(f"seed {seed}: {runs} cases, {failures} failures, {time.monotonic() - start:.0f} s")
    return int(failures > 0)


def watch(seed: int, first: int, count: int) -> list[str]:
    """Run one batch in a child, again after a case that killed it; return a line for each failure."""
    failures: list[str] = []
    while count > 0:
        with tempfile.TemporaryDirectory() as folder:
            mark = Path(folder) / "case"
            mark.write_text(str(first))
            output = (Path(folder) / "output").open("w+", encoding="utf-8", errors="replace")
            command = [
                sys.executable,
                __file__,
                "--seed",
                str(seed),
                "--child",
                str(first),
                str(count),
                str(mark),
            ]
            with output, subprocess.Popen(command, stdout=output, stderr=output, cwd=folder) as child:
                died = _wait(child, mark)
                output.seek(0)
                lines = output.read().splitlines()
            failures += [line for line in lines if line.startswith("case ")]
            if not died:
                return failures
            at = int(mark.read_text() or first)
            failures.append(f"case {at} of seed {seed}: {died}; {lines[-1] if lines else ''}")
            count -= at + 1 - first
            first = at + 1
    return failures


def _wait(child: subprocess.Popen[bytes], mark: Path) -> str:
    """Return how the child died, empty when it ended well."""
    at, since = "", time.monotonic()
    while True:
        try:
            code = child.wait(timeout=1)
            return "" if code == 0 else f"the process ended with {code}"
        except subprocess.TimeoutExpired:
            now = mark.read_text()
            if now != at:
                at, since = now, time.monotonic()
            elif time.monotonic() - since > STUCK_SECONDS:
                child.kill()
                child.wait()
                return f"no answer in {STUCK_SECONDS:.0f} s"


def run_batch(seed: int, first: int, count: int, mark: Path) -> None:
    """Run the cases of one child, noting in ``mark`` which one is under way."""
    _limit_memory()
    cell_readers(), _reader(".csv", random.Random(1))  # what importing costs is no case's time
    with tempfile.TemporaryDirectory() as folder, mark.open("r+") as marked:
        for case in range(first, first + count):
            marked.seek(0)
            marked.write(str(case))
            marked.flush()
            start = time.process_time()
            try:
                run_case(seed, case, Path(folder))
            except BaseException as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                print(
                    f"case {case} of seed {seed}: {type(error).__name__}: {error!s:.200} at {where.filename}:{where.lineno}"
                )
            if time.process_time() - start > SLOW_SECONDS:
                print(f"case {case} of seed {seed}: took {time.process_time() - start:.0f} s")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def run_case(seed: int, case: int, folder: Path) -> None:
    """Run one case; anything it raises is a failure."""
    from sanshe_net.errors import SansheError

    luck = random.Random(f"{seed}-{case}")
    warnings.simplefilter("ignore")
    if case % 2:
        read_cell(luck)
        return
    path = folder / f"{case}{mutated_file(luck, folder / str(case))}"
    (folder / str(case)).rename(path)
    try:
        _reader(path.suffix, luck)(path)
    except SansheError as refusal:
        refusal.message("zh")
        refusal.message("en")
    finally:
        path.unlink()


def _reader(suffix: str, luck: random.Random) -> Callable[[Path], object]:
    from sanshe_net.build.read import read_records
    from sanshe_net.build.read_files import read_sheets
    from sanshe_net.build.read_graph import read_network

    if suffix in GRAPHS and luck.random() < 0.9:
        return read_network
    if luck.random() < 0.3:
        return lambda path: read_records(path, quarantine=True)
    return lambda path: read_sheets([path])


@lru_cache(maxsize=1)
def originals() -> list[tuple[str, bytes]]:
    """Return the files that are damaged, by name; small ones only, for speed."""
    found = [
        (path.name, path.read_bytes()) for path in sorted(FOLDER.iterdir()) if path.suffix not in (".md",)
    ]
    return [(name, content) for name, content in found if 0 < len(content) < 100_000] + list(_made())


def _made() -> Iterator[tuple[str, bytes]]:
    """Yield an ods workbook; the corpus has none."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="签到"><table:table-column table:number-columns-repeated="3"/>'
        "{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    row = "<table:table-row>{}</table:table-row>"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    table = [["姓名", "活动", "日期"], ["张三", "灯会", "2024-02-24"], ["李四", "灯会", "2024-02-24"]]
    rows = "".join(row.format("".join(map(cell.format, cells))) for cells in table)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        archive.writestr("content.xml", content.replace("{rows}", rows))
    yield "签到.ods", out.getvalue()


def mutated_file(luck: random.Random, path: Path) -> str:
    """Write a damaged copy of one of the files to ``path``; return the ending of its name."""
    name, content = luck.choice(originals())
    if content.startswith(b"PK") and luck.random() < 0.7:
        content = _mutated_archive(luck, content)
    elif luck.random() < 0.98:
        content = mutated(luck, content)
    path.write_bytes(content)
    return Path(name).suffix or ".csv"


def _mutated_archive(luck: random.Random, content: bytes) -> bytes:
    """Return an archive with damage inside its parts, whole as an archive."""
    out = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            entries = [entry for entry in old.infolist() if entry.file_size < 2_000_000]
            hurt = luck.choice(entries).filename
            for entry in entries:
                part = old.read(entry)
                wanted = entry.filename == hurt or ("sheet" in entry.filename and luck.random() < 0.5)
                new.writestr(entry.filename, mutated(luck, part) if wanted else part)
    except (zipfile.BadZipFile, IndexError):
        return mutated(luck, content)
    return out.getvalue()


def mutated(luck: random.Random, content: bytes) -> bytes:
    """Return the bytes with a few of them changed, lost, doubled, or replaced by something nasty."""
    held = bytearray(content)
    for _ in range(luck.choice((1, 1, 1, 2, 3, 8))):
        at = luck.randrange(len(held) + 1)
        until = min(len(held), at + luck.choice((1, 2, 4, 16, 200)))
        match luck.randrange(7):
            case 0:
                held[at:until] = luck.randbytes(until - at)
            case 1:
                del held[at:until]
            case 2:
                held[at:at] = held[at:until] * luck.choice((1, 2, 50))
            case 3:
                held[at:at] = luck.choice(TOKENS)
            case 4:
                held[at : at + 1] = bytes([luck.choice((0, 1, 127, 128, 255))])
            case 5:
                del held[at:]
            case _:  # a number in the text becomes another one
                digits = [i for i in range(at, min(at + 400, len(held))) if 48 <= held[i] <= 57]
                if digits:
                    held[digits[0] : digits[0] + 1] = luck.choice((b"0", b"9999999", b"-1", b"1e9", b""))
    return bytes(held)


def read_cell(luck: random.Random) -> None:
    """Give one damaged cell to every function that reads cells; they answer or call it unclear."""
    from sanshe_net.build.values import Unclear

    text = luck.choice(CELLS)
    for _ in range(luck.randrange(4)):
        at = luck.randrange(len(text) + 1)
        other = luck.choice(
            (luck.choice(CELLS)[:40], chr(luck.randrange(0x110000)), str(luck.randrange(10**9)), "")
        )
        text = text[:at] + other + text[at + luck.randrange(3) :]
    cell: object = luck.choice(
        (text, text, text, luck.uniform(-1e20, 1e20), luck.randrange(-(10**20), 10**20), True)
    )
    for read in cell_readers():
        try:
            read(cell)
        except Unclear:
            continue


@lru_cache(maxsize=1)
def cell_readers() -> list[Callable[[object], object]]:
    """Return the public functions of the value room that read a cell and need nothing else."""
    from sanshe_net.build import values

    found = []
    for name, function in sorted(vars(values).items()):
        if name.startswith("_") or not inspect.isfunction(function):
            continue
        first, *others = inspect.signature(function).parameters.values()
        if first.name == "cell" and all(other.default is not other.empty for other in others):
            found.append(function)
    return found


if __name__ == "__main__":
    main()
