"""Of a picture only what can be seen is kept, and that is kept well."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageChops, ImageOps, ImageStat

from storage.cleaning.orientation import turn
from storage.cleaning.sizes import LONG_SIDE, LONGEST_SIDE
from tests.cleaning.conftest import Clean
from tests.cleaning.files import (
    CANARY,
    FORMATS,
    corners,
    exif,
    noise,
    opened,
    saved,
    segments,
    swapped_profile,
    telling,
)
from tests.cleaning.oracle import exiftool, read_tags, survivors

BARE_JPEG = {0xE0, 0xDB, 0xC0, 0xC4}  # JFIF, quantization, frame, Huffman tables
STRUCTURE = {
    "File": {
        "BitsPerSample",
        "ColorComponents",
        "EncodingProcess",
        "FileType",
        "FileTypeExtension",
        "ImageHeight",
        "ImageWidth",
        "MIMEType",
        "YCbCrSubSampling",
    },
    "JFIF": {"JFIFVersion", "ResolutionUnit", "XResolution", "YResolution"},
    "Composite": {"ImageSize", "Megapixels"},
    "ExifTool": {"ExifToolVersion"},
}


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("form", FORMATS)
async def test_nothing_but_pixels_comes_through(clean: Clean, form: str) -> None:
    original = telling(form)
    assert CANARY.encode() in original
    cleaned = await clean(original)
    assert not survivors(cleaned)
    assert set(segments(cleaned)) == BARE_JPEG
    assert not zipfile.is_zipfile(io.BytesIO(cleaned))
    picture = opened(cleaned)
    assert set(picture.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not picture.getexif()
    assert mean_difference(picture, opened(original)) < 12


@exiftool
@pytest.mark.parametrize("form", FORMATS)
async def test_exiftool_finds_only_structure(clean: Clean, form: str) -> None:
    before, after = (read_tags(data) for data in (telling(form), await clean(telling(form))))
    assert CANARY in str(before)
    found = {(group, tag) for group, tags in after.items() for tag in tags}
    assert found <= {(group, tag) for group, tags in STRUCTURE.items() for tag in tags}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("orientation", range(1, 9))
async def test_the_picture_stands_upright(clean: Clean, form: str, orientation: int) -> None:
    original = saved(corners(), form, exif=exif(orientation).tobytes())
    wanted = ImageOps.exif_transpose(opened(original))
    cleaned = opened(await clean(original))
    assert cleaned.size == wanted.size
    assert mean_difference(cleaned, wanted) < 6


@given(st.binary() | st.binary().map(b"Exif\0\0II*\0".__add__) | st.binary().map(b"MM\0*\0\0\0\x08".__add__))
def test_no_exif_block_is_too_broken_to_be_passed_over(block: bytes) -> None:
    assert turn(block) is None or isinstance(turn(block), Image.Transpose)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "HEIF"])
async def test_transparency_lies_on_white(clean: Clean, form: str) -> None:
    picture = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (0, 0, 32, 64))
    cleaned = opened(await clean(saved(picture, form)))
    red, white = cleaned.getpixel((16, 32)), cleaned.getpixel((48, 32))
    assert near(red, (255, 0, 0))
    assert near(white, (255, 255, 255))


def near(seen: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 12 for one, other in zip(seen, wanted, strict=True))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA"])
async def test_every_kind_of_png_keeps_its_greys(clean: Clean, mode: str) -> None:
    ramp = Image.linear_gradient("L")
    picture = (
        ramp.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else ramp.convert(mode)
    )
    cleaned = opened(await clean(saved(picture, "PNG")))
    assert mean_difference(cleaned, picture.convert("L") if mode == "1" else ramp) < 4


async def test_grey_and_printers_colours_become_screen_colours(clean: Clean) -> None:
    for mode in ("L", "CMYK"):
        cleaned = opened(await clean(saved(corners().convert(mode), "JPEG", quality=95)))
        assert cleaned.mode == "RGB"
        assert mean_difference(cleaned, corners().convert(mode)) < 6


async def test_colours_are_those_the_profile_means(clean: Clean) -> None:
    original = saved(Image.new("RGB", (64, 64), "red"), "PNG", icc_profile=swapped_profile())
    assert near(opened(await clean(original)).getpixel((32, 32)), (0, 255, 0))


async def test_a_profile_that_is_none_costs_nothing(clean: Clean) -> None:
    original = saved(Image.new("RGB", (64, 64), "red"), "JPEG", icc_profile=b"not a profile at all")
    assert near(opened(await clean(original)).getpixel((32, 32)), (255, 0, 0))


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((1, 1), (1, 1)),
        ((LONG_SIDE, 1920), (LONG_SIDE, 1920)),
        ((4000, 3000), (LONG_SIDE, 1920)),
        ((3000, 4000), (1920, LONG_SIDE)),
        ((1080, 2400), (1080, 2400)),
        ((1080, 6000), (1080, 6000)),  # a scrolled chat stays legible
        ((1080, 16000), (540, LONGEST_SIDE)),
        ((1, 60000), (1, LONGEST_SIDE)),
    ],
)
async def test_no_side_is_too_long(clean: Clean, size: tuple[int, int], wanted: tuple[int, int]) -> None:
    assert opened(await clean(saved(Image.new("RGB", size), "JPEG"))).size == wanted


async def test_a_phone_of_108_megapixels_is_welcome(clean: Clean) -> None:
    cleaned = opened(await clean(saved(Image.new("L", (12000, 9000), "white"), "JPEG")))
    assert cleaned.size == (LONG_SIDE, 1920)


@pytest.mark.parametrize("form", ["WEBP", "PNG"])
async def test_of_a_moving_picture_the_first_frame_is_kept(clean: Clean, form: str) -> None:
    first, second = (Image.new("RGB", (32, 32), colour) for colour in ("red", "blue"))
    moving = saved(first, form, save_all=True, append_images=[second])
    assert near(opened(await clean(moving)).getpixel((16, 16)), (255, 0, 0))


async def test_a_preview_inside_is_not_taken_for_the_picture(clean: Clean) -> None:
    cropped = saved(corners(1024, 1024), "HEIF", thumbnails=[256])
    assert opened(await clean(cropped)).size == (1024, 1024)


async def test_equal_pictures_do_not_give_equal_files(clean: Clean) -> None:
    original = saved(noise(), "JPEG")
    assert len({await clean(original) for _ in range(5)}) == 5


async def test_even_a_blank_picture_is_not_the_same_twice(clean: Clean) -> None:
    blank = saved(Image.new("RGB", (64, 64), "white"), "PNG")
    assert await clean(blank) != await clean(blank)


async def test_the_day_of_the_photo_does_not_come_along(clean: Clean) -> None:
    original = saved(noise(), "JPEG", exif=exif().tobytes())
    assert ExifTags.IFD.GPSInfo in opened(original).getexif()
    assert b"2026" not in await clean(original)
