"""Many works become one transaction, each is answered for itself, and nobody before all of it is durable."""

import asyncio
import functools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.committer import MOST, Committer
from storage.database import Database
from storage.models import METADATA
from tests.storage.committing import committing

COUNTS = METADATA.tables["poster_count"]
CROWD = 4 * MOST + 50
"""So many wait at once: several groups."""


def write(number: int, tx: Connection) -> int:
    tx.execute(insert(COUNTS), {"code": f"62.{number:04}", "month": "2026-11", "count": number})
    return number


def writing(number: int) -> Callable[[Connection], int]:
    return functools.partial(write, number)


def written(database: Database) -> set[int]:
    with database.transaction() as tx:
        return set(tx.execute(select(COUNTS.c.count)).scalars())


@dataclass
class Counted:
    """How many transactions a database has begun, and how each ended."""

    begun: int = 0
    committed: int = 0
    rolled_back: int = 0


@contextmanager
def counted(database: Database) -> Iterator[Counted]:
    counts = Counted()

    def one_more(what: str, *_: object) -> None:
        setattr(counts, what, getattr(counts, what) + 1)

    heard = [
        (name, functools.partial(one_more, what))
        for name, what in (("begin", "begun"), ("commit", "committed"), ("rollback", "rolled_back"))
    ]
    for name, listener in heard:
        event.listen(database.engine, name, listener)
    yield counts
    for name, listener in heard:
        event.remove(database.engine, name, listener)


@contextmanager
def gate(committer: Committer) -> Iterator[asyncio.Task[None]]:
    """Keep the committer's thread busy, so that whatever comes meanwhile waits in its queue."""
    open_ = threading.Event()

    def wait(_tx: Connection) -> None:
        assert open_.wait(20)

    task = asyncio.ensure_future(committer.commit(wait))
    try:
        yield task
    finally:
        open_.set()


async def until_it_works(committer: Committer) -> None:
    """Wait until the queue is empty: whoever was first in it is at work."""
    while committer._queue.qsize():  # noqa: SLF001, ASYNC110  # the product needs no sign of it
        await asyncio.sleep(0)


async def together(committer: Committer, *works: Callable[[Connection], object]) -> list[object]:
    """Let all of these wait at once; return what each of them got, errors included."""
    with gate(committer):
        await asyncio.sleep(0)
        await until_it_works(committer)
        waiting = asyncio.gather(*map(committer.commit, works), return_exceptions=True)
        await asyncio.sleep(0)
    return list(await waiting)


async def test_whoever_waits_together_is_committed_together(database: Database, committer: Committer) -> None:
    with counted(database) as counts:
        assert await together(committer, *map(writing, range(200))) == list(range(200))
    assert counts == Counted(begun=2, committed=2), "the gate's, and one for two hundred"
    assert written(database) == set(range(200))


async def test_a_group_has_an_end(database: Database, committer: Committer) -> None:
    with counted(database) as counts:
        await together(committer, *map(writing, range(MOST + 1)))
    assert counts.committed == 3


async def test_works_run_in_the_order_they_came(committer: Committer) -> None:
    ran: list[int] = []
    await together(committer, *(functools.partial(lambda number, _tx: ran.append(number), n) for n in range(100)))
    assert ran == list(range(100))


async def test_what_raises_fails_alone(database: Database, committer: Committer) -> None:
    def poison(tx: Connection) -> None:
        write(99, tx)
        raise KeyError("poison")

    one, failed, other = await together(committer, writing(1), poison, writing(2))
    assert (one, other) == (1, 2)
    assert isinstance(failed, KeyError)
    assert written(database) == {1, 2}


async def test_what_the_database_refuses_fails_alone(database: Database, committer: Committer) -> None:
    one, twice, other = await together(committer, writing(1), writing(1), writing(2))
    assert (one, other) == (1, 2)
    assert isinstance(twice, IntegrityError)
    assert written(database) == {1, 2}


@pytest.mark.parametrize("error", [StopIteration(), StopAsyncIteration(), TimeoutError()], ids=type)
async def test_nothing_that_a_work_raises_stops_the_committer(committer: Committer, error: Exception) -> None:
    def poison(_tx: Connection) -> None:
        raise error

    with pytest.raises((RuntimeError, StopAsyncIteration, TimeoutError)):
        await asyncio.wait_for(committer.commit(poison), 5)
    assert await asyncio.wait_for(committer.commit(writing(1)), 5) == 1


async def test_nobody_is_answered_before_it_is_durable(committer: Committer, other: Database) -> None:
    async def promise(number: int) -> bool:
        await committer.commit(writing(number))
        return number in written(other)

    assert all(await asyncio.gather(*map(promise, range(40))))


async def test_nothing_of_a_group_shows_before_its_commit(committer: Committer, other: Database) -> None:
    seen: list[set[int]] = []

    def look(tx: Connection) -> None:
        seen.append(set(tx.execute(select(COUNTS.c.count)).scalars()))
        reader = other.engine.raw_connection()  # one that takes no lock: it would wait for this very transaction
        cursor = reader.cursor()
        cursor.execute("SELECT count FROM poster_count")
        seen.append({row[0] for row in cursor.fetchall()})
        reader.close()

    await together(committer, writing(1), look)
    assert seen == [{1}, set()]
    assert written(other) == {1}


async def test_whoever_stops_waiting_harms_nobody(database: Database, committer: Committer) -> None:
    with gate(committer):
        await asyncio.sleep(0)
        await until_it_works(committer)
        impatient = asyncio.ensure_future(committer.commit(writing(1)))
        patient = asyncio.ensure_future(committer.commit(writing(2)))
        await asyncio.sleep(0)
        impatient.cancel()
    assert await patient == 2
    assert impatient.cancelled()
    assert written(database) == {1, 2}, "what was handed over is done, whoever still listens"


