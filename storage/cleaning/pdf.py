"""Write pictures as the pages of a PDF that has nothing else: no titles, no dates, no producer, no identifier."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

_CATALOGUE: Final = 1
_TREE: Final = 2
_FIRST_PAGE: Final = 3
_OBJECTS_A_PAGE: Final = 3


class Page(NamedTuple):
    """A JPEG in RGB, its sides in pixels, and the sides of the paper in points."""

    jpeg: bytes
    pixels: tuple[int, int]
    points: tuple[float, float]


def written(pages: Sequence[Page]) -> bytes:
    """Give the file. Source: ISO 32000-1, 7.5 (its parts) and 8.9.5 (pictures)."""
    numbers = range(_FIRST_PAGE, _FIRST_PAGE + _OBJECTS_A_PAGE * len(pages), _OBJECTS_A_PAGE)
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    bodies = [b"<</Type/Catalog/Pages %d 0 R>>" % _TREE, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)]
    for number, page in zip(numbers, pages, strict=True):
        bodies += _objects(number, page)
    return _filed(bodies)


def _objects(number: int, page: Page) -> Iterable[bytes]:
    paper = b"%.2f %.2f" % page.points
    place = b"q %.2f 0 0 %.2f 0 0 cm /P Do Q" % page.points
    picture = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8" % page.pixels
    yield b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>" % (
        _TREE,
        paper,
        number + 1,
        number + 2,
    )
    yield _stream(b"", place)
    yield _stream(picture + b"/Filter/DCTDecode", page.jpeg)


def _stream(about: bytes, body: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (about, len(body), body)


def _filed(bodies: Sequence[bytes]) -> bytes:
    """Number the objects from one, and say where each begins."""
    file = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(b"%010d 00000 n \n" % len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(file), len(bodies) + 1
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
    file += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, _CATALOGUE, start)
    return bytes(file)
