"""A chain of hashes over a desk's events: changing, dropping or reordering one breaks all after it."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

LINK_BYTES: Final = 32
START: Final = bytes(LINK_BYTES)


def link(previous: bytes, event: bytes) -> bytes:
    """Chain an event to the link before it (START for the first); raises ValueError for no link."""
    if len(previous) != LINK_BYTES:
        raise ValueError(f"a link is {LINK_BYTES} bytes, not {len(previous)}")
    return blake2b(previous + event, digest_size=LINK_BYTES, person=b"saksi audit v1").digest()


def verify(chain: Iterable[tuple[bytes, bytes]], anchor: bytes | None = None) -> int | None:
    """Give the place (from 0) of the first (event, link) that does not fit, or None where all do.

    A chain cut short is still a chain: only an `anchor`, an earlier link kept elsewhere, shows that. Where
    the chain has lost it, the place given is the chain's length.
    """
    previous, length, anchored = START, 0, anchor in (None, START)
    for event, claimed in chain:
        if link(previous, event) != claimed:
            return length
        previous, length = claimed, length + 1
        anchored = anchored or claimed == anchor
    return None if anchored else length
