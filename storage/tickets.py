"""Everything a ticket opens comes out of its code alone, so there is nothing else to keep or to lose."""

import secrets
from collections.abc import Callable
from typing import Final

from msgspec import Struct
from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13

from handlers.ticket import SYMBOLS, Code, recognisable, spell
from storage.vault import SEED_BYTES, identity_from_seed, public_of

# Version 1. These numbers are part of every ticket ever issued: a change is a new version beside this one.
# 19 MiB and two passes are the least that OWASP's Password Storage Cheat Sheet asks for words that people choose.
# A code is 74 bits of chance, so this is margin; and 32 MiB cost twice as much, for pages of the kernel and the cache.
_SALT: Final = b"saksi-ticket-v01"
_PASSES: Final = 2
_MEMORY_BYTES: Final = 19 << 20
_LOOKUP_BYTES: Final = 16


class Ticket(Struct, frozen=True):
    """A fresh ticket: its code for the reporter, and the two things we keep, which do not give it away."""

    code: Code
    lookup: bytes
    mailbox: str

    def __repr__(self) -> str:
        return "Ticket(•••)"


class Opened(Struct, frozen=True):
    """What a code gives: the id to look its tip up by, and the private key of its mailbox."""

    lookup: bytes
    mailbox_private: str

    def __repr__(self) -> str:
        return "Opened(•••)"


def issue(random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> Ticket:
    """Draw a ticket. Takes about 15 ms of one core (Argon2id): call it in a thread."""
    code = _draw(random_bytes)
    opened = derive(code)
    return Ticket(code=code, lookup=opened.lookup, mailbox=public_of(opened.mailbox_private))


def derive(code: Code) -> Opened:
    """Compute what a code opens, whether or not it was ever issued. As slow as `issue`, on purpose."""
    drawn = crypto_pwhash_alg(
        _LOOKUP_BYTES + SEED_BYTES, code.encode(), _SALT, _PASSES, _MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13
    )
    return Opened(drawn[:_LOOKUP_BYTES], identity_from_seed(drawn[_LOOKUP_BYTES:]))


def _draw(random_bytes: Callable[[int], bytes]) -> Code:
    while True:
        # 256 is a multiple of 32, so the remainder is as even as the byte.
        code = Code(spell([byte % 32 for byte in random_bytes(SYMBOLS)]).replace("-", ""))
        if recognisable(code):
            return code
