"""What a step costs as stored tips and open drafts grow, and what the process takes in memory.

python -m benchmarks.growth FOLDER URL tips|drafts COUNT...          a line of JSON for each count
make bench BENCH=growth GROWTH=night                                 ten times as many as by day
"""

import asyncio
import functools
import json
import os
import random
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from benchmarks import plot, walk
from benchmarks.ours import Saksi, now
from benchmarks.table import Table
from bot.channels.base import Reporter
from handlers.answers import Draft, Words
from storage import outbox, tips
from storage.models import METADATA
from storage.vault import new_identity, seal

TIPS, DRAFTS = [1_000, 10_000, 100_000], [100, 1_000, 10_000]
# A quarter of an hour and six gigabytes more.
NIGHT = os.environ.get("GROWTH") == "night"
if NIGHT:
    TIPS.append(1_000_000)
    DRAFTS.append(100_000)
# Reports whose steps are timed, people whose rows are, and how often: the cheapest counts, for others work here too.
REPORTS, PEOPLE, ROUNDS = 25, 200, 5
AT_ONCE = 1_000
PATIENCE = 7200 if NIGHT else 400
ROOT = Path(__file__).parents[1]
STORY = Draft().put("story", Words("Apel pagi di halaman kantor, semua diminta memilih nomor sembilan. " * 4))
TIP = METADATA.tables["tip"]
MAILBOX = new_identity()[1]
NUMBERS = iter(range(1_000_000, 9_000_000))
# Whose drafts are open are numbered from here.
WRITING = 10_000_000


class Growth:
    """A database that is made fuller and fuller, and what it then costs."""

    def __init__(self, it: Saksi) -> None:
        self._it = it
        # Only what is looked at again is remembered: a list of a million names would be measured as memory of ours.
        self._lookups: list[bytes] = []
        self._tips = self._drafts = 0

    async def tips(self, count: int) -> None:
        """Fill up to so many tips; their bodies are as long as real ones and say nothing."""
        body = seal(b"x" * 600, (MAILBOX, MAILBOX))
        while (missing := count - self._tips) > 0:
            await self._it.committer.commit(functools.partial(self._keep, body=body, many=min(missing, AT_ONCE)))

    def _keep(self, tx: Connection, *, body: bytes, many: int) -> None:
        fresh = [secrets.token_bytes(16) for _ in range(many)]
        same = {"day": now().date().toordinal(), "route": "bawaslu", "epoch": "2026-11", "status": "received"}
        rows = [
            {**same, "id": secrets.token_urlsafe(12), "body": body, "address": None, "lookup": one, "mailbox": MAILBOX}
            for one in fresh
        ]
        tx.execute(insert(TIP), rows)
        self._tips += many
        self._lookups = random.sample(self._lookups + random.sample(fresh, min(many, PEOPLE)), PEOPLE)

    async def drafts(self, count: int) -> None:
        """Fill up to so many conversations under way."""
        while (missing := count - self._drafts) > 0:
            people = [_writing(self._drafts + one) for one in range(min(missing, AT_ONCE))]
            await self._it.committer.commit(functools.partial(self._open, people=people))
            self._drafts += len(people)

    def _open(self, tx: Connection, people: list[Reporter]) -> None:
        for one in people:
            self._touch(tx, one)

    def _touch(self, tx: Connection, who: Reporter) -> None:
        """Do what a step does in the database, and nothing else."""
        conversations, at = self._it.house.conversations, now()
        held = conversations.load(tx, who, at)
        conversations.save(tx, who, STORY, held.version, at)
        conversations.trace(tx, who, ["1"], at)
        conversations.see(tx, who, held, "1", at)
        name = secrets.token_urlsafe(12)
        outbox.owe(tx, name, "elsewhere", bytes(1100), at.timestamp())
        outbox.settle(tx, [name])

    async def measured(self, count: int, file: Path) -> dict[str, float]:
        storage = await self._cheapest(self._rows) if self._drafts else 0.0
        looking = await self._cheapest(self._look) if self._lookups else 0.0
        step = min([await self._steps() for _ in range(ROUNDS)])
        size = sum(path.stat().st_size for path in file.parent.glob(f"{file.name}*")) / (1 << 20)
        return {"count": count, "step": step, "storage": storage, "look": looking, "rss": _memory(), "disk": size}

    async def _cheapest(self, work: Callable[[Connection], float]) -> float:
        return min([await self._it.committer.commit(work) for _ in range(ROUNDS)])

    def _rows(self, tx: Connection) -> float:
        chosen = map(_writing, random.sample(range(self._drafts), min(PEOPLE, self._drafts)))
        return statistics.median(_timed(lambda who=who: self._touch(tx, who)) for who in chosen)  # type: ignore[misc]  # bound now

    def _look(self, tx: Connection) -> float:
        return statistics.median(_timed(lambda one=one: tips.find(tx, one)) for one in self._lookups)  # type: ignore[misc]  # bound now

    async def _steps(self) -> float:
        """CPU of a step, in microseconds, without the last, which is Argon2."""
        begun = time.process_time()
        await asyncio.gather(*(self._report(next(NUMBERS)) for _ in range(REPORTS)))
        return (time.process_time() - begun) / REPORTS / walk.length() * 1e6

    async def _report(self, person: int) -> None:
        for step in range(walk.length()):
            await self._it.take(person, step)


