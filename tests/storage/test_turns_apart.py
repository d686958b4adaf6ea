"""Two intakes hear the same person at once: one turn waits for the other, and what it says comes after."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.channels.base import Arrived
from bot.turn import Made
from handlers.messages import Chose, Said
from storage.committer import Committer
from storage.database import Database
from storage.outbox import OWED
from tests.courier.intake import CHANNEL, RINA, Intake

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def is_waited_for(database: Database) -> bool:
    with database.snapshot() as tx:
        return bool(tx.execute(WAITING).scalar_one())


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_the_turn_that_waited_speaks_after_the_one_it_waited_for(
    committer: Committer, database: Database, other: Database, tmp_path: Path
) -> None:
    intake = Intake.opened(committer, tmp_path)
    await intake.say("halo", "1")
    await intake.turns.take(Arrived(RINA, "2", Chose("notice", "go")))
    await intake.say("Camat membagi amplop.", "3")
    await intake.said()
    house, clock = intake.turns.house, intake.clock

    def second() -> None:
        with other.transaction() as tx:
            house.turn(tx, Arrived(RINA, "5", Said("kemarin")), Made())

    began = clock.at
    with ThreadPoolExecutor(1) as pool, database.transaction() as first:
        clock.move(10)
        house.turn(first, Arrived(RINA, "4", Said("di jekan raya")), Made())
        asked = first.execute(select(OWED.c.id).where(OWED.c.lane == CHANNEL)).scalars().all()
        clock.at = began  # the other began to handle its message before this one did
        waiting = pool.submit(second)
        while not is_waited_for(database):
            assert not waiting.done()
            time.sleep(0.01)  # noqa: ASYNC251  # nothing else runs here meanwhile
        clock.move(11)
        first.commit()
        waiting.result(20)
    with database.snapshot() as tx:
        ordered = tx.execute(select(OWED.c.id).where(OWED.c.lane == CHANNEL).order_by(OWED.c.due)).scalars().all()
    assert list(ordered[: len(asked)]) == list(asked)
    assert len(ordered) > len(asked)
