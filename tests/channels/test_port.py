"""Whoever finds the port can hold up nobody: slow callers, silent ones, too many of them, and bodies without end."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from pydantic import SecretStr

from bot import port, web
from bot.channels.whatsapp_batch import Batch
from bot.settings import WhatsAppSettings

# Seconds of patience in these stories, and until it must be over on busy cores.
PATIENCE, AT_LAST = 0.5, 5.0
POST = b"POST /whatsapp HTTP/1.1\r\nHost: x\r\n"
ALIVE = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@dataclass
class Caller:
    """One connection to the port, and all that was heard on it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    heard: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        with suppress(ConnectionError):
            while data := await self.reader.read(1 << 16):
                self.heard += data

    async def send(self, data: bytes) -> None:
        with suppress(ConnectionError):
            self.writer.write(data)
            await self.writer.drain()

    async def hung_up(self) -> bytes:
        """Wait until the other side has closed; return what it said before."""
        async with asyncio.timeout(AT_LAST):
            await self.listening
        return bytes(self.heard)

    async def close(self) -> None:
        self.writer.close()
        with suppress(ConnectionError):
            await self.writer.wait_closed()
        await self.listening


@dataclass
class Port:
    """The intake's port with WhatsApp's webhook, which nobody here has the secret of."""

    number: int
    callers: list[Caller] = field(default_factory=list)

    async def call(self, data: bytes = b"") -> Caller:
        caller = Caller(*await asyncio.open_connection("127.0.0.1", self.number))
        self.callers.append(caller)
        await caller.send(data)
        return caller

    async def close(self) -> None:
        await asyncio.gather(*(caller.close() for caller in self.callers))

    async def is_alive(self) -> bool:
        return b"200" in await (await self.call(ALIVE)).hung_up()


async def _nobody(_batch: Batch) -> None:
    raise AssertionError("nothing here is signed")


def _nothing(_body: bytes) -> Batch:
    raise AssertionError("nothing here is signed")


@pytest.fixture
async def opened(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Port]:
    monkeypatch.setattr(port, "LONGEST_SILENCE", PATIENCE)
    monkeypatch.setattr(web, "SLOWEST", PATIENCE)
    secret = SecretStr("fake-secret")
    settings = WhatsAppSettings(token=secret, phone_id="1", app_secret=secret, verify_token=secret)
    with port.taken("127.0.0.1:0", "SAKSI_LISTEN") as taken:
        routes = web.routes_for_whatsapp(settings, _nothing, _nobody)
        serving = asyncio.create_task(port.serve(web.application(routes), taken))
        port_ = Port(taken.getsockname()[1])
        yield port_
        await port_.close()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@pytest.mark.parametrize("begun", [b"", b"G", POST, POST + b"X-Slow: ", ALIVE.replace(b"close", b"keep-alive") + POST])
async def test_who_does_not_finish_asking_is_hung_up_on(opened: Port, begun: bytes) -> None:
    slow = await opened.call(begun)

    async def trickle() -> None:
        while True:
            await asyncio.sleep(PATIENCE / 10)
            await slow.send(b"a" if begun else b"")

    trickling, began = asyncio.create_task(trickle()), time.monotonic()
    await slow.hung_up()
    trickling.cancel()
    assert time.monotonic() - began > PATIENCE / 2, "nobody is hung up on who has only just begun"


async def test_a_body_that_trickles_is_refused_and_hung_up_on(opened: Port) -> None:
    slow = await opened.call(POST + b"Content-Length: 100000\r\n\r\n")

    async def trickle() -> None:
        while True:
            await asyncio.sleep(PATIENCE / 10)
            await slow.send(b"a")

    trickling = asyncio.create_task(trickle())
    assert b" 408 " in await slow.hung_up()
    trickling.cancel()


@pytest.mark.parametrize("length", [b"Content-Length: 9999999999\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"])
async def test_a_body_without_end_is_refused_and_hung_up_on(opened: Port, length: bytes) -> None:
    endless, piece = await opened.call(POST + length), bytes(1 << 16)
    framed = piece if b"Content" in length else b"10000\r\n" + piece + b"\r\n"

    async def pour() -> None:
        while True:
            await endless.send(framed)
            await asyncio.sleep(0.001)

    pouring = asyncio.create_task(pour())
    assert b" 413 " in await endless.hung_up()
    pouring.cancel()


async def test_many_slow_callers_hold_up_no_honest_one(opened: Port) -> None:
    slow = [await opened.call(POST) for _ in range(port.MOST_CALLERS // 2)]
    began = time.monotonic()
    assert await opened.is_alive()
    assert time.monotonic() - began < AT_LAST
    await asyncio.gather(*(caller.hung_up() for caller in slow))


async def test_more_callers_than_that_are_turned_away_and_the_process_keeps_its_files(opened: Port) -> None:
    many = [await opened.call(POST) for _ in range(port.MOST_CALLERS + 50)]
    await asyncio.sleep(PATIENCE / 4)
    assert sum(caller.listening.done() for caller in many) >= 50
    await asyncio.gather(*(caller.hung_up() for caller in many))
    assert await opened.is_alive(), "and afterwards there is room again"


async def test_big_bodies_of_many_strangers_do_not_fill_the_memory(
    opened: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the whole body can be checked for Meta's signature: what all of them may fill together has an end."""
    monkeypatch.setattr(web, "SLOWEST", 3.0)
    monkeypatch.setattr(web, "MOST_READ", 2 * web.BIGGEST)
    big = POST + b"Content-Length: %d\r\n\r\n" % web.BIGGEST
    callers = [await opened.call(big) for _ in range(6)]
    await asyncio.gather(*(caller.send(bytes(web.BIGGEST - 1)) for caller in callers))
    answers = await asyncio.gather(*(caller.hung_up() for caller in callers))
    assert sum(b" 503 " in answer for answer in answers) >= 2
    assert await opened.is_alive()
    assert b" 401 " in await (await opened.call(POST + b"Connection: close\r\nContent-Length: 2\r\n\r\n{}")).hung_up()
