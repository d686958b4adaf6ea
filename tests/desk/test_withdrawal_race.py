"""A reporter withdraws while an officer looks for the first time, on two connections to a real PostgreSQL: one wins."""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, delete, select

from bot.channels.desk_update import Pressed
from bot.parcels import CardDue, Opening, desk_lane, unpacked
from bot.presses import decide
from handlers.desk import Card
from handlers.status import Status
from storage import tips
from storage.committer import Committer
from storage.database import Database
from storage.outbox import OWED
from storage.tips import Ring
from storage.vault import public_of
from tests.desk.office import RINA, Office
from tests.simulator.running import Running
from tests.storage import postgres
from tests.storage.committing import committing

pytestmark = pytest.mark.postgres
ROUNDS = 120
# Seconds by which one of them comes later than the other, at most; a turn and a press take a few milliseconds each.
APART = 0.004


@pytest.fixture
def database() -> Iterator[Database]:
    where = postgres.programs()
    if where is None:
        pytest.skip(f"no PostgreSQL below {postgres.PROGRAMS} (Debian: apt install postgresql)")
    with postgres.running(where) as cluster:
        database = Database.at(cluster.migrated())
        yield database
        database.close()


@dataclass
class Both:
    """The desk's process and the intake's, as far as their transactions go."""

    office: Office
    desk: Committer
    intake: Committer

    async def a_tip(self) -> str:
        """Keep a tip that the group has a card of, and nobody has opened."""
        tip = self.office._tip(who="Budi Santoso")  # noqa: SLF001  # as the intake keeps it
        office, ring = self.office, Ring(secrets.token_bytes(32), public_of(self.office.keys.mailbox))

        def keep(tx: Connection) -> None:
            tips.keep(tx, tip, office.route(), ring, None)
            office.desk.notes.put(tx, tip.id, Card("JERUK-7", "uang", "62.71.01", tip.day, 0, message=7))

        await self.intake.commit(keep)
        return tip.id

    async def look(self, tip: str, after: float) -> None:
        """An officer presses *Buka*."""
        await asyncio.sleep(after)
        button = self.office.desk.buttons.one(tip, "open", Status.RECEIVED, "Buka")
        pressed = Pressed(RINA, self.office.group, 7, button.data, "1", private=False)
        await self.desk.commit(lambda tx: decide(self.office.desk, tx, pressed))

    async def withdraw(self, tip: str, after: float) -> bool:
        """The reporter withdraws; say whether they are told that somebody has read it."""
        await asyncio.sleep(after)

        def work(tx: Connection) -> bool:
            told = tips.timeline(tx, tip, self.office.keys.mailbox)
            assert told
            tips.take_back(tx, tip, self.office.route())
            self.office.desk.owe(tx, CardDue(tip))
            return told.read

        return await self.intake.commit(work)

    def is_shown(self, tx: Connection, tip: str) -> bool:
        """Whether an officer is to be shown this tip; and let go of all that is owed."""
        rows = tx.execute(select(OWED.c.id, OWED.c.payload).where(OWED.c.lane == desk_lane(self.office.name))).all()
        opened = (self.office.wrapper.open(row.payload, row.id, self.office.clock()) for row in rows)
        tx.execute(delete(OWED))
        return Opening(tip, RINA) in [unpacked(data) for data in opened]


@pytest.fixture
async def both(platform: Running, database: Database, tmp_path: Path) -> AsyncIterator[Both]:
    other = Database.at(database.engine.url.render_as_string(hide_password=False))
    async with committing(database) as desk, committing(other) as intake:
        office = Office(platform, database, tmp_path)
        notes = office.desk.notes
        await desk.commit(lambda tx: notes.keep(tx, replace(notes.room(tx), chats=(RINA,))))
        yield Both(office, desk, intake)
    other.close()


async def test_one_of_the_two_wins_each_time(both: Both) -> None:
    won = Counter[str]()
    for number in range(ROUNDS):
        tip, later = await both.a_tip(), APART * (number % 9 - 4) / 4
        _, told = await asyncio.gather(both.look(tip, max(0.0, later)), both.withdraw(tip, max(0.0, -later)))
        body, read, shown, status = await both.desk.commit(
            lambda tx, tip=tip: (  # type: ignore[misc]  # bound now
                tips.open_tip(tx, tip, [both.office.keys.desk]),
                tips.is_read(tx, tip),
                both.is_shown(tx, tip),
                tips.status(tx, tip),
            )
        )
        erased = not body.who
        assert {told, read, shown} == {not erased}, "what is said, written down, shown and kept is one story"
        assert status is Status.WITHDRAWN
        won["reporter" if erased else "officer"] += 1
    assert min(won["reporter"], won["officer"]) > ROUNDS / 10, f"they never met: {won}"
