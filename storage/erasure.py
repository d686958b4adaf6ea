"""Erases what has had its time: closed tips with all that belongs to them, and the traces that erasing leaves.

A tip to be erased is first named in a list outside the database; the list is the decision. Whatever is named there is
erased, after a crash in between, and after the restore of a backup from before.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, Select, delete, exists, select

from handlers.status import CLOSED, Status
from storage.database import Database
from storage.evidence import Store
from storage.models import METADATA
from storage.private import is_shared, sync_folder, write_new

TIP, EVIDENCE, MESSAGE, EVENT, CARD = (
    METADATA.tables[name] for name in ("tip", "evidence", "message", "event", "card")
)
# The audit is not among them: it names officers and random ids alone.
BELONGINGS: Final = (EVIDENCE, MESSAGE, CARD)
# So many at a time, so that nobody waits long for the database.
BATCH: Final = 500
# In no id, which are made of letters, digits, `-` and `_`.
_TAKEN_BACK: Final = "~"


class Due(Struct, frozen=True):
    """What is to be erased, or was: tips, their files, and files that no row names; all by their random ids."""

    tips: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()


class ErasedList:
    """The ids of erased tips: a file that only grows, an id a line, beside the database and in every backup.

    `~` before an id: not erased, but taken back by its reporter, which no older backup undoes either.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self) -> frozenset[str]:
        return frozenset(self._path.read_text("ascii").split()) if self._path.exists() else frozenset()

    def ids(self) -> frozenset[str]:
        """Give the erased."""
        return frozenset(line for line in self.lines() if not line.startswith(_TAKEN_BACK))

    def taken_back(self) -> frozenset[str]:
        """Give those that their reporters took back."""
        return frozenset(line.removeprefix(_TAKEN_BACK) for line in self.lines() - self.ids())

    def note_taken_back(self, ids: Collection[str]) -> None:
        """Name tips that their reporters took back; those that are named already are not written again."""
        if fresh := {f"{_TAKEN_BACK}{id_}" for id_ in ids} - self.lines():
            self.add(fresh)

    def add(self, ids: Collection[str]) -> None:
        """Name tips as erased, through to the disk."""
        if not self._path.exists():
            write_new(self._path, b"", mode=0o660 if is_shared(self._path.parent) else 0o600)
            sync_folder(self._path.parent)
        # The empty line at the start ends a line that a crash cut short.
        lines = "\n".join(("", *sorted(ids), "")).encode("ascii")
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND)
        try:
            os.write(handle, lines)
            os.fsync(handle)
        finally:
            os.close(handle)


def due(tx: Connection, today: date, keep_days: int) -> list[str]:
    """List tips that were closed, for the last time, more than `keep_days` days ago."""
    return list(tx.execute(_due(today, keep_days)).scalars())


def _due(today: date, keep_days: int) -> Select[str]:
    closed, last = [status.value for status in CLOSED], today.toordinal() - keep_days
    closing = EVENT.c.tip == TIP.c.id, EVENT.c.action.in_(closed), EVENT.c.day >= last
    # Its own day as well: should the audit be lost, a closed tip must not stay for ever.
    old = TIP.c.status.in_(closed), TIP.c.day < last, ~exists().where(*closing)
    return select(TIP.c.id).where(*old).order_by(TIP.c.id)


def taken_back(tx: Connection) -> list[str]:
    """List tips that their reporters took back."""
    return list(tx.execute(select(TIP.c.id).where(TIP.c.status == Status.WITHDRAWN.value)).scalars())


def kept(tx: Connection, erased: Collection[str]) -> list[str]:
    """List tips that are named as erased and are here all the same."""
    batches = (select(TIP.c.id).where(TIP.c.id.in_(batch)) for batch in _batches(erased))
    return [id_ for batch in batches for id_ in tx.execute(batch).scalars()]


def files(tx: Connection, tips: Collection[str]) -> list[str]:
    """List the files of tips."""
    batches = (select(EVIDENCE.c.id).where(EVIDENCE.c.tip.in_(batch)) for batch in _batches(tips))
    return [id_ for batch in batches for id_ in tx.execute(batch).scalars()]


