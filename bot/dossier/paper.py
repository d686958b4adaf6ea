"""Puts a dossier on paper: the words as data, typst as the printer, all of it in memory."""

import importlib.resources
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import typst

from bot.dossier.exhibits import Exhibit

_FONTS = Path(str(importlib.resources.files("bot.data"))) / "fonts"
_SHEET = Path(__file__).parent / "sheet.typ"
_UNIT = 1000
_UNITS = ("B", "kB", "MB")


def draw(sheet: Mapping[str, object], exhibits: Sequence[Exhibit]) -> bytes:
    """Return the dossier as a PDF; it says neither by which program nor at what hour it was made.

    What people wrote goes in as data: it is never read as typst's own markup.
    """
    told = {**sheet, "exhibits": [_row(one) for one in exhibits]}
    return bytes(
        typst.compile(
            _SHEET,
            format="pdf",
            font_paths=[_FONTS],
            ignore_system_fonts=True,
            sys_inputs={"dossier": msgspec.json.encode(told).decode()},
        )
    )


def _row(one: Exhibit) -> dict[str, object]:
    return {
        "name": one.name,
        "size": _size(one.size),
        "sha256": one.sha256,
        "taken": one.taken.replace("T", " ").replace(":", "."),
        "missing": one.missing,
        # typst takes a picture as numbers: there is no file to name.
        "picture": list(one.picture),
    }


def _size(count: float) -> str:
    unit = 0
    while count >= _UNIT and unit < len(_UNITS) - 1:
        count, unit = count / _UNIT, unit + 1
    return f"{count:.0f} {_UNITS[unit]}" if unit == 0 else f"{count:.1f} {_UNITS[unit]}".replace(".", ",")
