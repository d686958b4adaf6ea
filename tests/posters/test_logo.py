import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from bot.posters import PosterError
from bot.posters.logo import prepared
from tests.posters.orders import logo, order


def claims(width: int, height: int) -> bytes:
    """A PNG that says it is this large and has not a byte of it."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("size", [(600, 600), (1600, 400), (300, 1200)])
def test_a_logo_becomes_a_small_png_of_the_same_shape(kind: str, size: tuple[int, int]) -> None:
    image = Image.open(io.BytesIO(prepared(logo(kind, *size))))
    assert image.format == "PNG"
    assert max(image.size) <= 800
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_nothing_of_its_file_travels_along() -> None:
    image, out, info = Image.open(io.BytesIO(logo())), io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Author", "Rina from the office")
    exif = image.getexif()
    exif[315] = "Rina"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image.save(out, "PNG", pnginfo=info, exif=exif, icc_profile=profile)
    assert b"Rina" in out.getvalue()
    made = prepared(out.getvalue())
    assert Image.open(io.BytesIO(made)).info == {}
    assert b"Rina" not in made


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"no picture", "no picture that can be printed"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture that can be printed"),
        (b"%PDF-1.7", "no picture that can be printed"),
        (claims(10_000, 10_000), "100 million pixels; 40 is the most"),
        (claims(100_000, 100_000), "10000 million pixels"),
        (claims(600, 600), "broken"),
        (logo()[:900], "broken"),
        (logo(width=99, height=20), "99 by 20 pixels; it needs 100"),
        (b"\0" * ((20 << 20) + 1), "20 MB; 20 is the most"),
    ],
    ids=["words", "svg", "pdf", "100-megapixels", "10-gigapixels", "empty", "cut", "tiny", "heavy"],
)
def test_what_is_no_logo_is_refused_before_anything_is_drawn(data: bytes, answer: str) -> None:
    with pytest.raises(PosterError, match=answer):
        order(logo=data)


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_drawn_or_refused(at: int, damage: bytes) -> None:
    data = logo()
    try:
        made = prepared(data[:at] + damage + data[at + len(damage) :])
    except PosterError:
        return
    assert made.startswith(b"\x89PNG")
