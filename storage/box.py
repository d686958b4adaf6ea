"""A symmetric box for hot rows: cheap to seal, bound to its place, its length in powers of two."""

import os
from contextlib import suppress
from hashlib import blake2b
from typing import Final, NoReturn

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError

from storage.errors import Sealed
from storage.vault import pad, unpad

SMALLEST: Final = 1024

_KEY_BYTES: Final = crypto_aead_xchacha20poly1305_ietf_KEYBYTES
_NONCE_BYTES: Final = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
MARK: Final = _NONCE_BYTES
"""What is sealed begins with so many bytes of its own: no two sealings share them."""


def bucket(size: int) -> int:
    """Say how many bytes `size` bytes take in a box: the next power of two, SMALLEST at least.

    Coarser than Padmé on purpose: the size of a draft would tell at which question somebody stopped.
    """
    return max(SMALLEST, 1 << (size - 1).bit_length()) if size else SMALLEST


class Box:
    """Seals and opens with one key of 32 bytes; a context (say, a row's name) binds what is sealed to it."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise ValueError(f"a box takes a key of {_KEY_BYTES} bytes, not {len(key)}")
        self._key = blake2b(key=key, digest_size=_KEY_BYTES, person=b"saksi box v1").digest()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is never written out")

    def seal(self, data: bytes, context: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        body = pad(data, bucket(len(data)))
        return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(body, context, nonce, self._key)

    def open(self, blob: bytes, context: bytes) -> bytes:
        """Undo `seal`; raises Sealed for another key, another context or a changed byte."""
        nonce, body = blob[:_NONCE_BYTES], blob[_NONCE_BYTES:]
        try:
            return unpad(crypto_aead_xchacha20poly1305_ietf_decrypt(body, context, nonce, self._key))
        except (CryptoError, ValueError):  # ValueError: cut so short that there is no nonce
            raise Sealed("another key, another place, or it was changed") from None


class Boxes:
    """Seals with the first of several boxes and opens with any: for what is kept longer than a key is."""

    __slots__ = ("_all",)

    def __init__(self, newest: Box, *older: Box) -> None:
        self._all = newest, *older

    def seal(self, data: bytes, context: bytes) -> bytes:
        return self._all[0].seal(data, context)

    def open(self, blob: bytes, context: bytes) -> bytes:
        """Undo `seal` of any of the boxes; raises Sealed as they do."""
        *others, last = self._all
        for box in others:
            with suppress(Sealed):
                return box.open(blob, context)
        return last.open(blob, context)
