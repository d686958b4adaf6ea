"""What one press leads to: whether whoever pressed may, what the handlers decide, and what is owed for it."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import letters, transcripts
from bot.alarms import owe_first
from bot.channels.desk_update import Pressed
from bot.desk import Desk
from bot.forwarding import forward
from bot.parcels import Exporting, Glimpse, Note, Opening, Sweeping
from handlers.desk import Book, Card, Done, Menu, Officer, Twin, nearest, press
from handlers.messages import Say
from handlers.status import Status
from storage import tips
from storage.cards import Act, Writing
from storage.errors import Gone, Sealed


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell the presser, once it is committed."""

    toast: Say
    lanes: frozenset[str] = frozenset()
    start_first: bool = False
    below: tuple[str, Card, Status] | None = None
    book: Book | None = None


# More buttons than these nobody looks through.
MOST_ALIKE = 8
NOT_YOURS = Answer(Say("toast-not-yours"))
STALE = Answer(Say("toast-stale"))


def decide(desk: Desk, tx: Connection, pressed: Pressed) -> Answer:
    """Look whether this press is one of an officer of this desk, here and now, and do what it asks for."""
    officer = desk.officers.get(pressed.user)
    pointed = desk.buttons.read(pressed.data)
    if officer is None or pressed.chat not in (pressed.user, desk.room(tx)):
        return NOT_YOURS
    if pointed is None:
        return STALE
    tip, action = pointed
    try:
        status = tips.status(tx, tip)
    except Gone:
        return STALE
    card = desk.notes.card(tx, tip)
    if card is None or tips.route(tx, tip) != desk.name:
        return _elsewhere(desk, tx, pressed.data, tip, action)
    pressing = Pressing(desk, tx, pressed, officer, tip)
    if not desk.buttons.fits(pressed.data, tip, action, status):
        if _was_ours(desk, pressed.data, tip, action):
            pressing.take_down_older(card)
        return Answer(Say("toast-stale"), pressing.lanes_so_far, below=(tip, card, status))
    card = pressing.adopted(card)
    return pressing.do(press(card, status, action, officer, pressing.book(card)), status)


def _elsewhere(desk: Desk, tx: Connection, data: str, tip: str, action: str) -> Answer:
    """Say where a tip went whose button was ours once."""
    office = desk.offices.get(tips.route(tx, tip) or "")
    ours = _was_ours(desk, data, tip, action)
    return Answer(Say("toast-gone-on", {"office": office.title})) if office and ours else NOT_YOURS


def _was_ours(desk: Desk, data: str, tip: str, action: str) -> bool:
    """Whether this desk made this button for any status that the tip may have had."""
    return any(desk.buttons.fits(data, tip, action, status) for status in Status)


