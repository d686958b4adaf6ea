"""Find one field of an EXIF block, however damaged the block is.

Written out because Pillow's reader raises half a dozen kinds of exception for damaged blocks, and a picture must
not be lost for its metadata. Slices never fail, so nothing here does. Source: TIFF 6.0, section 2; EXIF 3.0.
"""

from typing import Final, Literal, NamedTuple

ASCII: Final = 2
SHORT: Final = 3

_PREFIX: Final = b"Exif\0\0"
_ORDERS: Final[dict[bytes, Literal["little", "big"]]] = {b"II*\0": "little", b"MM\0*": "big"}
_SIZES: Final = {ASCII: 1, SHORT: 2, 4: 4}
_ENTRY_BYTES: Final = 12
_INLINE_BYTES: Final = 4


class Field(NamedTuple):
    """A value as it stands in the block; `kind` is TIFF's number of its type."""

    kind: int
    value: bytes
    order: Literal["little", "big"]

    @property
    def number(self) -> int:
        return int.from_bytes(self.value, self.order)


def field(exif: bytes, *path: int) -> Field | None:
    """Follow tags from the first folder; each but the last points to another. None where there is none."""
    tiff = exif.removeprefix(_PREFIX)
    order = _ORDERS.get(tiff[:4])
    if order is None:
        return None
    found: Field | None = Field(0, tiff[4:8], order)
    for tag in path:
        found = _found(tiff, found, tag) if found else None
    return found


def _found(tiff: bytes, pointer: Field, wanted: int) -> Field | None:
    order, start = pointer.order, pointer.number
    count = int.from_bytes(tiff[start : start + 2], order)
    for at in range(start + 2, min(start + 2 + count * _ENTRY_BYTES, len(tiff)), _ENTRY_BYTES):
        tag, kind = (int.from_bytes(tiff[part : part + 2], order) for part in (at, at + 2))
        if tag == wanted:
            size = _SIZES.get(kind, 0) * int.from_bytes(tiff[at + 4 : at + 8], order)
            inline = tiff[at + 8 : at + 8 + _INLINE_BYTES]
            where = int.from_bytes(inline, order)
            return Field(kind, inline[:size] if size <= _INLINE_BYTES else tiff[where : where + size], order)
    return None
