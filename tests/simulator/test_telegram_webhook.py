"""Webhooks: delivered in order, again and again until answered, with the secret in the header."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

import aiogram.exceptions
import pytest
from aiohttp import web

from tests.simulator.clients import aiogram_bot
from tests.simulator.running import PATIENCE, Running

ME = {"person": 7001, "chat": "saksi_demo_bot"}
YOU = {"person": 9001, "chat": "saksi_demo_bot"}


class Receiver:
    """A bot's web server; it answers with the `answers` in turn, then 200, and only while it is `open`."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: deque[web.Response] = deque()
        self.arrived: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.secrets: list[str | None] = []
        self.expected, self.surprised = True, False
        self.open = asyncio.Event()
        self.open.set()

    async def take(self, request: web.Request) -> web.Response:
        self.surprised = self.surprised or not self.expected
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.arrived.put(await request.json())
        await self.open.wait()
        return self.answers.popleft() if self.answers else web.Response()

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            return await self.arrived.get()

    async def next_text(self) -> str:
        text: str = (await self.next())["message"]["text"]
        return text


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    receiver.url = f"http://{host}:{port}/hook"
    yield receiver
    receiver.open.set()
    await runner.cleanup()


@contextlib.asynccontextmanager
async def hooked(simulator: Running, receiver: Receiver, **more: Any) -> AsyncIterator[Any]:
    async with aiogram_bot(simulator) as bot:
        await bot.set_webhook(receiver.url, **more)
        yield bot
        await bot.delete_webhook()


async def test_an_update_arrives_with_the_secret_and_is_then_forgotten(simulator: Running, receiver: Receiver) -> None:
    async with hooked(simulator, receiver, secret_token="rahasia_1") as bot:
        await simulator.sim("telegram/start", **ME)
        assert await receiver.next_text() == "/start"
        assert receiver.secrets == ["rahasia_1"]
        await simulator.sim("telegram/message", **ME, text="dua")
        assert await receiver.next_text() == "dua"
        info = await bot.get_webhook_info()
        assert (info.url, info.last_error_message) == (receiver.url, None)


async def test_what_waited_before_is_delivered_when_the_webhook_is_set(simulator: Running, receiver: Receiver) -> None:
    await simulator.sim("telegram/message", **ME, text="satu")
    async with hooked(simulator, receiver):
        assert await receiver.next_text() == "satu"


async def test_or_dropped_when_that_is_wanted(simulator: Running, receiver: Receiver) -> None:
    await simulator.sim("telegram/message", **ME, text="satu")
    async with hooked(simulator, receiver, drop_pending_updates=True):
        await simulator.sim("telegram/message", **ME, text="dua")
        assert await receiver.next_text() == "dua"


async def test_a_chat_waits_for_the_200_while_other_chats_and_presses_go_on(
    simulator: Running, receiver: Receiver
) -> None:
    receiver.open.clear()
    async with hooked(simulator, receiver) as bot:
        for text in ("satu", "dua"):
            await simulator.sim("telegram/message", **ME, text=text)
        assert await receiver.next_text() == "satu"
        await simulator.sim("telegram/message", **YOU, text="lain")
        assert await receiver.next_text() == "lain"
        sent = await bot.send_message(7001, "Kartu")
        await simulator.sim("telegram/press", **ME, message=sent.message_id, data="ya")
        assert (await receiver.next())["callback_query"]["data"] == "ya"
        assert (await bot.get_webhook_info()).pending_update_count == 4
        receiver.open.set()
        assert await receiver.next_text() == "dua"


async def test_an_update_is_repeated_until_it_is_answered_and_nothing_overtakes_it(
    simulator: Running, receiver: Receiver
) -> None:
    receiver.answers.extend([web.Response(status=500), web.Response(status=503)])
    async with hooked(simulator, receiver) as bot:
        for text in ("satu", "dua"):
            await simulator.sim("telegram/message", **ME, text=text)
        arrived = [await receiver.next() for _ in range(4)]
        info = await bot.get_webhook_info()
    assert [one["message"]["text"] for one in arrived] == ["satu", "satu", "satu", "dua"]
    assert len({one["update_id"] for one in arrived}) == 2
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_server_that_is_not_there_is_reported_and_tried_again(simulator: Running, unused_tcp_port: int) -> None:
    async with aiogram_bot(simulator) as bot:
        await bot.set_webhook(f"http://127.0.0.1:{unused_tcp_port}/hook")
        await simulator.sim("telegram/start", **ME)
        async with asyncio.timeout(PATIENCE):
            while (info := await bot.get_webhook_info()).last_error_message is None:
                assert info.pending_update_count == 1
        assert info.last_error_message == "Connection refused"
        assert await bot.delete_webhook()
        assert len(await bot.get_updates()) == 1


async def test_a_webhook_and_polling_exclude_each_other(simulator: Running, receiver: Receiver) -> None:
    async with hooked(simulator, receiver) as bot:
        with pytest.raises(aiogram.exceptions.TelegramConflictError, match="while webhook is active"):
            await bot.get_updates()


async def test_setting_a_webhook_ends_the_poll_under_way(simulator: Running, receiver: Receiver) -> None:
    async with aiogram_bot(simulator) as one, aiogram_bot(simulator) as other:
        poll = asyncio.create_task(one.get_updates(timeout=20))
        done: set[asyncio.Task[Any]] = set()
        while not done:  # the poll may not have arrived yet; then the webhook answers it just the same
            await other.set_webhook(receiver.url)
            done, _ = await asyncio.wait({poll}, timeout=0.01)
        with pytest.raises(aiogram.exceptions.TelegramConflictError):
            await poll
        await other.delete_webhook()


async def test_a_call_in_the_answer_to_a_webhook_is_made(simulator: Running, receiver: Receiver) -> None:
    receiver.answers.append(web.json_response({"method": "sendMessage", "chat_id": 7001, "text": "Halo"}))
    async with hooked(simulator, receiver):
        await simulator.sim("telegram/start", **ME)
        state = await simulator.until(lambda state: len(state["telegram"]["chats"][-1]["messages"]) == 2)
    assert state["telegram"]["chats"][-1]["messages"][-1]["text"] == "Halo"


async def test_nothing_is_delivered_while_the_network_is_down(simulator: Running, receiver: Receiver) -> None:
    async with hooked(simulator, receiver):
        await simulator.put("faults", telegram={"down": True})
        receiver.expected = False
        for person in (ME, YOU):
            await simulator.sim("telegram/message", **person, text="satu")
        receiver.expected = True
        await simulator.client.delete("/sim/faults")
        assert [await receiver.next_text() for _ in range(2)] == ["satu", "satu"]
        assert not receiver.surprised
        assert receiver.arrived.empty()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"url": "ftp://x"}, "Bad Request: bad webhook: invalid URL specified"),
        (
            {"url": "http://127.0.0.1:1/", "secret_token": "rahasia ñ"},
            "Bad Request: secret token contains unallowed characters",
        ),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(simulator: Running, asked: dict[str, str], answer: str) -> None:
    got = await simulator.client.post("/bot100:intake-token/setWebhook", json=asked)
    assert (got.status_code, got.json()["description"]) == (400, answer)