async def test_a_crowd_is_served_in_the_order_it_came_and_late_comers_after_it(
    database: Database, committer: Committer
) -> None:
    served: list[int] = []

    def serve(number: int) -> Callable[[Connection], int]:
        def work(tx: Connection) -> int:
            served.append(number)
            return write(number, tx)

        return work

    with gate(committer):
        await until_it_works(committer)
        crowd = [asyncio.ensure_future(committer.commit(serve(number))) for number in range(CROWD)]
        await asyncio.sleep(0)
    await crowd[0]
    late = [asyncio.ensure_future(committer.commit(serve(CROWD + number))) for number in range(MOST)]
    assert await asyncio.gather(*crowd, *late) == list(range(CROWD + MOST))
    assert served == list(range(CROWD + MOST))
    assert written(database) == set(range(CROWD + MOST))


async def test_a_database_that_fails_at_the_commit_fails_everybody(database: Database, committer: Committer) -> None:
    def broken(_connection: Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error") if sqlite else psycopg_error()

    sqlite = database.engine.dialect.name == "sqlite"
    event.listen(database.engine, "commit", broken)
    outcomes = await together(committer, writing(1), writing(2), writing(3))
    event.remove(database.engine, "commit", broken)
    assert all(isinstance(outcome, Exception) for outcome in outcomes)
    assert written(database) == set()
    assert await committer.commit(writing(4)) == 4


def psycopg_error() -> Exception:
    import psycopg  # noqa: PLC0415  # only where it is used

    return psycopg.OperationalError("the connection is gone")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_locked_database_is_asked_once_for_all_who_wait(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else two hundred would wait twenty seconds each, one after the other."""
    monkeypatch.setattr("storage.database.PRAGMAS", ("busy_timeout=1",))
    database.close()
    asked: list[object] = []
    event.listen(database.engine, "checkout", lambda *_: asked.append(1))
    async with committing(database) as committer:
        with other.transaction():
            outcomes = await asyncio.gather(*map(committer.commit, map(writing, range(50))), return_exceptions=True)
            assert all(isinstance(outcome, DBAPIError) for outcome in outcomes)
            assert len(asked) <= 2
        assert await committer.commit(writing(1)) == 1


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_two_groups_in_each_others_way_are_both_done_in_the_end(database: Database, other: Database) -> None:
    with database.transaction() as tx:
        for number in (1, 2):
            write(number, tx)
    met = threading.Barrier(2)

    def touch(number: int, tx: Connection, *, wait: bool = False) -> int:
        tx.execute(update(COUNTS).where(COUNTS.c.count == number).values(month="2026-12"))
        with suppress(threading.BrokenBarrierError):  # the second time, alone, nobody comes
            if wait:
                met.wait(2)
                met.abort()
        return number

    def first(number: int) -> Callable[[Connection], int]:
        return functools.partial(touch, number, wait=True)

    def then(number: int) -> Callable[[Connection], int]:
        return functools.partial(touch, number)

    async with committing(database) as one, committing(other) as two:
        done = asyncio.gather(together(one, first(1), then(2)), together(two, first(2), then(1)))
        assert [*await done] == [[1, 2], [2, 1]]


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_who_loses_a_deadlock_alone_tries_again(database: Database, other: Database) -> None:
    """Else an intake that forgets the order of the day would end a desk that happens to write."""
    with database.transaction() as tx:
        for number in (1, 2):
            write(number, tx)
    met = threading.Barrier(2)

    def both(numbers: tuple[int, int], tx: Connection) -> tuple[int, int]:
        for number in numbers:
            tx.execute(update(COUNTS).where(COUNTS.c.count == number).values(month="2026-12"))
            with suppress(threading.BrokenBarrierError):  # the second time nobody comes
                met.wait(2)
        met.abort()
        return numbers

    async with committing(database) as one, committing(other) as two:
        works = (functools.partial(both, numbers) for numbers in ((1, 2), (2, 1)))
        done = asyncio.gather(*(one_.commit(work) for one_, work in zip((one, two), works, strict=True)))
        assert await done == [(1, 2), (2, 1)]


async def test_a_database_that_cannot_be_opened_tells_everybody_and_may_come_back(tmp_path: Path) -> None:
    folder = tmp_path / "mount"
    database = Database.at(f"sqlite:///{folder / 'saksi.db'}")
    async with committing(database) as committer:
        outcomes = await asyncio.gather(*map(committer.commit, map(writing, range(3))), return_exceptions=True)
        assert all(isinstance(outcome, DBAPIError) for outcome in outcomes)
        folder.mkdir()
        await committer.commit(METADATA.create_all)
        assert await committer.commit(writing(7)) == 7
    assert written(database) == {7}
    database.close()


async def test_what_waits_at_the_end_is_neither_done_nor_answered(database: Database) -> None:
    async with committing(database) as committer:
        with gate(committer) as first:
            await asyncio.sleep(0)
            await until_it_works(committer)
            waiting = asyncio.ensure_future(committer.commit(writing(1)))
            await asyncio.sleep(0)
    assert not first.done() or first.result() is None
    assert not waiting.done()
    assert written(database) == set()
    for task in (first, waiting):
        task.cancel()


async def test_a_committer_leaves_no_thread_behind(database: Database) -> None:
    async with committing(database) as committer:
        await committer.commit(writing(1))
        assert any(thread.name.startswith("committer") for thread in threading.enumerate())
    assert not any(thread.name.startswith("committer") for thread in threading.enumerate())
