"""Whatever somebody sends, it is cleaned or refused in good time, and the next file is served."""

import asyncio
import io
import zlib
from collections.abc import AsyncIterator, Callable
from typing import Final

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from PIL import Image

from handlers.messages import Kind
from storage.cleaning.cleaner import Cleaner
from storage.cleaning.wire import MOST_IN
from storage.errors import Unclean, Why
from storage.vault import new_identity, open_sealed
from tests.cleaning.conftest import Clean, CleanAs
from tests.cleaning.files import (
    corners,
    noise,
    opened,
    png,
    png_body,
    png_head,
    resized_jpeg,
    saved,
    segments,
    zipped,
)
from tests.cleaning.refusal import refused

MEBIBYTE: Final = 1 << 20


def half_jpeg_half_zip() -> bytes:
    picture = saved(noise(), "JPEG")
    return picture[: len(picture) // 2] + zipped()


def huge_webp() -> bytes:
    """Two small frames on a canvas of a gigabyte, which the decoder allocates twice."""
    moving = bytearray(saved(noise(), "WEBP", save_all=True, append_images=[corners()]))
    canvas = moving.index(b"VP8X") + 12
    moving[canvas : canvas + 6] = (16383 - 1).to_bytes(3, "little") * 2
    return bytes(moving)


def profile_bomb() -> bytes:
    profile = b"iCCP", b"profil\0\0" + zlib.compress(bytes(200 * MEBIBYTE), 1)
    return png(png_head(8, 8), profile, png_body(8, 8), (b"IEND", b""))


def text_bomb() -> bytes:
    text = b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200 * MEBIBYTE), 1)
    return png(png_head(8, 8), text, png_body(8, 8), (b"IEND", b""))


def pixel_bomb() -> bytes:
    """Lies about nothing: 2 500 megapixels of one colour, in half a megabyte."""
    rows = zlib.compressobj(9)
    row = bytes(1 + 3 * 50_000)
    body = b"".join(rows.compress(row * 10) for _ in range(40)) + rows.flush()
    return png(png_head(50_000, 50_000), (b"IDAT", body), (b"IEND", b""))


