"""Rebuild a picture from its pixels alone: JPEG, PNG, WebP or HEIC in, a bare JPEG out."""

import io
from collections.abc import Callable
from typing import Final, NamedTuple, cast

import pillow_heif
from PIL import (
    Image,
    ImageCms,
    JpegImagePlugin,
    JpegPresets,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
from PIL.ImageFile import ImageFile

from storage.cleaning.orientation import turn
from storage.cleaning.wire import GRAIN_BYTES
from storage.errors import Unclean, Why

LONG_SIDE: Final = 2560
# A scrolled screenshot must stay legible: a narrow picture keeps this width, up to the height Telegram
# takes (sendPhoto: width and height together at most 10 000; checked 2026-11-20).
SHORT_SIDE: Final = 1080
LONGEST_SIDE: Final = 8000

_MEGAPIXEL: Final = 1_000_000
_SRGB: Final = ImageCms.createProfile("sRGB")
_PLAIN_MODES: Final = ("L", "RGB", "CMYK")
_TABLES: Final = cast("list[list[int]]", JpegPresets.presets["web_high"]["quantization"])


class _Format(NamedTuple):
    """How a format begins (at which byte, with what), who reads it, and how much of it fits in memory."""

    at: int
    begins: tuple[bytes, ...]
    opened: Callable[[io.BytesIO], ImageFile]
    most_pixels: int


# The readers are named one by one: Image.open would try every format Pillow knows.
_FORMATS: Final = (
    # JPEG is decoded at a fraction of its size, so a phone's 108 megapixels fit.
    _Format(0, (b"\xff\xd8\xff",), JpegImagePlugin.JpegImageFile, 120 * _MEGAPIXEL),
    _Format(0, (b"\x89PNG\r\n\x1a\n",), PngImagePlugin.PngImageFile, 50 * _MEGAPIXEL),
    # libwebp's animation reader holds three pictures of full size.
    _Format(8, (b"WEBP",), WebPImagePlugin.WebPImageFile, 30 * _MEGAPIXEL),
    _Format(4, (b"ftypheic", b"ftypheix", b"ftypmif1"), pillow_heif.HeifImageFile, 50 * _MEGAPIXEL),
)

# An embedded preview may show what was cropped away, or another picture altogether; threads are rationed.
pillow_heif.options.THUMBNAILS = False
pillow_heif.options.DEPTH_IMAGES = False
pillow_heif.options.AUX_IMAGES = False
pillow_heif.options.DECODE_THREADS = 1
# Pillow loads parts of itself at first use, which would be after the lock; TiffImagePlugin reads EXIF.
Image.preinit()
_LOADED: Final = TiffImagePlugin.__name__


def clean(data: bytes, grain: bytes) -> bytes:
    """Give the picture in `data` as a JPEG in sRGB, the right way up, on white, no side too long.

    GRAIN_BYTES of `grain` vary the quality: equal pictures stay equal only under equal grain. Raises Unclean,
    MemoryError, and whatever Pillow raises for damaged files.
    """
    picture = _opened(data)
    turning = turn(picture.info.get("exif") or b"")
    profile = picture.info.get("icc_profile")
    shrunk = _shrunk(picture)
    upright = shrunk.transpose(turning) if turning is not None else shrunk
    return _rebuilt(_in_srgb(upright, profile), grain)


def _opened(data: bytes) -> ImageFile:
    for known in _FORMATS:
        if data.startswith(known.begins, known.at):
            picture = known.opened(io.BytesIO(data))
            if picture.width * picture.height > known.most_pixels:
                raise Unclean(Why.TOO_MANY_PIXELS)
            return picture
    raise Unclean(Why.NOT_A_PICTURE)


def _shrunk(picture: ImageFile) -> Image.Image:
    size = _fitting(picture.size)
    picture.draft(None, size)
    return _flat(picture).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    short, long = sorted(size)
    scale = min(1.0, max(LONG_SIDE / long, min(SHORT_SIDE / short, LONGEST_SIDE / long)))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _flat(picture: Image.Image) -> Image.Image:
    """Lay transparency on white, where screenshots expect it, and spell palettes out."""
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        white = Image.new("RGB", layer.size, "white")
        white.paste(layer, mask=layer.getchannel("A"))
        return white
    if picture.mode.startswith("I"):  # 16 bits of grey, which convert() would clip and not scale
        return picture.point(lambda value: value / 256).convert("L")
    return picture if picture.mode in _PLAIN_MODES else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return picture.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
    except (
        ImageCms.PyCMSError,
        OSError,
    ):  # a profile that is broken or not this picture's: colours drift, no more
        return picture.convert("RGB")
    return converted or picture.convert("RGB")


def _rebuilt(picture: Image.Image, grain: bytes) -> bytes:
    """Carry nothing but pixels over: the new picture has never seen the old file's info."""
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    written = io.BytesIO()
    bare.save(written, "JPEG", qtables=_grained(grain), subsampling="4:2:0")
    return written.getvalue()


def _grained(grain: bytes) -> list[list[int]]:
    """Vary the quality a little as a whole, and every quantization step by at most one."""
    scale = 0.9 + 0.2 * grain[0] / 255
    jitter = iter(grain[1:GRAIN_BYTES])
    return [[max(1, round(step * scale) + next(jitter) % 3 - 1) for step in table] for table in _TABLES]
