"""A PostgreSQL that dies and is back ten seconds later: nobody is refused, and nothing acknowledged is lost."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from storage import committer as committers
from storage import outbox
from storage.committer import Committer
from storage.database import Database, is_gone
from storage.outbox import OWED
from tests.storage import postgres
from tests.storage.committing import committing
from tests.storage.postgres import Cluster

pytestmark = pytest.mark.postgres
AT_ONCE = 8
GONE = 10.0
DURABLE = ("listen_addresses=",)


@pytest.fixture(scope="module")
def mortal() -> Iterator[Cluster]:
    """A server of these stories alone, which really syncs, and which they may kill."""
    where = postgres.programs()
    if where is None:
        pytest.skip(f"no PostgreSQL below {postgres.PROGRAMS} (Debian: apt install postgresql)")
    with postgres.running(where, settings=DURABLE) as running:
        yield running


@pytest.fixture
def database(mortal: Cluster) -> Iterator[Database]:
    database = Database.at(mortal.migrated())
    yield database
    with suppress(OperationalError):
        database.close()


class Crowd:
    """People who write one thing after the other, and note what they were told is durable."""

    def __init__(self, committer: Committer) -> None:
        self._committer = committer
        self._numbers = count()
        self.told: list[str] = []
        self.ended = False

    async def write(self) -> None:
        while not self.ended:
            name = f"{next(self._numbers)}"
            await self._committer.commit(lambda tx, name=name: _owe(tx, name))  # type: ignore[misc]  # bound now
            self.told.append(name)


def _owe(tx: Connection, name: str) -> None:
    outbox.owe(tx, name, "telegram", b"words", 0.0)


def kept(database: Database) -> set[str]:
    with database.transaction() as tx:
        return set(tx.execute(select(OWED.c.id)).scalars())


async def test_ten_seconds_without_a_database_cost_nobody_a_word(mortal: Cluster, database: Database) -> None:
    async with committing(database) as committer:
        crowd = Crowd(committer)
        async with asyncio.TaskGroup() as group:  # raises what any of them was refused with
            for _ in range(AT_ONCE):
                group.create_task(crowd.write())
            await asyncio.sleep(0.5)
            await asyncio.to_thread(mortal.stop)
            before = len(crowd.told)
            await asyncio.sleep(GONE)
            silent = len(crowd.told)
            await asyncio.to_thread(mortal.start)
            await asyncio.sleep(1)
            crowd.ended = True
    assert before > 0
    assert silent == before, "nothing is acknowledged while nothing can be kept"
    assert len(crowd.told) > silent
    assert set(crowd.told) <= kept(database)
    assert len(crowd.told) == len(set(crowd.told))


async def test_whoever_waits_longer_than_that_is_told(
    mortal: Cluster, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committers, "PATIENCE", 0.5)
    async with committing(database) as committer:
        await committer.commit(lambda tx: _owe(tx, "before"))
        await asyncio.to_thread(mortal.stop)
        try:
            begun = time.monotonic()
            with pytest.raises(OperationalError) as raised:
                await committer.commit(lambda tx: _owe(tx, "meanwhile"))
            assert 0.5 <= time.monotonic() - begun < 5
            assert is_gone(raised.value)
        finally:
            await asyncio.to_thread(mortal.start)
        await committer.commit(lambda tx: _owe(tx, "after"))
    assert {"before", "after"} <= kept(database)
