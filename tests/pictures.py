"""Pictures as phones make them, each different from the last."""

from io import BytesIO
from itertools import count

from PIL import Image

_colours = count(1)


def photo() -> bytes:
    """A JPEG with a camera's words in it."""
    colour = next(_colours) * 37
    picture = Image.new("RGB", (320, 240), (colour % 256, colour * 3 % 256, colour * 7 % 256))
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Kamera Warga", "2026:11:12 09:15:00"
    data = BytesIO()
    picture.save(data, "JPEG", exif=exif)
    return data.getvalue()
