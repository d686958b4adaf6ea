"""Puts a poster on paper: the codes as squares, the words as data, typst as the printer."""

import base64
import importlib.resources
import struct
import zlib
from pathlib import Path

import msgspec
import segno
import typst

from bot.posters.logo import prepared
from bot.posters.poster import SIZES, Poster, WayIn, ways_in
from bot.posters.words import WORDS, Words
from handlers.posters import PosterError, short

_FONTS = typst.Fonts(
    include_system_fonts=False,
    include_embedded_fonts=False,
    font_paths=[Path(str(importlib.resources.files("bot.data"))) / "fonts"],
)
_TEMPLATES = Path(__file__).parent
_PPI = range(72, 601)  # a coarser code cannot be scanned; an A3 at 600 has 70 million pixels
_PNG_HEADER = 33  # 8 bytes of signature and the IHDR chunk of 25


def draw(poster: Poster, *, ppi: int = 300) -> bytes:
    """Return the poster as one page: PDF, or PNG with `ppi` pixels per inch (72 to 600).

    The same order gives the same bytes: the file says neither when nor by whom it was made.
    Raises PosterError for another `ppi`.
    """
    if ppi not in _PPI:
        raise PosterError(f"{ppi} pixels per inch: choose from 72 to 600 pixels per inch; 300 suits print.")
    size = SIZES[poster.size]
    drawn = typst.compile(
        _TEMPLATES / size.template,
        format=poster.format,
        ppi=ppi,
        font_paths=_FONTS,
        sys_inputs={"poster": msgspec.json.encode(_sheet(poster)).decode()},
    )
    if isinstance(drawn, list):
        raise PosterError("The words do not fit on one page; leave out the greeting or the logo.")
    return drawn if poster.format == "pdf" else _sized(drawn, ppi)


def _sheet(poster: Poster) -> dict[str, object]:
    words, ways = WORDS[poster.language], ways_in(poster)
    return {
        "size": SIZES[poster.size],
        "language": poster.language,
        "place": poster.place_name,
        "words": words,
        "ways": [{"way": way, "squares": squares(way), "known": _known(words, way)} for way in ways],
        "known": words.known_both if len(ways) > 1 else _known(words, ways[0]),
        "number": words.number.format(code=short(poster.place)),
        "reader": words.reader.format(reader=poster.reader) if poster.reader else "",
        "greeting": poster.greeting,
        "look": poster.look,
        "logo": _as_svg(prepared(poster.logo)) if poster.logo else "",
    }


def _known(words: Words, way: WayIn) -> str:
    return words.known_one.format(channel=way.channel)


def _as_svg(png: bytes) -> str:
    """Wrap a picture into words, since words are all that a template is handed."""
    width, height = struct.unpack(">II", png[16:24])
    data = base64.b64encode(png).decode()
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:image/png;base64,{data}"/></svg>'


def squares(way: WayIn) -> list[str]:
    """Return the code's rows, "1" for dark, without a margin.

    Error correction Q mends a quarter of it: rain, a torn corner, a drawn moustache.
    """
    code = segno.make(way.link, error="q", micro=False, boost_error=False)
    return ["".join(str(int(bool(dark))) for dark in row) for row in code.matrix]


def _sized(png: bytes, ppi: int) -> bytes:
    # typst leaves out how large a pixel is, and a print shop's program would guess 72 to the inch.
    # pHYs goes right behind the header: https://www.w3.org/TR/png-3/#11pHYs
    per_metre = round(ppi / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:_PNG_HEADER] + chunk + png[_PNG_HEADER:]
