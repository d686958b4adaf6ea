"""Searches bytes, files and folders for words, in every spelling and inside whatever is compressed."""

import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.anonymity.spellings import PIECE, Canary, spellings

# Bytes of the unsigned int that a memoryview is read as.
GRAM = 4
# Layers of compression looked into, and bytes read of one compressed stream.
DEEPEST = 3
LONGEST = 1 << 24
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]", re.DOTALL)
GZIP = re.compile(rb"\x1f\x8b\x08", re.DOTALL)
ZIP = re.compile(rb"PK\x03\x04", re.DOTALL)
ZIP_HEADER = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that was found; `place` is a file or whatever the searcher called the bytes."""

    label: str
    spelling: str
    place: str
    offset: int

    def __str__(self) -> str:
        return f"{self.label} as {self.spelling} in {self.place} at {self.offset}"


@dataclass(slots=True)
class Searched:
    """What was searched, and what was found."""

    files: int = 0
    bytes: int = 0
    streams: int = 0
    hits: list[Hit] = field(default_factory=list)

    def __iadd__(self, other: "Searched") -> Self:
        self.files += other.files
        self.bytes += other.bytes
        self.streams += other.streams
        self.hits += other.hits
        return self


class Search:
    """Looks for canaries, given as {label: text, bytes or number}; one pass over the bytes for all of them.

    Every seven bytes hold four that start at a multiple of four: those are looked up in a set, with the four behind
    them where the word is so long, and only a word of which they are there is searched for.
    """

    def __init__(self, canaries: Mapping[str, Canary]) -> None:
        self.canaries = len(canaries)
        self._needles: dict[bytes, tuple[str, str]] = {}
        for label, canary in canaries.items():
            if not isinstance(canary, int) and len(canary) < PIECE:
                raise ValueError(f"{label} is too short to be told from chance")
            for spelling, needle in spellings(canary):
                if len(needle) >= PIECE or spelling == "integer":
                    self._needles.setdefault(needle, (label, spelling))
        self._short = [needle for needle in self._needles if len(needle) < GRAM + GRAM - 1]
        self._by_gram: dict[int, list[tuple[bytes, int | None]]] = {}
        behind = set[int]()
        for needle in self._needles.keys() - set(self._short):
            for start in range(GRAM):
                second = _gram(needle, start + GRAM) if start + 2 * GRAM <= len(needle) else None
                self._by_gram.setdefault(_gram(needle, start), []).append((needle, second))
                behind |= set() if second is None else {second}
        self._grams = frozenset(self._by_gram.keys() | behind)

    @property
    def needles(self) -> int:
        return len(self._needles)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every label with each of its spellings."""
        return frozenset(self._needles.values())

    @property
    def spelled(self) -> Counter[str]:
        """How many needles there are of each spelling."""
        return Counter(spelling for _, spelling in self._needles.values())

    def data(self, data: bytes, place: str) -> Searched:
        """Search bytes."""
        searched = Searched(files=1, bytes=len(data))
        for spot, stream in _layers(data, place):
            searched.streams += stream is not data
            searched.hits += self._found(stream, spot)
        return searched

    def named(self, places: Mapping[str, bytes]) -> Searched:
        """Search bytes that have names."""
        searched = Searched()
        for name, data in places.items():
            searched += self.data(data, name)
        return searched

    def tree(self, root: Path) -> Searched:
        """Search a file, or every file below a folder, and their names."""
        searched = Searched()
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            searched.hits += self._found(path.name.encode(), f"the name of {path}")
            # A socket holds no bytes, and a link only points at some.
            if path.is_file() and not path.is_symlink():
                searched += self.data(path.read_bytes(), str(path))
        return searched

    def _found(self, data: bytes, place: str) -> Iterator[Hit]:
        for needle in self._likely(data):
            start = data.find(needle)
            while start >= 0:
                yield Hit(*self._needles[needle], place, start)
                start = data.find(needle, start + 1)

    def _likely(self, data: bytes) -> Iterator[bytes]:
        yield from self._short
        whole = memoryview(data)[: len(data) // GRAM * GRAM].cast("I")
        there = self._grams.intersection(whole)
        found = (pair for gram in there for pair in self._by_gram.get(gram, ()))
        yield from dict.fromkeys(needle for needle, second in found if second is None or second in there)


def _gram(needle: bytes, start: int) -> int:
    return int.from_bytes(needle[start : start + GRAM], sys.byteorder)


def _layers(data: bytes, place: str, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes themselves, and whatever unfolds from them."""
    yield place, data
    if depth < DEEPEST:
        for start, stream in _unfolded(data):
            yield from _layers(stream, f"{place}, unfolded at {start}", depth + 1)


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Find zlib, gzip and zip streams anywhere, and bare deflate at the start."""
    found = [(match.start(), match.start(), zlib.MAX_WBITS) for match in ZLIB.finditer(data)]
    found += [(match.start(), match.start(), zlib.MAX_WBITS | 16) for match in GZIP.finditer(data)]
    found += [(match.start(), _after_header(data, match.start()), -zlib.MAX_WBITS) for match in ZIP.finditer(data)]
    found.append((0, 0, -zlib.MAX_WBITS))
    for start, begin, kind in found:
        if stream := _inflated(data, begin, kind):
            yield start, stream


def _after_header(data: bytes, start: int) -> int:
    header = data[start : start + ZIP_HEADER]
    return start + ZIP_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")


def _inflated(data: bytes, start: int, kind: int) -> bytes:
    """Inflate as far as it goes: most starts are none, and a stream may be cut short."""
    engine, inflated, step = zlib.decompressobj(kind), bytearray(), 256
    try:
        while start < len(data) and not engine.eof and len(inflated) < LONGEST:
            inflated += engine.decompress(data[start : start + step], LONGEST)
            start, step = start + step, 1 << 16
    except zlib.error:
        pass
    return bytes(inflated) if len(inflated) >= PIECE else b""
