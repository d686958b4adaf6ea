"""Rebuild an MP4 from the boxes that playing needs, with its index in front, so that it starts before it has loaded.

What FFmpeg writes is ours already; this is a second sieve behind it, by an allow-list, and no parser of strangers'
files. Source: ISO 14496-12:2022, 4.2 (boxes) and 8.7.5 (chunk offsets).
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

_HEAD: Final = 8
_LARGE_HEAD: Final = 16
_LARGE: Final = 1

_FOLDERS: Final = frozenset({b"moov", b"trak", b"edts", b"mdia", b"minf", b"dinf", b"stbl"})
_LEAVES: Final = frozenset(
    b"mvhd tkhd elst mdhd hdlr vmhd smhd dref stsd stts stss ctts stsc stsz stco co64 sgpd sbgp".split()
)
_OFFSETS: Final = {b"stco": 4, b"co64": 8}
_COUNT_AT: Final = 4


class _Box(NamedTuple):
    name: bytes
    start: int
    body: bytes


def tidied(mp4: bytes) -> bytes:
    """Give the file as ftyp, moov and mdat; raises ValueError where it has not exactly one of each."""
    found = {box.name: box for box in _boxes(mp4)}
    kind, index, media = (found.get(name) for name in (b"ftyp", b"moov", b"mdat"))
    if not (kind and index and media):
        raise ValueError("this is no whole MP4")
    head = _box(b"ftyp", kind.body)
    # The rebuilt index is as long wherever its offsets point, so its length is known before them.
    moved = len(head) + len(_folder(index, 0)) + _HEAD - media.start
    return head + _folder(index, moved) + _box(b"mdat", media.body)


def _folder(folder: _Box, moved: int) -> bytes:
    kept = []
    for box in _boxes(folder.body):
        if box.name in _FOLDERS:
            kept.append(_folder(box, moved))
        elif box.name in _LEAVES:
            kept.append(_box(box.name, _shifted(box, moved)))
    return _box(folder.name, b"".join(kept))


def _shifted(box: _Box, moved: int) -> bytes:
    """Say anew where in the file the chunks begin."""
    width = _OFFSETS.get(box.name)
    if width is None:
        return box.body
    first = _COUNT_AT + 4
    end = first + width * int.from_bytes(box.body[_COUNT_AT:first])
    places = (int.from_bytes(box.body[at : at + width]) + moved for at in range(first, end, width))
    return box.body[:first] + b"".join(place.to_bytes(width) for place in places)


def _boxes(data: bytes) -> Iterator[_Box]:
    at = 0
    while at < len(data):
        size, head = int.from_bytes(data[at : at + 4]), _HEAD
        if size == _LARGE:
            size, head = int.from_bytes(data[at + _HEAD : at + _LARGE_HEAD]), _LARGE_HEAD
        if size < head or at + size > len(data):
            raise ValueError("a box ends outside")
        yield _Box(data[at + 4 : at + _HEAD], at + head, data[at + head : at + size])
        at += size


def _box(name: bytes, body: bytes) -> bytes:
    return (_HEAD + len(body)).to_bytes(4) + name + body
