"""What docs/find.md points to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)


@pytest.mark.parametrize("row", ROW.findall((ROOT / "docs/find.md").read_text("utf8")), ids=" ".join)
def test_what_is_looked_for_is_in_its_file(row: tuple[str, str]) -> None:
    path, name = row
    assert name in (ROOT / path).read_text("utf8")


def test_no_row_is_passed_over() -> None:
    text = (ROOT / "docs/find.md").read_text("utf8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "**" not in line and "`" in line]
    assert len(ROW.findall(text)) == len(rows)
