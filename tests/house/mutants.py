"""Breaks one small thing at a time in handlers/ and storage/, and looks whether a test notices: `make mutants N=60`.

A sample: each mutant meets the tests that stand nearest to its file, not all of them, so a survivor is a place to look,
and may be none. It is printed with its line.
"""

import argparse
import ast
import copy
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.howto.copies import ROOT, Copy

FOLDERS = ("handlers", "storage")
WITHIN = 240  # seconds
FATES = {True: "noticed", False: "survived", None: "too slow"}
CHATS = ("tests/dialogue/test_chats.py", "tests/dialogue/test_steps.py", "tests/dialogue/test_disclosure.py")
DESK = (
    *("tests/dialogue/test_desk.py", "tests/desk/test_buttons.py", "tests/desk/test_suppression.py"),
    *("tests/desk/test_faces.py", "tests/desk/test_clocks.py", "tests/desk/test_letters.py"),
    *("tests/desk/test_queue.py", "tests/desk/test_lists.py", "tests/desk/test_stories.py"),
)
UNDERSTANDING = tuple(f"tests/understanding/test_{name}.py" for name in ("people", "understand", "fresh"))
UNDERSTOOD = ("understand", "people", "bystanders", "holders", "name", "categor", "titles", "spoken", "heard")
SEALING = ("tests/sealing", "tests/storage/test_tips.py")
TABLES = ("tests/storage", "tests/courier/test_turns.py")
# Which tests stand nearest: the first beginning that fits.
NEAR: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("handlers/moments", ("tests/understanding/test_moments.py",)),
    ("handlers/place", ("tests/understanding/test_places.py", "tests/understanding/test_gazetteer.py")),
    ("handlers/self_disclosure", ("tests/understanding/test_self_disclosure.py",)),
    ("handlers/ticket", ("tests/sealing/test_ticket.py",)),
    *((f"handlers/{name}", UNDERSTANDING) for name in UNDERSTOOD),
    ("handlers/posters", ("tests/posters/test_codes.py", "tests/dialogue/test_chats.py")),
    ("handlers/routes", ("tests/courier/test_routes.py",)),
    ("handlers/reminder", ("tests/courier/test_reminding.py", "tests/dialogue/test_chats.py")),
    ("handlers/desk/figures", ("tests/desk/test_charts.py", "tests/desk/test_edition.py")),
    ("handlers/desk/likeness", ("tests/desk/test_likeness.py", "tests/desk/test_together.py")),
    ("handlers/desk", DESK),
    ("handlers", CHATS),
    ("storage/cleaning", ("tests/cleaning",)),
    *(
        (f"storage/{name}", SEALING)
        for name in ("vault", "key", "epoch", "passphrase", "pseudonym", "roster", "private")
    ),
    *((f"storage/{name}", SEALING) for name in ("ledger", "audit", "ticket", "fingerprint", "opened", "resealing")),
    *((f"storage/{name}", ("tests/retention",)) for name in ("backup", "restore", "archive", "erasure", "order")),
    ("storage", TABLES),
)
SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small thing that is otherwise."""

    path: str
    line: int
    before: str
    after: str
    source: str

    @property
    def near(self) -> tuple[str, ...]:
        folder, _, name = self.path.rpartition("/")
        if (ROOT / "tests" / folder / f"test_{name}").is_file():
            return (f"tests/{folder}/test_{name}",)
        return next(tests for beginning, tests in NEAR if self.path.startswith(beginning))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.before}  ->  {self.after}"


def mutants(path: str) -> Iterator[Mutant]:
    """Find all that could be otherwise in the functions of a file."""
    source = (ROOT / path).read_text("utf8")
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in function.body:
                for node in ast.walk(statement):
                    if isinstance(node, ast.expr) and (other := _otherwise(node)):
                        yield _mutant(path, source, node, other)


def _otherwise(node: ast.AST) -> ast.AST | None:
    changed = copy.deepcopy(node)
    match changed:
        case ast.Compare(ops=[op, *_]) if type(op) in SWAPPED:
            changed.ops[0] = SWAPPED[type(op)]()
        case ast.BoolOp(op=op):
            changed.op = ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand
        case ast.BinOp(op=ast.Add() | ast.Sub() as op):
            changed.op = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
        case ast.Constant(value=bool() as value):
            changed.value = not value
        case ast.Constant(value=int() as value):
            changed.value = value + 1
        case ast.IfExp(body=body, orelse=orelse):
            changed.body, changed.orelse = orelse, body
        case _:
            return None
    return changed


def _mutant(path: str, source: str, node: ast.expr, other: ast.AST) -> Mutant:
    whole = source.encode()
    lines = whole.splitlines(keepends=True)
    start = sum(len(line) for line in lines[: node.lineno - 1]) + node.col_offset
    end = sum(len(line) for line in lines[: (node.end_lineno or 1) - 1]) + (node.end_col_offset or 0)
    after = f"({ast.unparse(other)})"
    mutated = whole[:start] + after.encode() + whole[end:]
    return Mutant(path, node.lineno, whole[start:end].decode(), after, mutated.decode())


def noticed(mutant: Mutant) -> bool | None:
    """Run the tests nearest to it on a tree in which it stands; tell whether one fails, None where time runs out."""
    with tempfile.TemporaryDirectory(prefix="saksi-mutant-") as folder:
        tree = Copy.of(Path(folder), mutant.path.partition("/")[0])
        (tree.folder / mutant.path).write_text(mutant.source, "utf8")
        quick = ("-m", "not postgres and not chromium and not exiftool", "-p", "no:cacheprovider")
        try:
            done = tree.run("-m", "pytest", "-qx", *quick, f"--basetemp={folder}/t", *mutant.near, within=WITHIN)
        except subprocess.TimeoutExpired:
            return None
        return done.returncode != 0


def drawn(many: int, seed: int, only: str) -> tuple[list[Mutant], int]:
    """Draw mutants; tell also how many there are."""
    paths = (path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))
    every = [one for path in paths if "versions" not in path and path.startswith(only) for one in mutants(path)]
    return random.Random(seed).sample(every, min(many, len(every))), len(every)  # noqa: S311  # a sample, no secret


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("-n", type=int, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="a file or folder")
    given = asked.parse_args()
    sample, all_of_them = drawn(given.n, given.seed, given.only)
    fates = Counter[str]()
    for one in sample:
        fate = FATES[noticed(one)]
        fates[fate] += 1
        if fate != "noticed":
            print(f"{fate:<10}{one}", flush=True)  # noqa: T201  # a command line prints
    told = ", ".join(f"{many} {fate}" for fate, many in fates.most_common())
    print(f"of {len(sample)} mutants of {all_of_them}, seed {given.seed}: {told}")  # noqa: T201  # as above


if __name__ == "__main__":
    main()
