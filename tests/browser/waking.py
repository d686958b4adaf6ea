"""A town whose bots are up: nobody stands before a page to watch two processes start."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot import demo
from tests.town import BAGUS, BOT, DESK_BOT, Town, until

# Seconds; alone they need five, and seventy were measured beside three other test runs on two cores.
WAKING = 150.0


@asynccontextmanager
async def awake(folder: Path) -> AsyncIterator[Town]:
    """Start a town and wait until a reporter and an officer have had an answer."""
    town = Town(folder)
    town.start()
    try:
        async with town:
            for person, bot in ((demo.REPORTER, BOT), (BAGUS, DESK_BOT)):
                await town.simulator.sim("telegram/start", person=person, chat=bot)
            await until(town.simulator, both_answered, silence=WAKING)
        yield town
    finally:
        town.stop()


def both_answered(state: dict[str, Any]) -> bool:
    spoken = [{message["from"] for message in chat["messages"]} for chat in state["telegram"]["chats"]]
    return all(any(f"bot:{bot}" in voices for voices in spoken) for bot in (BOT, DESK_BOT))
