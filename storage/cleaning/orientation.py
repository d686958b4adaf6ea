"""Read from EXIF which way up a picture is, and nothing else."""

from typing import Final

from PIL.Image import Transpose

from storage.cleaning.exif import SHORT, field

_ORIENTATION: Final = 0x0112

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
    """Say how to turn a picture with this EXIF block; None where it stands right, or the block is damaged."""
    found = field(exif, _ORIENTATION)
    return _TURNS.get(found.number) if found and found.kind == SHORT else None
