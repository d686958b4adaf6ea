"""A store that is away: files are tried again, whoever writes is not kept waiting, and nothing is lost."""

import asyncio
import functools
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.carriers import Home
from bot.channels.base import FileRef
from bot.courier import POISON, Courier
from bot.opening import Piece
from bot.parcels import FETCH, Fetching, packed
from bot.stores import PATIENCE, apart, let_go, soon
from handlers.messages import Kind
from storage import outbox
from storage.cleaning.cleaner import Cleaner
from storage.committer import Committer
from storage.errors import Unreached
from storage.outbox import OWED
from storage.tickets import issue
from storage.vault import new_identity
from tests.bucket.server import Server
from tests.courier.intake import CHANNEL, Intake
from tests.courier.test_home import Platform

HOUR = 3600.0


async def test_a_file_is_brought_home_once_the_store_is_back_however_often_that_was_tried(
    s3: Server, committer: Committer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    intake = Intake.opened(committer, tmp_path)
    home = Home(intake.turns.house, {CHANNEL: Platform()}, Cleaner(), s3.store(), 1 << 20)
    courier = Courier(committer, intake.wrapper, {FETCH: home}, clock=intake.clock, wake_others=lambda _lanes: None)
    parcel = Fetching(CHANNEL, "1", "item", Kind.IMAGE, FileRef("photo"), new_identity()[1])
    payload = intake.wrapper.to(intake.turns.house.courier, packed(parcel))
    await committer.commit(lambda tx: outbox.owe(tx, "item", FETCH, payload, intake.clock.seconds()))
    s3.stop()
    running, said = asyncio.create_task(courier.run()), ""
    for times in range(1, POISON + 2):
        while said.count("store-away") < times:
            await asyncio.sleep(0.05)
            said += capsys.readouterr().out
        intake.clock.move(HOUR)
        courier.wake()
    [row] = await committer.commit(lambda tx: tx.execute(select(OWED)).all())
    assert (row.id, row.parked) == ("item", False), "no outage is so long that a file is given up"
    s3.start()
    while await committer.commit(lambda tx: tx.execute(select(OWED)).all()):
        intake.clock.move(HOUR)
        courier.wake()
        await asyncio.sleep(0.5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    said += capsys.readouterr().out
    assert "look whether it runs" in said
    assert "owed-failed" not in said


async def test_while_the_store_hangs_nobody_who_writes_waits_for_it_and_tickets_are_drawn(s3: Server) -> None:
    store = s3.store()
    names = [f"file{number}" for number in range(12)]  # more than there are threads
    for name in names:
        store.put(name, b"sealed", _today())
    with s3.frozen():
        begun = time.monotonic()
        await asyncio.gather(*(soon(functools.partial(let_go, store), name) for name in names))
        assert time.monotonic() - begun < 10 * PATIENCE
        await asyncio.wait_for(asyncio.to_thread(issue), 30)
    async with asyncio.timeout(60):
        while s3.files():  # noqa: ASYNC110  # the store alone knows
            await asyncio.sleep(0.05)


async def test_what_is_wrong_with_such_work_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        await soon(_broken)
    with pytest.raises(ZeroDivisionError):
        await apart(_broken)


async def test_a_piece_that_cannot_be_fetched_is_not_called_gone(s3: Server) -> None:
    s3.store().put("abcd", b"sealed", _today())
    s3.stop()
    with pytest.raises(Unreached):
        await Piece("image", functools.partial(s3.store().get, "abcd")).opened()


def _broken() -> None:
    raise ZeroDivisionError


def _today() -> date:
    return datetime.now(UTC).date()
