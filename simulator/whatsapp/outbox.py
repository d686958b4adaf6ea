"""The way to the webhook: signed, in order for each person, tried again until it answers 200.

A failed POST goes behind those that wait for the same person, so that order may change among retries, as it
does with Meta. Nothing is dropped: when too much waits, whoever would add more is refused instead.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
from httpx_aiohttp import HttpxAiohttpClient

from simulator.whatsapp.webhooks import News, envelope, signature

if TYPE_CHECKING:
    from simulator.faults import Fault
    from simulator.whatsapp.account import WhatsApp
    from simulator.world import World

MOST_WAITING = 10_000
AT_ONCE = 32
HOLD = 0.5  # seconds that a batch or a reversal gathers at most
PATIENCE = httpx.Timeout(20.0, connect=5.0)
SHORTEST, LONGEST = 0.05, 2.0  # seconds between tries


@dataclass(slots=True)
class Post:
    """What goes out in one request, and how often still."""

    news: list[News]
    copies: int
    failures: int = 0


class Outbox:
    """News first gathers, then stands in a lane a person."""

    def __init__(self) -> None:
        self._gathered: deque[tuple[float, News]] = deque()
        self.lanes: dict[str, deque[Post]] = {}
        self.waiting = 0
        self.answered: str | None = None  # what the webhook said last: a status, or the name of what went wrong

    @property
    def full(self) -> bool:
        return self.waiting >= MOST_WAITING

    def put(self, *news: News) -> None:
        now = asyncio.get_running_loop().time()
        self._gathered.extend((now, one) for one in news)
        self.waiting += len(news)

    def shown(self) -> dict[str, Any]:
        return {"waiting": self.waiting, "answered": self.answered}

    def line_up(self, fault: "Fault", now: float) -> list[str]:
        """Put what is ready into its lanes; returns the lanes that were empty."""
        woken = []
        for news in self._ready(fault, now):
            lane = news[0].person if len(news) == 1 else ""
            if lane not in self.lanes:
                self.lanes[lane] = deque()
                woken.append(lane)
            self.lanes[lane].append(Post(news, 1 + fault.repeat))
        return woken

    def held(self, now: float) -> float | None:
        """Seconds until what still gathers must go; None when nothing does."""
        return max(0.0, self._gathered[0][0] + HOLD - now) if self._gathered else None

    def _ready(self, fault: "Fault", now: float) -> Iterator[list[News]]:
        size = max(1, fault.batch)
        if self.held(now) == 0 or not (fault.reverse or size > 1):
            news = [self._gathered.popleft()[1] for _ in range(len(self._gathered))]
            if fault.reverse:
                news.reverse()
            yield from (news[at : at + size] for at in range(0, len(news), size))
        elif not fault.reverse:
            yield from self._full_batches(size)

    def _full_batches(self, size: int) -> Iterator[list[News]]:
        """Only messages of people count; statuses ride along."""
        while sum(news.kind == "messages" for _, news in self._gathered) >= size:
            batch: list[News] = []
            while sum(news.kind == "messages" for news in batch) < size:
                batch.append(self._gathered.popleft()[1])
            yield batch


async def run(world: "World") -> None:
    """Deliver for ever. A new setup brings a new account; what the old one had waiting goes with it."""
    gate = asyncio.Semaphore(AT_ONCE)
    # Through aiohttp: with many lanes at once half the work of httpx's own transport (measured).
    client = HttpxAiohttpClient(timeout=PATIENCE, trust_env=False)
    async with client as http, asyncio.TaskGroup() as lanes:
        while True:
            version, account = world.version, world.whatsapp
            now = asyncio.get_running_loop().time()
            for lane in account.outbox.line_up(world.faults.whatsapp, now):
                lanes.create_task(_drain(world, account, lane, http, gate))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(account.outbox.held(now)):
                    await world.after(version)


async def _drain(
    world: "World", account: "WhatsApp", key: str, http: httpx.AsyncClient, gate: asyncio.Semaphore
) -> None:
    lane = account.outbox.lanes[key]
    while lane and world.whatsapp is account:
        post = lane.popleft()
        async with gate:
            answer = await deliver(http, account, envelope(account, post.news))
        _settle(account, lane, post, delivered=answer == httpx.codes.OK)
        world.changed()
        if post.failures:
            await asyncio.sleep(min(LONGEST, SHORTEST * 2**post.failures))
    del account.outbox.lanes[key]


def _settle(account: "WhatsApp", lane: deque[Post], post: Post, *, delivered: bool) -> None:
    if not delivered:
        post.failures += 1
        lane.append(post)
        return
    post.failures, post.copies = 0, post.copies - 1
    if post.copies:
        lane.append(post)
        return
    account.outbox.waiting -= len(post.news)
    for news in post.news:
        message = account.messages.get(news.item["id"])
        if news.kind == "messages" and message is not None and message.status == "sent":
            message.status = "delivered"


async def deliver(http: httpx.AsyncClient, account: "WhatsApp", body: bytes, signed: str | None = None) -> int | None:
    """One try; returns the status answered, or None when nobody answered."""
    # As bytes: a forged signature need not be ASCII.
    headers = [
        (b"Content-Type", b"application/json"),
        (b"User-Agent", b"facebookexternalua"),
        (b"X-Hub-Signature-256", (signature(account.secret, body) if signed is None else signed).encode()),
    ]
    try:
        response = await http.post(account.webhook or "", content=body, headers=headers)
    except (httpx.RequestError, aiohttp.ClientError) as error:  # not all of aiohttp's come translated
        # The cause: in translation a refused connection becomes a timeout.
        account.outbox.answered = type(error.__cause__ or error).__name__
        return None
    account.outbox.answered = str(response.status_code)
    return response.status_code
