"""Who receives tips: the desks' public keys and officers, signed by the operator and pinned by everybody."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import msgspec
from msgspec import Raw, Struct
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from handlers.desk import Role
from storage.private import Unsafe
from storage.vault import is_recipient

# A name that ended like an epoch could not be told from another desk's retired key, desk-NAME-2026-11.key.
DESK_NAME: Final = re.compile(r"(?!.*-\d{4}-\d\d[a-z]?$)[a-z0-9]+(?:-[a-z0-9]+)*")

_PURPOSE: Final = b"saksi roster v1\n"


class Officer(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who works at a desk; known to reporters by no name, to the audit by the alias.

    `whatsapp` is the digits of a number, sealed to the desk's key of the day they were put on the roster.
    """

    alias: str
    desk: str
    role: Role
    telegram: int
    whatsapp: bytes = b""


class Desk(Struct, frozen=True, forbid_unknown_fields=True):
    """An office that receives tips: its key of this epoch (a month, `2026-11`) and its own recovery key.

    A second key of one month has the epoch `2026-11b`.
    """

    title: str
    key: str
    recovery: str
    epoch: str


class Roster(Struct, frozen=True, forbid_unknown_fields=True):
    """What intake seals to and the desks go by; a newer one has a higher version.

    `courier_epoch` is the day of the courier's key (`2026-11-09`); `retired` says of every key that was replaced, by
    the name of its file without `.key`, on which day that was.
    """

    version: int
    made: date
    demo: bool
    desks: Mapping[str, Desk]
    courier: str
    courier_epoch: str
    officers: tuple[Officer, ...] = ()
    retired: Mapping[str, date] = msgspec.field(default_factory=dict)


class _Signed(Struct, frozen=True, forbid_unknown_fields=True):
    signature: bytes
    roster: Raw


def sign(roster: Roster, key: SigningKey) -> bytes:
    """Write a roster as a signed document; raises ValueError for one that contradicts itself."""
    if faults := list(_faults(roster)):
        raise ValueError("; ".join(faults))
    body = msgspec.json.encode(roster)
    return msgspec.json.encode(_Signed(key.sign(_PURPOSE + body).signature, Raw(body)))


def load(document: bytes, pin: bytes, *, oldest: int = 1) -> Roster:
    """Read a signed roster.

    Raises Unsafe where it is not signed by the pinned key, was changed, or is older than version `oldest`.
    """
    try:
        signed = msgspec.json.decode(document, type=_Signed)
        VerifyKey(pin).verify(_PURPOSE + bytes(signed.roster), signed.signature)
        roster = msgspec.json.decode(signed.roster, type=Roster)
    except msgspec.DecodeError as error:
        raise Unsafe(f"this is no signed roster: {error}") from error
    except (CryptoError, ValueError):
        raise Unsafe("the roster was changed, or signed by another key than the pinned one") from None
    if roster.version < oldest:
        raise Unsafe(f"the roster is older (version {roster.version}) than one already seen ({oldest})")
    return roster


def _faults(roster: Roster) -> Iterable[str]:
    if not roster.desks:
        yield "a roster needs a desk"
    for name, desk in roster.desks.items():
        if not DESK_NAME.fullmatch(name):
            yield f"a desk's name is made of a-z, 0-9 and dashes, and does not end in a month, not {name!r}"
        if not is_recipient(desk.key) or not is_recipient(desk.recovery):
            yield f"desk {name} has a key that is no age public key"
    if not is_recipient(roster.courier):
        yield "the courier's key is no age public key"
    yield from _officers_faults(roster)


def _officers_faults(roster: Roster) -> Iterable[str]:
    aliases = [(officer.desk, officer.alias) for officer in roster.officers]
    for desk, alias in aliases:
        if desk not in roster.desks:
            yield f"officer {alias} works at an unknown desk, {desk}"
    if len(set(aliases)) < len(aliases):
        yield "two officers of a desk have one alias"
