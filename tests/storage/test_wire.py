"""Processes that share nothing but a PostgreSQL wake each other through it, also after it was away."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import wire as wires
from storage.database import Database
from storage.wire import Wire

# Well below the second in which a courier looks by itself.
SOON = 0.5
HANG_UP = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ 'LISTEN|pg_notify' AND pid <> pg_backend_pid()
"""


def test_sqlite_has_no_wire(tmp_path: Path) -> None:
    database = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    assert Wire.of(database) is None
    database.close()


@asynccontextmanager
async def process(database: Database, name: str) -> AsyncIterator[tuple[Wire, list[float]]]:
    """A process of this name: its wire, and when it was woken."""
    wire, woken = Wire.of(database), list[float]()
    assert wire is not None
    running = asyncio.create_task(wire.run(name, lambda: woken.append(time.monotonic())))
    await until(lambda: len(woken) == 1)
    yield wire, woken
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110  # the server alone knows
            await asyncio.sleep(0.005)


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
class TestOnPostgres:
    async def test_only_who_is_rung_for_wakes_and_at_once(self, database: Database, other: Database) -> None:
        async with process(database, "intake") as (intake, heard), process(other, "desk-bawaslu") as (_, theirs):
            for _ in range(3):
                before = len(theirs)
                intake.ring({"desk-bawaslu"})
                await until(lambda before=before: len(theirs) > before, SOON)  # type: ignore[misc]  # bound now
            assert len(heard) == 1

    async def test_a_ring_from_before_anybody_listened_is_not_missed(self, database: Database, other: Database) -> None:
        async with process(database, "intake") as (intake, _):
            intake.ring({"desk-bawaslu"})
            await asyncio.sleep(0.1)
            async with process(other, "desk-bawaslu") as (_, theirs):
                assert theirs, "whoever begins to listen looks at once"

    async def test_who_is_alone_knows_it_and_a_dead_one_counts_no_more(
        self, database: Database, other: Database
    ) -> None:
        async with process(database, "intake") as (first, _), process(database, "desk-bawaslu") as (desk, _):
            assert await first.alone()
            assert await desk.alone(), "one of another name does not count"
            async with process(other, "intake") as (second, _):
                assert not await second.alone()
        async with process(other, "intake") as (third, _):
            assert await third.alone()

    async def test_who_comes_back_after_the_server_hung_up_is_seen_again(
        self, database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wires, "AGAIN", 0.05)
        async with process(database, "intake") as (first, woken):
            assert await first.alone()
            with database.transaction() as tx:
                tx.execute(text(HANG_UP))
            await until(lambda: len(woken) == 2)
            async with process(other, "intake") as (second, _):
                assert not await second.alone()

    async def test_a_broken_connection_is_made_anew(
        self, database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wires, "AGAIN", 0.05)
        async with process(database, "intake") as (intake, _), process(other, "desk-bawaslu") as (_, theirs):
            intake.ring({"desk-bawaslu"})
            await until(lambda: len(theirs) == 2)
            with database.transaction() as tx:
                tx.execute(text(HANG_UP))
            await until(lambda: len(theirs) == 3)
            # The ring that finds the line dead is lost, which a courier's own net makes up for; the next is not.
            intake.ring({"desk-bawaslu"})
            await asyncio.sleep(0.5)
            heard = len(theirs)
            intake.ring({"desk-bawaslu"})
            await until(lambda: len(theirs) > heard, SOON)
