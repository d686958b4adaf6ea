"""Forgets what has had its time: drafts nobody sent, their files, old keys, what was seen long ago."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage import evidence
from storage.committer import Committer
from storage.drafts import Conversations
from storage.evidence import Folder

# Seconds. The notice promises days, so once an hour is early enough.
EVERY = 3600.0


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Sweeps at the start and every hour."""

    conversations: Conversations
    committer: Committer
    store: Folder
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            await self.sweep()
            await asyncio.sleep(EVERY)

    async def sweep(self) -> None:
        """Sweep once: first the rows, then the bytes that no row names any more."""
        for item in await self.committer.commit(self._forget):
            await asyncio.to_thread(self.store.drop, item)

    def _forget(self, tx: Connection) -> list[str]:
        now = self.clock()
        self.conversations.sweep(tx, now)
        return evidence.sweep(tx, now.date())
