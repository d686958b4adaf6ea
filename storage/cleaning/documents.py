"""Rebuild a PDF from what its pages look like: every page a picture, in a new PDF of pictures alone."""

from collections.abc import Iterator
from contextlib import closing
from typing import Final

import pypdfium2
import pypdfium2.raw
from PIL import Image

from storage.cleaning.jpeg import jpeg
from storage.cleaning.pdf import Page, written
from storage.cleaning.sizes import scale
from storage.cleaning.wire import Clean
from storage.errors import Unclean, Why

MOST_PAGES: Final = 60
# ISO 32000-1, annex C.2: no page is larger, in points; five metres.
LONGEST_POINTS: Final = 14_400
MOST_BYTES: Final = 24 << 20

_POINTS_AN_INCH: Final = 72
_DOTS_AN_INCH: Final = 150
# Where the pages together would be too much, they are written more coarsely; beyond the last nothing is legible.
_COARSENESS: Final = (1.0, 2.0, 4.0, 8.0)
# PDFium, like every other reader, also takes a header that comes late.
_HEADER_WITHIN: Final = 1024
_LOCKED: Final = (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)


def clean(data: bytes, grain: bytes) -> Clean:
    """Give the pages of the PDF in `data` as JPEGs in a new PDF, at 150 dots an inch or as large as may be.

    One that opens without a password is taken, whatever else its owner forbade. Raises Unclean, and what PDFium
    raises for damaged files.
    """
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise Unclean(Why.KIND)
    with closing(_opened(data)) as document:
        if not len(document):
            raise Unclean(Why.EMPTY)
        if len(document) > MOST_PAGES:
            raise Unclean(Why.TOO_MANY_PAGES)
        return Clean(written(list(_pages(document, grain))))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    """Open it, with its form if it has one: what was filled in is not drawn otherwise.

    Nothing of the form is run: the wheels of pypdfium2 hold no JavaScript engine, and no opening action is asked for.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _LOCKED:
            raise Unclean(Why.LOCKED) from None
        raise
    document.init_forms()
    return document


def _pages(document: pypdfium2.PdfDocument, grain: bytes) -> Iterator[Page]:
    room, many = MOST_BYTES, len(document)
    for number in range(many):
        with closing(document[number]) as page:
            points: tuple[float, float] = page.get_size()
            picture = _drawn(page, points)
        body = _fitting(picture, grain, room // (many - number))
        room -= len(body)
        yield Page(body, picture.size, points)


def _drawn(page: pypdfium2.PdfPage, points: tuple[float, float]) -> Image.Image:
    """Draw what a reader of the page sees: filled-in fields, stamps and highlights with it."""
    if max(points) > LONGEST_POINTS:
        raise Unclean(Why.TOO_MANY_PIXELS)
    by = scale(points, _DOTS_AN_INCH / _POINTS_AN_INCH)
    drawn = page.render(scale=by)
    # Not to_pil(): it imports Pillow at its first call, which would be after the lock.
    return Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.buffer, "raw", "BGR", drawn.stride, 1)


def _fitting(picture: Image.Image, grain: bytes, most: int) -> bytes:
    for coarseness in _COARSENESS:
        body = jpeg(picture, grain, coarseness)
        if len(body) <= most:
            return body
    raise Unclean(Why.TOO_BIG)
