"""What officers type: in private a question, a note or a greeting; in the group nothing reaches a reporter."""

from collections.abc import Collection
from dataclasses import dataclass

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import letters, transcripts
from bot.channels.desk_update import ANONYMOUS, Wrote
from bot.commands import command
from bot.desk import Desk
from bot.page import owe
from bot.parcels import Listing
from handlers.desk import Card, Officer, Remark, typed
from handlers.messages import Say
from storage import tips
from storage.cards import Act, Writing
from storage.errors import Gone

LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say to whoever wrote, once it is committed."""

    say: Say | None = None
    lanes: frozenset[str] = frozenset()


def reply(desk: Desk, tx: Connection, wrote: Wrote) -> Reply:
    """Decide what typed words lead to."""
    officer = desk.officers.get(wrote.user)
    if not wrote.private:
        return _in_group(desk, tx, wrote, officer) if wrote.chat == desk.room(tx) else Reply()
    if officer is None:
        return Reply(Say("desk-alert-welcome") if wrote.user == desk.operator else Say("desk-unknown"))
    room = desk.notes.room(tx)
    known, writing = wrote.user in room.chats, room.writing.get(wrote.user)
    chats = room.chats if known else (*room.chats, wrote.user)
    goes_on = writing is not None and writing.day == desk.clock().date() and not wrote.text.startswith("/")
    still = room.writing if goes_on else _without(room.writing, wrote.user)
    desk.notes.keep(tx, replace(room, chats=chats, marks={**room.marks, wrote.chat: wrote.message}, writing=still))
    if writing and goes_on:
        return _Typing(desk, tx, wrote, officer, writing).reply()
    return _listed(desk, tx, wrote) or Reply(Say("desk-help") if known else Say("desk-welcome"))


def mark(desk: Desk, tx: Connection, chat: int, message: int) -> None:
    """Know our own answer in an officer's chat: only what comes after it may be left of a tip that was shown."""
    room = desk.notes.room(tx)
    if chat in room.marks:
        desk.notes.keep(tx, replace(room, marks={**room.marks, chat: max(message, room.marks[chat])}))


def _in_group(desk: Desk, tx: Connection, wrote: Wrote, officer: Officer | None) -> Reply:
    """Answer commands; whoever replies to a card or drops a file there is told once a day that it goes nowhere."""
    if command(wrote.text)[0]:
        if wrote.user == ANONYMOUS:
            return Reply(Say("desk-anonymous"))
        return (_listed(desk, tx, wrote) if officer else None) or Reply()
    room, today = desk.notes.room(tx), desk.clock().date()
    if not (wrote.reply or wrote.file) or room.told.get(wrote.user) == today:
        return Reply()
    still = {user: day for user, day in room.told.items() if day == today}
    desk.notes.keep(tx, replace(room, told={**still, wrote.user: today}))
    return Reply(Say("desk-not-relayed"))


def _listed(desk: Desk, tx: Connection, wrote: Wrote) -> Reply | None:
    kind, words = command(wrote.text)
    if not kind:
        return None
    return Reply(lanes=frozenset(owe(desk, tx, Listing(wrote.chat, kind, words, user=wrote.user, thread=wrote.thread))))


def _without(writing: dict[int, Writing], user: int) -> dict[int, Writing]:
    return {other: one for other, one in writing.items() if other != user}


@dataclass(frozen=True, slots=True)
class _Typing:
    """Words for a tip, on their way into the database."""

    desk: Desk
    tx: Connection
    wrote: Wrote
    officer: Officer
    writing: Writing

    def reply(self) -> Reply:
        tip, card = self.writing.tip, self.desk.notes.card(self.tx, self.writing.tip)
        try:
            closed = tips.status(self.tx, tip).closed
        except Gone:
            closed = True
        if card is None or self.officer.alias in card.excluded or (closed and self.writing.what == "question"):
            self._forget()
            return Reply(Say("desk-too-late"))
        if not self.wrote.text.strip():
            return Reply(Say("desk-words-only"))
        match self.writing.what:
            case "note":
                return self._note(card)
            case "transcript":
                return self._transcript(card)
            case _:
                return self._question(card)

    def _transcript(self, card: Card) -> Reply:
        """What is typed on is added: a phone sends a long text in pieces, and people talk in several."""
        if self.writing.voice not in transcripts.left(self.tx, self.writing.tip, card):
            self._forget()
            return Reply(Say("desk-voice-gone"))
        text = "\n".join(filter(None, (self.writing.text, self.wrote.text.strip())))
        if len(text) > transcripts.LONGEST:
            return Reply(Say("desk-refused-long"))
        writing = replace(self.writing, text=text)
        lanes = transcripts.typed(self.desk, self.tx, self.wrote.user, self.wrote.message, writing)
        return Reply(lanes=frozenset(lanes))

    def _note(self, card: Card) -> Reply:
        text = " ".join(self.wrote.text.split())
        if len(text) > LONGEST_NOTE:
            return Reply(Say("desk-refused-long"))
        remark = Remark(self.officer.alias, self.desk.clock().date(), text)
        say = Say("desk-noted", {"reference": card.reference})
        return self._written(replace(card, remarks=(*card.remarks, remark)), say, "noted")

    def _question(self, card: Card) -> Reply:
        done = typed(card, self.wrote.text, self.officer, self.desk.book())
        if not done.recorded:
            return Reply(done.say)
        if not done.letter:
            return self._written(done.card, done.say, done.recorded)
        after = letters.send(self.desk, self.tx, self.writing.tip, done.card, (done.letter,))
        lanes = self.desk.owe_news(self.tx, self.writing.tip)
        return self._written(after, done.say, done.recorded, lanes)

    def _written(self, card: Card, say: Say, recorded: str, lanes: Collection[str] = ()) -> Reply:
        desk, tx, tip = self.desk, self.tx, self.writing.tip
        desk.notes.put(tx, tip, card)
        self._forget()
        desk.notes.record(tx, Act(tip, desk.clock().date(), self.officer.alias, recorded))
        return Reply(say, frozenset((*lanes, *desk.owe_refresh(tx, tip))))

    def _forget(self) -> None:
        room = self.desk.notes.room(self.tx)
        self.desk.notes.keep(self.tx, replace(room, writing=_without(room.writing, self.wrote.user)))
