"""Evidence that can be known again after it was cleaned: pictures with a number in them, voices of a length."""

import io
from typing import Any

from PIL import Image

from tests.cleaning.recordings import seconds, sound
from tests.town import Picture

# A number has so many bits, and stands there twice: as it is and turned round. Pixels of one bit.
BITS, SIDE = 16, 40
FRAME = 0.02  # seconds
SHORTEST, STEP, LENGTHS = 30, 5, 40


def pictured(number: int) -> bytes:
    """A JPEG that says a number, in four rows of eight fields."""
    bits = f"{number:0{BITS}b}{number ^ (1 << BITS) - 1:0{BITS}b}"
    small = Image.new("L", (8, 2 * BITS // 8))
    small.putdata([255 * int(bit) for bit in bits])
    written = io.BytesIO()
    small.resize((small.width * SIDE, small.height * SIDE), Image.Resampling.NEAREST).save(written, "JPEG")
    return written.getvalue()


def read(data: bytes) -> int:
    """The number in a picture. Raises ValueError where it says none."""
    picture = Image.open(io.BytesIO(data)).convert("L")
    wide, high = picture.width / 8, picture.height / (2 * BITS // 8)
    at = ((int((x + 0.5) * wide), int((y + 0.5) * high)) for y in range(2 * BITS // 8) for x in range(8))
    fields: list[Any] = [picture.getpixel(place) for place in at]
    bits = "".join("1" if field > 127 else "0" for field in fields)
    number = int(bits[:BITS], 2)
    if number ^ int(bits[BITS:], 2) != (1 << BITS) - 1:
        raise ValueError("no number in this picture")
    return number


def _length(number: int) -> int:
    return SHORTEST + STEP * (number % LENGTHS)


def spoken(number: int) -> Picture:
    """A voice message as long as its number says, but for whole rounds of lengths."""
    return Picture(sound("libopus", "ogg", many=_length(number)), "AUD_1.ogg", "audio/ogg")


def is_spoken(number: int, data: bytes) -> bool:
    """Whether this is the voice of that number."""
    return abs(seconds(data) - _length(number) * FRAME) < STEP * FRAME / 2
