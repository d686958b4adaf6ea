"""A real database for each story, as the migrations make it."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage import migrations
from storage.committer import Committer
from storage.database import Database
from tests.courier.street import Street
from tests.storage.committing import committing


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "saksi.db"
    database = Database.at(f"sqlite:///{path}")
    migrations.upgrade(database)
    database.close()
    return path


@pytest.fixture
def database(model: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(model, tmp_path / "saksi.db")
    database = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    yield database
    database.close()


@pytest.fixture
async def committer(database: Database) -> AsyncIterator[Committer]:
    async with committing(database) as committer:
        yield committer


@pytest.fixture
async def street(committer: Committer, tmp_path: Path) -> AsyncIterator[Street]:
    street = Street.laid(committer, tmp_path)
    yield street
    await street.close()
