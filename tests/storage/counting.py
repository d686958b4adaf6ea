"""A process that counts in the database as fast as it can, and says each number once it is durable."""

import asyncio
import os
from itertools import count
from multiprocessing.connection import Connection as Pipe

from sqlalchemy import Connection, insert

from storage.committer import Committer
from storage.database import Database
from storage.models import METADATA

COUNTS, OWED = METADATA.tables["poster_count"], METADATA.tables["owed"]
AT_ONCE = 8


def both(tx: Connection, number: int) -> None:
    """Write a number in two tables: whoever finds one of them alone has found a torn transaction."""
    tx.execute(insert(COUNTS), {"code": f"{number}", "month": "2026-11", "count": number})
    owed = {"id": f"{number}", "lane": "count", "due": 0.0, "attempts": 0, "lease": 0.0, "parked": False}
    tx.execute(insert(OWED), {**owed, "payload": os.urandom(900)})


def run(url: str, first: int, said: Pipe) -> None:
    """Count from `first` on for ever; write each acknowledged number to a pipe, a line each."""
    asyncio.run(_count(url, count(first), said.fileno()))


async def _count(url: str, numbers: "count[int]", said: int) -> None:
    committer = Committer(Database.at(url))

    async def one_after_the_other() -> None:
        for number in numbers:
            await committer.commit(lambda tx, number=number: both(tx, number))  # type: ignore[misc]  # bound now
            os.write(said, f"{number}\n".encode())

    async with asyncio.TaskGroup() as group:
        group.create_task(committer.run())
        for _ in range(AT_ONCE):
            group.create_task(one_after_the_other())
