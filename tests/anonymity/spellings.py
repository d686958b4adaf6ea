"""Every spelling in which a program may have left a word: as text, numbers, encoded, escaped, hashed, cut in pieces."""

import base64
import hashlib
import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

Canary = str | bytes | int
Spelled = Iterator[tuple[str, bytes]]

PIECE = 8
# Shorter numbers are found by chance in any megabyte of random bytes.
SHORTEST_NUMBER = 5
DIGESTS = ("md5", "sha1", "sha256", "sha512", "blake2b")


def spellings(canary: Canary) -> Spelled:
    """Yield (name, bytes) for each."""
    match canary:
        case int():
            yield from _number(canary)
        case bytes():
            yield from _bytes(canary, "bytes")
        case str():
            yield from _words(canary)
            yield from _digits(canary)


def _words(text: str) -> Spelled:
    for case in dict.fromkeys((text, text.lower(), text.upper())):
        data = case.encode()
        yield from _bytes(data, "plain")
        yield "UTF-16LE", case.encode("utf-16-le")
        yield "UTF-16BE", case.encode("utf-16-be")
        yield "URL", quote(case, safe="").encode()
        yield "URL", quote_plus(case).encode()
        yield "URL", "".join(f"%{byte:02X}" for byte in data).encode()
        yield "JSON", json.dumps(case)[1:-1].encode()
        yield "JSON", json.dumps(case)[1:-1].replace("/", "\\/").encode()


def _bytes(data: bytes, name: str) -> Spelled:
    yield name, data
    yield "hex", data.hex().encode()
    yield "hex", data.hex().upper().encode()
    for offset in range(3):
        inner = based(data, offset)
        yield "base64", inner
        yield "base64, URL-safe", inner.replace(b"+", b"-").replace(b"/", b"_")
    yield from (("piece", piece) for piece in pieces(data))


def based(data: bytes, offset: int) -> bytes:
    """Give the symbols of base64 that are the same whatever stands before and after, `offset` bytes into a group."""
    whole = base64.b64encode(bytes(offset) + data + bytes(3))
    first = -(-offset * 8 // 6)
    return whole[first : (offset + len(data)) * 8 // 6]


def pieces(data: bytes) -> Iterator[bytes]:
    """Cut out what survives a page's end or PostgreSQL's compression, which puts a byte between eight literals."""
    return (data[start : start + PIECE] for start in range(min(PIECE, len(data) - PIECE)))


def _number(number: int) -> Spelled:
    yield from _words(str(number))
    yield from _digests(str(number))
    least = -(-number.bit_length() // 8)
    for order in ("big", "little"):
        size = least if least >= SHORTEST_NUMBER else 8
        yield "integer", number.to_bytes(size, order)


def _digits(text: str) -> Spelled:
    """A name or number that can be guessed is no secret once its plain digest is kept."""
    yield from _digests(text)
    if text.isdecimal():
        yield from _number(int(text))


def _digests(text: str) -> Spelled:
    for name in DIGESTS:
        digest = hashlib.new(name, text.encode()).digest()[:16]
        yield "digest", digest
        yield "digest", digest.hex().encode()
        yield "digest", based(digest, 0)
