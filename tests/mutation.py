"""Break the code on purpose, a little at a time, and see whether a test notices.

``python tests/mutation.py --sample 40 --seed 1`` draws that many mutants of each group of modules, runs the
tests that state what the module does, and prints every mutant that no test noticed and the share that was
noticed. A larger sample of the same seed begins with the smaller one. ``--only merge.py:73`` runs all mutants
of a line again, ``--modules`` draws from some modules only.

A mutant is written into a copy of the package in a temporary folder; the checkout is only read. Each runs in
a child of this process, with limits of its own, that finds the libraries loaded but nothing of ours.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CPU_SECONDS = 150
MEMORY_BYTES = 8_000_000_000
PROFILE = {"SANSHE_HYPOTHESIS": "mutants", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": ""}
LIBRARIES = (
    "click", "hypothesis", "igraph", "jinja2", "networkx", "openpyxl", "pandas", "pypinyin", "python_calamine",
    "rapidfuzz", "scipy.optimize", "xlrd", "xlsxwriter", "yaml",
)  # fmt: skip

SLOW = " or ".join((
    "another_process", "speaks_another_encoding", "importing_the_map", "killed_run", "an_interrupt_at",
    "whichever_step_fails", "cut_anywhere", "no_bytes_at_all", "points_nowhere_else",
))  # fmt: skip
"""Tests that take seconds: a mutant meets them only when it has lived through all others."""

SHEETS = "reader_places reader_faults reader_corners find_tables layouts headers mapping read_records read_text corpus"
CELLS = "reader_limits reader_words values cell_dates cell_people reader_faults cell_laws find_tables"
RECORDS = "reader_places reader_faults read_records find_tables mapping layouts reader_corners corpus"
FILES = "reader_limits read_text read_files containers reader_corners"
TESTS = {
    "escaping": {
        "guards": "guards",
        "masks": "masks",
        "viz/page": "map_html",
    },
    "pseudonym": {
        "privacy/keys": "privacy_keys",
        "privacy/registry": "privacy_registry",
        "privacy/coded": "share",
        "privacy/consent": "share",
        "privacy/suppress": "suppress",
    },
    "merge": {
        "build/decisions": "decisions merge",
        "build/merge": "merge",
        "build/decide": "decisions merge",
        "build/identity": "identity decisions",
    },
    "atomic write": {
        "files": "output_folders verify",
        "export/folders": "output_folders verify",
        "export/manifest": "verify output_folders",
        "export/tables": "export guards",
    },
    "reader": {
        "build/read_files": FILES,
        "build/read_text": FILES,
        "build/decode_text": f"reader_words {FILES}",
        "build/workbook_guard": "reader_limits containers read_files",
        "build/scan_xlsx": "reader_limits containers read_files",
        "build/find_tables": SHEETS,
        "build/blocks": SHEETS,
        "build/grids": SHEETS,
        "build/header_rows": SHEETS,
        "build/row_kinds": f"reader_words {SHEETS}",
        "build/sideways": SHEETS,
        "build/naming": f"reader_words {SHEETS}",
        "build/mapping": "mapping reader_faults layouts reader_corners corpus",
        "build/unused_answers": "reader_faults mapping layouts reader_corners",
        "build/clean": RECORDS,
        "build/far_dates": RECORDS,
        "build/activities": RECORDS,
        "build/facts": RECORDS,
        "build/read": f"{RECORDS} read_files",
        **{
            f"build/cells/{path.stem}": CELLS
            for path in sorted((ROOT / "sanshe_net/build/cells").glob("[a-z]*.py"))
        },
    },
}
"""Group -> module -> the test files that state what it does, the quickest first."""

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
REMOVABLE = (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Delete)


@dataclass(frozen=True)
class Mutant:
    """One small change: of the ``node``-th node of a module, in the ``variant``-th way."""

    module: str
    line: int
    node: int
    variant: int
    change: str

    def __str__(self) -> str:
        return f"sanshe_net/{self.module}.py:{self.line}  {self.change}"


def main() -> None:
    """Draw mutants, run them and print the scores."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sample", type=int, default=30, help="mutants of each group")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--groups", nargs="*", default=list(TESTS), choices=list(TESTS))
    asked.add_argument("--modules", nargs="*", default=[], help="such as build/merge")
    asked.add_argument("--only", nargs="*", default=[], help="all mutants of these lines: merge.py:73")
    options = asked.parse_args()
    for name in LIBRARIES:
        import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "sanshe_net")
        shutil.copytree(ROOT / "sanshe_net", package, ignore=shutil.ignore_patterns("__pycache__"))
        compileall.compile_dir(package, quiet=2)
        for group in options.groups:
            modules = {
                name: tests
                for name, tests in TESTS[group].items()
                if not options.modules or name in options.modules
            }
            every = [mutant for name in modules for mutant in mutants_of(name)]
            random.Random(f"{options.seed} {group}").shuffle(every)
            drawn = every[: options.sample]
            if options.only:
                drawn = [
                    mutant for mutant in every if str(mutant).split("  ")[0].endswith(tuple(options.only))
                ]
            if drawn:
                run_group(group, drawn, len(every), modules, package)


