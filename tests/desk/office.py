"""A desk that works in this process, on a database of its own, with a clock that can be moved and tips at once."""

import asyncio
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from bot import alarms, nudges
from bot.buttons import Buttons, subkey
from bot.channels.desk import DeskBot
from bot.commands import commands
from bot.courier import AT_ONCE, Carrier, Courier
from bot.data import tables
from bot.desk import Desk, Elsewhere
from bot.desk_carrier import ToOfficers
from bot.pace import Bucket
from bot.parcels import CardDue, desk_lane
from bot.polling import poll
from bot.room import Room
from handlers.desk import Card, Officer, Role
from handlers.scene import Timeline
from handlers.status import Status
from handlers.tip import Enclosure, Tip
from locales import catalogue
from simulator.world import EXAMPLE
from storage import evidence, tips
from storage.box import Box
from storage.cards import Notes
from storage.committer import Committer
from storage.database import Database
from storage.evidence import Folder
from storage.models import METADATA
from storage.outbox import OWED
from storage.tips import Letter, Ring, Route
from storage.vault import new_identity, public_of, seal
from storage.wrapping import Wrapper
from tests.pictures import photo
from tests.simulator.clients import DESK as TOKEN
from tests.simulator.running import Running
from tests.town import DESK_BOT, Message, TelegramPhone
from tests.town import Officer as Hand

GROUP = -1001000000001
NOON = datetime(2026, 11, 18, 12, tzinfo=ZoneInfo("Asia/Jakarta"))
TODAY = NOON.date()
RINA, BAGUS, DEWI, JOKO = 9001, 9002, 9003, 9004
OFFICERS = {
    RINA: Officer("Rina", Role.OFFICER),
    BAGUS: Officer("Bagus", Role.OFFICER),
    DEWI: Officer("Dewi", Role.SUPERVISOR),
    JOKO: Officer("Joko", Role.AUDITOR),
}


# Telegram plays nothing here: the first bytes of an Ogg stream, and some more.
VOICE = b"OggS\x00\x02" + bytes(200)


def world() -> dict[str, Any]:
    """The example's world, with a supervisor and an auditor in the group."""
    telegram: dict[str, Any] = EXAMPLE["telegram"]
    people = [*telegram["people"], {"id": DEWI, "name": "Dewi"}, {"id": JOKO, "name": "Joko"}]
    [group] = telegram["groups"]
    members = [*group["members"], {"person": DEWI, "status": "member"}, {"person": JOKO, "status": "member"}]
    return {**EXAMPLE, "telegram": {**telegram, "people": people, "groups": [{**group, "members": members}]}}


@dataclass
class Keys:
    """The desk's own, its institution's, the courier's, and every reporter's."""

    desk: str = field(default_factory=lambda: new_identity()[0])
    recovery: str = field(default_factory=lambda: new_identity()[1])
    courier_identity: str = field(default_factory=lambda: new_identity()[0])
    mailbox: str = field(default_factory=lambda: new_identity()[0])

    @property
    def courier(self) -> str:
        return public_of(self.courier_identity)


