"""Which parts of an H.264 or HEVC stream are picture, and which are talk about it."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

_START_CODE: Final = re.compile(rb"\x00\x00\x00?\x01")


class _Units(NamedTuple):
    """How a codec numbers its units: where the number stands, which are slices, which say how to decode them."""

    number: Callable[[bytes], int]
    slices: str
    sets: range


# ITU-T H.264, table 7-1, and H.265, table 7-1. Not among them: SEI, where phones and encoders write what they are;
# filler; and every number that is reserved or left to whoever likes.
_CODECS: Final = {
    "h264": _Units(lambda unit: unit[0] & 0x1F, "1-5", range(7, 9)),
    "hevc": _Units(lambda unit: unit[0] >> 1 & 0x3F, "0-9|16-21", range(32, 35)),
}


def sieve(codec: str) -> str:
    """Describe the bitstream filter that lets only pictures through; one that changes nothing for other codecs."""
    units = _CODECS.get(codec)
    if units is None:
        return "null"
    return f"filter_units=pass_types={units.slices}|{units.sets[0]}-{units.sets[-1]}"


def header(codec: str, extradata: bytes | None) -> bytes | None:
    """Give a stream's header without what is not needed to decode.

    FFmpeg's filter passes over it: x265 and iPhones keep SEI there. It hands the header over as the units
    themselves behind start codes (Annex B of both standards), which an `hvcC` or `avcC` is then made of.
    """
    units = _CODECS.get(codec)
    if units is None or extradata is None:
        return extradata
    parts = (part for part in _START_CODE.split(extradata) if part)
    return b"".join(b"\0\0\0\1" + part for part in parts if units.number(part) in units.sets)
