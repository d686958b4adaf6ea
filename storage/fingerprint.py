"""Eight words that say which key a desk has: people compare words on the telephone, and no hexadecimal."""

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Final

WORDS: Final = 8


@cache
def word_list() -> tuple[str, ...]:
    """Read the 256 words: Indonesian, everyday, and no two of them a letter apart."""
    return tuple(files("storage").joinpath("words.txt").read_text("ascii").split())


def fingerprint(pin: str, desk: str, key: str) -> str:
    """Say which roster (its pin, in hex) gives a desk which public key: 64 bits, a byte a word.

    Whoever puts another key into the roster, or another roster into the place of ours, changes the words.
    """
    told = f"{pin.lower()}\0{desk}\0{key}".encode()
    digest = blake2b(told, digest_size=WORDS, person=b"saksi words v1").digest()
    return " ".join(word_list()[byte] for byte in digest)
