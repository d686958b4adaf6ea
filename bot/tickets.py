"""Tickets drawn ahead, and codes opened: both are slow on purpose (Argon2), and both are done in threads.

Nobody who sends a report should wait for Argon2: as many tickets lie ready as reporters may be under way. They are
kept in memory alone, and those that nobody needs any more are forgotten.
"""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from handlers.ticket import Code
from storage.tickets import Opened, Ticket, derive, issue

T = TypeVar("T")
# Tickets that always lie ready, and the most that ever do: 256 are four seconds of a core.
FEW, MOST = 4, 256
# A report takes some nine messages: so many of them stand for one reporter under way, rather too many than too few.
MESSAGES = 4
# Seconds for which a message counts, at least.
LATELY = 600.0
# Argon2 at once: it fills a core and 19 MiB each time.
AT_ONCE = 2


class Bustle:
    """Counts messages of the present stretch of time and of the one before; who wrote them is not known here."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._slot, self._now, self._before = 0, 0, 0

    def heard(self) -> None:
        """One more."""
        self._turn()
        self._now += 1

    def lately(self) -> int:
        self._turn()
        return self._now + self._before

    def _turn(self) -> None:
        slot = int(self._clock() // LATELY)
        if slot != self._slot:
            self._before = self._now if slot == self._slot + 1 else 0
            self._slot, self._now = slot, 0


class Tickets:
    """Gives tickets and opens codes. Whoever waits comes before whoever may come."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._bustle = Bustle(clock)
        self._ready: asyncio.Queue[Ticket] = asyncio.Queue()
        self._slow = asyncio.Semaphore(AT_ONCE)
        self._news = asyncio.Event()
        self._waiting = self._opening = self._drawing = 0

    @property
    def ahead(self) -> int:
        """How many lie ready."""
        return self._ready.qsize()

    @property
    def wanted(self) -> int:
        """How many should lie ready."""
        return min(MOST, FEW + self._bustle.lately() // MESSAGES)

    def heard(self) -> None:
        """Somebody wrote, who may want a ticket soon."""
        self._bustle.heard()
        self._news.set()

    async def take(self) -> Ticket:
        """Give a ticket nobody has seen: one that lies ready, or the next that is drawn."""
        self._waiting += 1
        self._news.set()
        try:
            return await self._ready.get()
        finally:
            self._waiting -= 1

    async def open(self, code: Code) -> Opened:
        """Compute what a code opens; nothing is drawn ahead meanwhile."""
        self._opening += 1
        try:
            return await self._slowly(lambda: derive(code))
        finally:
            self._opening -= 1
            self._news.set()

    async def keep(self) -> None:
        """Draw tickets until cancelled."""
        async with asyncio.TaskGroup() as group:
            for place in range(AT_ONCE):
                group.create_task(self._draw(ahead=place == 0))
            group.create_task(self._forget())

    async def _draw(self, *, ahead: bool) -> None:
        """Draw while somebody waits; `ahead`: also when nobody does, and one at a time, for others work then too."""
        while True:
            while not self._is_needed(ahead=ahead):
                self._news.clear()
                await self._news.wait()
            self._drawing += 1
            try:
                self._ready.put_nowait(await self._slowly(issue))
            finally:
                self._drawing -= 1

    def _is_needed(self, *, ahead: bool) -> bool:
        coming = self.ahead + self._drawing
        return self._waiting > coming or (ahead and not self._opening and coming < self.wanted)

    async def _forget(self) -> None:
        while True:
            await asyncio.sleep(LATELY)
            self.forget()

    def forget(self) -> None:
        """Let go what the last bustle left: a ticket that waits for weeks could be read meanwhile."""
        while self.ahead > self.wanted:
            self._ready.get_nowait()

    async def _slowly(self, work: Callable[[], T]) -> T:
        async with self._slow:
            return await asyncio.to_thread(work)
