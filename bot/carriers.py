"""What brings each lane of the intake to where it belongs: words to reporters, files home, news to who asked for it."""

import functools
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta

from msgspec import json
from sqlalchemy import Connection

from bot import render
from bot.channels.base import Arrived, Channel, Never, Reporter, Shown, TooBig
from bot.channels.whatsapp import TEMPLATES, Template, WhatsApp
from bot.courier import After, Settle
from bot.logs import log
from bot.meter import meter
from bot.pace import Bucket
from bot.parcels import NUDGE, Bubble, CardDue, Erasure, Fetching, Hushing, News, Nudge, Parcel, Reminding, packed
from bot.reminding import remind
from bot.stores import apart, let_go
from bot.turn import Committed, House, Made
from handlers.messages import Hushed, Kept, Lost, Say
from locales import catalogue
from storage import evidence, outbox, tips
from storage.cleaning.cleaner import Cleaner
from storage.errors import Sealed, Unclean, Why
from storage.evidence import Store
from storage.tips import Address

# Telegram deletes nothing older than this, in seconds.
ERASABLE = 48 * 3600
# Messages to officers' phones in a minute, so that reporters' answers have the rest of the number's pace.
NUDGES = 60


def _nothing(_tx: Connection) -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class ToReporters:
    """Shows bubbles on one channel and deletes them again."""

    house: House
    channel: Channel

    def destination(self, parcel: Parcel) -> str:
        match parcel:
            case Bubble(to=to) | Erasure(to=to):
                return f"{self.channel.name}:{to}"
            case _:
                raise TypeError("no parcel of this lane")

    async def deliver(self, parcel: Parcel, name: str) -> Settle:
        match parcel:
            case Bubble(to=to, shown=shown):
                return await self._show(Reporter(self.channel.name, to), shown, name)
            case Erasure(to=to, messages=messages):
                oldest = self.house.clock().timestamp() - ERASABLE
                ids = tuple(message for message, written in messages if written > oldest)
                await self.channel.erase(Reporter(self.channel.name, to), ids)
                return _nothing
            case _:
                raise TypeError("no parcel of this lane")

    async def _show(self, who: Reporter, shown: Shown, name: str) -> Settle:
        try:
            ids = await self.channel.show(who, shown, name)
        except Never as never:
            if not never.left:
                raise
            log.info("owed-left", lane=self.channel.name, code=never.code)
            return _nothing

        def settle(tx: Connection) -> Collection[str]:
            if ids:
                self.house.conversations.trace(tx, who, ids, self.house.clock())
            return ()

        return settle

    def fail(self, parcel: Parcel) -> Settle | None:
        """What cannot be deleted any more is gone; words that cannot be shown wait for the operator."""
        return _nothing if isinstance(parcel, Erasure) else None


@dataclass(frozen=True, slots=True)
class Sent:
    """What a platform took and said no more about: after a day without bad news it has arrived."""

    def destination(self, parcel: Parcel) -> str:
        return f"{parcel.channel}:{parcel.to}" if isinstance(parcel, Bubble) else ""

    async def deliver(self, parcel: Parcel, name: str) -> Settle:  # noqa: ARG002  # every carrier is asked alike
        return _nothing

    def fail(self, parcel: Parcel) -> Settle | None:  # noqa: ARG002  # as above
        return None


@dataclass(frozen=True, slots=True)
class ToPhones:
    """Sends officers the one approved template, on WhatsApp's own lane for it and at a pace of its own."""

    channel: WhatsApp | None
    template: Template | None
    bucket: Bucket = field(default_factory=lambda: Bucket(NUDGES))

    def destination(self, parcel: Parcel) -> str:
        return f"{NUDGE}:{parcel.to}" if isinstance(parcel, Nudge) else ""

    async def deliver(self, parcel: Parcel, name: str) -> Settle:
        if not isinstance(parcel, Nudge):
            raise TypeError("no parcel of this lane")
        if self.channel is None or self.template is None:
            log.error("nudge-off", why="officers have numbers, and SAKSI_WHATSAPP__NUDGE names no template")
            raise Never
        self.bucket.take()
        try:
            await self.channel.nudge(parcel.to, self.template, parcel.count, name)
        except Never as never:
            if never.code in TEMPLATES:
                log.error("template-refused", code=never.code, why="look at the template in WhatsApp Manager")
            raise
        return _nothing

    def fail(self, parcel: Parcel) -> Settle | None:  # noqa: ARG002  # as above
        """It waits for the operator; the next one takes it along."""
        return None


