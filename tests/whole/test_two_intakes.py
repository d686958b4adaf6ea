"""Two intakes on one PostgreSQL, webhooks spread over both: one is killed while it sends, and nobody notices."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot import demo
from bot.presence import SUFFIX
from storage.database import Database
from storage.outbox import LEASE, OWED
from tests.storage import postgres
from tests.town import Town, WhatsAppPhone, environ, until
from tests.whole.reports import QUESTIONS, greet
from tests.whole.test_crash import doubled, script

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]
PEOPLE = 12
# Steps that are typed, so that somebody can write the next before the answer to the last has come.
WALKED, TYPED = QUESTIONS[:3], QUESTIONS[3:]
# Seconds: how long WhatsApp takes to answer, and until everybody is answered after a kill, on cores that others keep
# busy. The leases of the dead would last longer.
SLOW, SOON = 10.0, 40.0


@dataclass
class Spreader:
    """What stands before several intakes: each request goes to the next of them that is there."""

    ports: list[int]
    client: httpx.AsyncClient
    turn: Iterator[int] = field(default_factory=count)
    callers: list[asyncio.StreamWriter] = field(default_factory=list)
    handling: list[asyncio.Task[None]] = field(default_factory=list)

    def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.callers.append(writer)
        self.handling.append(asyncio.create_task(self._handle(reader, writer)))

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                line, *lines = head.strip().split("\r\n")
                headers = dict(one.split(": ", 1) for one in lines)
                named = {name.lower(): value for name, value in headers.items()}
                body = await reader.readexactly(int(named.get("content-length", 0)))
                status = await self._asked(line, headers, body)
                writer.write(f"HTTP/1.1 {status} -\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        writer.close()

    async def close(self) -> None:
        for caller in self.callers:
            caller.close()
        await asyncio.gather(*self.handling, return_exceptions=True)

    async def _asked(self, line: str, headers: dict[str, str], body: bytes) -> int:
        method, path, _ = line.split()
        first = next(self.turn)
        for port in (self.ports[(first + at) % len(self.ports)] for at in range(len(self.ports))):
            # As a proxy told to try the next one: who died over a request cannot say whether it was taken, and a 502
            # would have WhatsApp send the person's next message before this one.
            with suppress(httpx.TransportError):
                url = f"http://{demo.HOST}:{port}{path}"
                return (await self.client.request(method, url, headers=headers, content=body)).status_code
        return 502


class Twins(Town):
    """A town with two intakes on WhatsApp, and its database on a server."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder, without="TELEGRAM")
        self.environment["SAKSI_DATABASE"] = self.url = url
        self.ports = [demo.free_port(), demo.free_port()]

    def start(self, *names: str) -> None:
        for port in self.ports:
            listen = {"SAKSI_LISTEN": f"{demo.HOST}:{port}"}
            self.processes[f"intake {port}"] = subprocess.Popen(
                [sys.executable, "-m", "bot", "intake"],
                cwd=self.folder, env=environ({**self.environment, **listen}), stdout=self.log, stderr=self.log,
            )  # fmt: skip
        assert not names

    @asynccontextmanager
    async def spread(self) -> AsyncIterator[None]:
        host, _, port = self.listen.rpartition(":")
        async with httpx.AsyncClient(trust_env=False, timeout=20, verify=False) as client:  # noqa: S501  # plain HTTP
            spreader = Spreader(self.ports, client)
            await self._both_serve(client)
            async with await asyncio.start_server(spreader, host, int(port)):
                yield
                await spreader.close()

    async def _both_serve(self, client: httpx.AsyncClient) -> None:
        async with asyncio.timeout(120):
            for port in self.ports:
                while True:
                    with suppress(httpx.TransportError):
                        await client.get(f"http://{demo.HOST}:{port}/healthz")
                        break
                    await asyncio.sleep(0.2)

    def name(self, port: int) -> str:
        """Say as what an intake's courier is seen by the other: the file that it has locked."""
        links = Path(f"/proc/{self.processes[f'intake {port}'].pid}/fd").iterdir()
        [name] = [file.stem for link in links if (file := Path(os.path.realpath(link))).suffix == SUFFIX]
        return name

    def held(self) -> set[str]:
        """Name the couriers that hold something to send."""
        database = Database.at(self.url)
        with database.snapshot() as tx:
            found = set(tx.execute(select(OWED.c.holder).where(OWED.c.holder.is_not(None))).scalars())
        database.close()
        return found


@pytest.fixture
async def twins(tmp_path: Path) -> AsyncIterator[Twins]:
    where = postgres.programs()
    if where is None:
        pytest.skip(f"no PostgreSQL below {postgres.PROGRAMS} (Debian: apt install postgresql)")
    with postgres.running(where) as cluster:
        town = Twins(tmp_path, cluster.migrated())
        try:
            town.start()
            async with town, town.spread():
                yield town
        finally:
            town.stop()


async def say(phone: WhatsAppPhone, text: str) -> None:
    """Write without waiting for the answer."""
    await phone.simulator.sim("whatsapp/message", person=phone.person, text=text)


def taken(state: dict[str, Any], phone: WhatsAppPhone) -> bool:
    """Whether WhatsApp has had a 200 for all that this person has written."""
    [chat] = [chat for chat in state["whatsapp"]["chats"] if chat["key"] == phone.person]
    return all(message["status"] == "delivered" for message in chat["messages"] if not phone.is_ours(message))


async def test_one_of_two_intakes_is_killed_while_it_sends(twins: Twins) -> None:
    first = await twins.on_whatsapp()
    await greet(first)
    await first.walk(*WALKED, *TYPED)
    undisturbed = await script(first)
    people = [await twins.on_whatsapp() for _ in range(PEOPLE)]
    for phone in people:
        await greet(phone)
        await phone.walk(*WALKED)
    await twins.simulator.put("faults", whatsapp={"delay": SLOW})
    await asyncio.gather(*(say(phone, TYPED[0]) for phone in people))
    async with asyncio.timeout(SLOW):
        while twins.name(twins.ports[0]) not in await asyncio.to_thread(twins.held):  # noqa: ASYNC110  # another process
            await asyncio.sleep(0.02)
    await until(twins.simulator, lambda state: all(taken(state, phone) for phone in people))
    twins.kill(f"intake {twins.ports[0]}")
    killed = time.monotonic()
    await twins.simulator.client.delete("/sim/faults")
    for text in TYPED[1:]:
        await asyncio.gather(*(say(phone, text) for phone in people))
    async with asyncio.timeout(min(SOON, LEASE - SLOW)):
        for phone in people:
            await phone.until(lambda bubbles: str(bubbles[-1]["text"]) == undisturbed[-1])
    delay = time.monotonic() - killed
    again = [doubled(await script(phone), undisturbed) for phone in people]
    assert max(again) <= 1, "only what was being sent may be there twice"
    print(f"everybody answered {delay:.1f} s after the kill, {sum(again)} bubbles twice")  # noqa: T201  # shown with -s
