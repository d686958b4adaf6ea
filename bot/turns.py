"""Takes reporters' messages: each is handled in one durable turn, and only then acknowledged."""

import asyncio
import functools
from collections.abc import Callable, Collection, Iterable

from msgspec.structs import replace
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.channels.base import Arrived, Reporter
from bot.limits import Tries
from bot.logs import log
from bot.meter import meter
from bot.outage import outlast
from bot.stores import soon
from bot.tally import Tally
from bot.tickets import Tickets
from bot.turn import Committed, House, Made, Wanted
from handlers.ticket import Code
from storage.committer import Committer

# A message that fails this often would block its queue for good: it is set aside with an apology.
POISON = 3


class Turns:
    """Takes messages, one conversation at a time."""

    def __init__(
        self,
        house: House,
        committer: Committer,
        *,
        wake: Callable[[Collection[str]], None],
        drop: Callable[[str], None],
    ) -> None:
        self.house = house
        self._committer = committer
        self._wake = wake
        self._drop = drop
        self.tickets = Tickets()
        self.tally = Tally()
        self._tries = Tries()

    async def take_all(self, arrived: Iterable[Arrived], *, patient: bool = False) -> None:
        """Handle several messages: those of one person in their order, different people side by side.

        Who is `patient` waits for a database however long it takes, so that nothing is handled twice.
        """
        by_person: dict[Reporter, list[Arrived]] = {}
        for one in arrived:
            by_person.setdefault(one.reporter, []).append(one)
        async with asyncio.TaskGroup() as group:
            for line in by_person.values():
                group.create_task(self._in_order(line, patient=patient))

    async def _in_order(self, line: list[Arrived], *, patient: bool) -> None:
        for one in line:
            await (outlast(functools.partial(self.take, one)) if patient else self.take(one))

    async def take(self, arrived: Arrived) -> None:
        """Handle one message; returns only once everything it led to is durable.

        Raises sqlalchemy's DBAPIError when the database is unavailable: do not acknowledge, try again later.
        """
        self.tickets.heard()
        for attempt in range(1, POISON + 1):
            try:
                await self._take(arrived)
            except DBAPIError:
                raise
            except Exception as error:  # noqa: BLE001  # one poisonous message must not block its queue for good
                log.error("turn-failed", error=error, attempts=attempt, channel=arrived.reporter.channel)
            else:
                meter.turned()
                return
        await self.finish(await self._committer.commit(lambda tx: self.house.apologise(tx, arrived)))

    async def _take(self, arrived: Arrived) -> None:
        made = Made()
        while True:
            match await self._committer.commit(self._work(arrived, made)):
                case Wanted(str() as code):
                    made = await self._look_up(arrived.reporter, code)
                case Wanted():
                    made = replace(made, ticket=await self.tickets.take())
                case Committed(missed=missed, scanned=scanned) as committed:
                    if missed:
                        self._tries.miss(arrived.reporter, self.house.clock())
                    if scanned:
                        self.tally.heard(scanned, self.house.clock().date())
                    await self.finish(committed)
                    return

    def _work(self, arrived: Arrived, made: Made) -> Callable[[Connection], Wanted | Committed]:
        return lambda tx: self.house.turn(tx, arrived, made)

    async def finish(self, committed: Committed) -> None:
        """Do what may only follow the commit: wake the couriers, drop the bytes that no row names any more."""
        self._wake(committed.lanes)
        for item in committed.dropped:
            await soon(self._drop, item)

    async def _look_up(self, who: Reporter, code: Code) -> Made:
        if self._tries.spent(who, self.house.clock()):
            return Made(tired=True)
        return Made(opened=await self.tickets.open(code))
