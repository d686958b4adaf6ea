"""How large functions and files are, folder by folder, and what the how-tos cost: the figures of docs/house.md."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from tests.howto.copies import Change, changes

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "house.md"
FOLDERS = ("handlers", "storage", "bot", "locales", "simulator", "tests")
HOW_TOS = ("Add a question", "Add a status", "Add a language", "Add a channel")
BETWEEN = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of lines, with whose the largest is."""

    lines: dict[str, int]

    @property
    def figures(self) -> tuple[int, int, int, int]:
        """How many there are, the median, the ninth tenth, the largest."""
        found = sorted(self.lines.values())
        tenth = quantiles(found, n=10, method="inclusive")[-1] if len(found) > 1 else found[0]
        return len(found), round(median(found)), round(tenth), found[-1]

    @property
    def largest(self) -> str:
        return max(self.lines, key=lambda name: self.lines[name])


def files(folder: str) -> Sizes:
    """Count the lines of each file. Migrations are written once and never read as code."""
    return Sizes({_name(path): len(path.read_text("utf8").splitlines()) for path in _paths(folder)})


def functions(folder: str) -> Sizes:
    """Count the lines of each function, with its head and what it says of itself."""
    return Sizes({name: lines for path in _paths(folder) for name, lines in _functions(path)})


def _paths(folder: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / folder).rglob("*.py")) if "versions" not in path.parts)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{_name(path)}:{node.name}:{node.lineno}", (node.end_lineno or node.lineno) - node.lineno + 1


def table() -> str:
    """Write the figures as docs/house.md has them."""
    head = "| folder | files | median | p90 | largest | functions | median | p90 | largest |\n|---|" + "---:|" * 8
    return "\n".join((head, *_rows(), "", "| how-to | lines | files |", "|---|---:|---:|", *_costs(), ""))


def _rows() -> Iterator[str]:
    for folder in FOLDERS:
        figures = (*files(folder).figures, *functions(folder).figures)
        yield f"| {folder} | " + " | ".join(map(str, figures)) + " |"


def _costs() -> Iterator[str]:
    for title in HOW_TOS:
        found: Sequence[Change] = changes(title)
        yield f"| {title} | {sum(one.added for one in found)} | {len({one.path for one in found})} |"


def document() -> str:
    """Write docs/house.md with the figures as they are."""
    return BETWEEN.sub(lambda _: table(), PAGE.read_text("utf8"))


def figures(text: str) -> list[tuple[str, list[int]]]:
    """Read the figures of such a page."""
    return [(row[0], [int(cell) for cell in row[1:]]) for row in map(_cells, text.splitlines()) if _are_figures(row)]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []


def _are_figures(row: list[str]) -> bool:
    return len(row) > 1 and all(cell.isdecimal() for cell in row[1:])
