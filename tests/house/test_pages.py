"""What the pages point to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = (*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md")
FOLDERS = "bot|handlers|storage|locales|simulator|tests|docs|deploy|benchmarks"
PATH = re.compile(rf"`((?:{FOLDERS})/[A-Za-z0-9_./-]+)`")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
ROW = re.compile(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)
# What a how-to adds on a copy.
YET_TO_BE = {"bot/app/lines.py"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf8")
    assert {name for name in PATH.findall(text) if not (ROOT / name).exists()} - YET_TO_BE == set()
    assert {name for name in LINK.findall(text) if not (page.parent / name).exists()} == set()


@pytest.mark.parametrize("row", ROW.findall((ROOT / "docs/find.md").read_text("utf8")), ids=" ".join)
def test_what_is_looked_for_is_in_its_file(row: tuple[str, str]) -> None:
    path, name = row
    assert name in (ROOT / path).read_text("utf8")


def test_no_row_is_passed_over() -> None:
    text = (ROOT / "docs/find.md").read_text("utf8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "**" not in line and "`" in line]
    assert len(ROW.findall(text)) == len(rows)
