from collections.abc import AsyncIterator

import pytest

from tests.simulator.whatsapp.stage import Stage, raised


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with raised() as stage:
        yield stage
