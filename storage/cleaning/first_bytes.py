"""Tell by its first bytes what a file is; its name and what the channel calls it are only claims."""

from enum import StrEnum
from typing import Final


class Format(StrEnum):
    """What can be cleaned, and what comes out of it; the value is the usual ending of the name."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    MP4 = "mp4"
    OGG = "ogg"
    MP3 = "mp3"
    AAC = "aac"


# At which byte, with what. HEIC and MP4 share a beginning, so the brands of the first come first.
_BEGINNINGS: Final[tuple[tuple[Format, int, tuple[bytes, ...]], ...]] = (
    (Format.JPEG, 0, (b"\xff\xd8\xff",)),
    (Format.PNG, 0, (b"\x89PNG\r\n\x1a\n",)),
    (Format.WEBP, 8, (b"WEBP",)),
    (Format.HEIC, 4, (b"ftypheic", b"ftypheix", b"ftypmif1")),
    (Format.PDF, 0, (b"%PDF-",)),
    (Format.MP4, 4, (b"ftyp",)),
    (Format.OGG, 0, (b"OggS",)),
    (Format.MP3, 0, (b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xe2")),
    (Format.AAC, 0, (b"\xff\xf1", b"\xff\xf9", b"\xff\xf0", b"\xff\xf8")),
)


def format_of(data: bytes) -> Format | None:
    """Name the format `data` begins as; None where it is none of ours."""
    return next((known for known, at, begins in _BEGINNINGS if data.startswith(begins, at)), None)