def run_group(group: str, drawn: Sequence[Mutant], of: int, tests: dict[str, str], package: Path) -> None:
    """Run the mutants of one group, each against the tests of its module, and print what came of it."""
    for names in sorted({tests[mutant.module] for mutant in drawn}):
        if run_tests(names, package) != "survived":
            sys.exit(f"the tests fail without any mutant: {names}")
    started, survivors = time.monotonic(), 0
    for mutant in sorted(drawn, key=lambda mutant: (mutant.module, mutant.line, mutant.node)):
        path = package / f"{mutant.module}.py"
        whole = path.read_text(encoding="utf-8")
        path.write_text(mutated(whole, mutant), encoding="utf-8")
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
            compiled.unlink()  # the child compiles it anew and keeps nothing
        outcome = run_tests(tests[mutant.module], package)
        path.write_text(whole, encoding="utf-8")
        survivors += outcome == "survived"
        print(f"{outcome:8} {mutant}", flush=True)
    killed = len(drawn) - survivors
    seconds = time.monotonic() - started
    print(f"== {group}: {killed} of {len(drawn)} killed ({killed / len(drawn):.0%}), "
          f"drawn from {of}, {seconds:.0f} s", flush=True)  # fmt: skip


def run_tests(names: str, package: Path) -> str:
    """Return whether a test noticed: ``killed``, ``timeout`` or ``survived``."""
    for which in (f"not ({SLOW})", SLOW):
        child = os.fork()
        if child == 0:
            os._exit(_child(names, which, package))
        _, status = os.waitpid(child, 0)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what the tests started
        if os.WIFSIGNALED(status):
            return "timeout"
        if os.WEXITSTATUS(status) not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            return "killed"
    return "survived"


def _child(names: str, which: str, package: Path) -> int:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    signal.alarm(5 * CPU_SECONDS)  # one that waits for ever uses no processor
    os.environ |= PROFILE | {"PYTHONPATH": str(package.parent)}
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(package.parent))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.chdir(ROOT)
    files = [f"tests/test_{name}.py" for name in names.split()]
    options = ["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return int(pytest.main([*files, *options, "-k", which, "--tb=no"]))


# --- the changes


def mutants_of(module: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its syntax tree."""
    tree = ast.parse((ROOT / "sanshe_net" / f"{module}.py").read_text(encoding="utf-8"))
    untouched = {id(inner) for node in ast.walk(tree) for part in _wording(node) for inner in ast.walk(part)}
    return [
        Mutant(module, node.lineno, number, variant, f"{ast.unparse(node)[:60]!r} -> {ast.unparse(changed)[:60]!r}")
        for number, node in enumerate(ast.walk(tree))
        if id(node) not in untouched and isinstance(node, ast.stmt | ast.expr)
        for variant, changed in enumerate(_changes(node))
    ]  # fmt: skip


def mutated(source: str, mutant: Mutant) -> str:
    """Return the text of a module with one change in it."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    node = nodes[mutant.node]
    changed = list(_changes(node))[mutant.variant]
    for parent in nodes:
        for name, held in ast.iter_fields(parent):
            if held is node:
                setattr(parent, name, changed)
            elif isinstance(held, list):
                held[:] = [changed if one is node else one for one in held]
    return ast.unparse(ast.fix_missing_locations(tree))


def _wording(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node that say nothing a program does: types, docstrings, wordings, exports."""
    if isinstance(node, ast.AnnAssign):
        yield node.annotation
        if ast.unparse(node.annotation) == "TypeAlias" and node.value:
            yield node.value
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield from node.decorator_list
    if isinstance(node, ast.FunctionDef) and node.returns:
        yield node.returns
    if isinstance(node, ast.arg) and node.annotation:
        yield node.annotation
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
        yield node
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Label", "cast", "TypeVar"):
        yield node
    told = isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func)
    if told in ("ValueError", "TypeError", "AssertionError"):
        yield from node.exc.args


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the node changed in every way that we try; the node itself stays as it is."""
    if isinstance(node, ast.Compare):
        for i, sign in enumerate(node.ops):
            signs = [*node.ops[:i], SWAPS[type(sign)](), *node.ops[i + 1 :]]
            yield ast.Compare(node.left, signs, node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(SWAPS[type(node.op)](), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
        yield ast.BinOp(node.left, SWAPS[type(node.op)](), node.right)
    elif isinstance(node, ast.Constant):
        yield from map(ast.Constant, _other_values(node.value))
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, ast.If):
        yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, ast.While):
        yield ast.While(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, ast.Return) and node.value and ast.unparse(node.value) != "None":
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, REMOVABLE) or (
        isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple)
    ):
        yield ast.Pass()


def _other_values(value: object) -> list[bool | int | float | str | bytes]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value - 1]
    return [type(value)()] if isinstance(value, str | bytes) and value else []


if __name__ == "__main__":
    main()
