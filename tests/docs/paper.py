"""Puts a reporter's guide on paper: `python -m tests.docs.paper` makes docs/pelapor.pdf out of docs/pelapor.md."""

import json
import re
from pathlib import Path

import typst

from tests.docs.pages import ROOT

GUIDE, PAPER = ROOT / "docs" / "pelapor.md", ROOT / "docs" / "pelapor.pdf"
SHEET = Path(__file__).parent / "sheet.typ"
# On paper nobody is told where the paper is.
HERE = re.compile(r" Satu halaman, boleh dicetak: \[.*?\]\(.*?\)\.")


def told(text: str) -> dict[str, object]:
    """Take the guide apart: its title, what it is for, sections with their points, and the last line."""
    title, lead, *rest = HERE.sub("", text).strip().split("\n\n")
    *sections, foot = rest
    pairs = [(sections[at], sections[at + 1]) for at in range(0, len(sections), 2)]
    return {
        "title": title.removeprefix("# "),
        "lead": lead,
        "sections": [{"head": head.removeprefix("## "), "items": _items(points)} for head, points in pairs],
        "foot": foot,
    }


def _items(points: str) -> list[list[dict[str, object]]]:
    lines = [" ".join(point.split()) for point in re.split(r"^\* ", points, flags=re.MULTILINE) if point.strip()]
    return [_runs(line) for line in lines]


def _runs(line: str) -> list[dict[str, object]]:
    """Split a line at its bold words; names of buttons, in italics, are quoted."""
    parts = re.split(r"\*\*(.+?)\*\*", line)
    return [
        {"bold": bool(at % 2), "text": re.sub(r"\*(.+?)\*", r"“\1”", part)} for at, part in enumerate(parts) if part
    ]


def draw(text: str) -> bytes:
    """Return the paper as a PDF; the same words give the same bytes."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[ROOT / "bot" / "data" / "fonts"]
    )
    inputs = {"page": json.dumps(told(text))}
    return bytes(typst.compile(SHEET, format="pdf", font_paths=fonts, sys_inputs=inputs))


if __name__ == "__main__":
    PAPER.write_bytes(draw(GUIDE.read_text("utf8")))
