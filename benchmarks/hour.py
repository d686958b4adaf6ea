"""An hour in which a whole country reports: several intakes behind a balancer on one PostgreSQL, and one desk.

    make bench BENCH=hour HOUR=50000        as many reporters as are named, at the rate of 50,000 an hour

The processes are the real ones, the platform and the reporters `benchmarks/crowd.py`. HOUR_SECONDS spreads the same
people over another time, HOUR_INTAKES names another number of intakes. Without HOUR: a small part of the hour.
"""

import asyncio
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import func, select

from benchmarks import walk
from benchmarks.crowd import FIRST, Counting, Crowd, Seen
from benchmarks.reports import LACKING, folder
from benchmarks.table import Table
from benchmarks.watch import Watch
from bot import demo
from bot.pace import GROUP_MOST
from bot.references import THINGS, TIMES
from storage.database import Database
from storage.models import METADATA
from storage.tickets import derive
from tests.storage import postgres
from tests.town import environ

RATE = 50_000
PEOPLE = int(os.environ.get("HOUR") or 300)
SECONDS = float(os.environ.get("HOUR_SECONDS") or PEOPLE * 3600 / RATE)
INTAKES = int(os.environ.get("HOUR_INTAKES") or 4)
# Seconds: between two steps of one reporter, until a process serves, and until the last is delivered. The group's pace
# is below the hour's rate, so that what waits at the end grows with the time the people took.
PAUSE, STARTING, DRAINING = 2.0, 240.0, 900.0 + SECONDS / 2
# Tickets that are opened again afterwards, each for 25 ms of a core.
OPENED = 2_000
# People who come before the crowd, one by one, so slowly that each has a card of their own: these seconds apart.
ALONE, APART = 12, 5.0
ROOT = Path(__file__).parents[1]
TIP, OWED = METADATA.tables["tip"], METADATA.tables["owed"]
_THING, _TIME = "|".join(THINGS), "|".join(TIMES)
REFERENCE = re.compile(rf"\b(?:{_THING})-(?:{_TIME})(?:-(?:{_TIME}))?\b")


