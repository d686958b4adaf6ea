"""A real S3 server for each story; they are cheap, and some stories kill theirs."""

from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from storage.committer import Committer
from storage.database import Database
from tests.bucket import server
from tests.bucket.server import Server
from tests.retention.institution import Institution
from tests.storage.committing import committing


@pytest.fixture
def s3(tmp_path: Path) -> Iterator[Server]:
    where = server.program()
    if where is None or find_spec("obstore") is None:
        pytest.skip("no rclone or no obstore beside this Python (requirements-dev.lock brings both)")
    with server.running(where, tmp_path / "s3") as running:
        yield running


@pytest.fixture
def database(model: Path, tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "saksi.db").write_bytes(model.read_bytes())
    database = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    yield database
    database.close()


@pytest.fixture
async def committer(database: Database) -> AsyncIterator[Committer]:
    async with committing(database) as committer:
        yield committer


@pytest.fixture
def office(s3: Server, model: Path, tmp_path: Path) -> Iterator[Institution]:
    """An institution with its evidence in the bucket."""
    folder = tmp_path / "office"
    office = Institution(folder, f"sqlite:///{folder / 'saksi.db'}", bucket=s3)
    (folder / "saksi.db").write_bytes(model.read_bytes())
    office.make_keys()
    yield office
    office.database.close()
