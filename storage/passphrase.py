"""Lock a secret with a passphrase; how much work it was is stored beside it, so that it can grow."""

import os
import unicodedata
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct
from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from storage.errors import Sealed

_SALT_BYTES: Final = 16


class Work(Struct, frozen=True):
    """What one guess costs: passes over so many bytes of memory. Bounded, for the file may be forged."""

    passes: Annotated[int, Meta(ge=1, le=20)]
    memory: Annotated[int, Meta(ge=8 << 10, le=2 << 30)]


MODERATE: Final = Work(passes=3, memory=256 << 20)
"""libsodium's own middle; about half a second here."""


class _Locked(Struct, frozen=True, forbid_unknown_fields=True):
    argon2id: Work
    salt: Annotated[bytes, Meta(min_length=_SALT_BYTES, max_length=_SALT_BYTES)]
    box: bytes


def lock(secret: bytes, passphrase: str, work: Work = MODERATE) -> bytes:
    """Lock a secret into a JSON document; raises ValueError for an empty passphrase."""
    if not passphrase:
        raise ValueError("an empty passphrase protects nothing")
    salt = os.urandom(_SALT_BYTES)
    return msgspec.json.encode(_Locked(work, salt, bytes(_box(passphrase, salt, work).encrypt(secret))))


def unlock(document: bytes, passphrase: str) -> bytes:
    """Undo `lock`; raises Sealed for a wrong passphrase or a changed document."""
    try:
        locked = msgspec.json.decode(document, type=_Locked)
        return _box(passphrase, locked.salt, locked.argon2id).decrypt(locked.box)
    except (msgspec.DecodeError, CryptoError, ValueError):
        raise Sealed("the passphrase is wrong, or the locked file was changed") from None


def is_locked(document: bytes) -> bool:
    return document.lstrip().startswith(b"{")


def _box(passphrase: str, salt: bytes, work: Work) -> SecretBox:
    # Keyboards differ in how they compose an accent; a passphrase must not.
    words = unicodedata.normalize("NFC", passphrase).encode()
    return SecretBox(
        crypto_pwhash_alg(SecretBox.KEY_SIZE, words, salt, work.passes, work.memory, crypto_pwhash_ALG_ARGON2ID13)
    )
