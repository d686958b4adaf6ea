"""A street for each story."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.committer import Committer
from tests.courier.street import Street


@pytest.fixture
async def street(committer: Committer, tmp_path: Path) -> AsyncIterator[Street]:
    street = Street.laid(committer, tmp_path)
    yield street
    await street.close()
