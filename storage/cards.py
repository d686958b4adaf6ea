"""The desk's own notes, sealed to itself: its cards, its room, and the chain of what its officers did."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from hashlib import blake2b

from msgspec import MsgspecError, Struct, json, msgpack
from msgspec.structs import replace
from sqlalchemy import Connection, Select, Table, bindparam, delete, func, insert, select

from handlers.desk import GENERAL, Card
from storage.audit import START, link
from storage.box import MARK, Box, Boxes
from storage.database import insert_or_replace
from storage.errors import Sealed
from storage.models import METADATA
from storage.statements import Statement

CARD, DESK, EVENT = (METADATA.tables[name] for name in ("card", "desk", "event"))
# Cards whose bodies are read in one statement.
TOGETHER = 500


def _marks_of(_dialect: str) -> Select[tuple[str, bytes]]:
    return select(CARD.c.tip, func.substr(CARD.c.body, 1, MARK)).where(CARD.c.desk == bindparam("desk"))


_MARKS = Statement(_marks_of)


class Writing(Struct, frozen=True):
    """What an officer's next words in private are for a tip, on this day alone: a `question`, `note` or `transcript`.

    `voice` is the file a transcript is of, `text` what was written of it so far.
    """

    tip: str
    what: str
    day: date
    voice: str = ""
    text: str = ""

    @property
    def mark(self) -> str:
        """A short name of exactly these words of this voice, for the button that keeps them."""
        return blake2b(f"{self.voice}|{self.text}".encode(), digest_size=4).hexdigest()


class Phone(Struct, frozen=True):
    """An officer's number on WhatsApp, digits alone; `mark` tells from which sealed entry of the roster it is."""

    mark: bytes
    number: str


class Ring(Struct, frozen=True):
    """The last message to an officer's phone: what it is owed as, and of how many reports it tells."""

    row: str
    count: int


class Room(Struct, frozen=True):
    """What a desk remembers of its own room: where its group moved to, who opened a chat, the audit's head.

    `epoch` is that of the key whose words were last told to the group; `marks` the last message known in each officer's
    chat, `writing` what an officer is about to type there, `morning` the day of the last morning's message, `topic` the
    desk's own where its group is a forum, `told` who has read today that nothing typed in the group goes anywhere,
    `reminded` when everybody was last reminded of what is late (in seconds since 1970). `phones` are officers' numbers,
    `rings` the last message to each, `rung` when that was (seconds since 1970), `unsaid` how many reports came since.
    """

    group: int = 0
    chats: tuple[int, ...] = ()
    head: bytes = START
    length: int = 0
    epoch: str = ""
    marks: dict[int, int] = {}
    writing: dict[int, Writing] = {}
    morning: date | None = None
    told: dict[int, date] = {}
    topic: int = GENERAL
    reminded: float = 0
    phones: dict[int, Phone] = {}
    rings: dict[int, Ring] = {}
    rung: float = 0.0
    unsaid: int = 0


class Act(Struct, frozen=True):
    """One thing an officer did, as the audit keeps it."""

    tip: str
    day: date
    officer: str
    action: str

    @staticmethod
    def on(day: int) -> date:
        """Read a day as the table has it."""
        return date.fromordinal(day)


