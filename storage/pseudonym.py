"""Names for people that only the holder of a short-lived key can compute."""

import os
from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from typing import Final, NoReturn

from storage.box import Box

KEY_BYTES: Final = 32
PSEUDONYM_BYTES: Final = 16


class Key:
    """One secret that names conversations and seals what is kept of them; it shows nothing of itself.

    Keyed, because a plain hash of a phone number falls in minutes: there are only 10^8 of them (148 s on one
    core, measured).
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a key is {KEY_BYTES} bytes, not {len(secret)}")
        self._secret = secret

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is never written out")

    def pseudonym(self, channel: str, person: str) -> bytes:
        """Name a person of a channel in 16 bytes: the same under this key, unlinkable under any other."""
        name = channel.encode()
        # The length of the channel's name keeps ("a", "bc") and ("ab", "c") apart.
        told = b"".join((len(name).to_bytes(2), name, person.encode()))
        return blake2b(told, key=self._secret, digest_size=PSEUDONYM_BYTES, person=b"saksi who").digest()

    def box(self, pseudonym: bytes) -> Box:
        """Give the box of one conversation; without this key nothing opens it again."""
        return Box(blake2b(pseudonym, key=self._secret, digest_size=KEY_BYTES, person=b"saksi row").digest())


class DaySalt:
    """Names for limits and floods: made anew at midnight, in memory only, so that they outlive no restart."""

    def __init__(self, draw: Callable[[int], bytes] = os.urandom) -> None:
        self._draw = draw
        self._day = date.min
        self._key = Key(draw(KEY_BYTES))

    def pseudonym(self, channel: str, person: str, today: date) -> bytes:
        """Name a person for this one day."""
        if today != self._day:
            self._day, self._key = today, Key(self._draw(KEY_BYTES))
        return self._key.pseudonym(channel, person)
