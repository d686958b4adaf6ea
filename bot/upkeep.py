"""What keys want at the start and every day: what is still needed moves to the present key, then the old ones die."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlalchemy import Connection

from bot.desk import Desk
from bot.logs import log
from bot.outage import outlast
from bot.parcels import Note
from handlers.messages import Say
from storage.committer import Committer
from storage.epochs import destroy_retired
from storage.keys import COURIER, desk_stem
from storage.resealing import Resealed, reseal_addresses, reseal_tips
from storage.roster import Roster
from storage.tips import Route

if TYPE_CHECKING:  # the intake keeps its keys too, and needs no officers' library for it
    from bot.desk import Desk

# Seconds.
EVERY = 86_400.0
# Tips a transaction: some 20 ms, so that nobody who writes waits for it.
ROUND = 20


async def daily(once: Callable[[], Awaitable[None]]) -> None:
    """Do it now and every day, until cancelled."""
    while True:
        await outlast(once)
        await asyncio.sleep(EVERY)


@dataclass(frozen=True, slots=True)
class Retiring:
    """The folders in which one key, and those before it, may be; `forget` starts the process anew without them."""

    folders: Sequence[Path]
    roster: Roster
    forget: Callable[[], None]

    def once(self, stem: str, today: date) -> None:
        """Destroy the keys whose last day has come."""
        gone: set[str] = set()
        for folder in self.folders:
            try:
                gone |= set(destroy_retired(folder, stem, self.roster, today))
            except OSError as error:
                log.error("retired-key-stays", error=error)
        if gone:
            log.info("retired-keys-destroyed", count=len(gone))
            self.forget()


@dataclass(frozen=True, slots=True)
class DeskUpkeep:
    """Tells the group the words of a new key, and moves open tips and their cards to it."""

    desk: "Desk"
    committer: Committer
    identities: Sequence[str]
    route: Route
    words: str
    wake: Callable[[Collection[str]], None]
    retiring: Retiring

    async def once(self) -> None:
        """Do all of it."""
        self.wake(await self.committer.commit(self._announce))
        await _all_rounds(self.committer, self._round)
        self.retiring.once(desk_stem(self.desk.name), self.desk.clock().date())

    def _announce(self, tx: Connection) -> Collection[str]:
        """Say once which words belong to the present key, so that officers can compare them with the operator's."""
        room = self.desk.notes.room(tx)
        if not self.words or room.epoch == self.route.epoch:
            return ()
        self.desk.notes.keep(tx, replace(room, epoch=self.route.epoch))
        text = self.desk.say(Say("desk-fingerprint", {"epoch": self.route.epoch, "words": self.words}))
        name = f"words-{self.desk.name}-{self.route.epoch}"
        return self.desk.owe(tx, Note(self.desk.room(tx), text), name=name)

    def _round(self, tx: Connection, after: str) -> Resealed:
        done = reseal_tips(tx, self.desk.name, self.identities, self.route, ROUND, after)
        self.desk.notes.reseal(tx, done.tips)
        return done


@dataclass(frozen=True, slots=True)
class CourierUpkeep:
    """Moves reply addresses to the courier's present key, and forgets those nobody will be told at any more."""

    committer: Committer
    identities: Sequence[str]
    courier: str
    days: int
    clock: Callable[[], datetime]
    retiring: Retiring

    async def once(self) -> None:
        """Do all of it; nothing while the key is locked, for then nothing could be moved."""
        if not self.identities:
            return
        await _all_rounds(self.committer, self._round)
        self.retiring.once(COURIER, self.clock().date())

    def _round(self, tx: Connection, after: str) -> Resealed:
        oldest = self.clock().date() - timedelta(days=self.days)
        return reseal_addresses(tx, self.identities, self.courier, oldest, ROUND, after)


async def _all_rounds(committer: Committer, work: Callable[[Connection, str], Resealed]) -> None:
    moved = shut = 0
    after: str | None = ""
    while after is not None:
        done = await committer.commit(_bound(work, after))
        moved, shut, after = moved + len(done.tips), shut + done.shut, done.after
    if moved or shut:
        log.info("resealed", count=moved, odd=shut)


def _bound(work: Callable[[Connection, str], Resealed], after: str) -> Callable[[Connection], Resealed]:
    return lambda tx: work(tx, after)
