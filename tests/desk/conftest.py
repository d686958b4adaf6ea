"""An office for each story; the simulator is one for all of them."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage import migrations
from storage.database import Database
from tests.desk.office import Office, world
from tests.simulator.running import Running


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


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "saksi.db"
    database = Database.at(f"sqlite:///{path}")
    migrations.upgrade(database)
    database.close()
    return path


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(empty, tmp_path / "saksi.db")
    database = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    yield database
    database.close()


@pytest.fixture
async def office(platform: Running, database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    office = await Office(platform, database, tmp_path).start()
    yield office
    await office.stop()
