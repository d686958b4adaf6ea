"""What all platforms are asked alike: whether they answer, and what time it is there."""

from collections.abc import Awaitable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Protocol, TypeVar

import msgspec

from bot.channels.asked import Answer
from bot.channels.base import Later, Never
from bot.doctor.finding import Finding, amber, green, red

# Seconds by which a clock may be off; a minute is what a signature or a deadline forgives.
SLOW, WRONG = 60.0, 600.0


T = TypeVar("T")


class Asking(Protocol):
    """A bot that a check can ask anything."""

    async def ask(self, method: str, **parameters: object) -> Answer:
        """Call a method. Raises Later or Never."""


class Silent(Exception):
    """The platform did not tell; `finding` says what that means."""

    def __init__(self, finding: Finding, *, refused: bool = False) -> None:
        super().__init__(finding.found)
        self.finding = finding
        self.refused = refused


async def told(about: str, setting: str, asking: Awaitable[Answer]) -> Answer:
    """Wait for an answer. Raises Silent."""
    try:
        return await asking
    except Later as later:
        do = "look at the network, DNS and proxy of this machine, and try again"
        raise Silent(red(about, f"does not answer now (code {later.code})", do)) from None
    except Never as never:
        do = f"have a new one made, and correct {setting}" if never.halt else f"correct {setting}, or its rights there"
        raise Silent(red(about, f"refuses us (code {never.code})", do), refused=True) from None


def read(about: str, answer: Answer, kind: type[T]) -> T:
    """Decode an answer. Raises Silent where it is none of this kind."""
    try:
        return msgspec.json.decode(answer.result, type=kind)
    except msgspec.DecodeError:
        raise Silent(red(about, "answers something odd", "look what stands between: a proxy?")) from None


def clock(about: str, date: str, now: datetime) -> Iterator[Finding]:
    """Compare our clock with the platform's; nothing where it does not say."""
    try:
        off = abs((parsedate_to_datetime(date) - now).total_seconds())
    except (ValueError, TypeError):
        return
    found = f"{off:.0f} seconds off {about}'s"
    if off > WRONG:
        yield red("clock", found, "timedatectl set-ntp true: deadlines, dates and keys go by it")
    elif off > SLOW:
        yield amber("clock", found, "timedatectl set-ntp true")
    else:
        yield green("clock", f"as {about}'s")
