"""Every story runs on both databases, on tables that the real migrations made."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.drafts import Conversations
from storage.keyring import Keyring
from tests.storage import postgres
from tests.storage.postgres import Cluster

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    where = postgres.programs()
    if where is None:
        pytest.skip(f"no PostgreSQL below {postgres.PROGRAMS} (Debian: apt install postgresql)")
    with postgres.running(where) as running:
        yield running


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database of this story stands."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("model"), tmp_path / "saksi.db")
        yield f"sqlite:///{tmp_path / 'saksi.db'}"
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        yield cluster.migrated()


def empty_database(request: pytest.FixtureRequest, folder: Path) -> str:
    """Where a database without tables stands."""
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'empty.db'}"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.empty()


@pytest.fixture
def other(url: str) -> Iterator[Database]:
    """The same database, as another process sees it."""
    database = Database.at(url)
    yield database
    database.close()


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path)


@pytest.fixture
def conversations(keyring: Keyring) -> Conversations:
    return Conversations(keyring)
