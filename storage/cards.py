"""The desk's own notes, sealed to itself: its cards, its room, and the chain of what its officers did."""

from datetime import date

from msgspec import Struct, json, msgpack
from sqlalchemy import Connection, Table, insert, select

from handlers.desk import Card
from storage.audit import START, link
from storage.box import Box
from storage.database import insert_or_replace
from storage.models import METADATA

CARD, DESK, EVENT = (METADATA.tables[name] for name in ("card", "desk", "event"))


class Room(Struct, frozen=True):
    """What a desk remembers of its own room: where its group moved to, who opened a chat, the audit's head."""

    group: int = 0
    chats: tuple[int, ...] = ()
    head: bytes = START
    length: int = 0


class Act(Struct, frozen=True):
    """One thing an officer did, as the audit keeps it."""

    tip: str
    day: date
    officer: str
    action: str


class Notes:
    """Reads and writes the notes of one desk."""

    def __init__(self, desk: str, box: Box) -> None:
        self.desk = desk
        self._box = box

    def card(self, tx: Connection, tip: str) -> Card | None:
        """Read a tip's card; none before it was first made."""
        body = self._read(tx, CARD, CARD.c.tip == tip)
        return msgpack.decode(self._box.open(body, tip.encode()), type=Card) if body else None

    def put(self, tx: Connection, tip: str, card: Card) -> None:
        body = self._box.seal(msgpack.encode(card), tip.encode())
        tx.execute(insert_or_replace(CARD, tx.dialect.name), {"tip": tip, "desk": self.desk, "body": body})

    def room(self, tx: Connection) -> Room:
        body = self._read(tx, DESK, DESK.c.name == self.desk)
        return msgpack.decode(self._box.open(body, self.desk.encode()), type=Room) if body else Room()

    def keep(self, tx: Connection, room: Room) -> None:
        body = self._box.seal(msgpack.encode(room), self.desk.encode())
        tx.execute(insert_or_replace(DESK, tx.dialect.name), {"name": self.desk, "body": body})

    def record(self, tx: Connection, act: Act) -> None:
        """Add to the audit: the new link holds the old one and what was done."""
        room = self.room(tx)
        told = json.encode(act)
        head = link(room.head, told)
        row = {
            "link": head, "previous": room.head, "desk": self.desk, "tip": act.tip, "day": act.day.toordinal(),
            "officer": act.officer, "action": act.action,
        }  # fmt: skip
        tx.execute(insert(EVENT), row)
        self.keep(tx, Room(room.group, room.chats, head, room.length + 1))

    def _read(self, tx: Connection, table: Table, where: object) -> bytes | None:
        row = tx.execute(select(table.c.body).where(where).with_for_update()).first()  # type: ignore[arg-type]  # a clause
        return row.body if row else None
