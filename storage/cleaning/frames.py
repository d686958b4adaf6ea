"""Where a frame of MP3 ends: FFmpeg hands over what lies between two frames as if it were sound.

Source: ISO 11172-3, 2.4.1.3 and ISO 13818-3, 2.4.2.3 (the header); MPEG 2.5 is what everybody agrees it is.
"""

from typing import Final

_HEADER_BYTES: Final = 4
_SYNC: Final = 0x7FF
_LAYER_3: Final = 0b01
_MPEG_1: Final = 0b11
_RESERVED: Final = 0b01
# In thousands of bits a second; the first is "free", which no frame says the length of, and the 16th forbidden.
_SPEEDS_1: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_SPEEDS_2: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_RATES: Final = {
    0b11: (44_100, 48_000, 32_000, 0),
    0b10: (22_050, 24_000, 16_000, 0),
    0b00: (11_025, 12_000, 8_000, 0),
}


def whole_frame(data: bytes) -> bytes:
    """Give the one frame that `data` begins with, and nothing behind it; b"" where that is no whole frame."""
    size = _size(data)
    return data[:size] if size <= len(data) else b""


def _size(data: bytes) -> int:
    """Say how long a frame with this header is, in bytes; 0 where it is no header of layer III."""
    header = int.from_bytes(data[:_HEADER_BYTES])
    version, layer = header >> 19 & 0b11, header >> 17 & 0b11
    if header >> 21 != _SYNC or version == _RESERVED or layer != _LAYER_3:
        return 0
    first = version == _MPEG_1
    speed = (_SPEEDS_1 if first else _SPEEDS_2)[header >> 12 & 0b1111]
    rate = _RATES[version][header >> 10 & 0b11]
    if not (speed and rate):
        return 0
    return (144_000 if first else 72_000) * speed // rate + (header >> 9 & 1)
