"""An intake without a platform: what people say goes in, and what is owed to them can be read."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from bot.channels.base import Arrived, Reporter
from bot.channels.whatsapp import LIMITS
from bot.data import tables
from bot.parcels import Bubble, unpacked
from bot.turn import House
from bot.turns import Turns
from handlers.answers import Draft
from handlers.messages import Said
from handlers.routes import Routes
from handlers.scene import Scene
from locales import catalogue
from storage import outbox
from storage.committer import Committer
from storage.drafts import Conversations
from storage.keyring import Keyring
from storage.tips import Route
from storage.vault import new_identity
from storage.wrapping import Wrapper
from tests.courier.street import Clock

CHANNEL = "whatsapp"
RINA, BAGUS = Reporter(CHANNEL, "1"), Reporter(CHANNEL, "2")


@dataclass
class Intake:
    """An intake without a platform: what people say goes in, and what is owed to them can be read."""

    turns: Turns
    committer: Committer
    clock: Clock
    wrapper: Wrapper
    woken: list[str]

    @classmethod
    def opened(cls, committer: Committer, folder: Path) -> Self:
        keyring, clock, woken = Keyring(folder), Clock(), list[str]()
        private, courier = new_identity()
        wrapper = Wrapper(keyring=keyring, identities=[private])
        house = House(
            conversations=Conversations(keyring),
            wrapper=wrapper,
            routes=Routes({"bawaslu": "Bawaslu"}, "bawaslu"),
            desks={"bawaslu": Route("bawaslu", "2026-11", new_identity()[1], new_identity()[1])},
            courier=courier,
            scenes={CHANNEL: Scene(tables.places(), "WhatsApp", "Bawaslu", erasable=False, window=24)},
            limits={CHANNEL: LIMITS},
            clock=clock,
            card_delay=lambda: 0.0,
        )
        turns = Turns(house, committer, wake=woken.extend, drop=lambda _item: None)
        return cls(turns, committer, clock, wrapper, woken)

    async def say(self, text: str, number: str, who: Reporter = RINA) -> None:
        await self.turns.take(Arrived(who, number, Said(text)))

    async def said(self, who: Reporter = RINA) -> list[str]:
        """What is owed to somebody, in order; it is delivered by being read."""
        return await self.committer.commit(lambda tx: self._said(tx, who))

    def _said(self, tx: Connection, who: Reporter) -> list[str]:
        rows = outbox.claim(tx, [CHANNEL], self.clock.seconds() + 1, 1000)
        parcels = [unpacked(self.wrapper.open(row.payload, row.id, self.clock())) for row in rows]
        outbox.release(tx, [CHANNEL])
        mine = [(row, one) for row, one in zip(rows, parcels, strict=True) if isinstance(one, Bubble)]
        told = [(row, one.shown.text) for row, one in mine if one.to == who.id]
        for row, _ in told:
            outbox.arrive(tx, row)
        return [text for _, text in told]

    async def held(self, who: Reporter = RINA) -> Draft:
        """What is remembered of somebody."""
        house = self.turns.house
        return (await self.committer.commit(lambda tx: house.conversations.load(tx, who, self.clock()))).draft


def words(key: str) -> str:
    """What the bot says there, as far as it never varies."""
    return catalogue("id").say(key)
