"""What is owed: everything that must still arrive, as rows with a lease, kept until it is settled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select, update
from sqlalchemy.sql.expression import ClauseElement

from storage.database import insert_or_replace
from storage.models import METADATA
from storage.statements import Statement

OWED = METADATA.tables["owed"]
# A courier that dies holds its rows no longer than this, in seconds.
LEASE = 60.0

_OWE = Statement(lambda dialect: insert_or_replace(OWED, dialect))
_ARRIVE = Statement(
    lambda _dialect: delete(OWED).where(OWED.c.id == bindparam("name"), OWED.c.payload == bindparam("sealed"))
)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing owed, as a courier takes it."""

    id: str
    lane: str
    attempts: int
    payload: bytes


def owe(tx: Connection, id_: str, lane: str, payload: bytes, due: float) -> None:
    """Owe something from `due` (seconds since 1970) on. The same id again replaces what was owed under it."""
    _OWE.run(tx, id=id_, lane=lane, due=due, payload=payload, attempts=0, lease=0.0, parked=False, code=None)


def release(tx: Connection, lanes: Collection[str]) -> None:
    """Whoever delivered these lanes is gone: what they had claimed may be claimed at once."""
    tx.execute(update(OWED).where(OWED.c.lane.in_(lanes)).values(lease=0.0))


def claim(tx: Connection, lanes: Collection[str], now: float, most: int) -> Sequence[Row]:
    """Take what is due in these lanes, the longest owed first; nobody else gets it before the lease ends."""
    found = _claim(len(lanes)).run(tx, now=now, most=most, until=now + LEASE, **_named(lanes)).fetchall()
    return [Row(*row[:4]) for row in sorted(found, key=lambda row: row[4])]


def next_due(tx: Connection, lanes: Collection[str]) -> float | None:
    """Say when the next thing in these lanes is due (seconds since 1970), if anything is."""
    [due] = _next_due(len(lanes)).run(tx, **_named(lanes)).fetchall()[0]
    return None if due is None else float(due)


@cache
def _claim(count: int) -> Statement:
    """One statement for both: lease what is due in so many lanes, and give it."""
    now = bindparam("now", type_=OWED.c.due.type)
    free = OWED.c.due <= now, OWED.c.lease <= now, OWED.c.parked.is_(False)
    wanted = select(OWED.c.id).where(_among(count), *free).order_by(OWED.c.due).limit(bindparam("most"))
    # Apart, because PostgreSQL may run a plain subquery more than once, and lock more than was wanted.
    due = wanted.with_for_update(skip_locked=True).cte("due")
    leased = update(OWED).where(OWED.c.id.in_(select(due.c.id)))
    leased = leased.values(lease=bindparam("until"), attempts=OWED.c.attempts + 1)
    claimed = leased.returning(OWED.c.id, OWED.c.lane, OWED.c.attempts, OWED.c.payload, OWED.c.due)
    return Statement(lambda _dialect: claimed)


@cache
def _next_due(count: int) -> Statement:
    def build(dialect: str) -> ClauseElement:
        later = func.max if dialect == "sqlite" else func.greatest
        soonest = func.min(later(OWED.c.due, OWED.c.lease))
        return select(soonest).where(_among(count), OWED.c.parked.is_(False))

    return Statement(build)


def _among(count: int) -> ColumnElement[bool]:
    return OWED.c.lane.in_([bindparam(f"lane{number}") for number in range(count)])


def _named(lanes: Collection[str]) -> dict[str, str]:
    return {f"lane{number}": lane for number, lane in enumerate(lanes)}


def settle(tx: Connection, ids: Collection[str]) -> None:
    """These need not arrive any more."""
    if ids:
        tx.execute(delete(OWED).where(OWED.c.id.in_(ids)))


def arrive(tx: Connection, row: Row) -> None:
    """This has arrived; what was owed anew under the same name meanwhile is still owed."""
    _ARRIVE.run(tx, name=row.id, sealed=row.payload)


