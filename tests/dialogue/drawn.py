"""Draws bubbles as the two platforms show them: SVG with plain text in it, small, and the same on every machine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise

from PIL import ImageFont

from bot.channels.base import Button, Shown
from tests.words.sayings import ROOT

FONT = ROOT / "bot" / "data" / "fonts" / "PlusJakartaSans-500.ttf"
# Readers' own typefaces differ; what is measured in ours gets so much more room.
LEEWAY = 1.06
SIZE, SMALL, LINE = 14, 12, 19
PHONE, GUTTER, EDGE = 372, 24, 14
PADDING, ROW, GAP = 10, 34, 6
BUBBLE = PHONE - 2 * EDGE - 18
# Two short labels stand beside each other, as bot/channels/telegram.py lays them out.
SHORT = 16
# Letters; of a story of thousands the picture shows the beginning and the end.
LONGEST, FIRST, LAST = 600, 200, 80
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a platform."""

    paper: str
    own: str
    key: str
    ink: str


LOOKS = {
    "Telegram": Look(paper="#d5e1ec", own="#e3f6d2", key="#a9bfd4", ink="#16507f"),
    "WhatsApp": Look(paper="#efe9e1", own="#d9fdd3", key="#ffffff", ink="#0b7a63"),
}
WORDS, FAINT = "#1c1c1c", "#5f6b73"


@dataclass(frozen=True, slots=True)
class Shape:
    """Some SVG, and how far down it reaches."""

    svg: str
    bottom: float


@dataclass(frozen=True, slots=True)
class Scene:
    """One message of the bot, by platform, and what the person had done before it. `open` shows what its list holds."""

    caption: str
    did: str
    shown: dict[str, tuple[Shown, ...]]
    open: bool = True


def sheet(scenes: Iterable[Scene]) -> str:
    """Draw scenes below each other, each once as on Telegram and once as on WhatsApp."""
    top, pieces = 8.0, list[str]()
    for scene in scenes:
        pieces.append(_text((EDGE, top + 14), scene.caption, size=SMALL, fill=FAINT, bold=True))
        phones = [_phone(name, at, top + 24, scene) for at, name in enumerate(LOOKS)]
        bottom = max(phone.bottom for phone in phones)
        for at, (name, phone) in enumerate(zip(LOOKS, phones, strict=True)):
            x = at * (PHONE + GUTTER)
            pieces.append(_box((x, top + 24), PHONE, bottom - top - 24, LOOKS[name].paper, 16))
            pieces.append(phone.svg)
        top = bottom + 22
    width, height = 2 * PHONE + GUTTER, round(top)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    style = "font-family=\"'Plus Jakarta Sans','Segoe UI',Roboto,Helvetica,Arial,sans-serif\""
    ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join((f"{head} {style}>", ground, *pieces, "</svg>", ""))


def _phone(name: str, at: int, top: float, scene: Scene) -> Shape:
    look, x = LOOKS[name], at * (PHONE + GUTTER) + EDGE
    pieces = [_text((x, top + 20), name, size=SMALL, fill=look.ink, bold=True)]
    y = top + 30
    # Nobody types the command of Telegram's links on WhatsApp.
    if scene.did and name in scene.shown and (name == "Telegram" or not scene.did.startswith("/")):
        own = _bubble(scene.did, y, x, look.own, right=True)
        pieces.append(own.svg)
        y = own.bottom + GAP
    for one in scene.shown.get(name, ()):
        said = _said(one, name, (x, y), is_open=scene.open)
        pieces.append(said.svg)
        y = said.bottom + GAP
    return Shape("\n".join(pieces), y + EDGE - GAP)


def _said(shown: Shown, name: str, at: Point, *, is_open: bool) -> Shape:
    """Draw what the bot says, with its buttons or its list."""
    x, top = at
    bubble = _bubble(shown.text, top, x, "#ffffff")
    pieces, y = [bubble.svg], bubble.bottom
    for row in _rows(shown, name):
        y += 4
        wide = (BUBBLE - 4 * (len(row) - 1)) / len(row)
        for place, label in enumerate(row):
            pieces.append(_button(label, x + place * (wide + 4), y, wide, LOOKS[name]))
        y += ROW
    if shown.rows and is_open:
        opened = _list(shown.rows, x, y + GAP, LOOKS[name])
        pieces.append(opened.svg)
        y = opened.bottom
    return Shape("\n".join(pieces), y)


