"""A snapshot, on both databases; and how PostgreSQL plans."""

import pytest
from sqlalchemy import Connection, func, insert, select

from storage.database import Database
from storage.models import METADATA
from storage.order import forget_order
from storage.outbox import claim

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


@pytest.mark.parametrize("url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_no_plan_is_kept_that_was_made_while_a_table_was_empty(database: Database) -> None:
    forget_order(database)
    with database.transaction() as tx:
        for second in range(20):
            claim(tx, ["telegram"], second, most=1)
        plans = "SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements"
        kept, made = tx.exec_driver_sql(plans).one()
    assert kept == 0
    assert made > 0, "the driver prepares what it runs often"
