"""A make-believe Graph API for each story, and the channel that talks to it."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.whatsapp import WhatsApp
from tests.channels.cloud import Cloud, cloud, whatsapp


@pytest.fixture
async def meta() -> AsyncIterator[Cloud]:
    async with cloud() as made:
        yield made


@pytest.fixture
async def channel(meta: Cloud) -> AsyncIterator[WhatsApp]:
    async with whatsapp(meta.url) as made:
        yield made
