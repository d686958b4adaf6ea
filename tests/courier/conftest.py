"""A street for each story, and an intake without a platform."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.committer import Committer
from tests.courier.intake import Intake
from tests.courier.street import Street


@pytest.fixture
async def street(committer: Committer, tmp_path: Path) -> AsyncIterator[Street]:
    street = Street.laid(committer, tmp_path)
    yield street
    await street.close()


@pytest.fixture
async def intake(committer: Committer, tmp_path: Path) -> AsyncIterator[Intake]:
    intake = Intake.opened(committer, tmp_path)
    drawing = asyncio.create_task(intake.turns.tickets.keep())
    yield intake
    drawing.cancel()
    await asyncio.gather(drawing, return_exceptions=True)
