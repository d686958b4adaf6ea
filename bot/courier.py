"""Delivers what is owed: claims rows with a lease, keeps order towards each destination, settles after it arrived."""

import asyncio
import contextlib
import functools
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.channels.base import ChannelError, Later, Never
from bot.logs import log
from bot.outage import outage, outlast, reason
from bot.parcels import Parcel, unpacked
from bot.presence import Presence
from bot.stores import soon
from storage import outbox
from storage.committer import Committer, Work
from storage.errors import Locked, Sealed, Unreached
from storage.outbox import Row
from storage.wrapping import Wrapper

T = TypeVar("T")
# Seconds. The net below the wake-ups: nothing owed is overlooked longer than this.
NET = 1.0
AT_ONCE = 64
# Of these, the most that one lane may have: a platform that is slow to answer leaves room for the others.
SHARE = 48
# Seconds between tries towards a destination that has failed often, unless the platform asks for more.
SLOWEST = 600.0
# A parcel that raises what no channel may raise is tried so often, and again after so many seconds.
POISON = 3
AGAIN = 5.0
# Seconds after which a row is tried again whose key the operator has yet to unlock.
UNLOCKED = 30.0

# Seconds for which a platform may still say that what it took did not arrive after all.
WORD = 86_400.0


@dataclass(frozen=True, slots=True)
class After:
    """What may only follow a commit: lanes to wake, and work of a thread's that nothing hangs on."""

    lanes: Collection[str] = ()
    then: Callable[[], None] | None = None


Settle = Callable[[Connection], Collection[str] | After]
"""What to commit once a parcel has arrived; returns the lanes in which it made something owed."""


