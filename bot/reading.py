"""Opens tips for the desk, keeps their cards up to date with what is in them, and says what can be done with them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import letters, transcripts
from bot.channels.base import Button
from bot.data import tables
from bot.desk import Desk
from bot.forwarding import received
from bot.opening import Piece
from bot.presses import alike
from bot.references import references
from bot.whole import Opened
from handlers.desk import Card, Handed, gist
from handlers.files import at
from handlers.messages import Say
from handlers.places import Places
from handlers.routes import barred
from handlers.status import Status
from handlers.tip import Enclosure, Tip
from storage import evidence, tips
from storage.cards import Act
from storage.committer import Committer
from storage.errors import Gone, Sealed
from storage.evidence import Store
from storage.transcripts import of as written
from storage.vault import open_sealed

# Who withdraws, in the audit: no officer.
REPORTER = "-"


@dataclass(frozen=True, slots=True)
class Reading:
    """What opens the tips of one desk."""

    desk: Desk
    identities: Sequence[str]
    places: Places
    committer: Committer

    async def read(self, tip: str, handed: Handed | None = None) -> Opened | None:
        """Open a tip; none where it has been taken back or belongs to another desk."""
        try:
            return await self.committer.commit(lambda tx: self.opened(tx, tip, handed))
        except (Gone, Sealed):
            return None

    async def below(self, tip: str, card: Card, status: Status, *, private: bool = False) -> list[list[Button]]:
        """Lay out the buttons that stand below a card, or below a tip opened in private."""
        near = await self.committer.commit(lambda tx: alike(self.desk, tx, tip, card))
        voices = await self.committer.commit(lambda tx: transcripts.left(tx, tip, card)) if private else ()
        return self.desk.buttons.below(tip, card, status, self.desk.book(card, near, voices), private=private)

    def opened(self, tx: Connection, id_: str, handed: Handed | None = None) -> Opened:
        """Open a tip, and bring its card up to date. Raises Gone, and Sealed where it is another desk's."""
        self._note_withdrawn(tx, id_)
        tip = tips.open_tip(tx, id_, self.identities)
        tip = replace(tip, enclosures=(*tip.enclosures, *tips.attached(tx, id_, self.identities)))
        found = tuple(evidence.of(tx, id_))
        replies = tuple(tips.letters(tx, id_, self.identities))
        known = self.desk.notes.card(tx, id_)
        card = received(known or self._new_card(tx, tip), handed)
        card = transcripts.noted(letters.noted(card, replies), tip.enclosures)
        names = (self.desk.name, *self.desk.offices)
        card = replace(card, barred=tuple(sorted(barred(tip, tables.rules(), names))))
        if card != known:
            # A new one is kept before it is posted: a press on it must find it, and a second posting must not have
            # another reference.
            self.desk.notes.put(tx, id_, card)
        items = sum(not piece.lost for piece in found)
        spoken, group = written(tx, id_, self.identities), self.desk.room(tx)
        return Opened(tip, replace(card, items=items), tips.status(tx, id_), found, replies, group, spoken)

    def _note_withdrawn(self, tx: Connection, id_: str) -> None:
        """Write into the audit, once, that a reporter has withdrawn a tip; of one nobody read the card forgets too."""
        notes = self.desk.notes
        if tips.status(tx, id_) is not Status.WITHDRAWN or tips.was_withdrawn(tx, id_):
            return
        notes.record(tx, Act(id_, self.desk.clock().date(), REPORTER, Status.WITHDRAWN))
        card = notes.card(tx, id_)
        if card and not tips.is_read(tx, id_):
            notes.put(tx, id_, replace(card, place="", live=False, gist=(), thread=(), items=0, pending=None))

    def _new_card(self, tx: Connection, tip: Tip) -> Card:
        code = self.places.kecamatan(tip.place) or tip.place
        place = self.places.named(code) if code else ""
        taken = self.desk.notes.references(tx)
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


def exhibits(desk: Desk, store: Store, opened: Opened) -> tuple[Piece, ...]:
    """Get the evidence that is here ready to be shown; each piece is opened when its turn comes."""
    here = {piece.id for piece in opened.pieces if piece.here}
    return tuple(_exhibit(desk, store, one, opened.card) for one in opened.tip.enclosures if one.id in here)


def _exhibit(desk: Desk, store: Store, one: Enclosure, card: Card) -> Piece:
    """The reporter's choice decides whether the hour is there to be shown; one of several voices has its number."""
    told: list[str] = []
    if one.id in card.voices and len(card.voices) > 1:
        told.append(desk.say(Say("desk-voice", {"number": transcripts.number(card, one.id)})))
    if one.taken:
        told.append(desk.say(Say("desk-taken", {"moment": at(one.taken)})))
    return Piece(one.kind, lambda: open_sealed(store.get(one.id), [one.key]), "\n".join(told) or None)
