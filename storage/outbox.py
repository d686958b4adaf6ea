"""What is owed: everything that must still arrive, as rows with a lease, kept until it is settled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select, update

from storage.database import insert_or_replace
from storage.models import METADATA
from storage.statements import Statement, Value

OWED = METADATA.tables["owed"]
# A courier that dies holds its rows no longer than this, in seconds.
LEASE = 60.0

_UNTOUCHED: Mapping[str, Value] = {"attempts": 0, "failures": 0, "parked": False, "code": None, "holder": None}
_OWE = Statement(lambda dialect: insert_or_replace(OWED, dialect))
_ARRIVE = Statement(
    lambda _dialect: delete(OWED).where(OWED.c.id == bindparam("name"), OWED.c.payload == bindparam("sealed"))
)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing owed, as a courier takes it; `failures` are those before."""

    id: str
    lane: str
    failures: int
    payload: bytes


def owe(  # noqa: PLR0913, PLR0917  # one row, all of it
    tx: Connection, id_: str, lane: str, payload: bytes, due: float, way: bytes | None = None
) -> None:
    """Owe something from `due` (seconds since 1970) on. The same id again replaces what was owed under it.

    What is owed on the same `way` goes out in the order in which it is due, whoever delivers it.
    """
    _OWE.run(tx, id=id_, lane=lane, due=due, lease=due, payload=payload, way=way, **_UNTOUCHED)


def release(tx: Connection, lanes: Collection[str]) -> None:
    """Whoever delivered these lanes is gone: what they had claimed may be claimed at once."""
    tx.execute(update(OWED).where(OWED.c.lane.in_(lanes)).values(lease=OWED.c.due, holder=None))


def give_back(tx: Connection, dead: Collection[str]) -> None:
    """Let go of what these couriers had claimed, and nobody else's."""
    tx.execute(update(OWED).where(OWED.c.holder.in_(dead)).values(lease=OWED.c.due, holder=None))


def renew(tx: Connection, holder: str, now: float) -> None:
    """Hold what this courier has for another lease."""
    tx.execute(update(OWED).where(OWED.c.holder == holder).values(lease=now + LEASE))


def claim(tx: Connection, lanes: Collection[str], now: float, most: int, holder: str = "") -> Sequence[Row]:
    """Take what is due in these lanes, the longest owed first; nobody else gets it before the lease ends.

    What is owed on a way stays while anything older on that way is another courier's, or has been put off.
    """
    given: Mapping[str, Value] = {"now": now, "most": most, "until": now + LEASE, "holder": holder, **_named(lanes)}
    found = _claim(len(lanes)).run(tx, **given).fetchall()
    return [Row(*row[:4]) for row in sorted(found, key=lambda row: row[4])]


def next_due(tx: Connection, lanes: Collection[str], now: float) -> float | None:
    """Say when, after `now`, the next thing in these lanes may be claimed (seconds since 1970), if ever."""
    [row] = _next_due(len(lanes)).run(tx, now=now, **_named(lanes)).fetchall()
    return min((float(due) for due in row if due is not None), default=None)


@cache
def _claim(count: int) -> Statement:
    """One statement for both: lease what is due in so many lanes, and give it."""
    now, holder = bindparam("now", type_=OWED.c.due.type), bindparam("holder", type_=OWED.c.holder.type)
    lanes = OWED.c.lane.in_([bindparam(f"lane{number}") for number in range(count)])
    wanted = select(OWED.c.id, OWED.c.way, OWED.c.due).where(lanes, OWED.c.lease <= now, OWED.c.parked.is_(False))
    # Apart, because PostgreSQL may run a plain subquery more than once, and lock more than was wanted.
    ready = wanted.order_by(OWED.c.due).limit(bindparam("most")).with_for_update(skip_locked=True).cte("ready")
    # What another is claiming in this very moment was passed by, and looks as free as before: it counts as well.
    older = OWED.alias("older")
    ours = (older.c.holder == holder) | older.c.id.in_(select(ready.c.id))
    ahead = older.c.way == ready.c.way, older.c.due < ready.c.due, older.c.parked.is_(False), ours.is_not(True)
    first = select(ready.c.id).where(~select(older.c.id).where(*ahead).exists())
    leased = update(OWED).where(OWED.c.id.in_(first))
    leased = leased.values(lease=bindparam("until"), holder=holder, attempts=OWED.c.attempts + 1)
    claimed = leased.returning(OWED.c.id, OWED.c.lane, OWED.c.failures, OWED.c.payload, OWED.c.due)
    return Statement(lambda _dialect: claimed)


@cache
def _next_due(count: int) -> Statement:
    """Ask each lane apart, so that an index answers without a look at what is not asked for."""
    after = OWED.c.lease > bindparam("now", type_=OWED.c.lease.type), OWED.c.parked.is_(False)
    lanes = [OWED.c.lane == bindparam(f"lane{number}") for number in range(count)]
    soonest = select(*(select(func.min(OWED.c.lease)).where(lane, *after).scalar_subquery() for lane in lanes))
    return Statement(lambda _dialect: soonest)


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

    What was tried has failed once more; what was not even tried is as untouched as before it was claimed.
    """
    count = {"failures": OWED.c.failures + 1} if tried else {"attempts": OWED.c.attempts - 1}
    tx.execute(update(OWED).where(*_same(row)).values(lease=until, holder=None, **count))


def park(tx: Connection, row: Row, code: int | None = None) -> None:
    """Stop trying; it stays for the operator to look at and send again. `code` is the platform's own reason."""
    values = {"lease": OWED.c.due, "holder": None, "way": None, "parked": True, "code": code}
    tx.execute(update(OWED).where(*_same(row)).values(values))


def sent_lane(lane: str) -> str:
    """Name the lane in which what was handed to a platform waits for word of its arrival."""
    return f"sent:{lane}"


def watch(tx: Connection, row: Row, until: float) -> None:
    """It was handed over: in a lane of its own it waits for word of its arrival, or till nobody doubts it any more.

    Word may have come before this: then the row is gone already, or owed again, and nobody holds it.
    """
    held = update(OWED).where(*_same(row), OWED.c.lane == row.lane, OWED.c.holder.is_not(None))
    tx.execute(held.values(lane=sent_lane(row.lane), due=until, lease=until, holder=None, way=None))


def failures(tx: Connection, id_: str) -> int:
    """Say how often a thing was refused or failed; 0 where it is owed no more."""
    return int(tx.execute(select(OWED.c.failures).where(OWED.c.id == id_)).scalar() or 0)


def withdraw(tx: Connection, id_: str, lane: str, now: float) -> bool:
    """Take back what is still owed in this lane, parked or not; False where it is gone or somebody delivers it now."""
    waiting = OWED.c.id == id_, OWED.c.lane == lane, OWED.c.lease <= now
    return bool(tx.execute(delete(OWED).where(*waiting)).rowcount)


def come_back(tx: Connection, id_: str, lane: str, due: float) -> None:
    """What was handed over from `lane` did not arrive: owe it again from `due` on (seconds since 1970)."""
    found = update(OWED).where(OWED.c.id == id_, OWED.c.lane.in_((lane, sent_lane(lane))))
    fresh = {"lane": lane, "due": due, "lease": due, "holder": None, "way": None}
    tx.execute(found.values(**fresh, failures=OWED.c.failures + 1))


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
    return int(tx.execute(rows.values(parked=False, attempts=0, failures=0, code=None)).rowcount)