class Notes:
    """Reads and writes the notes of one desk, which may have tens of thousands of cards.

    Each is read and opened once, and again when somebody has written it. That its mark tells: 0.7 µs of CPU a card on
    PostgreSQL and 2.6 on SQLite, where reading them all takes 7 and 3 to 6 (measured).
    """

    def __init__(self, desk: str, box: Box | Boxes) -> None:
        self.desk = desk
        self._box = box
        self._opened: dict[str, tuple[bytes, Card]] = {}
        self._references: set[str] | None = None

    def card(self, tx: Connection, tip: str) -> Card | None:
        """Read a tip's card; none before it was first made, and after the key it was sealed to was destroyed."""
        return self._card(tip, self._read(tx, CARD, CARD.c.tip == tip))

    def _card(self, tip: str, body: bytes | None) -> Card | None:
        try:
            return msgpack.decode(self._box.open(body, tip.encode()), type=Card) if body else None
        except Sealed:
            return None

    def cards(self, tx: Connection) -> dict[str, Card]:
        """Read all cards of this desk that its keys open, by tip."""
        marks = dict(_MARKS.run(tx, desk=self.desk).fetchall())
        self._opened = {tip: known for tip, known in self._opened.items() if marks.get(tip) == known[0]}
        fresh = [tip for tip in marks if tip not in self._opened]
        for at in range(0, len(fresh), TOGETHER):
            self._opened.update(self._read_all(tx, fresh[at : at + TOGETHER]))
        return {tip: card for tip, (_, card) in self._opened.items()}

    def _read_all(self, tx: Connection, tips: Collection[str]) -> Iterator[tuple[str, tuple[bytes, Card]]]:
        for tip, body in tx.execute(select(CARD.c.tip, CARD.c.body).where(CARD.c.tip.in_(tips))).all():
            # One that is broken must not hide the others; whoever presses it is told.
            with suppress(MsgspecError):
                if card := self._card(tip, body):
                    yield tip, (body[:MARK], card)

    def references(self, tx: Connection) -> Collection[str]:
        """Name every reference that a card of this desk has, or had since this process began: no two may have one."""
        if self._references is None:
            self._references = {card.reference for card in self.cards(tx).values()}
        return self._references

    def put(self, tx: Connection, tip: str, card: Card) -> None:
        if self._references is not None:
            self._references.add(card.reference)
        body = self._box.seal(msgpack.encode(card), tip.encode())
        tx.execute(insert_or_replace(CARD, tx.dialect.name), {"tip": tip, "desk": self.desk, "body": body})

    def forget(self, tx: Connection, tip: str) -> None:
        """Forget a card: its tip is another desk's now."""
        tx.execute(delete(CARD).where(CARD.c.tip == tip))

    def room(self, tx: Connection) -> Room:
        body = self._read(tx, DESK, DESK.c.name == self.desk)
        return msgpack.decode(self._box.open(body, self.desk.encode()), type=Room) if body else Room()

    def keep(self, tx: Connection, room: Room) -> None:
        body = self._box.seal(msgpack.encode(room), self.desk.encode())
        tx.execute(insert_or_replace(DESK, tx.dialect.name), {"name": self.desk, "body": body})

    def move(self, tx: Connection, group: int) -> Sequence[str]:
        """The group has another id now, and none of its old messages; return the tips whose cards it had."""
        self.keep(tx, replace(self.room(tx), group=group, topic=GENERAL))
        return self._unpost(tx, self.cards(tx))

    def unpost(self, tx: Connection, topic: int) -> Sequence[str]:
        """A topic is gone with all that stood there; return the tips whose cards did."""
        return self._unpost(tx, {tip: card for tip, card in self.cards(tx).items() if card.topic == topic})

    def _unpost(self, tx: Connection, cards: Mapping[str, Card]) -> Sequence[str]:
        for tip, card in cards.items():
            self.put(tx, tip, replace(card, message=0, announced=0, topic=GENERAL))
        return list(cards)

    def reseal(self, tx: Connection, tips: Collection[str]) -> None:
        """Seal the room and the cards of these tips to the present key."""
        self.keep(tx, self.room(tx))
        for tip in tips:
            if card := self.card(tx, tip):
                self.put(tx, tip, card)

    def record(self, tx: Connection, act: Act) -> None:
        """Add to the audit: the new link holds the old one and what was done."""
        room = self.room(tx)
        told = json.encode(act)
        head = link(room.head, told)
        row = {
            "link": head, "previous": room.head, "desk": self.desk, "tip": act.tip, "day": act.day.toordinal(),
            "officer": act.officer, "action": act.action, "step": self._step(tx, act.tip),
        }  # fmt: skip
        tx.execute(insert(EVENT), row)
        self.keep(tx, replace(room, head=head, length=room.length + 1))

    @staticmethod
    def _step(tx: Connection, tip: str) -> int:
        """Count on within the tip, whichever desk it was at."""
        return 1 + tx.execute(select(func.count()).where(EVENT.c.tip == tip)).scalar_one()

    def _read(self, tx: Connection, table: Table, where: object) -> bytes | None:
        row = tx.execute(select(table.c.body).where(where).with_for_update()).first()  # type: ignore[arg-type]  # a clause
        return row.body if row else None
