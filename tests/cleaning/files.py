"""Files to be cleaned, made on the spot: honest ones, telling ones, and hostile ones."""

import io
import struct
import zipfile
import zlib
from typing import Any, Final

import pillow_heif
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

CANARY: Final = "KENARI-7319"
FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def noise(width: int = 96, height: int = 64) -> Image.Image:
    return Image.effect_noise((width, height), 60).convert("RGB")


def corners(width: int = 96, height: int = 64) -> Image.Image:
    """Red, green, blue and white quarters: every way to turn it looks different."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width // 2, height // 2))
    picture.paste("lime", (width // 2, 0, width, height // 2))
    picture.paste("blue", (0, height // 2, width // 2, height))
    return picture


def exif(orientation: int = 1) -> Image.Exif:
    block = Image.Exif()
    block[ExifTags.Base.Orientation] = orientation
    for tag in (ExifTags.Base.Make, ExifTags.Base.Artist, ExifTags.Base.ImageDescription):
        block[tag] = CANARY
    block.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:12 09:15:00"
    block.get_ifd(ExifTags.IFD.GPSInfo).update({1: "S", 2: (6.0, 10.0, 31.0), 29: CANARY})
    return block


def telling(form: str) -> bytes:
    """A picture that carries the canary everywhere its format allows, with a zip behind it."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><creator>{CANARY}</creator></x:xmpmeta>".encode()
    options: dict[str, Any] = {"exif": exif().tobytes(), "icc_profile": srgb()}
    if form == "PNG":
        return saved(noise(), form, pnginfo=_png_texts(), **options) + zipped()
    if form == "JPEG":
        plain = saved(noise(), form, comment=CANARY.encode(), xmp=xmp, **options)
        return _with_segments(plain) + zipped()
    return saved(noise(), form, xmp=xmp, **options) + zipped()


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """A colour space whose red is our green, and the other way round."""
    marks = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}
    profile = bytearray(srgb())
    for at in range(132, 132 + 12 * int.from_bytes(profile[128:132]), 12):
        mark = bytes(profile[at : at + 4])
        profile[at : at + 4] = marks.get(mark, mark)
    return bytes(profile)


def zipped() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("rahasia.txt", CANARY)
    return written.getvalue()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of these chunks, right or wrong."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def png_head(width: int, height: int) -> tuple[bytes, bytes]:
    return b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)


def png_body(width: int, height: int) -> tuple[bytes, bytes]:
    return b"IDAT", zlib.compress((b"\0" + b"\xcc" * 3 * width) * height)


def resized_jpeg(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    data = bytearray(saved(noise(), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to its picture data, which must reach to the end and hold no other marker."""
    found, at = [], 2
    assert jpeg[:2] == b"\xff\xd8"
    while jpeg[at + 1] != 0xDA:
        assert jpeg[at] == 0xFF
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    coded = jpeg[at + 2 :].replace(b"\xff\x00", b"")
    assert coded.find(b"\xff") == len(coded) - 2
    assert coded.endswith(b"\xff\xd9")
    return found


def _png_texts() -> PngInfo:
    texts = PngInfo()
    texts.add_text("Author", CANARY)
    texts.add_text("Comment", CANARY * 100, zip=True)
    texts.add_itxt("Description", CANARY)
    texts.add(b"prVt", CANARY.encode())
    return texts


def _with_segments(jpeg: bytes) -> bytes:
    """Add a thumbnail, Photoshop's block, and segments nobody knows."""
    thumbnail = saved(noise(16, 16), "JPEG", comment=CANARY.encode())
    bodies = ((0xE0, b"JFXX\0\x10" + thumbnail), (0xED, b"Photoshop 3.0\0" + CANARY.encode()))
    unknown = tuple((marker, CANARY.encode()) for marker in range(0xE3, 0xEC))
    added = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in bodies + unknown
    )
    return jpeg[:2] + added + jpeg[2:]
