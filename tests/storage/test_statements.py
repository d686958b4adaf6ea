"""Statements that go to the driver as they are: the same rows, and the same errors, as through SQLAlchemy."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.sql.expression import insert, text

from storage.database import Database, is_down
from storage.models import METADATA
from storage.statements import Statement

OWED = METADATA.tables["owed"]
KEEP = Statement(lambda _dialect: insert(OWED))
READ = Statement(lambda _dialect: select(OWED.c.lane, OWED.c.payload, OWED.c.due).where(OWED.c.id == bindparam("name")))
SECRET = b"nobody shall read this in a log"


@pytest.fixture
def tx(database: Database) -> Iterator[Connection]:
    with database.engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


EMPTY = {"attempts": 0, "failures": 0, "lease": 0.0, "parked": False, "code": None, "holder": None, "way": None}


def keep(tx: Connection, name: str = "one") -> None:
    KEEP.run(tx, id=name, lane="telegram", payload=SECRET, due=1.5, **EMPTY)


def test_what_was_written_is_read(tx: Connection) -> None:
    keep(tx)
    assert READ.run(tx, name="one").fetchall() == [("telegram", SECRET, 1.5)]
    assert READ.run(tx, name="two").fetchall() == []


def test_sqlalchemy_reads_it_in_the_same_transaction(tx: Connection) -> None:
    keep(tx)
    row = tx.execute(select(OWED)).one()
    assert (row.id, row.lane, row.payload, row.parked, row.code) == ("one", "telegram", SECRET, False, None)


def test_an_error_is_sqlalchemys_and_names_no_value(tx: Connection) -> None:
    keep(tx)
    with pytest.raises(IntegrityError) as raised:
        keep(tx)
    assert SECRET.decode() not in str(raised.value)
    assert "one" not in str(raised.value.params or "")
    assert not is_down(raised.value)


def test_a_value_that_was_forgotten_is_no_statement(tx: Connection) -> None:
    with pytest.raises((KeyError, DBAPIError)):
        Statement(lambda _dialect: insert(OWED)).run(tx, id="one")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_database_that_takes_nothing_is_down(tx: Connection) -> None:
    tx.execute(text("PRAGMA query_only=ON"))
    with pytest.raises(OperationalError) as raised:
        keep(tx)
    assert is_down(raised.value)