def pause(asked: float, times: int) -> float:
    """Say how many seconds to wait after so many tries in vain: longer each time, and never less than was asked for."""
    return max(asked, min(SLOWEST, 0.5 * 2.0 ** min(times, 11)))


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


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A destination that cannot be reached: until when nobody tries, and how often it was tried in vain."""

    until: float = 0
    times: int = 0


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
        self._busy: Counter[str] = Counter()
        self._ways: dict[str, _Way] = {}
        self._troubles: dict[str, _Trouble] = {}
        self._under_way: set[tuple[str, bytes]] = set()
        self._name = secrets.token_hex(6)

    def wake(self, lanes: Collection[str] = ()) -> None:
        """Look at once whether something is due; lanes of another process are passed on to it."""
        if not lanes or any(lane in self._carriers for lane in lanes):
            self._woken.set()
        if others := [lane for lane in lanes if lane not in self._carriers]:
            self._wake_others(others)

    async def run(self, *, alone: bool = False, presence: Presence | None = None) -> None:
        """Deliver until cancelled; what is under way then is delivered again after its lease.

        Whoever is `alone` need not wait for leases: who held them has died. Nor need those who see each other by
        their `presence`, whenever one of them dies.
        """
        if alone:
            await self._commit(lambda tx: outbox.release(tx, tuple(self._carriers)))
        if presence:
            self._name = presence.name
        async with asyncio.TaskGroup() as group:
            group.create_task(self._hold())
            if presence:
                group.create_task(self._inherit(presence))
            while True:
                self._woken.clear()
                rows, wait = await self._commit(self._claim)
                for row in rows:
                    self._free -= 1
                    self._busy[row.lane] += 1
                    self._under_way.add((row.id, row.payload))
                    group.create_task(self._carry(row))
                # Not wait_for: Python 3.11's loses a cancellation that comes with the wake-up (measured).
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._woken.wait()

    async def _inherit(self, presence: Presence) -> None:
        """Give back what the dead had claimed, as soon as they are dead."""
        while True:
            if dead := presence.dead():
                await self._commit(functools.partial(outbox.give_back, dead=dead))
                presence.forget(dead)
                self._woken.set()
            await asyncio.sleep(NET)

    async def _hold(self) -> None:
        """Renew our leases: what takes longer (a slow platform, a long queue) must not go out from another as well."""
        while True:
            await asyncio.sleep(outbox.LEASE / 2)
            if self._under_way:
                await self._commit(lambda tx: outbox.renew(tx, self._name, self._clock().timestamp()))

    async def _commit(self, work: Work[T]) -> T:
        """Commit it, however long nothing can be written: what has gone out must not go out again."""
        return await outlast(lambda: self._committer.commit(work))

    def _claim(self, tx: Connection) -> tuple[list[Row], float]:
        now = self._clock().timestamp()
        lanes = tuple(lane for lane in self._carriers if self._busy[lane] < SHARE)
        if not self._free or not lanes:
            return [], NET
        most = min(self._free, SHARE - max(self._busy[lane] for lane in lanes))
        claimed = outbox.claim(tx, lanes, now, most, self._name)
        due = outbox.next_due(tx, lanes, now)
        # Nor from here, where the clock was set forward meanwhile.
        rows = [row for row in claimed if (row.id, row.payload) not in self._under_way]
        return rows, NET if due is None else min(NET, due - now)

    async def _carry(self, row: Row) -> None:
        try:
            await self._carry_in_order(row)
        except Exception as error:
            if known := reason(error):
                outage.tell(known)
                await self._postpone(row, self._clock().timestamp() + pause(AGAIN, row.failures))
            elif isinstance(error, DBAPIError):
                raise
            else:  # a parcel that nobody can carry must not stop all the others
                log.error("owed-failed", lane=row.lane, error=error, attempts=row.failures + 1)
                await self._set_aside(row)
        finally:
            self._under_way.discard((row.id, row.payload))
            self._free += 1
            self._busy[row.lane] -= 1
            # Until now none was free to carry what else is due, or none in this lane.
            if self._free == 1 or self._busy[row.lane] == SHARE - 1:
                self._woken.set()

    async def _carry_in_order(self, row: Row) -> None:
        carrier = self._carriers[row.lane]
        try:
            parcel = unpacked(self._wrapper.open(row.payload, row.id, self._clock()))
        except Locked:
            await self._postpone(row, self._clock().timestamp() + UNLOCKED, tried=False)
            return
        except Sealed:
            log.warning("owed-unreadable", lane=row.lane)
            await self._commit(lambda tx: self._drop_unreadable(tx, row))
            return
        way = carrier.destination(parcel)
        async with self._in_turn(way):
            await self._attempt(carrier, row, parcel, way)

    def _drop_unreadable(self, tx: Connection, row: Row) -> None:
        """A prompt dies with its draft key, and nobody waits for it; a card or a file waits for the operator."""
        if self._wrapper.outlives(row.payload):
            outbox.park(tx, row)
        else:
            outbox.arrive(tx, row)

    @contextlib.asynccontextmanager
    async def _in_turn(self, way: str) -> AsyncIterator[None]:
        queue = self._ways.setdefault(way, _Way())
        queue.waiting += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.waiting -= 1
            if not queue.waiting:
                self._ways.pop(way, None)

    async def _attempt(self, carrier: Carrier, row: Row, parcel: Parcel, way: str) -> None:
        now, trouble = self._clock().timestamp(), self._troubles.get(way, _Trouble())
        if trouble.until > now:
            await self._postpone(row, trouble.until, tried=False)
            return
        try:
            await self._settle(row, await carrier.deliver(parcel, row.id), self._parted(row))
        except Later as later:
            after = pause(later.after, trouble.times)
            log.info("owed-later", lane=row.lane, code=later.code, attempts=row.failures + 1)
            self._troubles[way] = _Trouble(now + after, trouble.times + 1)
            await self._postpone(row, now + after)
            return
        except Unreached as unreached:
            # Where it goes is not to blame: whatever else goes there goes on.
            log.warning("store-away", lane=row.lane, why=str(unreached), attempts=row.failures + 1)
            await self._postpone(row, now + pause(0.0, row.failures))
            return
        except ChannelError as never:
            log.warning("owed-never", lane=row.lane, code=never.code, halt=isinstance(never, Never) and never.halt)
            await self._give_up(carrier, row, parcel, never.code)
        self._troubles.pop(way, None)

    async def _set_aside(self, row: Row) -> None:
        if row.failures + 1 < POISON:
            await self._postpone(row, self._clock().timestamp() + AGAIN)
        else:
            await self._commit(lambda tx: outbox.park(tx, row))

    async def _postpone(self, row: Row, until: float, *, tried: bool = True) -> None:
        await self._commit(lambda tx: outbox.postpone(tx, row, until, tried=tried))
        self._woken.set()

    async def _give_up(self, carrier: Carrier, row: Row, parcel: Parcel, code: int) -> None:
        settle = carrier.fail(parcel)
        if settle is None:
            await self._commit(lambda tx: outbox.park(tx, row, code))
        else:
            await self._settle(row, settle, outbox.arrive)

    def _parted(self, row: Row) -> Callable[[Connection, Row], None]:
        """Say what becomes of a row that went out: some platforms tell only later whether it arrived."""
        if outbox.sent_lane(row.lane) not in self._carriers:
            return outbox.arrive
        until = self._clock().timestamp() + WORD
        return lambda tx, row: outbox.watch(tx, row, until)

    async def _settle(self, row: Row, settle: Settle, parted: Callable[[Connection, Row], None]) -> None:
        def work(tx: Connection) -> Collection[str] | After:
            parted(tx, row)
            return settle(tx)

        settled = await self._commit(work)
        after = settled if isinstance(settled, After) else After(settled)
        self.wake(after.lanes)
        if after.then:
            await soon(after.then)
