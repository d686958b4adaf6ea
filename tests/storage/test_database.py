"""A snapshot, on both databases."""

from sqlalchemy import Connection, func, insert, select

from storage.database import Database
from storage.models import METADATA

DESK = METADATA.tables["desk"]


def desks(tx: Connection) -> int:
    return tx.execute(select(func.count()).select_from(DESK)).scalar_one()


def test_a_snapshot_stays_as_it_stood_and_holds_up_nobody_who_writes(database: Database, other: Database) -> None:
    with database.snapshot() as seen:
        assert desks(seen) == 0
        with other.transaction() as tx:
            tx.execute(insert(DESK), {"name": "bawaslu", "body": b"sealed"})
        assert desks(seen) == 0
    with database.snapshot() as seen:
        assert desks(seen) == 1
