"""What may be counted of the tables without saying anything of anybody: what is owed, by lane and age, and drafts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from storage.models import METADATA
from storage.outbox import OWED, sent_lane

DRAFT = METADATA.tables["draft"]


@dataclass(frozen=True, slots=True)
class Lane:
    """How much waits in a lane, and since when (seconds since 1970) the longest."""

    name: str
    count: int
    since: float


def overdue(tx: Connection, now: float) -> Sequence[Lane]:
    """Count by lane what is due and has not arrived; what only waits for word of its arrival does not count."""
    due = OWED.c.due <= now, OWED.c.parked.is_(False), OWED.c.lane.not_like(sent_lane("%"))
    counted = select(OWED.c.lane, func.count(), func.min(OWED.c.due)).where(*due).group_by(OWED.c.lane)
    return [Lane(*row) for row in tx.execute(counted.order_by(OWED.c.lane)).all()]


def drafts(tx: Connection) -> int:
    """Count the conversations under way."""
    return int(tx.execute(select(func.count()).select_from(DRAFT)).scalar_one())
