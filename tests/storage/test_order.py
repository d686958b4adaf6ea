"""The order in which things came is forgotten once, however many processes begin at the same time."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from storage import outbox
from storage.database import Database
from storage.order import forget_order

MANY = 300


def test_several_that_begin_at_once_and_somebody_who_writes_do_not_stand_in_each_others_way(
    database: Database, other: Database
) -> None:
    def write() -> None:
        for number in range(MANY):
            with other.transaction() as tx:
                outbox.owe(tx, f"card-{number}", "desk:bawaslu", b"sealed", 0.0)

    with ThreadPoolExecutor(4) as several:
        begun = [several.submit(write), *(several.submit(forget_order, database) for _ in range(3))]
        for each in begun:
            each.result()
    with database.snapshot() as tx:
        assert set(tx.execute(select(outbox.OWED.c.id)).scalars()) == {f"card-{number}" for number in range(MANY)}
