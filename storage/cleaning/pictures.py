"""Rebuild a picture from its pixels alone: JPEG, PNG, WebP or HEIC in, a bare JPEG out."""

import io
from collections.abc import Callable
from typing import Final, NamedTuple

import pillow_heif
from PIL import Image, ImageCms, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin
from PIL.ImageFile import ImageFile

from storage.cleaning import glimpse
from storage.cleaning.first_bytes import Format, format_of
from storage.cleaning.jpeg import jpeg
from storage.cleaning.orientation import turn
from storage.cleaning.sizes import scale, scaled
from storage.cleaning.wire import Clean
from storage.errors import Unclean, Why

_MEGAPIXEL: Final = 1_000_000
_SRGB: Final = ImageCms.createProfile("sRGB")
_PLAIN_MODES: Final = ("L", "RGB", "CMYK")


class _Reader(NamedTuple):
    """Who reads a format, and how much of it fits in memory."""

    opened: Callable[[io.BytesIO], ImageFile]
    most_pixels: int


# The readers are named one by one: Image.open would try every format Pillow knows.
_READERS: Final = {
    # JPEG is decoded at a fraction of its size, so a phone's 108 megapixels fit.
    Format.JPEG: _Reader(JpegImagePlugin.JpegImageFile, 120 * _MEGAPIXEL),
    Format.PNG: _Reader(PngImagePlugin.PngImageFile, 50 * _MEGAPIXEL),
    # libwebp's animation reader holds three pictures of full size.
    Format.WEBP: _Reader(WebPImagePlugin.WebPImageFile, 30 * _MEGAPIXEL),
    Format.HEIC: _Reader(pillow_heif.HeifImageFile, 50 * _MEGAPIXEL),
}

# An embedded preview may show what was cropped away, or another picture altogether; threads are rationed.
pillow_heif.options.THUMBNAILS = False
pillow_heif.options.DEPTH_IMAGES = False
pillow_heif.options.AUX_IMAGES = False
pillow_heif.options.DECODE_THREADS = 1
# Pillow loads parts of itself at first use, which would be after the lock; TiffImagePlugin reads EXIF.
Image.preinit()
_LOADED: Final = TiffImagePlugin.__name__


def clean(data: bytes, grain: bytes) -> Clean:
    """Give the picture in `data` as a JPEG in sRGB, the right way up, on white, no side too long.

    Raises Unclean, MemoryError, and whatever Pillow raises for damaged files.
    """
    picture = _opened(data)
    exif = picture.info.get("exif") or b""
    profile = picture.info.get("icc_profile")
    shrunk = _shrunk(picture)
    turning = turn(exif)
    upright = shrunk.transpose(turning) if turning is not None else shrunk
    return Clean(jpeg(_in_srgb(upright, profile), grain), glimpse.of_picture(exif))


def _opened(data: bytes) -> ImageFile:
    format_ = format_of(data)
    reader = _READERS.get(format_) if format_ else None
    if reader is None:
        raise Unclean(Why.NOT_A_PICTURE)
    picture = reader.opened(io.BytesIO(data))
    if picture.width * picture.height > reader.most_pixels:
        raise Unclean(Why.TOO_MANY_PIXELS)
    return picture


def _shrunk(picture: ImageFile) -> Image.Image:
    size = scaled(picture.size, scale(picture.size))
    picture.draft(None, size)
    return _flat(picture).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


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