@dataclass(slots=True)
class Hour:
    """Everything that runs, and what was seen of it."""

    folder: Path
    runtime: Path
    url: str
    seen: Seen = field(default_factory=Seen)
    drawn: demo.Secrets = field(default_factory=demo.Secrets.drawn)
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    listens: list[str] = field(default_factory=lambda: [f"{demo.HOST}:{demo.free_port()}" for _ in range(INTAKES)])

    async def run(self) -> tuple[Crowd, Watch, "Found"]:
        server = await asyncio.get_running_loop().create_server(
            lambda: Counting(self.seen, len(demo.OFFICERS)), demo.HOST, 0
        )
        platform = f"http://{demo.HOST}:{server.sockets[0].getsockname()[1]}"
        hooks = [f"http://{listen}/telegram" for listen in self.listens]
        crowd = Crowd(self.seen, hooks, self.drawn.verify, PAUSE)
        try:
            await self._start(platform)
            # They tell how many bubbles a report has, and how long a card takes.
            before = Crowd(self.seen, hooks, self.drawn.verify, pause=0)
            await before.come(range(FIRST - ALONE, FIRST), ALONE * APART, evenly=True)
            with Watch(self.url, self._pids()) as watch:
                await crowd.come(range(FIRST, FIRST + PEOPLE), SECONDS)
                watch.mark("all have reported")
                await self._drained(watch)
            return crowd, watch, await asyncio.to_thread(self._found)
        finally:
            self._stop()
            server.close()

    async def _start(self, platform: str) -> None:
        for number, listen in enumerate(self.listens, 1):
            self._spawn(f"intake {number}", "intake", platform, listen)
        self._spawn("desk", "desk", platform, self.listens[0])
        async with asyncio.timeout(STARTING), httpx.AsyncClient() as client:
            for listen in self.listens:
                while not await _serves(client, listen):  # noqa: ASYNC110  # another process
                    await asyncio.sleep(0.2)

    def _spawn(self, name: str, command: str, platform: str, listen: str) -> None:
        given = {
            key: value
            for key, value in demo.settings(self.folder, self.drawn, listen, platform).items()
            if not key.startswith("SAKSI_WHATSAPP")
        }
        given |= {
            "SAKSI_DATABASE": self.url, "SAKSI_RUNTIME": str(self.runtime), "SAKSI_DESK__PACE": str(GROUP_MOST),
            "SAKSI_TELEGRAM__WEBHOOK_URL": "https://balancer.invalid/telegram",
            "SAKSI_TELEGRAM__WEBHOOK_SECRET": self.drawn.verify,
        }  # fmt: skip
        with (self.folder / f"{name}.log").open("wb") as log:
            command_ = [sys.executable, "-m", "bot", command]
            self.processes[name] = subprocess.Popen(command_, cwd=ROOT, env=environ(given), stdout=log, stderr=log)  # noqa: S603  # ours

    def _pids(self) -> Mapping[str, int]:
        return {**{name: process.pid for name, process in self.processes.items()}, "crowd and platform": os.getpid()}

    async def _drained(self, watch: "Watch") -> None:
        """Wait until nothing is due any more, the group's digests among it; not for ever."""
        until = time.monotonic() + DRAINING
        while watch.due() and time.monotonic() < until:  # noqa: ASYNC110  # the database alone knows
            await asyncio.sleep(1)

    def _stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(60)

    def _found(self) -> "Found":
        """Look at what rests: tips, what is still owed, and whether each ticket opens one."""
        database = Database.at(self.url)
        people = range(FIRST, FIRST + PEOPLE)
        codes = [self.seen.codes[person] for person in people if person in self.seen.codes]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            lookups = [one.lookup for one in pool.map(derive, codes[:OPENED])]
        with database.snapshot() as tx:
            tips = {row.lookup for row in tx.execute(select(TIP.c.lookup)).all()}
            rows = int(tx.execute(select(func.count()).select_from(TIP)).scalar_one())
            parked = int(tx.execute(select(func.count()).where(OWED.c.parked)).scalar_one())
        database.close()
        usual = self.seen.bubbles[FIRST - 1]
        alone = sorted(at for person, at in self.seen.sent.items() if person < FIRST)
        counts = [self.seen.bubbles[person] for person in people]
        names = [name for text in self.seen.texts for name in set(REFERENCE.findall(text))]
        return Found(
            tips=rows - ALONE, tickets=len(set(codes)), opened=sum(one in tips for one in lookups), tried=len(lookups),
            fewer=sum(count < usual for count in counts), more=sum(count > usual for count in counts),
            parked=parked, shown=len(set(names)), messages=len(self.seen.group),
            visible=[card - sent for sent, card in zip(alone, self.seen.group, strict=False)],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What came of them: `fewer` and `more` are people with another number of bubbles than a report has."""

    tips: int
    tickets: int
    opened: int
    tried: int
    fewer: int
    more: int
    parked: int
    shown: int
    messages: int
    visible: Sequence[float]


async def _serves(client: httpx.AsyncClient, listen: str) -> bool:
    try:
        return (await client.get(f"http://{listen}/healthz")).is_success
    except httpx.HTTPError:
        return False


@contextmanager
def _ground() -> Iterator[Hour]:
    programs = postgres.programs()
    if programs is None:
        raise FileNotFoundError(LACKING["postgres"])
    with ExitStack() as stack:
        where = stack.enter_context(folder())
        # What every intake of a machine shares: the draft keys, in memory.
        memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # memory, and a folder of our own in it
        runtime = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=memory, prefix="saksi-hour-")))
        state = where / f"state-{secrets.token_hex(4)}"
        state.mkdir(mode=0o700)
        demo.prepare(state)
        cluster = stack.enter_context(postgres.running(programs, settings=("listen_addresses=",)))
        yield Hour(state, runtime, cluster.migrated())


def measured() -> list[Table]:
    walk.LEFT_OUT = 0
    with _ground() as hour:
        begun = time.monotonic()
        crowd, watch, found = asyncio.run(hour.run())
        passed = time.monotonic() - begun
    return [_came(crowd, watch, found), _busy(watch, found), _waited(watch, passed)]


def _came(crowd: Crowd, watch: Watch, found: Found) -> Table:
    table = Table(
        f"{PEOPLE:,} reporters in {SECONDS:,.0f} seconds, {INTAKES} intakes, PostgreSQL", ("what", "how many", "wanted")
    )
    table.add("reports that came to their end", crowd.whole, PEOPLE)
    table.add("tips in the database", found.tips, PEOPLE)
    table.add("different tickets", found.tickets, PEOPLE)
    table.add(f"tickets that open a tip, of {found.tried:,} tried", found.opened, found.tried)
    table.add("reporters with a bubble too few", found.fewer, 0)
    table.add("reporters with a bubble twice", found.more, 0)
    table.add("owed and given up", found.parked, 0)
    table.add("updates brought again, for want of a 200", crowd.again, 0)
    table.add("tips that stand in the group", found.shown, PEOPLE + ALONE)
    table.add(
        f"before them, one each {APART:g} s: seconds from ticket to card, p95", _part(found.visible, 0.95), "<= 2"
    )
    table.add("seconds until a step was acknowledged, p50", _part(crowd.took, 0.5), "-")
    table.add("the same, p99", _part(crowd.took, 0.99), "-")
    table.add("seconds until the answer was there, p50", _part(crowd.answered, 0.5), "-")
    table.add("the same, p99", _part(crowd.answered, 0.99), "-")
    table.notes.append(
        f"{len(walk.steps())} steps each, {PAUSE:g} s between an answer and the next step on average; each step comes "
        f"to the next intake in turn. The hour's rate of {RATE:,} is a reporter each {3600 / RATE * 1000:.0f} ms; here "
        f"one each {SECONDS / PEOPLE * 1000:.0f} ms. Others used {watch.machine.others:.0%} of the machine meanwhile."
    )
    return table


def _busy(watch: Watch, found: Found) -> Table:
    table = Table(
        "What it took", ("who", "CPU, s", "of it a report, ms", "of a core, %", "an hour of 50,000 needs cores")
    )
    for name, cpu in watch.cpu().items():
        each = cpu / PEOPLE
        table.add(name, cpu, each * 1e3, cpu / watch.seconds * 100, each * RATE / 3600)
    used = found.messages / max(1.0, watch.seconds / 60) / GROUP_MOST
    parts = {
        "the processors": watch.machine.busy,
        "the busiest committer": max(watch.sessions.values(), default=0.0),
        "PostgreSQL's waits (locks, log)": max(watch.waits.values(), default=0.0),
        "the group's pace": used,
    }
    first = max(parts, key=lambda name: parts[name])
    told = ", ".join(f"{name} {share:.0%}" for name, share in parts.items())
    table.notes.append(f"How full each was: {told}. **First to be full: {first}.**")
    return table


def _waited(watch: Watch, passed: float) -> Table:
    table = Table("How long the oldest that was due had waited", ("lane", "longest, s", "most at once"))
    for lane, ages in watch.ages.items():
        table.add(lane, max(ages), max(watch.counts[lane]))
    table.notes.append(watch.drawn())
    table.notes.append(f"{passed:.0f} seconds with all that is started and looked up.")
    return table


def _part(took: Sequence[float], part: float) -> float:
    return sorted(took)[min(len(took) - 1, int(part * len(took)))] if took else 0.0
