"""Delivers a bot's updates to its webhook: in order within a lane, again and again until it answers 2xx."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from simulator.telegram.updates import Update

PATIENCE = 60.0  # seconds a webhook may take, https://core.telegram.org/bots/faq
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0  # seconds; the real one backs off to minutes

Reply = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a webhook must know of the world: may an update still go out, is there a network, the time."""

    alive: Callable[[Update], bool]
    delivered: Callable[[Update], None]
    down: Callable[[], bool]
    now: Callable[[], float]
    reply: Reply


class Webhook:
    def __init__(self, url: str, secret: str, connections: int, reach: Reach) -> None:
        self.url, self.connections = url, connections
        self.failed_at: float | None = None
        self.failure = ""
        self._reach = reach
        self._headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        self._lanes: dict[str, deque[Update]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._turn = asyncio.Semaphore(connections)
        limits = httpx.Limits(max_connections=connections)
        self._client = httpx.AsyncClient(timeout=PATIENCE, limits=limits, trust_env=False)

    def push(self, update: Update) -> None:
        lane = self._lanes.setdefault(update.lane, deque())
        lane.append(update)
        if update.lane not in self._tasks:
            self._tasks[update.lane] = asyncio.create_task(self._empty(update.lane))

    async def stop(self) -> None:
        tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.aclose()

    async def _empty(self, name: str) -> None:
        lane, pause = self._lanes[name], FIRST_PAUSE
        while lane:
            if not self._reach.alive(lane[0]) or await self._deliver(lane[0]):
                self._reach.delivered(lane.popleft())
                pause = FIRST_PAUSE
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        del self._lanes[name], self._tasks[name]

    async def _deliver(self, update: Update) -> bool:
        if self._reach.down():
            return False
        try:
            async with self._turn:
                answer = await self._client.post(self.url, json=update.shown(), headers=self._headers)
        except httpx.TimeoutException:
            return self._fail("Read timeout expired")
        except httpx.ConnectError:
            return self._fail("Connection refused")
        except httpx.HTTPError as error:
            return self._fail(str(error) or type(error).__name__)
        if not answer.is_success:
            return self._fail(f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")
        await self._answered(answer)
        return True

    async def _answered(self, answer: httpx.Response) -> None:
        """A webhook may put one call in its answer instead of making it."""
        try:
            body = answer.json()
        except ValueError:
            return
        if isinstance(body, dict) and "method" in body:
            await self._reach.reply(body)

    def _fail(self, why: str) -> bool:
        self.failed_at, self.failure = self._reach.now(), why
        return False
