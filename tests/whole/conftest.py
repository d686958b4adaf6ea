"""One town for all stories; each story has people of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.town import Town


@pytest.fixture(scope="session")
def running_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = Town(tmp_path_factory.mktemp("town"))
    town.start()
    yield town
    town.stop()


@pytest.fixture
async def town(running_town: Town) -> AsyncIterator[Town]:
    async with running_town as town:
        yield town


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    return tmp_path