def _rows(shown: Shown, name: str) -> list[list[str]]:
    """Lay out the labels below a bubble."""
    if shown.rows:
        return [[f"≡ {shown.menu}"]]
    labels = [button.label for button in shown.buttons]
    return _paired(labels) if name == "Telegram" else [[label] for label in labels]


def _paired(labels: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    for label in labels:
        if rows and len(rows[-1]) == 1 and len(rows[-1][0]) <= SHORT and len(label) <= SHORT:
            rows[-1].append(label)
        else:
            rows.append([label])
    return rows


def _list(rows: Iterable[Button], x: float, top: float, look: Look) -> Shape:
    """Draw the sheet that opens behind a list's button."""
    pieces, y = list[str](), top + PADDING
    for row in rows:
        pieces.append(_text((x + 12, y + 13), row.label, bold=True))
        y += LINE
        for line in wrapped(row.about, BUBBLE - 44, SMALL):
            pieces.append(_text((x + 12, y + 11), line, size=SMALL, fill=FAINT))
            y += 16
        pieces.append(f'<circle cx="{x + BUBBLE - 18:g}" cy="{y - 14:g}" r="7" fill="none" stroke="{look.ink}"/>')
        y += 7
    box = _box((x, top), BUBBLE, y - top, "#ffffff")
    return Shape("\n".join((box, *pieces)), y)


def _bubble(text: str, top: float, x: float, fill: str, *, right: bool = False) -> Shape:
    lines = [
        line for part in map(_short, text.split("\n")) for line in wrapped(part, BUBBLE - 2 * PADDING, SIZE) or [""]
    ]
    widest = max(measured(line, SIZE) for line in lines) + 2 * PADDING
    width = min(BUBBLE, widest) if right else BUBBLE
    left = x + PHONE - 2 * EDGE - width if right else x
    bottom = top + len(lines) * LINE + 2 * PADDING - 4
    words = (_text((left + PADDING, top + PADDING + 12 + at * LINE), line) for at, line in enumerate(lines) if line)
    return Shape("\n".join((_box((left, top), width, bottom - top, fill), *words)), bottom)


def _short(part: str) -> str:
    return part if len(part) <= LONGEST else f"{part[:FIRST]} … {part[-LAST:]}"


def _button(label: str, x: float, y: float, width: float, look: Look) -> str:
    middle = x + width / 2
    words = f'<text x="{middle:g}" y="{y + 22:g}" font-size="{SIZE}" font-weight="600" text-anchor="middle"'
    return f'{_box((x, y), width, ROW, look.key, 10)}\n{words} fill="{look.ink}">{escape(label)}</text>'


def _box(at: Point, width: float, height: float, fill: str, radius: int = 12) -> str:
    place = f'x="{at[0]:g}" y="{at[1]:g}" width="{round(width, 1):g}" height="{round(height, 1):g}"'
    return f'<rect {place} rx="{radius}" fill="{fill}"/>'


def _text(at: Point, words: str, *, size: int = SIZE, fill: str = WORDS, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{round(at[0], 1):g}" y="{round(at[1], 1):g}" font-size="{size}" fill="{fill}"{weight}'
    return f'<text {place} xml:space="preserve">{escape(words)}</text>'


def wrapped(text: str, width: float, size: int) -> list[str]:
    """Break a text into lines that fit, between words where there are any."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measured(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.extend(_broken(word, width, size))
    return lines


def _broken(word: str, width: float, size: int) -> Iterator[str]:
    """Break a word that is longer than a line."""
    ends = [0]
    for end in range(1, len(word) + 1):
        if measured(word[ends[-1] : end], size) > width:
            ends.append(end - 1)
    yield from (word[start:end] for start, end in pairwise((*ends, len(word))))


def measured(text: str, size: int) -> float:
    return _font(size).getlength(text) * LEEWAY


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
