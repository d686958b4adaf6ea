"""Draws the house as it stands, for docs/map.md: `python -m tests.docs.drawings`."""

import ast
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from storage.models import METADATA
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "map.md"
LINE = "<!-- Below this line: python -m tests.docs.drawings -->\n"
PACKAGES = ("bot", "storage", "handlers", "locales", "simulator")
# Columns that name a row of another table. There are no foreign keys: a tip goes while its events stay.
POINTS = {"tip": "tip", "desk": "desk", "route": "desk"}


def modules() -> list[Path]:
    """Every module of ours; a version of the tables is none that somebody looks for."""
    found = (path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
    ours = (path.relative_to(ROOT) for path in found if "versions" not in path.parts)
    return sorted(ours, key=lambda path: (path.parent, path.name))


def sentence(path: Path) -> str:
    """What a module says that it is for."""
    told = ast.get_docstring(ast.parse((ROOT / path).read_text("utf8"))) or ""
    return " ".join(told.split("\n\n")[0].split()).replace("|", "\\|")


def imports(path: Path) -> set[str]:
    """The packages of ours that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf8"))):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name for alias in aliases}
            case ast.ImportFrom(module=str(name), level=0):
                names.add(name)
            case _:
                pass
    return {name.partition(".")[0] for name in names} & set(PACKAGES)


def edges() -> list[tuple[str, str]]:
    """Which package imports which."""
    return sorted({(path.parts[0], name) for path in modules() for name in imports(path) if name != path.parts[0]})


def layers() -> str:
    nodes = [f'    {name}["{name}/"]' for name in PACKAGES]
    return mermaid("graph TD", [*nodes, *(f"    {one} --> {other}" for one, other in edges())])


def classes() -> dict[str, str]:
    """How each column is classed in docs/columns.md."""
    rows = re.findall(r"^\| (\w+\.\w+) \| (\w+) \|", (ROOT / "docs/columns.md").read_text("utf8"), re.MULTILINE)
    return dict(rows)


def tables() -> str:
    """The tables, each column with its class; a line where a column names a row of another."""
    classed, lines = classes(), list[str]()
    for table in METADATA.sorted_tables:
        columns = [f"        {classed[f'{table.name}.{one.name}']} {one.name}" for one in table.columns]
        lines += [f"    {table.name} {{", *columns, "    }"]
    return mermaid("erDiagram", [*lines, *pointing()])


def pointing() -> Iterator[str]:
    for table in METADATA.sorted_tables:
        for one in table.columns:
            other = POINTS.get(one.name)
            if other and other != table.name:
                yield f'    {other} ||--o{{ {table.name} : "{one.name}"'


def mermaid(kind: str, lines: list[str]) -> str:
    return "\n".join(("```mermaid", kind, *lines, "```"))


def folders() -> Iterator[str]:
    """A table for each folder; its `__init__.py` says what it is for, and is listed where there is nothing else."""
    for folder, group in groupby(modules(), key=lambda path: path.parent):
        paths = list(group)
        named = [path for path in paths if path.name != "__init__.py"] or paths
        about = sentence(folder / "__init__.py") if folder / "__init__.py" in paths else ""
        rows = (f"| `{path.name}` | {sentence(path)} |" for path in named)
        yield "\n".join((f"### {folder.as_posix()}/\n\n{about}\n", "| file | what it is for |", "|---|---|", *rows))


def written() -> str:
    """Write all drawings."""
    return "\n".join(
        (
            "## Who imports whom\n",
            layers(),
            "\n## What is kept\n",
            "Each column with its class in [columns.md](columns.md); a line where one names a row of another table.\n",
            tables(),
            "\n## Which file does what\n",
            "Each with the sentence it opens with.\n",
            "\n\n".join(folders()),
            "",
        )
    )


def head() -> str:
    """What people wrote and drew."""
    return PAGE.read_text("utf8").partition(LINE)[0]


if __name__ == "__main__":
    PAGE.write_text(head() + LINE + "\n" + written(), "utf8")
