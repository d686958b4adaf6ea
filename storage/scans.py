"""How often each poster was followed in a month: full fives alone, added nights later; docs/columns.md says why."""

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.models import METADATA

# Fewer people than this are never counted: the table holds multiples of it.
FULL = 5
COUNTS = METADATA.tables["poster_count"]

# A poster's code and a month, as ("62.71", "2026-11").
Poster = tuple[str, str]


def add(tx: Connection, scans: Mapping[Poster, int]) -> None:
    """Add to what is counted. Raises ValueError for what is no multiple of five."""
    if odd := [many for many in scans.values() if many <= 0 or many % FULL]:
        raise ValueError(f"{odd[0]} scans are not full fives")
    statement = sqlite.insert(COUNTS) if tx.dialect.name == "sqlite" else postgresql.insert(COUNTS)
    more = statement.on_conflict_do_update(
        index_elements=["code", "month"], set_={"count": COUNTS.c.count + statement.excluded["count"]}
    )
    for (code, month), many in sorted(scans.items()):
        tx.execute(more, {"code": code, "month": month, "count": many})


def counted(tx: Connection) -> dict[Poster, int]:
    """Read all that is counted, the newest month first and in it the most followed poster."""
    rows = tx.execute(select(COUNTS).order_by(COUNTS.c.month.desc(), COUNTS.c.count.desc(), COUNTS.c.code))
    return {(code, month): many for code, month, many in rows}