def cut(form: str) -> bytes:
    whole = saved(corners(256, 256), form)
    return whole[: len(whole) * 2 // 3]


REFUSED: Final[dict[str, tuple[Why, Callable[[], bytes]]]] = {
    "empty": (Why.EMPTY, bytes),
    "one byte": (Why.NOT_A_PICTURE, lambda: b"\xff"),
    "text": (Why.NOT_A_PICTURE, lambda: b"laporan netralitas"),
    "html": (Why.NOT_A_PICTURE, lambda: b"<!doctype html><script>alert(1)</script>"),
    "svg": (Why.NOT_A_PICTURE, lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "gif": (Why.NOT_A_PICTURE, lambda: saved(noise(), "GIF")),
    "tiff": (Why.NOT_A_PICTURE, lambda: saved(noise(), "TIFF")),
    "bmp": (Why.NOT_A_PICTURE, lambda: saved(noise(), "BMP")),
    "postscript": (Why.NOT_A_PICTURE, lambda: saved(noise(), "EPS")),
    "zip": (Why.NOT_A_PICTURE, zipped),
    "playlist": (Why.NOT_A_PICTURE, lambda: b"#EXTM3U\nfile:///etc/passwd\n"),
    "avif brand": (Why.NOT_A_PICTURE, lambda: b"\0\0\0\x20ftypavif" + bytes(64)),
    "only a JPEG's head": (Why.BROKEN, lambda: b"\xff\xd8\xff\xe0"),
    "only a PNG's head": (Why.BROKEN, png),
    "only a WebP's head": (Why.BROKEN, lambda: b"RIFF\x08\0\0\0WEBP"),
    "only a HEIC's head": (Why.BROKEN, lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
    "cut JPEG": (Why.BROKEN, lambda: cut("JPEG")),
    "cut PNG": (Why.BROKEN, lambda: cut("PNG")),
    "cut WebP": (Why.BROKEN, lambda: cut("WEBP")),
    "cut HEIC": (Why.BROKEN, lambda: cut("HEIF")),
    "PNG without a picture": (Why.BROKEN, lambda: png(png_head(8, 8), (b"IEND", b""))),
    "PNG of 50000 x 50000": (Why.TOO_MANY_PIXELS, pixel_bomb),
    "JPEG of 65500 x 65500": (Why.TOO_MANY_PIXELS, lambda: resized_jpeg(65500, 65500)),
    "WebP of 16383 x 16383": (Why.BROKEN, huge_webp),
    "profile of 200 MB": (Why.BROKEN, profile_bomb),
    "text of 200 MB": (Why.BROKEN, text_bomb),
    "26 MiB": (Why.TOO_BIG, lambda: saved(noise(), "JPEG") + bytes(26 * MEBIBYTE)),
}
CLEANED: Final[dict[str, Callable[[], bytes]]] = {
    "JPEG with a zip behind it": lambda: saved(noise(), "JPEG") + zipped(),
    "JPEG filled up to the limit": lambda: saved(noise(), "JPEG").ljust(MOST_IN, b"\0"),
    "PNG that moves": lambda: saved(noise(), "PNG", save_all=True, append_images=[noise()] * 3),
    "WebP that moves": lambda: saved(noise(), "WEBP", save_all=True, append_images=[noise()] * 3),
    "JPEG of several pictures": lambda: saved(noise(), "MPO", save_all=True, append_images=[noise()]),
    "JPEG in many passes": lambda: saved(noise(), "JPEG", progressive=True),
    "HEIC in tiles, as a phone takes it": lambda: saved(noise(1200, 900), "HEIF", tile_size=512),
    "HEIC of several pictures": lambda: saved(noise(), "HEIF", save_all=True, append_images=[noise()]),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_it_is_refused_kindly_and_quickly(clean: Clean, name: str) -> None:
    why, make = REFUSED[name]
    assert await refused(clean(make())) is why
    assert opened(await clean(saved(noise(), "JPEG"))).size == (96, 64)


@pytest.mark.parametrize("name", CLEANED)
async def test_it_is_odd_but_a_picture(clean: Clean, name: str) -> None:
    cleaned = await clean(CLEANED[name]())
    assert segments(cleaned)
    assert opened(cleaned).format == "JPEG"


async def test_half_a_picture_and_half_an_archive_is_one_or_nothing(clean: Clean) -> None:
    with pytest.raises(Unclean) as refusal:
        await clean(half_jpeg_half_zip())
    assert refusal.value.why is Why.BROKEN


async def test_a_refusal_says_why_and_nothing_of_the_file(clean: Clean) -> None:
    with pytest.raises(Unclean) as refusal:
        await clean(b"nama saya KENARI-7319")
    assert str(refusal.value) == "not-a-picture"
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize("data", [zipped(), b"PK\3\4[Content_Types].xml", b"{\\rtf1", b"MZ", b"laporan"])
async def test_a_document_that_begins_as_none_of_ours_is_of_the_wrong_kind(clean_as: CleanAs, data: bytes) -> None:
    with pytest.raises(Unclean) as refusal:
        await clean_as(Kind.DOCUMENT, data)
    assert refusal.value.why is Why.KIND


async def test_an_endless_source_is_read_up_to_the_limit_and_let_go(clean: Clean) -> None:
    asked, let_go = 0, False

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked, let_go
        try:
            while True:
                asked += 1
                yield bytes(MEBIBYTE)
        finally:
            let_go = True

    with pytest.raises(Unclean) as refusal:
        await clean(endless())
    assert refusal.value.why is Why.TOO_BIG
    assert asked == MOST_IN // MEBIBYTE + 1
    assert let_go


async def test_a_file_may_come_in_pieces_of_any_size(clean: Clean) -> None:
    photo = saved(noise(), "JPEG")

    async def pieces() -> AsyncIterator[bytes]:
        yield b""
        for start in range(0, len(photo), 1000):
            yield photo[start : start + 1000]

    assert opened(await clean(pieces())).size == (96, 64)


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_never_stops_the_service(data: st.DataObject) -> None:
    private, public = new_identity()
    picture = bytearray(saved(corners(), data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "HEIF"]))))
    for place in data.draw(st.lists(st.integers(0, len(picture) - 1), max_size=8)):
        picture[place] = data.draw(st.integers(0, 255))
    try:
        cleaned = asyncio.run(Cleaner().clean(Kind.IMAGE, bytes(picture), public))
    except Unclean as refusal:
        event(refusal.why)
    else:
        assert Image.open(io.BytesIO(open_sealed(cleaned.sealed, [private]))).format == "JPEG"
