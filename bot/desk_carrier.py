"""Brings what is owed to officers: cards into the group, opened tips into a private chat, and their deletion."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import letters
from bot.alarms import Watch, owe_first
from bot.channels.base import Button, Later
from bot.channels.desk import DeskBot, Lost, Moved
from bot.courier import Settle
from bot.desk import Desk
from bot.faces import face
from bot.opening import READING, Reader, Shown
from bot.pace import Bucket
from bot.parcels import Alarm, CardDue, Glimpse, Late, Morning, Note, Opening, Parcel, Sweeping
from bot.presses import alike
from bot.references import references
from handlers.desk import Card, clock, gist
from handlers.messages import Say, Term, Word
from handlers.places import Places
from handlers.status import Status
from handlers.tip import Tip
from storage import evidence, tips
from storage.committer import Committer
from storage.errors import Gone, Sealed
from storage.evidence import Folder
from storage.tips import Letter
from storage.vault import open_sealed


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the desk reads of a tip before it talks to Telegram."""

    tip: Tip
    card: Card
    status: Status
    pieces: tuple[evidence.Piece, ...]
    replies: tuple[Letter, ...]
    group: int


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

    def destination(self, parcel: Parcel) -> str:
        match parcel:
            case CardDue() | Morning() | Late():
                return "group"
            case Alarm(tip=tip):
                return tip
            case Opening(chat=chat) | Glimpse(chat=chat) | Sweeping(chat=chat) | Note(chat=chat):
                return str(chat)
            case _:
                raise TypeError("no parcel of this lane")

    async def deliver(self, parcel: Parcel, name: str) -> Settle:
        match parcel:
            case CardDue(tip, answered):
                return await self._card(tip, answered=answered)
            case Opening(tip, chat):
                return await self._open(tip, chat, name)
            case Glimpse(tip, chat):
                return await self._glimpse(tip, chat, name)
            case Alarm():
                return self._watch.alarm(parcel)
            case Late():
                return await self._watch.late(parcel)
            case Morning():
                return await self._watch.morning()
            case Sweeping(chat, messages):
                await self.bot.delete(chat, messages)
                return _nothing
            case Note(chat, text):
                await self.bot.say(chat, text)
                return _nothing
            case _:
                raise TypeError("no parcel of this lane")

    @property
    def _watch(self) -> Watch:
        return Watch(self.desk, self.bot, self.committer, self.bucket)

    def fail(self, parcel: Parcel) -> Settle | None:
        """What cannot be deleted any more is gone; a card that cannot be posted waits for the operator."""
        return _nothing if isinstance(parcel, Sweeping) else None

    async def _read(self, tip: str) -> _Opened | None:
        """Open a tip; none where it has been taken back or belongs to another desk."""
        try:
            return await self.committer.commit(lambda tx: self._opened(tx, tip))
        except (Gone, Sealed):
            return None

    def _opened(self, tx: Connection, id_: str) -> _Opened:
        tip = tips.open_tip(tx, id_, self.identities)
        found = tuple(evidence.of(tx, id_))
        replies = tuple(tips.replies(tx, id_, self.identities))
        known = self.desk.notes.card(tx, id_)
        card = letters.noted(known or self._new_card(tx, tip), replies)
        if card != known:
            # A new one is kept before it is posted: a press on it must find it, and a second posting must not have
            # another reference.
            self.desk.notes.put(tx, id_, card)
        items = sum(not piece.lost for piece in found)
        return _Opened(tip, replace(card, items=items), tips.status(tx, id_), found, replies, self.desk.room(tx))

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
        self.bucket.take()
        card = replace(opened.card, answered=answered or opened.card.answered)
        message = await self._post(tip, card, opened)

        return lambda tx: self._posted(tx, tip, message, card, opened)

    def _posted(self, tx: Connection, tip: str, message: int, card: Card, opened: _Opened) -> Collection[str]:
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

    async def _post(self, tip: str, card: Card, opened: _Opened) -> int:
        text = face(card, opened.status, self.desk.words, self._clock(card))
        rows = await self._rows(tip, card, opened.status)
        try:
            if card.message:
                await self.bot.change(opened.group, card.message, text, rows)
                return card.message
            return await self.bot.say(opened.group, text, rows)
        except Lost:
            return await self.bot.say(opened.group, text, rows)
        except Moved as moved:
            group = moved.chat
        await self.committer.commit(lambda tx: self.desk.move(tx, group))
        raise Later(0)

    async def _open(self, tip: str, chat: int, name: str) -> Settle:
        opened = await self._read(tip)
        if opened is None:
            return _nothing
        rows = await self._rows(tip, opened.card, opened.status)
        shown = Shown(_whole(opened, self.places), lambda: self._pictures(opened), rows)
        return await Reader(self.desk, self.bot, self.committer).show(shown, chat, name)

    async def _glimpse(self, tip: str, chat: int, name: str) -> Settle:
        """Show the question that waits, to somebody who may let it go out."""
        opened = await self._read(tip)
        if opened is None or opened.card.pending is None:
            return _nothing
        rows = await self._rows(tip, opened.card, opened.status)
        words = {"reference": opened.card.reference, "text": opened.card.pending.text, "by": opened.card.pending.by}
        say = Say("desk-question-shown", words)
        return await Reader(self.desk, self.bot, self.committer).show(Shown(say, list, rows), chat, name)

    def _clock(self, card: Card) -> Term:
        return clock(card, self.desk.clock().date(), self.desk.deadlines)

    async def _rows(self, tip: str, card: Card, status: Status) -> list[list[Button]]:
        near = await self.committer.commit(lambda tx: alike(self.desk, tx, tip, card))
        return self.desk.buttons.below(tip, card, status, self.desk.book(card, near))

    def _pictures(self, opened: _Opened) -> list[bytes]:
        keys = {enclosure.id: enclosure.key for enclosure in opened.tip.enclosures}
        here = [piece for piece in opened.pieces if piece.here and piece.id in keys]
        return [open_sealed(self.store.get(piece.id), [keys[piece.id]]) for piece in here]


