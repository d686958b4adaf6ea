"""Saksi's own path from an update to a durable answer: decode, turn, commit; the ticket's Argon2 included."""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from benchmarks import walk
from benchmarks.canned import TOKEN
from bot.carriers import ToReporters
from bot.channels import telegram_update
from bot.channels.base import Arrived
from bot.courier import Courier
from bot.data import tables
from bot.turn import House
from bot.turns import Turns
from handlers.routes import Routes
from handlers.scene import Scene
from storage import migrations
from storage.committer import Committer
from storage.database import Database
from storage.drafts import Conversations
from storage.keyring import Keyring
from storage.outbox import OWED
from storage.tips import Route
from storage.vault import new_identity
from storage.wrapping import Wrapper
from tests.dialogue.world import TELEGRAM

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram


def now() -> datetime:
    return datetime.now(UTC)


def _undelivered(tx: Connection) -> int:
    return int(tx.execute(select(func.count()).where(OWED.c.lane == "telegram")).scalar_one())


class Saksi:
    """`platform`: also deliver every bubble there, through aiogram's client; `kind`: on another kind of database."""

    def __init__(self, folder: Path, url: str, platform: str = "", kind: type[Database] = Database) -> None:
        database = kind.at(url)
        migrations.upgrade(database)
        self.committer = Committer(database)
        self._platform, sending = platform, bool(platform)
        self._channel: Telegram | None = None
        (folder / "runtime").mkdir(mode=0o700, exist_ok=True)
        keyring = Keyring(folder / "runtime")
        private, courier = new_identity()
        self.wrapper = Wrapper(keyring=keyring, identities=[private])
        self.house = House(
            conversations=Conversations(keyring),
            wrapper=self.wrapper,
            routes=Routes({"bawaslu": "Bawaslu"}, "bawaslu"),
            desks={"bawaslu": Route("bawaslu", "2026-11", new_identity()[1], new_identity()[1])},
            courier=courier,
            scenes={"telegram": Scene(tables.places(), "Telegram", "Bawaslu")},
            limits={"telegram": TELEGRAM},
            clock=now,
            card_delay=lambda: 0.0,
        )
        self._courier = Courier(
            self.committer,
            self.wrapper,
            self._carriers() if sending else {},
            clock=now,
            wake_others=lambda _lanes: None,
        )
        self._sending = sending
        self.turns = Turns(self.house, self.committer, wake=self._courier.wake, drop=lambda _item: None)
        self._tasks: list[asyncio.Task[None]] = []

    def _carriers(self) -> dict[str, ToReporters]:
        from bot.channels.telegram import Telegram

        self._channel = Telegram(token=TOKEN, api_base=self._platform)
        return {"telegram": ToReporters(self.house, self._channel)}

    async def start(self) -> None:
        work = [self.committer.run(), *([self._courier.run()] if self._sending else [])]
        if not walk.LEFT_OUT:  # nobody comes to the ticket: none is drawn ahead either
            work.append(self.turns.tickets.keep())
        self._tasks = [asyncio.create_task(one) for one in work]

    async def take(self, person: int, step: int) -> None:
        await self.turns.take(self.arrived(person, step))

    def arrived(self, person: int, step: int) -> Arrived:
        arrived = telegram_update.decode(walk.raw(person, step), lambda: secrets.token_urlsafe(12))
        assert arrived is not None
        return arrived

    async def done(self) -> None:
        """Wait until everything is delivered that is to be delivered here."""
        while self._sending and await self.committer.commit(_undelivered) > 0:  # noqa: ASYNC110  # the database alone knows
            await asyncio.sleep(0.01)

    async def lost(self, acknowledged: Sequence[tuple[int, int]]) -> int:
        """Count what was acknowledged and is not remembered."""
        kept = [await self.committer.commit(lambda tx, one=one: self._knows(tx, *one)) for one in acknowledged]  # type: ignore[misc]  # bound now
        return kept.count(False)

    def _knows(self, tx: Connection, person: int, step: int) -> bool:
        one, house = self.arrived(person, step), self.house
        held = house.conversations.load(tx, one.reporter, now())
        return house.conversations.was_seen(held, one.reporter, one.id, now())

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._channel:
            await self._channel.aclose()
