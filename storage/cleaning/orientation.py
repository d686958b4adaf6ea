"""Read from EXIF which way up a picture is, and nothing else."""

import struct
from typing import Final

from PIL.Image import Transpose

_PREFIX: Final = b"Exif\0\0"
_ORDERS: Final = {b"II*\0": "<", b"MM\0*": ">"}
_ORIENTATION: Final = 0x0112
_SHORT: Final = 3
_ENTRY_BYTES: Final = 12

# EXIF 3.0, tag Orientation: what undoes each.
_TURNS: Final = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def turn(exif: bytes) -> Transpose | None:
    """Say how to turn a picture with this EXIF block; None where it stands right, or the block is damaged.

    Written out because Pillow's reader raises half a dozen kinds of exception for damaged blocks, and a
    picture must not be lost for its metadata.
    """
    tiff = exif.removeprefix(_PREFIX)
    order = _ORDERS.get(tiff[:4])
    if order is None:
        return None
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        entries = range(start + 2, start + 2 + count * _ENTRY_BYTES, _ENTRY_BYTES)
        found = (struct.unpack_from(f"{order}HHIH", tiff, entry) for entry in entries)
        return next(
            (_TURNS.get(value) for tag, kind, _, value in found if (tag, kind) == (_ORIENTATION, _SHORT)),
            None,
        )
    except struct.error:
        return None
