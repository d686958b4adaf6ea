"""Conversations in progress: drafts, which messages were seen, and what stands in the chat; sealed under draft keys.

Nobody is named: a row's key is a keyed pseudonym that changes with the key, and the keys live in memory.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec import DecodeError, msgpack
from sqlalchemy import Connection, Table, bindparam, delete, select
from sqlalchemy.sql.expression import ClauseElement

from handlers.answers import Draft
from storage.database import insert_or_replace
from storage.errors import Overtaken, Sealed
from storage.keyring import Keyring, Purpose
from storage.models import METADATA
from storage.pseudonym import Key
from storage.statements import Statement, Value

T = TypeVar("T")
DRAFT, SEEN, TRACE = (METADATA.tables[name] for name in ("draft", "seen", "trace"))
# So many days may lie between the last touch of a row and its sweep; platforms repeat a message for a week.
DAYS = {"draft": 1, "trace": 2, "seen": 8}
# Enough for the busiest album; the oldest fall out first.
REMEMBERED = 512

_drafts = msgpack.Decoder(Draft)
_names = msgpack.Decoder(list[bytes])
_traces = msgpack.Decoder(list[tuple[str, int]])


class _Kept:
    """One kind of thing that is kept of a conversation, and the three statements that are run on it."""

    def __init__(self, table: Table, purpose: Purpose) -> None:
        self.table, self.purpose, self.days = table, purpose, DAYS[table.name]
        self.place = table.name.encode()
        self.read = Statement(self._read)
        self.write = Statement(self._write)
        self.drop = Statement(lambda _dialect: delete(table).where(table.c.pseudonym == bindparam("name")))

    def _read(self, _dialect: str) -> ClauseElement:
        columns = self.table.c
        named = columns.pseudonym.in_((bindparam("newest"), bindparam("older")))
        version = columns.version if self.table is DRAFT else columns.day
        return select(columns.pseudonym, columns.body, version).where(named).with_for_update()

    def _write(self, dialect: str) -> ClauseElement:
        unchanged = self.table.c.version == bindparam("before") if self.table is DRAFT else None
        return insert_or_replace(self.table, dialect, where=unchanged).returning(self.table.c.day)


_DRAFT, _SEEN, _TRACE = _Kept(DRAFT, Purpose.DRAFT), _Kept(SEEN, Purpose.SEEN), _Kept(TRACE, Purpose.DRAFT)


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
        body, version = self._read(tx, _DRAFT, who, now)
        marks, _ = self._read(tx, _SEEN, who, now)
        seen = _decoded(_names, marks, list[bytes]())
        return Held(_decoded(_drafts, body, Draft()), version, tuple(seen))

    def save(self, tx: Connection, who: Someone, draft: Draft, version: int, now: datetime) -> None:
        """Remember a draft; an empty one is forgotten.

        Raises Overtaken where another process wrote the same conversation since it was loaded: a first message
        has no row to lock, and at midnight the row changes its name.
        """
        if draft == Draft():
            self._drop(tx, _DRAFT, who, now)
        elif not self._write(tx, _DRAFT, who, msgpack.encode(draft), now, before=version, version=_drawn()):
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
        self._write(tx, _SEEN, who, msgpack.encode(marks), now)

    def trace(self, tx: Connection, who: Someone, messages: Iterable[str], now: datetime) -> None:
        """Remember messages of the chat, so that they can be deleted there."""
        known = self._traced(tx, who, now)
        fresh = [*known, *((message, int(now.timestamp())) for message in messages)][-REMEMBERED:]
        self._write(tx, _TRACE, who, msgpack.encode(fresh), now)

    def forget(self, tx: Connection, who: Someone, now: datetime) -> list[tuple[str, int]]:
        """Forget the draft and the trace; return the trace: each message, and when it was written."""
        known = self._traced(tx, who, now)
        for kept in (_DRAFT, _TRACE):
            self._drop(tx, kept, who, now)
        return known

    def sweep(self, tx: Connection, now: datetime) -> None:
        """Forget what was last touched before yesterday; what was seen outlives it, as long as platforms repeat."""
        self._keyring.turn(now.timestamp())
        today = day_number(now)
        for kept in (_DRAFT, _TRACE, _SEEN):
            tx.execute(delete(kept.table).where(kept.table.c.day < today - kept.days))

    def _traced(self, tx: Connection, who: Someone, now: datetime) -> list[tuple[str, int]]:
        body, _ = self._read(tx, _TRACE, who, now)
        return _decoded(_traces, body, [])

    def _read(self, tx: Connection, kept: _Kept, who: Someone, now: datetime) -> tuple[bytes, int]:
        """Return the newest row's words and version; nothing and 0 where there is none."""
        names = self._names(kept, who, now)
        rows = kept.read.run(tx, newest=names[0][1], older=names[-1][1]).fetchall()
        found = {row[0]: row for row in rows}
        for key, name in names:
            if name in found:
                _, body, version = found[name]
                return _open(key, name, body, kept), version
        return b"", 0

    def _write(  # one row, all of it
        self, tx: Connection, kept: _Kept, who: Someone, body: bytes, now: datetime, **more: Value
    ) -> bool:
        (key, name), *older = self._names(kept, who, now)
        sealed = key.box(name).seal(body, kept.place)
        written = kept.write.run(tx, pseudonym=name, day=day_number(now), body=sealed, **more).fetchall()
        for _, gone in older:
            kept.drop.run(tx, name=gone)
        return bool(written)

    def _drop(self, tx: Connection, kept: _Kept, who: Someone, now: datetime) -> None:
        for _, name in self._names(kept, who, now):
            kept.drop.run(tx, name=name)

    def _names(self, kept: _Kept, who: Someone, now: datetime) -> list[tuple[Key, bytes]]:
        keys = self._keyring.kept(kept.purpose, now.timestamp())
        return [(key, key.pseudonym(who.channel, who.id)) for key in keys]


def _drawn() -> int:
    # A count of turns would tell how many files somebody sent, and so which tip is theirs (measured).
    return secrets.randbelow((1 << 31) - 1) + 1


def _open(key: Key, name: bytes, body: bytes, kept: _Kept) -> bytes:
    try:
        return key.box(name).open(body, kept.place)
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
