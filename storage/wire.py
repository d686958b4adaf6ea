"""Processes on one PostgreSQL wake each other through it (NOTIFY), and know of each other, without a folder in common.

What is lost on the way costs a second: whoever delivers looks by itself as often. A wake-up names a process and says
nothing else. Who is there holds an advisory lock, which the server takes back from whoever dies, however they die.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any

from storage.database import Database

if TYPE_CHECKING:
    from psycopg import AsyncConnection

# Seconds before a connection that broke is made anew.
AGAIN = 1.0
# So often, and so many seconds apart, is asked whether one that died just now is gone for the server as well.
TRIES, APART = 20, 0.1


class Wire:
    """Rings for other processes on this database, and hears when it is rung for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names = set[str]()
        self._rung = asyncio.Event()
        self._begun = asyncio.Event()
        self._was_alone = False

    @classmethod
    def of(cls, database: Database) -> "Wire | None":
        """Open it where the database is a server that can ring."""
        return cls(database) if database.engine.dialect.name == "postgresql" else None

    def ring(self, names: Collection[str]) -> None:
        """Wake these processes, soon."""
        self._names.update(names)
        self._rung.set()

    async def alone(self) -> bool:
        """Say whether, when `run` began, no other process of this name ran on this database.

        While its connection is being made anew a process is not seen: one that starts in that second believes itself
        alone, and what was being sent may go out twice.
        """
        await self._begun.wait()
        return self._was_alone

    async def run(self, name: str, rung: Callable[[], None]) -> None:
        """Call `rung` whenever somebody rings for `name`, and ring for others, until cancelled."""

        async def hear(connection: "AsyncConnection[Any]") -> None:
            await self._hear(connection, name, rung)

        async with asyncio.TaskGroup() as group:
            group.create_task(self._insist(hear))
            group.create_task(self._insist(self._tell))

    async def _hear(self, connection: "AsyncConnection[Any]", name: str, rung: Callable[[], None]) -> None:
        from psycopg.sql import SQL, Identifier  # noqa: PLC0415  # only where there is a PostgreSQL

        await self._take_place(connection, name)
        await connection.execute(SQL("LISTEN {}").format(Identifier(_channel(name))))
        rung()  # for what was rung while nobody heard
        async for _ in connection.notifies():
            rung()

    async def _take_place(self, connection: "AsyncConnection[Any]", name: str) -> None:
        """Be seen by others of this name; whoever comes first sees that nobody else is there."""
        first = not self._begun.is_set() and await _is_alone(connection, name)
        await connection.execute(_SHARE, (_channel(name),))
        if first:
            await connection.execute(_LEAVE, (_channel(name),))
        self._was_alone = self._was_alone or first
        self._begun.set()

    async def _tell(self, connection: "AsyncConnection[Any]") -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            names, self._names = self._names, set()
            for name in sorted(names):
                await connection.execute("SELECT pg_notify(%s, '')", (_channel(name),))

    async def _insist(self, work: Callable[["AsyncConnection[Any]"], Awaitable[None]]) -> None:
        from psycopg import Error  # noqa: PLC0415  # as above

        while True:
            try:
                async with await self._connected() as connection:
                    await work(connection)
            except Error:
                await asyncio.sleep(AGAIN)

    async def _connected(self) -> AbstractAsyncContextManager["AsyncConnection[Any]"]:
        from psycopg import AsyncConnection  # noqa: PLC0415  # as above

        engine = self._database.engine
        args, named = engine.dialect.create_connect_args(engine.url)
        return await AsyncConnection.connect(*args, **named, autocommit=True)


_TRY = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_SHARE = "SELECT pg_advisory_lock_shared(hashtextextended(%s, 0))"
_LEAVE = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


async def _is_alone(connection: "AsyncConnection[Any]", name: str) -> bool:
    """Take the place for ourselves alone, where nobody holds it; the caller then shares it."""
    for _ in range(TRIES):
        found = await (await connection.execute(_TRY, (_channel(name),))).fetchone()
        if found and found[0]:
            return True
        await asyncio.sleep(APART)
    return False


def _channel(name: str) -> str:
    return f"saksi {name}"
