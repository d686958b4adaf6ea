"""A street to deliver in: a courier, the doors it knocks at, and a clock that only moves when told."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, func, select

from bot.channels.base import Shown
from bot.courier import AT_ONCE, Courier, Settle
from bot.parcels import Bubble, Parcel, packed
from bot.presence import Presence
from storage import outbox
from storage.committer import Committer
from storage.keyring import Keyring
from storage.outbox import OWED
from storage.vault import new_identity
from storage.wrapping import Wrapper

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
LANE, BESIDE = "telegram", "beside"


@dataclass
class Clock:
    """Stands still until somebody moves it."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def _nothing_more(_tx: Connection) -> Collection[str]:
    return ()


@dataclass
class Doors:
    """A carrier that writes down where it knocked, fails as it is told, and waits at doors that are held shut."""

    knocked: list[str] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)
    troubles: defaultdict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    then: Settle = _nothing_more
    failing: Settle | None = None
    before: Callable[[], None] = lambda: None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def destination(self, parcel: Parcel) -> str:
        assert isinstance(parcel, Bubble)
        if parcel.to == "nowhere":
            raise LookupError(parcel.to)
        return parcel.to

    async def deliver(self, parcel: Parcel, name: str) -> Settle:  # noqa: ARG002  # every carrier is asked alike
        assert isinstance(parcel, Bubble)
        words = parcel.shown.text
        self.knocked.append(words)
        self._news.set()
        self.before()
        if words in self.held:
            await self.held[words].wait()
        if self.troubles[words]:
            raise self.troubles[words].pop(0)
        self.arrived.append(words)
        self._news.set()
        return self.then

    def fail(self, parcel: Parcel) -> Settle | None:  # noqa: ARG002  # as above
        return self.failing

    def hold(self, *words: str) -> asyncio.Event:
        """Keep these waiting at the door until the event is set."""
        opened = asyncio.Event()
        self.held.update(dict.fromkeys(words, opened))
        return opened

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until this is true of what was knocked at or has arrived."""
        async with asyncio.timeout(20):
            while not true():
                self._news.clear()
                await self._news.wait()


@dataclass
class Street:
    """The whole of it."""

    committer: Committer
    wrapper: Wrapper
    recipient: str
    clock: Clock
    doors: Doors
    courier: Courier
    rung: list[str]
    beside: Doors
    _running: asyncio.Task[None] | None = None

    @classmethod
    def laid(cls, committer: Committer, folder: Path) -> Self:
        private, recipient = new_identity()
        wrapper = Wrapper(keyring=Keyring(folder), identities=[private])
        clock, doors, rung = Clock(), Doors(), list[str]()
        beside = Doors()
        courier = Courier(committer, wrapper, {LANE: doors, BESIDE: beside}, clock=clock, wake_others=rung.extend)
        return cls(committer, wrapper, recipient, clock, doors, courier, rung, beside)

    async def owe(self, *words: str, to: str = "Rina", lasting: bool = False, after: float = 0, lane: str = "") -> None:
        """Owe bubbles, in this order."""
        bubbles = {f"{to} {text}": Bubble(lane or LANE, to, Shown(text)) for text in words}
        await self.committer.commit(lambda tx: self._owe(tx, bubbles, after, lasting=lasting))

    def _owe(self, tx: Connection, bubbles: Mapping[str, Bubble], after: float, *, lasting: bool) -> None:
        for place, (name, bubble) in enumerate(bubbles.items()):
            data = packed(bubble)
            sealed = self.wrapper.to(self.recipient, data) if lasting else self.wrapper.to_draft(data, name, self.now)
            outbox.owe(tx, name, bubble.channel, sealed, self.clock.seconds() + after + (place - len(bubbles)) * 1e-4)

    @property
    def now(self) -> datetime:
        return self.clock.at

    def start(self, *, alone: bool = False, presence: Presence | None = None) -> None:
        self._running = asyncio.create_task(self.courier.run(alone=alone, presence=presence))

    async def work(self) -> None:
        """Let the courier work until, at this hour, it has nothing more to do."""
        if self._running is None:
            self.start()
        self.courier.wake()
        while await self.committer.commit(self._due) or self.courier._free < AT_ONCE:  # noqa: SLF001  # no other sign
            assert self._running
            if self._running.done():
                await self._running

    def _due(self, tx: Connection) -> bool:
        now = self.clock.seconds()
        ready = OWED.c.lane == LANE, OWED.c.due <= now, OWED.c.lease <= now, OWED.c.parked.is_(False)
        return bool(tx.execute(select(func.count()).where(*ready)).scalar())

    async def later(self, seconds: float) -> list[str]:
        """Let time pass; return what has arrived in it."""
        before = len(self.doors.arrived)
        self.clock.move(seconds)
        await self.work()
        return self.doors.arrived[before:]

    async def ended(self) -> None:
        """Wait for a courier that ends by itself; raises what it raises."""
        assert self._running
        running, self._running = self._running, None
        async with asyncio.timeout(20):
            await running

    async def restart(self, *, alone: bool = False) -> None:
        """The process dies, and another takes its place."""
        await self.close()
        self.courier = Courier(
            self.committer, self.wrapper, {LANE: self.doors}, clock=self.clock, wake_others=self.rung.extend
        )
        self.start(alone=alone)

    async def close(self) -> None:
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def still_owed(self) -> set[str]:
        """What has not arrived, parked or not."""
        return set(await self.committer.commit(lambda tx: tx.execute(select(OWED.c.id)).scalars().all()))

    async def parked(self) -> set[str]:
        parked = select(OWED.c.id).where(OWED.c.parked.is_(True))
        return set(await self.committer.commit(lambda tx: tx.execute(parked).scalars().all()))
