"""Seal what rests to the keys of those who may read it, in the age format, with its length hidden."""

from collections.abc import Sequence

import pyrage
from pyrage.x25519 import Identity, Recipient

from storage.errors import Sealed

FLOOR = 4096
SEED_BYTES = 32

_LENGTH_BYTES = 8
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_CHECK_SYMBOLS = 6


def padded(size: int) -> int:
    """Say what `size` bytes take once padded: Padmé (PURBs, 2019), up to 12 % more, and FLOOR at least."""
    size = max(size, FLOOR)
    exponent = size.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (size + mask) & ~mask


def pad(data: bytes, size: int | None = None) -> bytes:
    """Lengthen `data` to `size` bytes (Padmé's unless told), behind eight bytes that hold its true length."""
    size = padded(len(data)) if size is None else size
    return b"".join((len(data).to_bytes(_LENGTH_BYTES), data, bytes(size - len(data))))


def unpad(data: bytes) -> bytes:
    """Undo `pad`; raises Sealed where the padding is not ours."""
    end = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES])
    if end > len(data) or data.count(0, end) != len(data) - end:
        raise Sealed("the padding is not ours")
    return data[_LENGTH_BYTES:end]


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Seal to age public keys (`age1...`); any one of their private halves opens. Needs no secret.

    Raises ValueError where a recipient is missing or no age key: a broken roster, not a broken tip.
    """
    try:
        return bytes(pyrage.encrypt(pad(data), [Recipient.from_str(key) for key in recipients]))
    except (pyrage.RecipientError, pyrage.EncryptError) as error:
        raise ValueError("sealing needs at least one age public key, and only such") from error


def open_sealed(blob: bytes, identities: Sequence[str]) -> bytes:
    """Open with any of these age private keys; raises Sealed where none fits or a byte has changed."""
    try:
        opened = bytes(pyrage.decrypt(blob, [Identity.from_str(key) for key in identities]))
    except (pyrage.DecryptError, pyrage.IdentityError):
        # `from None`: a library's message may quote what it failed on.
        raise Sealed("no key at hand opens this, or it was changed") from None
    return unpad(opened)


def new_identity() -> tuple[str, str]:
    """Make a key pair: the private half (`AGE-SECRET-KEY-1...`) and the public one (`age1...`)."""
    identity = Identity.generate()
    return str(identity), str(identity.to_public())


def public_of(private: str) -> str:
    """Give the public half of an age private key; raises Sealed where it is none."""
    try:
        return str(Identity.from_str(private).to_public())
    except pyrage.IdentityError:
        raise Sealed("this is no age private key") from None


def is_recipient(key: str) -> bool:
    """Tell whether this is an age public key."""
    try:
        Recipient.from_str(key)
    except pyrage.RecipientError:
        return False
    return True


def identity_from_seed(seed: bytes) -> str:
    """Spell 32 secret bytes as an age private key (bech32, BIP 173); the same seed gives the same key."""
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed is {SEED_BYTES} bytes, not {len(seed)}")
    return _bech32("age-secret-key-", seed).upper()


def _bech32(prefix: str, data: bytes) -> str:
    symbols = _five_bits(data)
    expanded = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = _polymod(expanded + symbols + [0] * _BECH32_CHECK_SYMBOLS) ^ 1
    places = range(_BECH32_CHECK_SYMBOLS - 1, -1, -1)
    symbols += [check >> 5 * place & 31 for place in places]
    return prefix + "1" + "".join(_BECH32[symbol] for symbol in symbols)


def _five_bits(data: bytes) -> list[int]:
    count = -(-len(data) * 8 // 5)
    number = int.from_bytes(data) << (count * 5 - len(data) * 8)
    return [number >> 5 * (count - 1 - place) & 31 for place in range(count)]


def _polymod(symbols: Sequence[int]) -> int:
    check = 1
    for symbol in symbols:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ symbol
        for bit, generator in enumerate(_BECH32_GENERATORS):
            check ^= generator if top >> bit & 1 else 0
    return check
