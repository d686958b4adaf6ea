"""Tells the operator, in a private chat of the desk's bot, that a process complains: what about, and nothing else.

Complaints are gathered for a quarter of an hour, as the figures for Prometheus are, so that nobody reads from them who
wrote when; and none is told again within hours. Each is a row like everything else that must arrive. What keeps the
desk itself from speaking (a token taken back, keys locked, no database) is told when that is over: watch the log too.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.channels.base import Never
from bot.courier import Settle
from bot.logs import log
from bot.meter import QUARTER, Meter, meter
from bot.outage import outlast
from bot.parcels import Alert
from handlers.messages import Say, Term
from storage import gauges
from storage.committer import Committer

if TYPE_CHECKING:  # the intake complains too, and needs no officers' library for it
    from bot.channels.desk import DeskBot
    from bot.desk import Desk

# Seconds until one complaint is told again, and after which something owed is late.
AGAIN, LATE = 4 * 3600.0, 3600.0
OTHER = "program"
# What the log calls it, by what the operator is told; the words are in locales, what each event means in the log.
KINDS: Mapping[str, frozenset[str]] = {
    "delivery": frozenset({"owed-never", "owed-failed", "owed-unreadable", "sent-failed", "address-unusable"}),
    "token": frozenset({"not-heard"}),
    "storage": frozenset({"not-kept", "not-acknowledged", "not-erased", "order-kept", "scans-lost"}),
    "keys": frozenset({"locked", "not-apart", "refused", "phone-unreadable", "retired-key-stays"}),
    "files": frozenset({"sandbox"}),
    "group": frozenset({"topic-refused", "nudge-off", "template-refused", "menu-refused"}),
    "late": frozenset(),
    OTHER: frozenset({"crash", "turn-failed", "desk-update-failed", "unraisable"}),
}
Owe = Callable[[Connection, Alert, str], Collection[str]]


@dataclass(slots=True)
class Distress:
    """Gathers what one process complains of; `looks` also at what is late, of both processes."""

    process: str
    committer: Committer
    owe: Owe
    wake: Callable[[Collection[str]], None]
    looks: bool = False
    meter: Meter = field(default_factory=lambda: meter)
    clock: Callable[[], float] = time.time
    seen: Counter[str] = field(default_factory=Counter)
    told: dict[str, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Look each quarter of an hour until cancelled."""
        while True:
            await asyncio.sleep(QUARTER)
            await self.once()

    async def once(self) -> None:
        """Owe the operator what is new."""
        kinds = [*self._complaints(), *(await self._late() if self.looks else ())]
        fresh = [kind for kind in kinds if self.clock() >= self.told.get(kind, float("-inf")) + AGAIN]
        if fresh:
            self.wake(await outlast(lambda: self.committer.commit(lambda tx: self._owe(tx, fresh))))
        for kind in fresh:
            self.told[kind] = self.clock()
            self.seen[kind] = self._count(kind)

    def _complaints(self) -> Iterator[str]:
        yield from (kind for kind in KINDS if self._count(kind) > self.seen[kind])

    def _count(self, kind: str) -> int:
        return sum(self.meter.alarms[event] for event in KINDS[kind])

    async def _late(self) -> list[str]:
        now = self.clock()
        waiting = await outlast(lambda: self.committer.commit(lambda tx: gauges.overdue(tx, now)))
        return ["late"] if any(lane.since < now - LATE for lane in waiting) else []

    def _owe(self, tx: Connection, kinds: Collection[str]) -> Collection[str]:
        lanes = set[str]()
        for kind in kinds:
            lanes |= set(self.owe(tx, Alert(self.process, kind), f"alert-{self.process}-{kind}"))
        return lanes


def words(alert: Alert) -> Say:
    """Say what a process complains of."""
    kind = alert.kind if alert.kind in KINDS else OTHER
    who = Term("desk-alert-intake" if alert.process == "intake" else "desk-alert-desk")
    return Say("desk-alert", {"process": who, "what": Term(f"desk-alert-about-{kind}")})


async def tell(desk: "Desk", bot: "DeskBot", alert: Alert) -> Settle:
    """Tell it, where an operator is named who has begun a chat. Raises Later."""
    if desk.operator is not None:
        try:
            await bot.say(desk.operator, desk.say(words(alert)))
        except Never as never:
            # Nobody can be told so; to complain of it here would only complain for ever.
            log.info("alert-lost", code=never.code)
    return lambda _tx: ()