class Pressing:
    """One press that is proven, on its way into the database."""

    def __init__(self, desk: Desk, tx: Connection, pressed: Pressed, officer: Officer, tip: str) -> None:
        self.desk, self.tx, self.pressed, self.officer, self.tip = desk, tx, pressed, officer, tip
        self.lanes: set[str] = set()

    @property
    def lanes_so_far(self) -> frozenset[str]:
        return frozenset(self.lanes)

    def book(self, card: Card) -> Book:
        """Gather what this press is judged by, and what then stands below in the presser's own chat."""
        near, voices = alike(self.desk, self.tx, self.tip, card), transcripts.left(self.tx, self.tip, card)
        written = transcripts.written(self.desk, self.tx, self.tip, card, self.pressed.user) if voices else ""
        return self.desk.book(card, near, voices, written)

    def adopted(self, card: Card) -> Card:
        """Know the card by the message that was pressed, where the answer to its posting was lost.

        An older message of the same tip is one whose posting was not believed: it is taken down.
        """
        if self.take_down_older(card) or self._is_known(card):
            return card
        card = replace(card, message=self.pressed.message)
        self.desk.notes.put(self.tx, self.tip, card)
        return card

    def take_down_older(self, card: Card) -> bool:
        """Take the pressed message down where it is an older card of this tip; say whether it is."""
        older = self.pressed.message < card.message and not self._is_known(card)
        if older:
            self._owe(self.desk.owe(self.tx, Sweeping(self.pressed.chat, (self.pressed.message,))))
        return older

    def _is_known(self, card: Card) -> bool:
        """Whether the pressed message is no card in the group, or a card as we know it, of this tip or another."""
        return self.pressed.private or self.pressed.message == card.message or self._is_anothers()

    def _is_anothers(self) -> bool:
        """A client may name any message beside a button: what is another tip's card stays so."""
        cards = self.desk.notes.cards(self.tx)
        return any(card.message == self.pressed.message for tip, card in cards.items() if tip != self.tip)

    def do(self, done: Done, before: Status) -> Answer:
        """Write what was decided, and owe what follows from it."""
        desk, tx = self.desk, self.tx
        if done.onward:
            return self._hand_on(done)
        private = done.opened or done.glimpsed or done.writing or done.exported
        if private and self.pressed.user not in desk.notes.room(tx).chats:
            return Answer(Say("toast-start-first"), self.lanes_so_far, start_first=True)
        changed = done.status is not before or done.kept or done.card != desk.notes.card(tx, self.tip)
        card = letters.send(desk, tx, self.tip, done.card, done.letter) if done.letter else done.card
        desk.notes.put(tx, self.tip, card)
        if done.recorded:
            self._record(done.recorded)
        if done.status is not before:
            tips.move(tx, self.tip, done.status)
            if done.recorded != done.status:
                self._record(done.status)
            if done.status is Status.RECEIVED:
                # Undone to where nobody had read it: somebody is to be told again.
                self._owe(owe_first(desk, tx, self.tip, live=card.live))
        if done.letter or done.status is not before:
            self._owe(desk.owe_news(tx, self.tip))
        if done.twin:
            self._link(done.twin, card)
        self._privately(done)
        if changed:
            self._owe(desk.owe_refresh(tx, self.tip))
        below = self.tip, card, done.status
        return Answer(done.toast, self.lanes_so_far, below=below, book=self.book(card))

    def _hand_on(self, done: Done) -> Answer:
        try:
            lanes = forward(self.desk, self.tx, self.tip, done.card, done.onward, self.officer.alias)
        except Sealed:
            lanes = None
        return STALE if lanes is None else Answer(done.toast, frozenset((*self.lanes, *lanes)))

    def _privately(self, done: Done) -> None:
        """Owe what only this officer sees."""
        desk, tx, user = self.desk, self.tx, self.pressed.user
        if done.opened:
            self._owe(desk.owe(tx, Opening(self.tip, user)))
        if done.glimpsed:
            self._owe(desk.owe(tx, Glimpse(self.tip, user)))
        if done.exported:
            self._owe(desk.owe(tx, Exporting(self.tip, user)))
        if done.writing:
            room = desk.notes.room(tx)
            writing = {**room.writing, user: Writing(self.tip, done.writing, desk.clock().date(), done.voice)}
            desk.notes.keep(tx, replace(room, writing=writing))
            asked = Say(f"desk-write-{done.writing}", {"reference": done.card.reference})
            wanted = transcripts.begin(done.card, done.voice) if done.voice else asked
            self._owe(desk.owe(tx, Note(user, desk.say(wanted))))
        if done.kept:
            self._owe(transcripts.keep(desk, tx, self.tip, done.card, user, self.officer.alias))

    def _link(self, twin: str, card: Card) -> None:
        """Write the link on the other card too, or take it off there."""
        other = self.desk.notes.card(self.tx, twin)
        if other is None:
            return
        mine = Twin(self.tip, card.reference)
        linked = any(one.tip == twin for one in card.twins)
        twins = (*(one for one in other.twins if one.tip != self.tip), *((mine,) if linked else ()))
        self.desk.notes.put(self.tx, twin, replace(other, twins=twins))

    def _owe(self, lanes: Collection[str]) -> None:
        self.lanes |= set(lanes)

    def _record(self, action: str) -> None:
        desk = self.desk
        desk.notes.record(self.tx, Act(self.tip, desk.clock().date(), self.officer.alias, action))


def alike(desk: Desk, tx: Connection, tip: str, card: Card) -> tuple[Twin, ...]:
    """Propose twins while somebody asks for them, below the card."""
    return proposed(desk, tx, tip, card) if card.menu is Menu.TWIN else ()


def proposed(desk: Desk, tx: Connection, tip: str, card: Card) -> tuple[Twin, ...]:
    """Find this desk's own open tips that may tell of the same event and are not linked yet."""
    cards = desk.notes.cards(tx)
    near = nearest(card, {other: one for other, one in cards.items() if other != tip})
    linked = {one.tip for one in card.twins}
    entries = (desk.entry(tx, other) for other in near if other not in linked)
    still_open = (one for one in entries if one and not one.status.closed)
    return tuple(Twin(one.tip, one.card.reference) for one in islice(still_open, MOST_ALIKE))