def postpone(tx: Connection, row: Row, until: float, *, tried: bool = True) -> None:
    """Do not try again before `until` (seconds since 1970); its place in the order stays.

    What was not even tried is as untouched as before it was claimed.
    """
    attempts = row.attempts if tried else row.attempts - 1
    tx.execute(update(OWED).where(*_same(row)).values(lease=until, attempts=attempts))


def park(tx: Connection, row: Row, code: int | None = None) -> None:
    """Stop trying; it stays for the operator to look at and send again. `code` is the platform's own reason."""
    tx.execute(update(OWED).where(*_same(row)).values(parked=True, lease=0.0, code=code))


def sent_lane(lane: str) -> str:
    """Name the lane in which what was handed to a platform waits for word of its arrival."""
    return f"sent:{lane}"


def watch(tx: Connection, row: Row, until: float) -> None:
    """It was handed over: in a lane of its own it waits for word of its arrival, or till nobody doubts it any more.

    Word may have come before this: then the row is gone already, or owed again, and nobody holds it.
    """
    held = update(OWED).where(*_same(row), OWED.c.lane == row.lane, OWED.c.lease > 0)
    tx.execute(held.values(lane=sent_lane(row.lane), due=until, lease=0.0))


def attempts(tx: Connection, id_: str) -> int:
    """Say how often a thing was tried; 0 where it is owed no more."""
    return int(tx.execute(select(OWED.c.attempts).where(OWED.c.id == id_)).scalar() or 0)


def withdraw(tx: Connection, id_: str, lane: str, now: float) -> bool:
    """Take back what is still owed in this lane, parked or not; False where it is gone or somebody delivers it now."""
    waiting = OWED.c.id == id_, OWED.c.lane == lane, OWED.c.lease <= now
    return bool(tx.execute(delete(OWED).where(*waiting)).rowcount)


def come_back(tx: Connection, id_: str, lane: str, due: float) -> None:
    """What was handed over from `lane` did not arrive: owe it again from `due` on (seconds since 1970)."""
    found = update(OWED).where(OWED.c.id == id_, OWED.c.lane.in_((lane, sent_lane(lane))))
    tx.execute(found.values(lane=lane, due=due, lease=0.0))


def strand(tx: Connection, id_: str, lane: str, now: float, code: int) -> None:
    """What was handed over from `lane` can never arrive: it stays, parked, for the operator."""
    come_back(tx, id_, lane, now)
    tx.execute(update(OWED).where(OWED.c.id == id_, OWED.c.lane == lane).values(parked=True, code=code))


def _same(row: Row) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The very thing that was claimed: sealing is randomised, so no two payloads are equal."""
    return OWED.c.id == row.id, OWED.c.payload == row.payload


def untouched(tx: Connection, id_: str) -> bool:
    """Whether a thing is still owed and nobody has begun to deliver it."""
    row = tx.execute(select(OWED.c.attempts).where(OWED.c.id == id_).with_for_update()).first()
    return row is not None and row.attempts == 0


@dataclass(frozen=True, slots=True)
class Parked:
    """What no courier tries any more, by lane and by the platform's reason; `since` in seconds since 1970."""

    lane: str
    code: int | None
    count: int
    since: float


def parked(tx: Connection) -> Sequence[Parked]:
    """Count what waits for the operator."""
    kind = OWED.c.lane, OWED.c.code
    counted = select(*kind, func.count(), func.min(OWED.c.due)).where(OWED.c.parked.is_(True))
    return [Parked(*row) for row in tx.execute(counted.group_by(*kind).order_by(*kind)).all()]


def again(tx: Connection, lane: str | None = None) -> int:
    """Owe again what is parked, in one lane or in all, as if nobody had tried; return how many."""
    rows = update(OWED).where(OWED.c.parked.is_(True), *(() if lane is None else (OWED.c.lane == lane,)))
    return int(tx.execute(rows.values(parked=False, attempts=0, code=None)).rowcount)