def _nothing(_tx: Connection) -> Collection[str]:
    return ()


def _whole(opened: _Opened, places: Places) -> Say:
    """The tip as an officer reads it."""
    tip, nothing = opened.tip, Term("nothing")
    place: Word = " · ".join(part for part in (places.named(tip.place) if tip.place else "", tip.place_words) if part)
    words: dict[str, Word] = {
        "reference": opened.card.reference,
        "what": Term(f"what-{tip.what}"),
        "post": Term(f"post-{tip.post}") if tip.post else nothing,
        "who": tip.who or nothing,
        "place": Term("where-online") if tip.online else place or nothing,
        "when": tip.when or tip.when_words or nothing,
        "known": tip.known or nothing,
        "story": tip.story or nothing,
        "letters": letters.thread(opened.card, opened.replies) or nothing,
        "notes": _remarks(opened.card) or nothing,
        "twins": tuple(one.reference for one in opened.card.twins) or nothing,
        "conflict": Term(f"conflict-{tip.conflict}") if tip.conflict else nothing,
        "live": Term("card-live") if tip.live else "",
        "items": _files(opened.pieces),
        "expires": READING // 60,
    }
    return Say("desk-tip", words)


def _remarks(card: Card) -> tuple[Word, ...]:
    """Say what officers have noted, and the legal codes."""
    notes = (Term("desk-remark", {"by": one.by, "day": one.day, "text": one.text}) for one in card.remarks)
    codes = (Term("desk-codes", {"codes": ", ".join(card.codes)}),) if card.codes else ()
    return (*codes, *notes)


def _files(found: Sequence[evidence.Piece]) -> Word:
    missing = sum(not piece.here for piece in found)
    return Term("desk-files-missing", {"here": len(found) - missing, "count": missing}) if missing else len(found)
