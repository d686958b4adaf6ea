"""Carries one desk's lane: says who brings each parcel to officers, into the group or into a private chat."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot import distress, gallery, lists, nudges
from bot.alarms import Watch
from bot.bursts import Bursts
from bot.channels.base import Later, Never
from bot.channels.desk import DeskBot
from bot.courier import Settle
from bot.desk import Desk
from bot.dossier.carrier import Clerk
from bot.group import AWAY, Group
from bot.pace import Bucket
from bot.parcels import (
    Alarm,
    Alert,
    CardDue,
    Charts,
    Digest,
    Dropping,
    Exporting,
    Glimpse,
    Late,
    Listing,
    Morning,
    Note,
    Opening,
    Parcel,
    Parting,
    Proof,
    Ringing,
    Sweeping,
)
from bot.posting import Posting
from bot.reading import Reading
from bot.showing import Showing
from bot.stores import apart
from handlers.places import Places
from storage.committer import Committer
from storage.evidence import Store

# What Telegram says where a bot was removed.
FORBIDDEN = 403


@dataclass(slots=True)
class ToOfficers:
    """Carries one desk's lane."""

    desk: Desk
    bot: DeskBot
    committer: Committer
    identities: tuple[str, ...]
    store: Store
    places: Places
    bucket: Bucket = field(default_factory=Bucket)
    group: Group = field(init=False)
    reading: Reading = field(init=False)
    _posting: Posting = field(init=False)
    _showing: Showing = field(init=False)
    _bursts: Bursts = field(init=False)
    _watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.group = Group(self.desk, self.bot, self.committer, self.bucket)
        self.reading = Reading(self.desk, self.identities, self.places, self.committer)
        self._bursts = Bursts(self.desk, self.group, self.committer)
        self._watch = Watch(self.desk, self.group, self.committer)
        self._posting = Posting(self.group, self.reading, self._bursts)
        self._showing = Showing(self.bot, self.reading, self.store)

    def destination(self, parcel: Parcel) -> str:
        match parcel:
            case CardDue() | Parting() | Morning() | Late() | Digest():
                return "group"
            case Listing(chat=chat) | Note(chat=chat) | Charts(chat=chat) if chat < 0:
                return "group"
            case Alarm(tip=tip):
                return tip
            case Dropping(item=item):
                return item
            case Ringing():
                return "phones"
            case Alert():
                return "operator"
            case Opening(chat=chat) | Glimpse(chat=chat) | Proof(chat=chat) | Exporting(chat=chat):
                return str(chat)
            case Listing(chat=chat) | Sweeping(chat=chat) | Note(chat=chat) | Charts(chat=chat):
                return str(chat)
            case _:
                raise TypeError("no parcel of this lane")

    async def deliver(self, parcel: Parcel, name: str) -> Settle:
        match parcel:
            case Opening(tip, chat):
                return await self._showing.open(tip, chat, name)
            case Glimpse(tip, chat):
                return await self._showing.glimpse(tip, chat, name)
            case Proof(tip, chat):
                return await self._showing.proof(tip, chat, name)
            case Exporting(tip, chat):
                clerk = Clerk(self.desk, self.bot, self.committer, self.store, self.reading)
                return await clerk.hand(tip, chat)
            case Dropping(item):
                await apart(self.store.drop, item)
                return _nothing
            case Ringing() | Alert():
                return await self._ring(parcel)
            case Sweeping(chat, messages):
                await self.bot.delete(chat, messages)
                return _nothing
            case Note(chat, text) if chat > 0:
                await self.bot.say(chat, text)
                return _nothing
            case Listing() | Charts() if parcel.chat > 0:
                return await self._list(parcel)
            case _:
                return await self._unless_away(parcel)

    async def _ring(self, parcel: Ringing | Alert) -> Settle:
        """Tell officers' phones, or the operator."""
        if isinstance(parcel, Alert):
            return await distress.tell(self.desk, self.bot, parcel)
        return lambda tx: nudges.tell(self.desk, tx)

    async def _unless_away(self, parcel: Parcel) -> Settle:
        """Bring it to the group; while we are not in it, everything waits until we are again."""
        try:
            return await self._to_group(parcel)
        except Never as never:
            if never.halt or never.code != FORBIDDEN:
                raise
            raise Later(AWAY, never.code) from None

    async def _to_group(self, parcel: Parcel) -> Settle:
        match parcel:
            case CardDue(tip, answered, handed):
                return await self._posting.card(tip, handed, answered=answered)
            case Parting(group, message, text):
                return await self._posting.part(group, message, text)
            case Alarm():
                return self._watch.alarm(parcel)
            case Late():
                return await self._watch.late(parcel, clean=await self.group.is_clean())
            case Morning():
                return await self._watch.morning()
            case Digest():
                return await self._bursts.tell(clean=await self.group.is_clean())
            case Note(text=text):
                await self.group.say(text)
                return _nothing
            case Listing() | Charts():
                return await self._list(parcel)
            case _:
                raise TypeError("no parcel of this lane")

    async def _list(self, parcel: Listing | Charts) -> Settle:
        show = lists.show(self.group, parcel) if isinstance(parcel, Listing) else gallery.show(self.group, parcel)
        return await show

    def fail(self, parcel: Parcel) -> Settle | None:
        """What cannot be deleted any more is gone, what was asked for can be again; a card waits for the operator."""
        return _nothing if isinstance(parcel, Sweeping | Listing | Charts | Exporting) else None


def _nothing(_tx: Connection) -> Collection[str]:
    return ()
