"""Conversations in progress: drafts, which messages were seen, and what stands in the chat; sealed under draft keys.

Nobody is named: a row's key is a keyed pseudonym that changes with the key, and the keys live in memory.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec import DecodeError, msgpack
from sqlalchemy import Connection, Table, delete, select

from handlers.answers import Draft
from storage.database import insert_or_replace
from storage.errors import Overtaken, Sealed
from storage.keyring import Keyring, Purpose
from storage.models import METADATA
from storage.pseudonym import Key

T = TypeVar("T")
DRAFT, SEEN, TRACE = (METADATA.tables[name] for name in ("draft", "seen", "trace"))
PURPOSES = {"draft": Purpose.DRAFT, "trace": Purpose.DRAFT, "seen": Purpose.SEEN}
# So many days may lie between the last touch of a row and its sweep; platforms repeat a message for a week.
DAYS = {"draft": 1, "trace": 2, "seen": 8}
# Enough for the busiest album; the oldest fall out first.
REMEMBERED = 512

_drafts = msgpack.Decoder(Draft)
_names = msgpack.Decoder(list[bytes])
_traces = msgpack.Decoder(list[tuple[str, int]])


class Someone(Protocol):
    """Who a conversation is with."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True)
class Held:
    """What is remembered of one conversation before a turn."""

    draft: Draft
    version: int
    seen: tuple[bytes, ...]


class Conversations:
    """Load and save what is remembered of conversations."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def load(self, tx: Connection, who: Someone, now: datetime) -> Held:
        """Read a conversation; a draft whose key is gone, or that nobody can read any more, is as good as none."""
        body, version = self._read(tx, DRAFT, who, now) or (b"", 0)
        marks, _ = self._read(tx, SEEN, who, now) or (b"", 0)
        seen = _decoded(_names, marks, list[bytes]())
        return Held(_decoded(_drafts, body, Draft()), version, tuple(seen))

    def save(self, tx: Connection, who: Someone, draft: Draft, version: int, now: datetime) -> None:
        """Remember a draft; an empty one is forgotten.

        Raises Overtaken where another process wrote the same conversation since it was loaded: a first message
        has no row to lock, and at midnight the row changes its name.
        """
        if draft == Draft():
            self._drop(tx, DRAFT, who, now)
        elif not self._write(tx, DRAFT, who, msgpack.encode(draft), now, before=version, version=_drawn()):
            raise Overtaken("this conversation went on meanwhile: do it again")

    def mark(self, who: Someone, id_: str, now: datetime) -> bytes:
        """Name a message so that nobody without the key can tell which it was."""
        return self.marks(who, id_, now)[0]

    def marks(self, who: Someone, id_: str, now: datetime) -> list[bytes]:
        """Name a message under every key kept, the present one first."""
        keys = self._keyring.kept(Purpose.SEEN, now.timestamp())
        return [key.pseudonym(who.channel, f"{who.id}\0{id_}")[:8] for key in keys]

    def was_seen(self, held: Held, who: Someone, id_: str, now: datetime) -> bool:
        return any(mark in held.seen for mark in self.marks(who, id_, now))

    def see(self, tx: Connection, who: Someone, held: Held, id_: str, now: datetime) -> None:
        """Remember that a message was handled."""
        marks = [self.mark(who, id_, now), *held.seen][:REMEMBERED]
        self._write(tx, SEEN, who, msgpack.encode(marks), now)

    def trace(self, tx: Connection, who: Someone, messages: Iterable[str], now: datetime) -> None:
        """Remember messages of the chat, so that they can be deleted there."""
        known = self._traced(tx, who, now)
        fresh = [*known, *((message, int(now.timestamp())) for message in messages)][-REMEMBERED:]
        self._write(tx, TRACE, who, msgpack.encode(fresh), now)

    def forget(self, tx: Connection, who: Someone, now: datetime) -> list[tuple[str, int]]:
        """Forget the draft and the trace; return the trace: each message, and when it was written."""
        known = self._traced(tx, who, now)
        for table in (DRAFT, TRACE):
            self._drop(tx, table, who, now)
        return known

    def sweep(self, tx: Connection, now: datetime) -> None:
        """Forget what was last touched before yesterday; what was seen outlives it, as long as platforms repeat."""
        self._keyring.turn(now.timestamp())
        today = day_number(now)
        for table in (DRAFT, TRACE, SEEN):
            tx.execute(delete(table).where(table.c.day < today - DAYS[table.name]))

    def _traced(self, tx: Connection, who: Someone, now: datetime) -> list[tuple[str, int]]:
        body, _ = self._read(tx, TRACE, who, now) or (b"", 0)
        return _decoded(_traces, body, [])

    def _read(self, tx: Connection, table: Table, who: Someone, now: datetime) -> tuple[bytes, int] | None:
        for key, name in self._names(table, who, now):
            version = table.c.version if table is DRAFT else table.c.day
            row = tx.execute(select(table.c.body, version).where(table.c.pseudonym == name).with_for_update()).first()
            if row is not None:
                return _open(key, name, row[0], table), row[1]
        return None

    def _write(  # one row, all of it
        self,
        tx: Connection,
        table: Table,
        who: Someone,
        body: bytes,
        now: datetime,
        **more: int,
    ) -> bool:
        before = more.pop("before", None)
        (key, name), *older = self._names(table, who, now)
        row = {
            "pseudonym": name,
            "day": day_number(now),
            "body": key.box(name).seal(body, table.name.encode()),
            **more,
        }
        unchanged = None if before is None else table.c.version == before
        writing = insert_or_replace(table, tx.dialect.name, where=unchanged).returning(table.c.day)
        written = tx.execute(writing, row).first()
        _delete(tx, table, [name for _, name in older])
        return written is not None

    def _drop(self, tx: Connection, table: Table, who: Someone, now: datetime) -> None:
        _delete(tx, table, [name for _, name in self._names(table, who, now)])

    def _names(self, table: Table, who: Someone, now: datetime) -> list[tuple[Key, bytes]]:
        keys = self._keyring.kept(PURPOSES[table.name], now.timestamp())
        return [(key, key.pseudonym(who.channel, who.id)) for key in keys]


def _drawn() -> int:
    # A count of turns would tell how many files somebody sent, and so which tip is theirs (measured).
    return secrets.randbelow((1 << 31) - 1) + 1


def _delete(tx: Connection, table: Table, names: Collection[bytes]) -> None:
    if names:
        tx.execute(delete(table).where(table.c.pseudonym.in_(names)))


def _open(key: Key, name: bytes, body: bytes, table: Table) -> bytes:
    try:
        return key.box(name).open(body, table.name.encode())
    except Sealed:  # a byte was changed: whoever it was must still be able to write to us
        return b""


def _decoded(decoder: msgpack.Decoder[T], body: bytes, otherwise: T) -> T:
    """Decode what an older program may have written, and what may be nothing at all."""
    try:
        return decoder.decode(body)
    except DecodeError:
        return otherwise


def day_number(now: datetime) -> int:
    """Days since 0001-01-01: as exact as a time beside somebody's words may be."""
    return now.date().toordinal()
