"""The audit as anybody can check it who has the database and no key: each desk's chain, from its beginning."""

from datetime import date

from msgspec import Struct, json
from sqlalchemy import Connection, select

from handlers.status import CLOSED, Status
from storage.audit import START
from storage.cards import EVENT, Act

Chain = list[tuple[bytes, bytes]]


class Ledger(Struct, frozen=True):
    """A desk's events in their order, each with its link; `strays` are those that no chain from the beginning meets."""

    desk: str
    chain: Chain
    strays: int

    @property
    def head(self) -> str:
        """The last link, in hexadecimal digits."""
        return (self.chain[-1][1] if self.chain else START).hex()

    def place(self, head: str) -> int | None:
        """Say after how many events the chain had this head (or one that begins so); none where it never had."""
        links = (START, *(link for _, link in self.chain))
        return next((place for place, link in enumerate(links) if link.hex().startswith(head.lower())), None)


class Entry(Struct, frozen=True):
    """One event of a tip, as the chain has it; `link` in hexadecimal digits."""

    desk: str
    day: date
    officer: str
    action: str
    link: str


def entries(tx: Connection, tip: str) -> list[Entry]:
    """Read what was done to one tip, at every desk it was at, in its order."""
    rows = tx.execute(select(EVENT).where(EVENT.c.tip == tip).order_by(EVENT.c.step, EVENT.c.day)).all()
    return [Entry(row.desk, Act.on(row.day), row.officer, row.action, row.link.hex()) for row in rows]


def first_moves(tx: Connection) -> dict[str, tuple[date | None, date | None]]:
    """Say of each tip on which day it was first read, and on which it was last closed."""
    wanted = select(EVENT.c.tip, EVENT.c.day, EVENT.c.action)
    found: dict[str, tuple[date | None, date | None]] = {}
    for row in tx.execute(wanted.order_by(EVENT.c.day)).all():
        read, closed = found.get(row.tip, (None, None))
        day = Act.on(row.day)
        if row.action in CLOSED:
            found[row.tip] = (read, day)
        elif row.action == Status.ACKNOWLEDGED and read is None:
            found[row.tip] = (day, closed)
    return found


def ledgers(tx: Connection) -> list[Ledger]:
    """Read every desk's chain by following its links; a second event after one link is a stray."""
    rows = tx.execute(select(EVENT).order_by(EVENT.c.desk, EVENT.c.link)).all()
    desks: dict[str, dict[bytes, tuple[bytes, bytes]]] = {}
    for row in rows:
        act = Act(row.tip, Act.on(row.day), row.officer, row.action)
        desks.setdefault(row.desk, {}).setdefault(row.previous, (json.encode(act), row.link))
    return [_followed(desk, events, sum(row.desk == desk for row in rows)) for desk, events in desks.items()]


def _followed(desk: str, events: dict[bytes, tuple[bytes, bytes]], number: int) -> Ledger:
    chain: Chain = []
    previous = START
    while found := events.pop(previous, None):
        chain.append(found)
        previous = found[1]
    return Ledger(desk, chain, number - len(chain))
