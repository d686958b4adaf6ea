"""Forgets what has had its time: drafts nobody sent, their files, old keys, what was seen long ago, closed tips."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.logs import log
from bot.settings import Settings
from bot.stores import apart, let_go
from bot.tally import Tally
from storage import evidence, scans
from storage.committer import Committer
from storage.database import Database
from storage.drafts import Conversations
from storage.erasure import ErasedList, Retention
from storage.errors import Unreached
from storage.evidence import Store
from storage.order import forget_order

# Seconds. The notice promises days, so once an hour is early enough.
EVERY = 3600.0


def erased_list(settings: Settings) -> ErasedList:
    """Name where erased tips are written down."""
    return ErasedList(settings.state / "erased")


def retention(settings: Settings, database: Database, store: Store) -> Retention:
    """Say what is erased when."""
    return Retention(database, store, erased_list(settings), settings.keep_days)


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Sweeps at the start and every hour."""

    conversations: Conversations
    committer: Committer
    store: Store
    retention: Retention
    clock: Callable[[], datetime]
    tally: Tally = field(default_factory=Tally)

    async def run(self) -> None:
        """Sweep until cancelled. The first sweep of a day also forgets in which order things came."""
        ordered = date.min
        while True:
            await self.sweep()
            today = self.clock().date()
            if ordered < today and await self.nightly():
                ordered = today
            await asyncio.sleep(EVERY)

    async def nightly(self) -> bool:
        """Write what the lot says of the posters' counts, then forget in which order things came; False where not."""
        try:
            # First, so that the order of what was counted is forgotten as well.
            drawn = self.tally.drawn()
            await self.committer.commit(lambda tx: scans.add(tx, drawn))
            self.tally.written(drawn)
            await asyncio.to_thread(forget_order, self.retention.database)
        except OperationalError as error:
            log.error("order-kept", error=error)
            return False
        return True

    def end(self) -> None:
        """Write down what was counted, once nothing else writes any more."""
        try:
            with self.retention.database.transaction() as tx:
                scans.add(tx, self.tally.all())
        except OperationalError as error:
            log.error("scans-lost", error=error)

    async def sweep(self) -> None:
        """Sweep once: first the rows, then the bytes that no row names any more."""
        try:
            await apart(let_go, self.store, *await self.committer.commit(self._forget))
            await apart(self.retention.sweep, self.clock().date())
        except Unreached as unreached:
            log.error("not-erased", why=str(unreached))
        except (OSError, OperationalError) as error:
            # A full disk, say: nobody who wants to report is turned away for it, and the next hour tries again.
            log.error("not-erased", error=error)

    def _forget(self, tx: Connection) -> list[str]:
        now = self.clock()
        self.conversations.sweep(tx, now)
        return evidence.sweep(tx, now.date())
