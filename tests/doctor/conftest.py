"""One simulator for all checks; each begins with the example's bots, people and group, as it wants them changed."""

from collections.abc import AsyncIterator, Iterator

import pytest

from simulator.world import EXAMPLE
from tests.simulator.running import Running


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Running]:
    running = Running()
    yield running
    running.stop()
    assert running.complaints == "", "the simulator stumbled over something"


@pytest.fixture
async def simulator(running_simulator: Running) -> AsyncIterator[Running]:
    async with running_simulator as running:
        await running.sim("setup", **EXAMPLE)
        yield running
