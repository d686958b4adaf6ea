"""`make crash`: a plan drawn from a seed is carried out in a town full of people; then all is looked at from outside.

Prints a line for each kill. Ends with 1 at the first broken promise, and says with which seed to see it again.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from storage import migrations
from storage.database import Database
from tests.crash.after import Figures, look
from tests.crash.blame import Blame
from tests.crash.crowd import WIDE, Crowd
from tests.crash.desk import AtWork
from tests.crash.phones import SILENCE
from tests.crash.plan import COLD, Kill, Plan, drawn
from tests.crash.rough import Broken, Life, Rough
from tests.storage import postgres

Print = Callable[[str], None]
# Seconds for which a process may go without coming to the point it is to die at; then it dies where it is.
PATIENCE = 4.0
# So many kills of three wait until somebody was answered since the last, but no longer than so many seconds: else a
# slow machine would only start processes and never see one work. The third comes while the process still starts.
WAITING, EVERY, LONGEST = 2, 3, 20.0
KILLS = 300
# Characters of the processes' log that are shown where a promise is broken.
LOG = 6000


@dataclass(frozen=True)
class Asked:
    """What a command line and the tests of this set; `silence` in seconds, `wide` in people at the same time."""

    database: str
    plan: Plan
    sabotage: str = ""
    silence: float = SILENCE
    wide: int = WIDE


@dataclass
class Crash:
    """One plan, carried out on one database; `databases` gives the URL of an empty one."""

    plan: Plan
    town: Rough
    databases: Callable[[], str]
    tell: Print
    silence: float = SILENCE
    wide: int = WIDE
    blame: Blame = field(default_factory=Blame)
    reached: Counter[str] = field(default_factory=Counter)
    now: str = "before the first kill"

    async def run(self) -> Figures:
        """All of it. Raises Broken at the first promise that is."""
        await self.town.open()
        try:
            await self._migrations()
            for name in ("intake", "desk"):
                await self.town.begin(name, cold=len(self.plan.kills) > COLD)
            desk = await AtWork.of(self.town, self.plan.seed)
            crowd = Crowd(self.town, self.silence, self.wide)
            await self._killing(crowd, desk)
            self.tell(f"last reports of {len(crowd.people)} people")
            self.now = f"the last reports, after {self.now}"
            await crowd.report_once_more()
            self.now = self.now.replace("the last reports", "the last look")
            return await look(self.town, crowd, desk, self.blame, self.tell)
        finally:
            await self.town.close()

    async def _killing(self, crowd: Crowd, desk: AtWork) -> None:
        async with asyncio.TaskGroup() as group:
            reporting = group.create_task(crowd.report())
            others = [group.create_task(desk.work()), group.create_task(self._watch())]
            await crowd.begun.wait()
            for kill in self.plan.kills:
                if kill.number % EVERY < WAITING:
                    await _somebody_is_answered(crowd)
                await self._kill(kill, crowd)
            await self.town.simulator.client.delete("/sim/faults")
            self.blame.faulty({}, time.time())
            crowd.over.set()
            await reporting
            for task in others:
                task.cancel()

    async def _watch(self) -> None:
        """Notice a process that ends though nobody has killed it."""
        while True:
            for life in list(self.town.lives.values()):
                if life.over.is_set() and not life.wanted:
                    await self._fell(life)
            await asyncio.sleep(0.2)

    async def _fell(self, life: Life) -> None:
        """Start it again, as `saksi run` does: on PostgreSQL who loses a deadlock falls. Raises Broken on SQLite."""
        if not self.town.url:
            raise Broken(f"{life.name} has ended by itself")
        self.tell(f"      {life.name} has ended by itself, and is started again")
        await self.town.end(life)
        self.blame.deaths.append(life)
        self.reached["by itself"] += 1
        await self.town.begin(life.name)

    async def _kill(self, kill: Kill, crowd: Crowd) -> None:
        self.now, began = f"kill {kill.number} ({kill})", time.time()
        while kill.process not in self.town.lives:  # noqa: ASYNC110  # another task starts it again
            await asyncio.sleep(0.05)
        await self.town.simulator.put("faults", **{"telegram": {}, "whatsapp": {}, **kill.faults})
        self.blame.faulty(kill.faults, time.time())
        where = await (self._at_point(kill) if kill.point else self._by_time(kill))
        self.reached[where] += 1
        await asyncio.sleep(kill.down)
        await self.town.begin(kill.process, cold=kill.cold)
        done = f"{crowd.finished} of {len(crowd.people)} people done"
        self.tell(f"{kill.number + 1:>4}  {kill}; died {where}; {time.time() - began:.1f} s; {done}")

    async def _by_time(self, kill: Kill) -> str:
        await asyncio.sleep(kill.after)
        self.blame.deaths.append(await self.town.slay(kill.process, kill.signal))
        return "at random"

    async def _at_point(self, kill: Kill) -> str:
        """Have it die at the point; where it does not come there, at once."""
        life = self.town.lives[kill.process]
        life.wanted = True
        self.town.order(kill.process, kill.order)
        try:
            async with asyncio.timeout(PATIENCE):
                await life.over.wait()
        except TimeoutError:
            late = self.town.countermand(kill.process)
            if late:
                self.blame.deaths.append(await self.town.slay(kill.process, kill.signal))
                return f"elsewhere (not {kill.point})"
        await self.town.end(life)
        self.blame.deaths.append(life)
        return kill.point

    async def _migrations(self) -> None:
        """Kill `saksi migrate` between any two of its statements; the next one makes all tables all the same."""
        await self._migrated()
        for kill in self.plan.migrating:
            self.now = f"kill {kill.number} ({kill})"
            self.town.empty_database(self.databases())
            self.town.order("migrate", kill.order)
            code = await self._migrated()
            self.town.countermand("migrate")
            self.reached["mid-migration"] += 1
            stood = _stands(self.town)
            if await self._migrated() or _stands(self.town) != migrations.head():
                raise Broken(f"a killed migration cannot be repeated:\n{self.town.logged()[-2000:]}")
            self.tell(f"{kill.number + 1:>4}  {kill}; ended with {code}, the tables at {stood or 'nothing'}")

    async def _migrated(self) -> int:
        life = await self.town.begin("migrate")
        await self.town.end(life)
        return life.code


async def _somebody_is_answered(crowd: Crowd) -> None:
    before, until = crowd.answers, time.monotonic() + LONGEST
    while crowd.answers == before and time.monotonic() < until:  # noqa: ASYNC110  # other processes
        await asyncio.sleep(0.1)


def _stands(town: Rough) -> str | None:
    database = Database.at(town.database)
    try:
        return migrations.revision(database)
    finally:
        database.close()


def crash(asked: Asked, tell: Print) -> Figures | None:
    """Carry out a plan; none where its database is not on this machine. Raises Broken."""
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="saksi-crash-")))
        databases: Callable[[], str] = str
        if asked.database == "postgresql":
            where = postgres.programs()
            if where is None:
                tell(f"skipped: no PostgreSQL below {postgres.PROGRAMS} (Debian: apt install postgresql)")
                return None
            databases = stack.enter_context(postgres.running(where)).empty
        done = asyncio.run(_carried_out(asked, folder, databases, tell))
    tell(done.told(time.monotonic() - began, len(asked.plan.all)))
    return done


async def _carried_out(asked: Asked, folder: Path, databases: Callable[[], str], tell: Print) -> Figures:
    town = Rough(folder, databases(), asked.sabotage)
    one = Crash(asked.plan, town, databases, tell, asked.silence, asked.wide)
    try:
        async with town:
            figures = await one.run()
    except BaseException as error:
        error.add_note(f"seed {asked.plan.seed}, {one.now}")
        tell("the log ends with\n" + town.logged()[-LOG:])
        raise
    finally:
        town.stop()
    figures.points = one.reached
    return figures


def why(error: BaseException) -> str:
    """Say what broke, and when, in a line."""
    while isinstance(error, BaseExceptionGroup):
        notes = getattr(error, "__notes__", [])
        error = error.exceptions[0]
        for note in notes:
            error.add_note(note)
    return "; ".join((f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=KILLS)
    asked.add_argument("--seed", type=int, default=0, help="0 draws one from the clock")
    asked.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    asked.add_argument("--sabotage", default="", help="something that is broken on purpose (tests/crash/sabotage.py)")
    given = asked.parse_args()
    seed = given.seed or int(time.time())
    backends = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    for backend in backends:
        _say(f"{backend}, seed {seed}, {given.kills} kills")
        try:
            crash(Asked(backend, drawn(seed, given.kills), given.sabotage), _say)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told with its seed
            again = f"make crash SEED={seed} KILLS={given.kills} DATABASE={backend}"
            sys.exit(f"BROKEN: {why(error)}\nAgain: {again}")


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)  # noqa: T201  # a command line prints


if __name__ == "__main__":
    main()