@dataclass(frozen=True, slots=True)
class Home:
    """Brings files home: fetched, cleaned and sealed in the locked child, stored, and only then called kept."""

    house: House
    channels: Mapping[str, Channel]
    cleaner: Cleaner
    store: Store
    most: int

    def destination(self, parcel: Parcel) -> str:
        return parcel.item if isinstance(parcel, Fetching) else ""

    async def deliver(self, parcel: Parcel, name: str) -> Settle:
        if not isinstance(parcel, Fetching):
            raise TypeError("no parcel of this lane")
        try:
            with meter.cleaning():
                cleaned = await self.cleaner.clean(parcel.kind, self._bytes(parcel), parcel.recipient)
        except Unclean as unclean:
            log.info("file-refused", why=unclean.why, channel=parcel.channel)
            return self._lost(parcel, unclean.why)
        except TooBig:
            return self._lost(parcel, Why.TOO_BIG)
        today = self.house.clock().date()
        await apart(self.store.put, name, cleaned.sealed, today)

        def settle(tx: Connection) -> Collection[str] | After:
            tip = evidence.arrive(tx, name, parcel.kind, cleaned.padded, today)
            return self._tell(tx, parcel, Kept(name, cleaned.taken)) if tip is None else self._card(tx, tip)

        return settle

    async def _bytes(self, parcel: Fetching) -> AsyncIterator[bytes]:
        chunks = self.channels[parcel.channel].fetch(parcel.file, self.most)
        async with aclosing(chunks):
            async for chunk in chunks:
                yield chunk

    def fail(self, parcel: Parcel) -> Settle | None:
        return self._lost(parcel, "gone") if isinstance(parcel, Fetching) else None

    def _lost(self, parcel: Fetching, why: str) -> Settle:
        def settle(tx: Connection) -> Collection[str] | After:
            tip = evidence.lose(tx, parcel.item)
            told = self._tell(tx, parcel, Lost(parcel.item, why))
            return told if tip is None else After({*told.lanes, *self._card(tx, tip)}, told.then)

        return settle

    def _tell(self, tx: Connection, parcel: Fetching, news: Kept | Lost) -> After:
        """Who no longer wants the file lets it go: then it leaves the store at once."""
        who = Reporter(parcel.channel, parcel.to)
        committed = self.house.turn(tx, Arrived(who, "", news), Made())
        if not isinstance(committed, Committed):
            return After()
        return After(committed.lanes, functools.partial(self._drop, committed.dropped) if committed.dropped else None)

    def _drop(self, items: Collection[str]) -> None:
        let_go(self.store, *items)

    def _card(self, tx: Connection, tip: str) -> Collection[str]:
        """The tip was sent before its last file had arrived: its card has to count again."""
        return (self.house.owe_card(tx, self.house.route(tx, tip), CardDue(tip), self.house.clock().timestamp()),)


@dataclass(frozen=True, slots=True)
class Back:
    """Comes back to a conversation: after a short silence, or to remind of a draft that will be wiped."""

    house: House

    def destination(self, parcel: Parcel) -> str:
        return f"{parcel.channel}:{parcel.to}" if isinstance(parcel, Hushing | Reminding) else ""

    async def deliver(self, parcel: Parcel, name: str) -> Settle:  # noqa: ARG002  # every carrier is asked alike
        match parcel:
            case Hushing(channel, to):
                return lambda tx: self._hush(tx, Reporter(channel, to))
            case Reminding(channel, to, touched):
                return lambda tx: remind(self.house, tx, Reporter(channel, to), touched)
            case _:
                raise TypeError("no parcel of this lane")

    def _hush(self, tx: Connection, who: Reporter) -> Collection[str]:
        committed = self.house.turn(tx, Arrived(who, "", Hushed()), Made())
        return committed.lanes if isinstance(committed, Committed) else ()

    def fail(self, parcel: Parcel) -> Settle | None:  # noqa: ARG002  # as above
        return None


@dataclass(frozen=True, slots=True)
class ToWhoAsked:
    """Turns news of a tip into a neutral push, where its reporter wanted one; the desk never learns whether."""

    house: House
    delay: Callable[[], float]
    days: int

    def destination(self, parcel: Parcel) -> str:
        return parcel.tip if isinstance(parcel, News) else ""

    async def deliver(self, parcel: Parcel, name: str) -> Settle:  # noqa: ARG002  # as above
        if not isinstance(parcel, News):
            raise TypeError("no parcel of this lane")

        def settle(tx: Connection) -> Collection[str]:
            sealed = tips.address(tx, parcel.tip, self.house.clock().date() - timedelta(days=self.days))
            return () if sealed is None else self._push(tx, parcel.tip, sealed)

        return settle

    def _push(self, tx: Connection, tip: str, sealed: bytes) -> Collection[str]:
        try:
            address = json.decode(self.house.wrapper.open(sealed, tip, self.house.clock()), type=Address)
        except Sealed:
            address = None  # the courier's key of those days was destroyed before the address was resealed
        if address is None or address.tip != tip or address.channel not in self.house.limits:
            log.warning("address-unusable")
            return ()
        [shown] = render.show(Say("push"), catalogue(address.language), self.house.limits[address.channel])
        bubble = Bubble(address.channel, address.id, shown)
        payload = self.house.wrapper.to(self.house.courier, packed(bubble))
        due = self.house.clock().timestamp() + self.delay()
        outbox.owe(tx, secrets.token_urlsafe(12), address.channel, payload, due)
        return (address.channel,)

    def fail(self, parcel: Parcel) -> Settle | None:  # noqa: ARG002  # as above
        return None
