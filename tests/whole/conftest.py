"""One town for all stories, and one that is run more strictly; each story has people of its own."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.town import Town

AUDITOR, FORMER = 9003, 9004


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


@pytest.fixture(scope="session")
def running_strict_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town whose intake is called by webhook, and whose desk has an auditor and an officer who will leave."""
    town = Town(tmp_path_factory.mktemp("strict"), webhook=True)
    town.command("officer", "add", "Tono", str(AUDITOR), "--role", "auditor")
    town.command("officer", "add", "Yanti", str(FORMER))
    town.start()
    yield town
    town.stop()


@pytest.fixture
async def strict_town(running_strict_town: Town) -> AsyncIterator[Town]:
    async with running_strict_town as town:
        yield town
