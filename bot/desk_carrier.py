"""Brings what is owed to officers: cards into the group, opened tips into a private chat, and their deletion."""

import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import letters, lists
from bot.alarms import Watch, owe_first
from bot.bursts import Bursts, untouched
from bot.channels.base import Button, Later, Never
from bot.channels.desk import DeskBot, Lost, Moved
from bot.courier import Settle
from bot.desk import Desk
from bot.faces import blank, face
from bot.hygiene import Hygiene
from bot.opening import Piece, Reader, Shown
from bot.pace import Bucket
from bot.parcels import Alarm, CardDue, Digest, Glimpse, Late, Listing, Morning, Note, Opening, Parcel, Sweeping
from bot.presses import alike, proposed
from bot.references import references
from bot.whole import Opened, whole
from handlers.desk import Card, clock, gist
from handlers.files import at
from handlers.messages import Say, Term
from handlers.places import Places
from handlers.status import Status
from handlers.tip import Enclosure, Tip
from storage import evidence, tips
from storage.cards import Act
from storage.committer import Committer
from storage.errors import Gone, Sealed
from storage.evidence import Folder
from storage.vault import open_sealed

# Who withdraws, in the audit: no officer.
REPORTER = "-"
# What Telegram says where a bot was removed; how soon to look again, in seconds.
FORBIDDEN, AWAY = 403, 60.0


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
    hygiene: Hygiene | None = None
    # What this process last put on each of the group's messages.
    shown: dict[int, tuple[int, str, list[list[Button]]]] = field(default_factory=dict)

    def destination(self, parcel: Parcel) -> str:
        match parcel:
            case CardDue() | Morning() | Late() | Digest():
                return "group"
            case Listing(chat=chat) if chat < 0:
                return "group"
            case Alarm(tip=tip):
                return tip
            case Opening(chat=chat) | Glimpse(chat=chat) | Listing(chat=chat) | Sweeping(chat=chat) | Note(chat=chat):
                return str(chat)
            case _:
                raise TypeError("no parcel of this lane")

    async def deliver(self, parcel: Parcel, name: str) -> Settle:
        match parcel:
            case Opening(tip, chat):
                return await self._open(tip, chat, name)
            case Glimpse(tip, chat):
                return await self._glimpse(tip, chat, name)
            case Sweeping(chat, messages):
                await self.bot.delete(chat, messages)
                return _nothing
            case Note(chat, text):
                await self.bot.say(chat, text)
                return _nothing
            case Listing() if parcel.chat > 0:
                return await self._list(parcel)
            case _:
                return await self._unless_away(parcel)

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
            case CardDue(tip, answered):
                return await self._card(tip, answered=answered)
            case Alarm():
                return self._watch.alarm(parcel)
            case Late():
                return await self._watch.late(parcel, clean=await self._is_clean())
            case Morning():
                return await self._watch.morning()
            case Digest():
                return await self._bursts.tell(clean=await self._is_clean())
            case Listing():
                return await self._list(parcel)
            case _:
                raise TypeError("no parcel of this lane")

    @property
    def _bursts(self) -> Bursts:
        return Bursts(self.desk, self.bot, self.committer, self.bucket)

    async def _is_clean(self) -> bool:
        if self.hygiene is None:
            self.hygiene = Hygiene(self.desk, self.bot, self.committer)
        return await self.hygiene.is_clean(await self.committer.commit(self.desk.room))

    @property
    def _watch(self) -> Watch:
        return Watch(self.desk, self.bot, self.committer, self.bucket)

    def fail(self, parcel: Parcel) -> Settle | None:
        """What cannot be deleted any more is gone, a list can be asked for again; a card waits for the operator."""
        return _nothing if isinstance(parcel, Sweeping | Listing) else None

    async def _read(self, tip: str) -> Opened | None:
        """Open a tip; none where it has been taken back or belongs to another desk."""
        try:
            return await self.committer.commit(lambda tx: self._opened(tx, tip))
        except (Gone, Sealed):
            return None

    def _opened(self, tx: Connection, id_: str) -> Opened:
        self._note_withdrawn(tx, id_)
        tip = tips.open_tip(tx, id_, self.identities)
        tip = replace(tip, enclosures=(*tip.enclosures, *tips.attached(tx, id_, self.identities)))
        found = tuple(evidence.of(tx, id_))
        replies = tuple(tips.replies(tx, id_, self.identities))
        known = self.desk.notes.card(tx, id_)
        card = letters.noted(known or self._new_card(tx, tip), replies)
        if card != known:
            # A new one is kept before it is posted: a press on it must find it, and a second posting must not have
            # another reference.
            self.desk.notes.put(tx, id_, card)
        items = sum(not piece.lost for piece in found)
        return Opened(tip, replace(card, items=items), tips.status(tx, id_), found, replies, self.desk.room(tx))

    def _note_withdrawn(self, tx: Connection, id_: str) -> None:
        """Write into the audit, once, that a reporter has withdrawn a tip; of one nobody read the card forgets too."""
        if tips.status(tx, id_) is not Status.WITHDRAWN or tips.was_withdrawn(tx, id_):
            return
        self.desk.notes.record(tx, Act(id_, self.desk.clock().date(), REPORTER, Status.WITHDRAWN))
        card = self.desk.notes.card(tx, id_)
        if card and not tips.is_read(tx, id_):
            self.desk.notes.put(tx, id_, replace(card, place="", live=False, gist=(), thread=(), items=0, pending=None))

    def _new_card(self, tx: Connection, tip: Tip) -> Card:
        code = self.places.kecamatan(tip.place) or tip.place
        place = self.places.named(code) if code else ""
        taken = {card.reference for card in self.desk.notes.cards(tx).values()}
        name = next(one for one in references(secrets.randbelow) if one not in taken)
        known = tip.known or tip.when
        return Card(
            reference=name,
            what=tip.what,
            place=place,
            day=tip.day,
            items=len(tip.enclosures),
            live=tip.live,
            known=known.first if known and known.kind != "unknown" else tip.day,
            gist=gist(tip, code),
        )

    async def _card(self, tip: str, *, answered: bool) -> Settle:
        opened = await self._read(tip)
        if opened is None:
            return _nothing
        if opened.card.message == 0:
            waits = untouched(opened.card, opened.status) and not answered
            told = answered or opened.card.answered
            if (opened.status.closed and not told) or (waits and opened.card.announced):
                return _nothing
            if waits and (opened.card.collected or (not opened.card.live and self._bursts.crowded())):
                return self._bursts.collect(tip)
        clean = await self._is_clean()
        self.bucket.take()
        card = replace(opened.card, answered=answered or opened.card.answered)
        message = await self._post(tip, card, opened, clean=clean)

        return lambda tx: self._posted(tx, tip, message, card, opened)

    def _posted(self, tx: Connection, tip: str, message: int, card: Card, opened: Opened) -> Collection[str]:
        """Write only what this delivery knows: an officer may have pressed meanwhile."""
        lanes = set[str]()
        now = self.desk.notes.card(tx, tip) or card
        posted = message if self.desk.room(tx) == opened.group else 0
        if posted and now.message not in {0, opened.card.message, posted}:
            # A press has made us know an earlier posting of the same card, whose answer had been lost.
            posted, other = max(posted, now.message), min(posted, now.message)
            lanes |= set(self.desk.owe(tx, Sweeping(opened.group, (other,))))
        if not now.watched and opened.status is Status.RECEIVED:
            lanes |= set(owe_first(self.desk, tx, tip, live=card.live))
            now = replace(now, watched=True)
        known = replace(now, message=posted, items=card.items, answered=card.answered or now.answered)
        self.desk.notes.put(tx, tip, known)
        return lanes

    async def _post(self, tip: str, card: Card, opened: Opened, *, clean: bool) -> int:
        words = self.desk.words
        text = face(card, opened.status, words, self._clock(card)) if clean else blank(words)
        rows = await self._rows(tip, card, opened.status)
        face_ = (opened.group, text, rows)
        if card.message and self.shown.get(card.message) == face_:
            return card.message  # a change to what stands there already would be refused
        try:
            message = await self._change_or_say(opened.group, card.message, text, rows)
        except Moved as moved:
            group = moved.chat
        else:
            self.shown[message] = face_
            return message
        await self.committer.commit(lambda tx: self.desk.move(tx, group))
        raise Later(0)

    async def _change_or_say(self, group: int, message: int, text: str, rows: list[list[Button]]) -> int:
        if message:
            with suppress(Lost):
                await self.bot.change(group, message, text, rows)
                return message
        return await self.bot.say(group, text, rows)

    async def _open(self, tip: str, chat: int, name: str) -> Settle:
        opened = await self._read(tip)
        if opened is None:
            return _nothing
        rows = await self._rows(tip, opened.card, opened.status, private=True)
        near = await self.committer.commit(lambda tx: proposed(self.desk, tx, tip, opened.card))
        shown = Shown(whole(opened, self.places, near), self._evidence(opened), rows)
        return await Reader(self.desk, self.bot, self.committer).show(shown, chat, name)

    async def _list(self, listing: Listing) -> Settle:
        """Show a list, or bring it up to date; in a group that is not clean it tells nothing."""
        shown = await self.committer.commit(lambda tx: lists.page(self.desk, tx, listing))
        if listing.chat < 0:
            clean = listing.kind == "bantuan" or await self._is_clean()
            self.bucket.take()
            shown = shown if clean else lists.Page(Say("desk-unclean-group"), [])
        text = self.desk.say(shown.say)
        try:
            if listing.message:
                await self.bot.change(listing.chat, listing.message, text, shown.rows)
                return _nothing
        except Lost:
            pass
        await self.bot.say(listing.chat, text, shown.rows)
        return _nothing

    async def _glimpse(self, tip: str, chat: int, name: str) -> Settle:
        """Show the question that waits, to somebody who may let it go out."""
        opened = await self._read(tip)
        if opened is None or opened.card.pending is None:
            return _nothing
        rows = await self._rows(tip, opened.card, opened.status, private=True)
        words = {"reference": opened.card.reference, "text": opened.card.pending.text, "by": opened.card.pending.by}
        say = Say("desk-question-shown", words)
        return await Reader(self.desk, self.bot, self.committer).show(Shown(say, (), rows), chat, name)

    def _clock(self, card: Card) -> Term:
        return clock(card, self.desk.clock().date(), self.desk.deadlines)

    async def _rows(self, tip: str, card: Card, status: Status, *, private: bool = False) -> list[list[Button]]:
        near = await self.committer.commit(lambda tx: alike(self.desk, tx, tip, card))
        return self.desk.buttons.below(tip, card, status, self.desk.book(card, near), private=private)

    def _evidence(self, opened: Opened) -> tuple[Piece, ...]:
        here = {piece.id for piece in opened.pieces if piece.here}
        return tuple(self._piece(enclosure) for enclosure in opened.tip.enclosures if enclosure.id in here)

    def _piece(self, enclosure: Enclosure) -> Piece:
        """The reporter's choice decides whether the hour is there to be shown."""
        taken = self.desk.say(Say("desk-taken", {"moment": at(enclosure.taken)})) if enclosure.taken else None
        return Piece(enclosure.kind, lambda: open_sealed(self.store.get(enclosure.id), [enclosure.key]), taken)


def _nothing(_tx: Connection) -> Collection[str]:
    return ()