def _writing(number: int) -> Reporter:
    return Reporter("telegram", f"{WRITING + number}")


def _timed(work: Callable[[], Any]) -> float:
    begun = time.thread_time()
    work()
    return (time.thread_time() - begun) * 1e6


def _memory() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / (1 << 20)


async def run(folder: Path, url: str, what: str, counts: list[int]) -> None:
    walk.LEFT_OUT = 1
    it = Saksi(folder, url)
    # Without tickets ahead: they would be drawn while steps are timed.
    task = asyncio.create_task(it.committer.run())
    growth = Growth(it)
    for count in counts:
        await (growth.tips(count) if what == "tips" else growth.drafts(count))
        print(json.dumps(await growth.measured(count, folder / "saksi.db")), flush=True)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def measured() -> list[Table]:
    heads = ("of these", "CPU a step, µs", "storage part, µs", "finding a ticket's tip, µs", "RSS, MiB", "on disk, MiB")
    table = Table("As it grows", heads)
    for what, counts in (("tips", TIPS), ("drafts", DRAFTS)):
        try:
            found = _run(what, counts)
        except (subprocess.SubprocessError, ValueError) as error:
            table.missing.append(f"{what}: {type(error).__name__}")
            continue
        name = "stored tips" if what == "tips" else "open drafts"
        for one in found:
            cells = [one[key] or "-" for key in ("step", "storage", "look", "rss", "disk")]
            table.add(f"{int(one['count']):,} {name}", *cells)
        sizes = {f"{int(one['count']):,} {name}": one for one in found}
        drawn = {size: one["storage" if what == "drafts" else "step"] for size, one in sizes.items()}
        table.notes.append(plot.rows(drawn, "µs, the storage part" if what == "drafts" else "µs of CPU a step"))
        times = found[-1]["step"] / found[0]["step"]
        table.notes.append(f"From the fewest to the most {name}: a step costs {times:.2f} times as much.")
    table.notes.append(
        "SQLite. Storage part: the thread's CPU in what a step reads and writes for somebody drawn at random. Without "
        f"the last step, which is Argon2; the cheapest of {ROUNDS} rounds. The aim: at most 1.2 times from 1,000 tips "
        "on, and 4 times the storage part from 100 drafts on."
    )
    return [table]


def _run(what: str, counts: Sequence[int]) -> list[dict[str, float]]:
    from benchmarks.reports import folder

    with folder() as where:
        url = f"sqlite:///{where / 'saksi.db'}"
        command = [sys.executable, "-m", "benchmarks.growth", str(where), url, what, *map(str, counts)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE)  # noqa: S603  # ours
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), sys.argv[2], sys.argv[3], [int(one) for one in sys.argv[4:]]))
