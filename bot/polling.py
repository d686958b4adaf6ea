"""Long polling, of either bot of Telegram's: it keeps every update until a later offset asks past it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

from msgspec import Raw

from bot.channels.base import Later, Never
from bot.logs import log

# Seconds between two tries with a token that was refused, and in which a second 409 is no accident of a restart.
REFUSED, TOGETHER = 60.0, 300.0

RENEW = "have a new one made, set it, start again, then saksi owed again"
Take = Callable[[list[Raw]], Awaitable[int | None]]


@dataclass(slots=True)
class Trouble:
    """What stands between us and our updates; each is told once, until it is over."""

    setting: str
    conflict: float = float("-inf")
    shared: bool = False
    revoked: bool = False

    def later(self, later: Later) -> float:
        """Say so where two poll one bot; return the seconds to wait."""
        if later.code == HTTPStatus.CONFLICT:
            if not self.shared and time.monotonic() < self.conflict + TOGETHER:
                self.shared = True
                log.error("not-heard", code=later.code, why="another program polls this bot too: stop that one")
            self.conflict = time.monotonic()
        return later.after

    def never(self, never: Never) -> float:
        """Say that the token was taken back; all else this process does goes on meanwhile."""
        if not self.revoked:
            self.revoked = True
            log.error("not-heard", code=never.code, why=f"{self.setting} was revoked: {RENEW}")
        return REFUSED

    def over(self) -> None:
        """Updates come again."""
        self.revoked = False
        self.shared = self.shared and time.monotonic() < self.conflict + TOGETHER


async def poll(ask: Callable[[int | None], Awaitable[list[Raw]]], take: Take, setting: str) -> None:
    """Ask for updates for ever. `take` returns the number up to which they are handled for good.

    `setting` is where the bot's token stands.
    """
    offset: int | None = None
    trouble = Trouble(setting)
    while True:
        try:
            raws = await ask(offset)
        except Later as later:
            await asyncio.sleep(trouble.later(later))
            continue
        except Never as never:
            await asyncio.sleep(trouble.never(never))
            continue
        trouble.over()
        handled = await take(raws) if raws else None
        offset = offset if handled is None else handled + 1