@dataclass
class Office:
    """The desk's process, as `bot/app/desk.py` puts it together."""

    simulator: Running
    database: Database
    folder: Path
    pace: Bucket = field(default_factory=lambda: Bucket(6000))
    officers: dict[int, Officer] = field(default_factory=lambda: dict(OFFICERS))
    keys: Keys = field(default_factory=Keys)
    ahead: timedelta = timedelta()
    language: str = "id"
    phones: dict[int, str] = field(default_factory=dict)
    export_to: tuple[str, ...] = ()
    operator: int | None = None
    group: int = GROUP
    name: str = "bawaslu"
    title: str = "Bawaslu Kota"
    token: str = TOKEN
    username: str = DESK_BOT
    others: dict[str, Elsewhere] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def clock(self) -> datetime:
        return NOON + self.ahead

    def __post_init__(self) -> None:
        self.store = Folder(self.folder / "evidence")
        words = catalogue(self.language)
        self.wrapper = Wrapper(identities=[self.keys.desk])
        self.desk = Desk(
            route=self.route(),
            identities=(self.keys.desk,),
            courier=self.keys.courier,
            group=self.group,
            officers=self.officers,
            notes=Notes(self.name, Box(subkey(self.keys.desk, b"saksi notes"))),
            wrapper=self.wrapper,
            buttons=Buttons(self.name, subkey(self.keys.desk, b"saksi press"), words),
            words=words,
            clock=self.clock,
            deadlines=tables.calendar().contexts["pilkada"],
            title=self.title,
            offices=self.others,
            export_to=self.export_to,
            operator=self.operator,
            phones={user: seal(number.encode(), [public_of(self.keys.desk)]) for user, number in self.phones.items()},
        )

    async def start(self) -> Self:
        """Start the process."""
        self.committer = Committer(self.database)
        self.bot = DeskBot(token=self.token, api_base=self.simulator.url)
        carriers: dict[str, Carrier] = {}
        self.courier = Courier(
            self.committer, self.wrapper, carriers, clock=self.clock, wake_others=lambda _lanes: None
        )
        identities = (self.keys.desk,)
        self.carrier = ToOfficers(
            self.desk, self.bot, self.committer, identities, self.store, tables.places(), self.pace
        )
        carriers[desk_lane(self.name)] = self.carrier
        self.room = Room(self.desk, self.bot, self.committer, self.courier.wake)
        self._tasks = [asyncio.create_task(self.committer.run())]
        await self.bot.open()
        await self.bot.introduce(commands(self.desk.words))
        await self.committer.commit(lambda tx: alarms.begin(self.desk, tx))
        await self.committer.commit(lambda tx: nudges.begin(self.desk, tx, identities))
        self._tasks += [
            asyncio.create_task(self.courier.run(alone=True)),
            asyncio.create_task(poll(self.bot.updates, self.room.take_all, "SAKSI_DESK__TOKEN")),
        ]
        return self

    async def stop(self) -> None:
        """End the process, in the middle of whatever it does."""
        for task in reversed(self._tasks):
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self._tasks = []
        await self.bot.aclose()

    async def pass_time(self, **span: float) -> None:
        """Move the clock, and let the courier look."""
        self.ahead += timedelta(**span)
        await self.settled()

    async def settled(self) -> None:
        """Wait until everything due has been delivered."""
        async with asyncio.timeout(60):
            while await self.committer.commit(self._due) or self.courier._free < AT_ONCE:  # noqa: SLF001  # no other sign
                self.courier.wake()
                await asyncio.sleep(0.02)

    def _due(self, tx: Connection) -> bool:
        now = self.clock().timestamp()
        lane = OWED.c.lane == desk_lane(self.name)
        ready = lane, OWED.c.due <= now, OWED.c.lease <= now, OWED.c.parked.is_(False)
        return bool(tx.execute(select(func.count()).where(*ready)).scalar())

    def route(self) -> Route:
        return Route(self.name, "2026-11", public_of(self.keys.desk), self.keys.recovery)

    async def receive(self, *, photos: int = 0, voices: int = 0, day: date | None = None, **about: Any) -> str:
        """Keep a tip as the intake does, and owe its card; return its id."""
        return (
            await self.receive_all([{"photos": photos, "voices": voices, "day": day or self.clock().date(), **about}])
        )[0]

    async def receive_all(self, abouts: Collection[dict[str, Any]]) -> list[str]:
        made = [self._tip(**about) for about in abouts]

        def keep(tx: Connection) -> None:
            for tip in made:
                for one in tip.enclosures:
                    evidence.arrive(tx, one.id, one.kind, 4096, tip.day)
                ring = Ring(secrets.token_bytes(32), public_of(self.keys.mailbox))
                tips.keep(tx, tip, self.route(), ring, None)
                self.desk.owe(tx, CardDue(tip.id))

        await self.committer.commit(keep)
        self.courier.wake()
        return [tip.id for tip in made]

    def enclose(self, kind: str) -> Enclosure:
        """Put a file of this kind into the store, as the cleaner does."""
        private, public = new_identity()
        name = secrets.token_urlsafe(12)
        self.store.put(name, seal(VOICE if kind == "voice" else photo(), [public]), TODAY)
        return Enclosure(name, kind, private)

    def _tip(self, *, photos: int = 0, voices: int = 0, **about: Any) -> Tip:
        enclosures = [self.enclose(kind) for kind in (*["image"] * photos, *["voice"] * voices)]
        given = {
            "day": self.clock().date(),
            "what": "uang",
            "place": "62.71.01",
            "story": "Camat membagi amplop.",
            **about,
        }
        return Tip(id=secrets.token_urlsafe(12), enclosures=tuple(enclosures), **given)

    async def reply(self, tip: str, text: str) -> None:
        """The reporter adds words, as the intake keeps them."""

        def keep(tx: Connection) -> None:
            letter = Letter(secrets.token_urlsafe(12), tip, tips.TO_DESK, self.clock().date(), text)
            tips.write(tx, letter, self.route().recipients)
            self.desk.owe(tx, CardDue(tip, answered=True))

        await self.committer.commit(keep)
        self.courier.wake()
        await self.settled()

    async def add(self, tip: str, kind: str) -> None:
        """The reporter adds a file, as the intake keeps it."""
        one, today = self.enclose(kind), self.clock().date()

        def keep(tx: Connection) -> None:
            tips.attach(tx, tip, one, self.route(), today)
            evidence.arrive(tx, one.id, one.kind, 4096, today)
            self.desk.owe(tx, CardDue(tip, answered=True))

        await self.committer.commit(keep)
        self.courier.wake()
        await self.settled()

    async def timeline(self, tip: str) -> Timeline:
        """What the reporter reads with the ticket."""
        told = await self.committer.commit(lambda tx: tips.timeline(tx, tip, self.keys.mailbox))
        assert told
        return told

    async def card(self, tip: str) -> Card:
        """What the desk knows."""
        known = await self.committer.commit(lambda tx: self.desk.notes.card(tx, tip))
        assert known
        return known

    async def tips(self) -> list[str]:
        """All that the desk knows."""
        return list(await self.committer.commit(self.desk.notes.cards))

    async def status(self, tip: str) -> Status:
        return await self.committer.commit(lambda tx: tips.status(tx, tip))

    async def audit(self, tip: str) -> list[tuple[str, str]]:
        """Who did what to this tip."""
        event = METADATA.tables["event"]
        wanted = select(event.c.officer, event.c.action).where(event.c.tip == tip)
        return sorted(
            (row.officer, row.action) for row in await self.committer.commit(lambda tx: tx.execute(wanted).all())
        )

    async def owed_news(self) -> int:
        """How many pushes the intake is asked for."""
        wanted = select(func.count()).where(OWED.c.lane == "news")
        return int(await self.committer.commit(lambda tx: tx.execute(wanted).scalar_one()))

    async def posted(self, tip: str) -> Message:
        """A tip's card as the group shows it now."""
        await self.settled()
        known = await self.card(tip)
        shown = await self.group_messages()
        return next(message for message in shown if message["id"] == known.message)

    async def group_messages(self) -> list[Message]:
        return await self.simulator.messages(str(self.group))

    async def cards(self) -> list[Message]:
        """What stands in the group with buttons below it."""
        return [message for message in await self.group_messages() if message["buttons"]]

    async def said(self, words: str) -> list[str]:
        """What was told to the group that has these words in it."""
        await self.settled()
        return [message["text"] for message in await self.group_messages() if words in message["text"]]

    async def officer(self, person: int = RINA, *, started: bool = True) -> Hand:
        private = TelegramPhone(self.simulator, person, self.username)
        if started and not await private.messages():
            await private.start()
        return Hand(self.simulator, person, private, self.group)
