"""The office's logo, from whatever picture an operator has, as a small one that a poster can carry."""

import io
import struct
from contextlib import suppress
from functools import lru_cache

from PIL import Image, ImageOps
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from handlers.posters import PosterError

_KINDS = (PngImageFile, JpegImageFile, WebPImageFile)
_HEAVIEST = 20 << 20  # bytes
_LARGEST = 40_000_000  # pixels: some 160 MB in memory
_SMALLEST = 100  # pixels of its longer side: on A4 it would be 40 mm wide
_SIDE = 800  # pixels of the longer side in the poster
# What Pillow raises for a file that begins as a picture and does not go on as one.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError)


@lru_cache(maxsize=8)
def prepared(data: bytes) -> bytes:
    """Return a logo as a PNG of at most 800 pixels a side, with nothing of its file but pixels.

    Raises PosterError for what is no picture, and for one too large to open or too small to print.
    """
    if len(data) > _HEAVIEST:
        raise PosterError(f"The logo's file has {len(data) >> 20} MB; {_HEAVIEST >> 20} is the most.")
    image = _opened(data)
    if image.width * image.height > _LARGEST:
        raise PosterError(f"The logo has {_millions(image)} million pixels; {_LARGEST // 1_000_000} is the most.")
    if max(image.size) < _SMALLEST:
        raise PosterError(f"The logo is {image.width} by {image.height} pixels; it needs {_SMALLEST} on a side.")
    try:
        return _small(image)
    except _BROKEN:
        raise PosterError("The logo's file is broken: it begins as a picture and does not go on as one.") from None


def _opened(data: bytes) -> ImageFile:
    """Read what kind of picture it is and how large; its pixels are counted by us, so not by Pillow's own `open`."""
    for kind in _KINDS:
        with suppress(*_BROKEN):
            return kind(io.BytesIO(data))
    raise PosterError("The logo is no picture that can be printed; save it as PNG, JPEG or WebP.")


def _millions(image: Image.Image) -> int:
    return image.width * image.height // 1_000_000


def _small(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((_SIDE, _SIDE))
    out = io.BytesIO()
    Image.frombytes("RGBA", upright.size, upright.tobytes()).save(out, "PNG")
    return out.getvalue()
