"""A committer at work, for as long as a story needs it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from storage.committer import Committer
from storage.database import Database


@asynccontextmanager
async def committing(database: Database) -> AsyncIterator[Committer]:
    """Run a committer; a failure of its own is raised at the end."""
    committer = Committer(database)
    running = asyncio.create_task(committer.run())
    try:
        yield committer
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
