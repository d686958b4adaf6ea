"""What stories of several folders stand on: a real database as the migrations make it, and a running simulator."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from simulator.world import EXAMPLE
from storage import migrations
from storage.committer import Committer
from storage.database import Database
from tests.simulator.running import Running
from tests.storage.committing import committing

UMASK = 0o022


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """Let no test inherit what one before it made of new files' modes: processes of ours close theirs to others."""
    os.umask(UMASK)
    yield
    os.umask(UMASK)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file as the migrations leave it."""
    path = tmp_path_factory.mktemp("model") / "saksi.db"
    database = Database.at(f"sqlite:///{path}")
    migrations.upgrade(database)
    database.close()
    return path


@pytest.fixture
def url(model: Path, tmp_path: Path) -> str:
    """Where the database of this story stands."""
    shutil.copy(model, tmp_path / "saksi.db")
    return f"sqlite:///{tmp_path / 'saksi.db'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database.at(url)
    yield database
    database.close()


@pytest.fixture
async def committer(database: Database) -> AsyncIterator[Committer]:
    async with committing(database) as committer:
        yield committer


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Running]:
    running = Running()
    yield running
    running.stop()
    assert running.complaints == "", "the simulator stumbled over something"


@pytest.fixture
async def simulator(running_simulator: Running) -> AsyncIterator[Running]:
    """The simulator, begun anew with the example's bots, people and group."""
    async with running_simulator as running:
        await running.sim("setup", **EXAMPLE)
        yield running
