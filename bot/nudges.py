"""Tells officers on WhatsApp that reports came in: how many, never which, and at most once in a quarter of an hour.

The desk has no token of WhatsApp: it owes the intake a row with a number and a count. Numbers stand in the signed
roster, sealed to the desk; the desk keeps them in its own room, which outlives the monthly key they were sealed to.
"""

import secrets
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from msgspec.structs import replace
from sqlalchemy import Connection

from bot.desk import Desk
from bot.logs import log
from bot.parcels import NUDGE, Nudge, Ringing, packed
from handlers.desk import Role
from storage import outbox
from storage.cards import Phone, Ring, Room
from storage.errors import Sealed
from storage.vault import open_sealed

# Seconds between two messages to one officer.
EVERY = 15 * 60.0


def begin(desk: Desk, tx: Connection, identities: Sequence[str]) -> None:
    """Take the numbers of the signed roster into the desk's room, and forget all others."""
    room = desk.notes.room(tx)
    phones = dict(_phones(desk, room, identities))
    if phones != room.phones:
        desk.notes.keep(tx, replace(room, phones=phones))


def _phones(desk: Desk, room: Room, identities: Sequence[str]) -> Iterator[tuple[int, Phone]]:
    for user, sealed in desk.phones.items():
        mark, known = sha256(sealed).digest(), room.phones.get(user)
        if known and known.mark == mark:
            yield user, known
            continue
        try:
            yield user, Phone(mark, open_sealed(sealed, identities).decode())
        except Sealed:
            log.error("phone-unreadable", why="an officer's number was sealed to a key that is gone: add them again")


def count(desk: Desk, tx: Connection) -> Collection[str]:
    """One more report came in: owe a message of it, now or when the last one is a quarter of an hour old."""
    room = desk.notes.room(tx)
    if not room.phones:
        return ()
    desk.notes.keep(tx, replace(room, unsaid=room.unsaid + 1))
    return _owe(desk, tx, room)


def _owe(desk: Desk, tx: Connection, room: Room) -> Collection[str]:
    wait = room.rung + EVERY - desk.clock().timestamp()
    return desk.owe(tx, Ringing(), name=f"ring-{desk.name}", after=max(0.0, wait))


def tell(desk: Desk, tx: Connection) -> Collection[str]:
    """Owe each officer with a number one message of all that came since the last."""
    room, now = desk.notes.room(tx), desk.clock().timestamp()
    if not room.unsaid:
        return ()
    if now < room.rung + EVERY:
        return _owe(desk, tx, room)
    rings = {user: _ring(desk, tx, user, room) for user in room.phones if _reads(desk, user)}
    desk.notes.keep(tx, replace(room, unsaid=0, rung=now, rings=rings))
    return (NUDGE,) if rings else ()


def _reads(desk: Desk, user: int) -> bool:
    officer = desk.officers.get(user)
    return officer is not None and officer.role is not Role.AUDITOR


def _ring(desk: Desk, tx: Connection, user: int, room: Room) -> Ring:
    """Owe it; what the last one said and could not be sent is said with it."""
    before, now = room.rings.get(user), desk.clock().timestamp()
    unsent = before.count if before and outbox.withdraw(tx, before.row, NUDGE, now) else 0
    ring = Ring(secrets.token_urlsafe(12), room.unsaid + unsent)
    payload = desk.wrapper.to(desk.courier, packed(Nudge(room.phones[user].number, ring.count)))
    outbox.owe(tx, ring.row, NUDGE, payload, now)
    return ring