def leftovers(tx: Connection) -> list[str]:
    """List tips that are gone while something is here that came for them in the moment in which they went."""
    # A tip that is null is none yet: its evidence waits for it.
    gone = (table.c.tip.is_not(None) & ~exists().where(TIP.c.id == table.c.tip) for table in BELONGINGS)
    found = (select(table.c.tip).where(where) for table, where in zip(BELONGINGS, gone, strict=True))
    return sorted({id_ for one in found for id_ in tx.execute(one).scalars()})


def erase(tx: Connection, tips: Collection[str]) -> None:
    """Erase tips and all that belongs to them."""
    for batch in _batches(tips):
        tx.execute(delete(TIP).where(TIP.c.id.in_(batch)))
        for table in BELONGINGS:
            tx.execute(delete(table).where(table.c.tip.in_(batch)))


def strays(tx: Connection, store: Store, today: date) -> list[str]:
    """List files that no row names; younger ones may just be on their way, for the file comes before its row."""
    lonely: list[str] = []
    for batch in _batches(store.older(today - timedelta(days=1))):
        named = tx.execute(select(EVIDENCE.c.id).where(EVIDENCE.c.id.in_(batch))).scalars()
        lonely += sorted(set(batch) - set(named))
    return lonely


def checkpoint(database: Database) -> bool:
    """Empty SQLite's write-ahead log: secure_delete does not reach the bytes that still stand in it (measured).

    False where a long reader, say a backup, is in the way: try again later.
    """
    if database.engine.dialect.name != "sqlite":
        return True
    # Below SQLAlchemy, which would open a transaction first, and in one nothing can be checkpointed.
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        [[patience]] = cursor.execute("PRAGMA busy_timeout").fetchall()
        # While it waits for a reader, nobody can write.
        cursor.execute("PRAGMA busy_timeout=1000")
        [[busy, *_]] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute(f"PRAGMA busy_timeout={patience}")
    finally:
        connection.close()
    return not busy


@dataclass(frozen=True, slots=True)
class Retention:
    """Keeps the promise that closed tips are erased after so many days. Blocking: for a worker thread."""

    database: Database
    store: Store
    erased: ErasedList
    keep_days: int

    def due(self, today: date) -> Due:
        """List what a sweep would erase. Changes nothing."""
        with self.database.snapshot() as tx:
            tips = sorted({*due(tx, today, self.keep_days), *self._overdue(tx)})
            return Due(tuple(tips), tuple(files(tx, tips)), tuple(strays(tx, self.store, today)))

    def sweep(self, today: date) -> Due:
        """Erase what has had its time: named first, then the rows, then the bytes that no row names any more."""
        with self.database.snapshot() as tx:
            overdue = self._overdue(tx)
            self.erased.note_taken_back(taken_back(tx))
        found = [self._erase(today, batch) for batch in _batches(overdue)]
        while (erased := self._erase(today)).tips:
            found.append(erased)
        with self.database.snapshot() as tx:
            lonely = strays(tx, self.store, today)
        self._drop(lonely)
        checkpoint(self.database)
        tips = tuple(id_ for one in found for id_ in one.tips)
        return Due(tips, tuple(id_ for one in found for id_ in one.files), tuple(lonely))

    def _overdue(self, tx: Connection) -> list[str]:
        """List what an earlier sweep, or another machine's, has not finished."""
        return [*kept(tx, self.erased.ids()), *leftovers(tx)]

    def _erase(self, today: date, overdue: Sequence[str] = ()) -> Due:
        with self.database.transaction() as tx:
            tips = overdue or self._held(tx, today)
            gone = files(tx, tips)
            erase(tx, tips)
            if tips:
                self.erased.add(tips)
        self._drop(gone)
        return Due(tuple(tips), tuple(gone))

    def _held(self, tx: Connection, today: date) -> list[str]:
        """List tips whose time has come, which nobody can reopen until this is over."""
        return list(tx.execute(_due(today, self.keep_days).limit(BATCH).with_for_update(of=TIP)).scalars())

    def _drop(self, ids: Collection[str]) -> None:
        for id_ in ids:
            self.store.drop(id_)


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
