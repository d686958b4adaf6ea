"""An office for each story; the simulator is one for all of them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.desk.office import RINA, Office, world
from tests.simulator.running import Running
from tests.town import Officer


@pytest.fixture(scope="session")
def running_platform() -> Iterator[Running]:
    running = Running(world())
    yield running
    running.stop()


@pytest.fixture
async def platform(running_platform: Running) -> AsyncIterator[Running]:
    async with running_platform as running:
        await running.sim("setup", **world())
        await running.client.delete("/sim/faults")
        yield running


@pytest.fixture
async def office(platform: Running, database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    office = await Office(platform, database, tmp_path).start()
    yield office
    await office.stop()


@pytest.fixture
async def rina(office: Office) -> Officer:
    return await office.officer(RINA)
