"""Brings what is owed to officers: cards into the group, opened tips into a private chat, and their deletion."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import distress, gallery, lists, nudges, pages, transcripts
from bot.alarms import Watch, owe_first
from bot.bursts import Bursts, untouched
from bot.channels.base import Button, Later, Never
from bot.channels.desk import DeskBot, Lost
from bot.courier import Settle
from bot.desk import Desk
from bot.dossier.carrier import Clerk
from bot.faces import blank, face
from bot.group import AWAY, Group, Posted
from bot.opening import Reader, Shown
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
from bot.presses import alike, proposed
from bot.reading import Reading, exhibits
from bot.whole import Opened, whole
from handlers.desk import Card, Handed, clock
from handlers.messages import Say, Term
from handlers.places import Places
from handlers.status import Status
from storage import tips
from storage.committer import Committer
from storage.errors import Gone, Sealed
from storage.evidence import Folder

# What Telegram says where a bot was removed.
FORBIDDEN = 403


@dataclass(slots=True)
class ToOfficers:
    """Carries one desk's lane."""

    desk: Desk
    bot: DeskBot
    committer: Committer
    identities: tuple[str, ...]
    store: Folder
    places: Places
    bucket: Bucket = field(default_factory=Bucket)
    group: Group = field(init=False)
    # What this process last put on each of the group's messages.
    shown: dict[int, tuple[int, str, list[list[Button]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.group = Group(self.desk, self.bot, self.committer, self.bucket)

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
                return await self._open(tip, chat, name)
            case Glimpse(tip, chat):
                return await self._glimpse(tip, chat, name)
            case Proof(tip, chat):
                return await self._proof(tip, chat, name)
            case Exporting(tip, chat):
                clerk = Clerk(self.desk, self.bot, self.committer, self.store, self._reading)
                return await clerk.hand(tip, chat)
            case Dropping(item):
                await asyncio.to_thread(self.store.drop, item)
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
                return await self._card(tip, handed, answered=answered)
            case Parting(group, message, text):
                return await self._part(group, message, text)
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

    @property
    def _bursts(self) -> Bursts:
        return Bursts(self.desk, self.group, self.committer)

    @property
    def _watch(self) -> Watch:
        return Watch(self.desk, self.group, self.committer)

    def fail(self, parcel: Parcel) -> Settle | None:
        """What cannot be deleted any more is gone, what was asked for can be again; a card waits for the operator."""
        return _nothing if isinstance(parcel, Sweeping | Listing | Charts | Exporting) else None

    @property
    def _reading(self) -> Reading:
        return Reading(self.desk, self.identities, self.places)

    async def _read(self, tip: str, handed: Handed | None = None) -> Opened | None:
        """Open a tip; none where it has been taken back or belongs to another desk."""
        try:
            return await self.committer.commit(lambda tx: self._reading.opened(tx, tip, handed))
        except (Gone, Sealed):
            return None

    async def _part(self, group: int, message: int, text: str) -> Settle:
        """Say below a card's name that its tip is another desk's now."""
        if group != await self.committer.commit(self.desk.room):
            return _nothing  # the group has another id now, and none of its old messages
        clean = await self.group.is_clean()
        self.shown.pop(message, None)
        with suppress(Lost):
            await self.group.change(message, text if clean else blank(self.desk.words), [])
        return _nothing

    async def _card(self, tip: str, handed: Handed | None, *, answered: bool) -> Settle:
        opened = await self._read(tip, handed)
        if opened is None:
            return _nothing
        if opened.card.message == 0:
            waits = untouched(opened.card, opened.status) and not answered
            told = answered or opened.card.answered
            if (opened.status.closed and not told) or (waits and opened.card.announced):
                return _nothing
            if waits and (opened.card.collected or (not opened.card.live and self._bursts.crowded())):
                return self._bursts.collect(tip)
        clean = await self.group.is_clean()
        card = replace(opened.card, answered=answered or opened.card.answered)
        at = await self._post(tip, card, opened, clean=clean)
        return lambda tx: self._posted(tx, tip, at, card, opened)

    def _posted(self, tx: Connection, tip: str, at: Posted, card: Card, opened: Opened) -> Collection[str]:
        """Write only what this delivery knows: an officer may have pressed meanwhile."""
        lanes = set[str]()
        if tips.route(tx, tip) != self.desk.name:
            # It was handed on meanwhile: what was posted just now has no card any more.
            return self.desk.owe(tx, Sweeping(at.group, (at.message,))) if not opened.card.message else ()
        now = self.desk.notes.card(tx, tip) or card
        posted = at.message if self.desk.room(tx) == at.group else 0
        if posted and now.message not in {0, opened.card.message, posted}:
            # A press has made us know an earlier posting of the same card, whose answer had been lost.
            posted, other = max(posted, now.message), min(posted, now.message)
            lanes |= set(self.desk.owe(tx, Sweeping(at.group, (other,))))
        if not now.watched and card.is_unread(opened.status):
            lanes |= {*owe_first(self.desk, tx, tip, live=card.live), *nudges.count(self.desk, tx)}
            now = replace(now, watched=True)
        answered = card.answered or now.answered
        known = replace(now, message=posted, topic=at.topic, items=card.items, answered=answered)
        self.desk.notes.put(tx, tip, known)
        return lanes

    async def _post(self, tip: str, card: Card, opened: Opened, *, clean: bool) -> Posted:
        words = self.desk.words
        text = face(card, opened.status, words, self._clock(card)) if clean else blank(words)
        rows = await self._rows(tip, card, opened.status)
        face_ = (opened.group, text, rows)
        if card.message and self.shown.get(card.message) == face_:
            # A change to what stands there already would be refused.
            return Posted(opened.group, card.message, card.topic)
        at = await self._change_or_say(Posted(opened.group, card.message, card.topic), text, rows)
        self.shown[at.message] = (at.group, text, rows)
        return at

    async def _change_or_say(self, at: Posted, text: str, rows: list[list[Button]]) -> Posted:
        if at.message:
            with suppress(Lost):
                await self.group.change(at.message, text, rows)
                return at
        return await self.group.say(text, rows)

    async def _open(self, tip: str, chat: int, name: str) -> Settle:
        opened = await self._read(tip)
        if opened is None:
            return _nothing
        rows = await self._rows(tip, opened.card, opened.status, private=True)
        near = await self.committer.commit(lambda tx: proposed(self.desk, tx, tip, opened.card))
        shown = Shown(whole(opened, self.places, near), exhibits(self.desk, self.store, opened), rows)
        return await Reader(self.desk, self.bot, self.committer).show(shown, chat, name)

    async def _list(self, listing: Listing | Charts) -> Settle:
        """Show a list, or bring it up to date; in a group that is not clean it tells nothing."""
        if isinstance(listing, Charts):
            return await gallery.show(self.group, listing)
        shown, group = await self.committer.commit(lambda tx: (pages.page(self.desk, tx, listing), self.desk.room(tx)))
        if listing.chat < 0 and listing.chat != group:
            return _nothing  # asked for in a group that has another id now: it can be asked for again
        if listing.chat < 0 and listing.kind != "bantuan" and not await self.group.is_clean():
            shown = lists.Page(Say("desk-unclean-group"), [])
        text, in_group = self.desk.say(shown.say), listing.chat < 0
        with suppress(Lost):
            if listing.message and in_group:
                await self.group.change(listing.message, text, shown.rows)
            elif listing.message:
                await self.bot.change(listing.chat, listing.message, text, shown.rows)
            if listing.message:
                return _nothing
        if in_group:
            await self.group.say(text, shown.rows, thread=listing.thread)
        else:
            await self.bot.say(listing.chat, text, shown.rows)
        return gallery.after(self.desk, listing)

    async def _glimpse(self, tip: str, chat: int, name: str) -> Settle:
        """Show the question that waits, to somebody who may let it go out."""
        opened = await self._read(tip)
        if opened is None or opened.card.pending is None:
            return _nothing
        rows = await self._rows(tip, opened.card, opened.status, private=True)
        words = {"reference": opened.card.reference, "text": opened.card.pending.text, "by": opened.card.pending.by}
        say = Say("desk-question-shown", words)
        return await Reader(self.desk, self.bot, self.committer).show(Shown(say, (), rows), chat, name)

    async def _proof(self, tip: str, chat: int, name: str) -> Settle:
        """Show what was written of a voice, to whoever wrote it; they may have given it up meanwhile."""
        opened, room = await self._read(tip), await self.committer.commit(self.desk.notes.room)
        writing = room.writing.get(chat)
        if opened is None or writing is None or (writing.tip, bool(writing.text)) != (tip, True):
            return _nothing
        rows = transcripts.proof_buttons(self.desk, tip, opened.status, writing)
        shown = Shown(transcripts.proof(opened.card, writing), (), rows)
        return await Reader(self.desk, self.bot, self.committer).show(shown, chat, name)

    def _clock(self, card: Card) -> Term:
        return clock(card, self.desk.clock().date(), self.desk.deadlines)

    async def _rows(self, tip: str, card: Card, status: Status, *, private: bool = False) -> list[list[Button]]:
        near = await self.committer.commit(lambda tx: alike(self.desk, tx, tip, card))
        voices = await self.committer.commit(lambda tx: transcripts.left(tx, tip, card)) if private else ()
        return self.desk.buttons.below(tip, card, status, self.desk.book(card, near, voices), private=private)


def _nothing(_tx: Connection) -> Collection[str]:
    return ()
