"""Delivers what is owed: claims rows with a lease, keeps order towards each destination, settles after it arrived."""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from bot.channels.base import ChannelError, Later, Never
from bot.logs import log
from bot.parcels import Parcel, unpacked
from storage import outbox
from storage.committer import Committer
from storage.errors import Sealed
from storage.outbox import Row
from storage.wrapping import Wrapper

# Seconds. The net below the wake-ups: nothing owed is overlooked longer than this.
NET = 1.0
AT_ONCE = 64
SLOWEST = 600.0

Settle = Callable[[Connection], Collection[str]]
"""What to commit once a parcel has arrived; returns the lanes in which it made something owed."""


class Carrier(Protocol):
    """Brings one kind of parcel to where it belongs."""

    def destination(self, parcel: Parcel) -> str:
        """Name where it goes; parcels for one destination are delivered in their order."""

    async def deliver(self, parcel: Parcel, name: str) -> Settle:
        """Deliver it, then say what to commit. Raises Later or Never."""

    def fail(self, parcel: Parcel) -> Settle | None:
        """Say what to commit when it can never be delivered; none parks it for the operator."""


@dataclass(slots=True)
class _Way:
    """The queue towards one destination."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Courier:
    """Runs the lanes of one process."""

    def __init__(
        self,
        committer: Committer,
        wrapper: Wrapper,
        carriers: Mapping[str, Carrier],
        *,
        clock: Callable[[], datetime],
        wake_others: Callable[[Collection[str]], None],
    ) -> None:
        self._committer = committer
        self._wrapper = wrapper
        self._carriers = carriers
        self._clock = clock
        self._wake_others = wake_others
        self._woken = asyncio.Event()
        self._free = AT_ONCE
        self._ways: dict[str, _Way] = {}
        self._blocked: dict[str, float] = {}

    def wake(self, lanes: Collection[str] = ()) -> None:
        """Look at once whether something is due; lanes of another process are passed on to it."""
        if not lanes or any(lane in self._carriers for lane in lanes):
            self._woken.set()
        if others := [lane for lane in lanes if lane not in self._carriers]:
            self._wake_others(others)

    async def run(self) -> None:
        """Deliver until cancelled; what is under way then is delivered again after its lease."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._woken.clear()
                rows, wait = await self._committer.commit(self._claim)
                for row in rows:
                    self._free -= 1
                    group.create_task(self._carry(row))
                if not rows or not self._free:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._woken.wait(), wait)

    def _claim(self, tx: Connection) -> tuple[list[Row], float]:
        now = self._clock().timestamp()
        rows = outbox.claim(tx, tuple(self._carriers), now, self._free) if self._free else []
        due = None if rows else outbox.next_due(tx, tuple(self._carriers))
        return list(rows), NET if due is None else min(NET, max(0.01, due - now))

    async def _carry(self, row: Row) -> None:
        try:
            await self._carry_in_order(row)
        finally:
            self._free += 1
            self._woken.set()

    async def _carry_in_order(self, row: Row) -> None:
        carrier = self._carriers[row.lane]
        try:
            parcel = unpacked(self._wrapper.open(row.payload, row.id, self._clock()))
        except Sealed:
            # Prompts die with the draft key; nobody can read this one any more, so nobody waits for it.
            log.warning("owed-unreadable", lane=row.lane)
            await self._committer.commit(lambda tx: outbox.settle(tx, [row.id]))
            return
        way = carrier.destination(parcel)
        queue = self._ways.setdefault(way, _Way())
        queue.waiting += 1
        async with queue.lock:
            await self._attempt(carrier, row, parcel, way)
        queue.waiting -= 1
        if not queue.waiting:
            self._ways.pop(way, None)

    async def _attempt(self, carrier: Carrier, row: Row, parcel: Parcel, way: str) -> None:
        now = self._clock().timestamp()
        if self._blocked.get(way, 0) > now:
            await self._postpone(row, self._blocked[way])
            return
        self._blocked.pop(way, None)
        try:
            settle = await carrier.deliver(parcel, row.id)
        except Later as later:
            after = min(SLOWEST, max(later.after, 0.5 * 2 ** min(row.attempts, 10)))
            log.info("owed-later", lane=row.lane, code=later.code, attempts=row.attempts)
            self._blocked[way] = now + after
            await self._postpone(row, now + after)
        except ChannelError as never:
            log.warning("owed-never", lane=row.lane, code=never.code, halt=isinstance(never, Never) and never.halt)
            await self._give_up(carrier, row, parcel)
        else:
            await self._settle(row, settle)

    async def _postpone(self, row: Row, due: float) -> None:
        await self._committer.commit(lambda tx: outbox.postpone(tx, row.id, due))

    async def _give_up(self, carrier: Carrier, row: Row, parcel: Parcel) -> None:
        settle = carrier.fail(parcel)
        if settle is None:
            await self._committer.commit(lambda tx: outbox.park(tx, row.id))
        else:
            await self._settle(row, settle)

    async def _settle(self, row: Row, settle: Settle) -> None:
        def work(tx: Connection) -> Collection[str]:
            outbox.settle(tx, [row.id])
            return settle(tx)

        self.wake(await self._committer.commit(work))
