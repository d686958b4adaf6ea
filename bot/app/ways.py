"""The ways in: of each channel, how it is opened and how it is heard. Add a channel by adding its way."""

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.app import telegram_way, whatsapp_way
from bot.app.hearing import Way
from bot.channels.base import Channel
from bot.settings import Settings

# Each makes its way where its settings are there.
WAYS: tuple[Callable[[Settings], Way | None], ...] = (
    telegram_way.way,
    whatsapp_way.way,
)


@asynccontextmanager
async def ways(settings: Settings) -> AsyncIterator[dict[str, Way]]:
    """Open every way that is set, by its channel's name."""
    async with contextlib.AsyncExitStack() as stack:
        found = [one for way in WAYS if (one := way(settings))]
        for one in found:
            stack.push_async_callback(one.channel.aclose)
        yield {one.channel.name: one for one in found}


@asynccontextmanager
async def channels(settings: Settings) -> AsyncIterator[dict[str, Channel]]:
    """Open every channel that is set, by its name."""
    async with ways(settings) as opened:
        yield {name: way.channel for name, way in opened.items()}
