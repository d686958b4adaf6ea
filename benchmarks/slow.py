"""A disk that takes its time to sync: what a step then takes, committed in groups and one by one.

    python -m benchmarks.slow FOLDER URL SECONDS MOST    one disk and one manner, as JSON

The disk is a real one; each durable commit takes so many seconds longer, in the thread that commits, as it would if
fsync took them. MOST is how many turns one commit may take: 1 is a commit a step.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from benchmarks import walk
from benchmarks.ours import Saksi
from benchmarks.table import Table
from storage import committer
from storage.database import Database

# Milliseconds that a commit takes longer.
DELAYS = (0, 5, 20)
CROWDS = (1, 8, 64)
PATIENCE = 240
ROOT = Path(__file__).parents[1]
FIRST = 10_000


class Slow(Database):
    """A database on such a disk."""

    delay = 0.0
    commits = 0

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        with super().transaction() as connection:
            yield connection
        Slow.commits += 1
        time.sleep(Slow.delay)


async def run(folder: str, url: str, delay: float, most: int) -> None:
    it = Saksi(Path(folder), url, kind=Slow)
    vars(committer)["MOST"], Slow.delay = most, delay  # now: as many may wait as ever
    await it.start()
    await it.take(1, 0)
    print(json.dumps([await _crowd(it, people) for people in CROWDS]))
    await it.stop()


async def _crowd(it: Saksi, people: int) -> list[float]:
    """Let so many walk through the questions, each without a pause; the ticket's Argon2 is left out."""

    async def walked(person: int) -> list[float]:
        took = []
        for step in range(len(walk.steps()) - 1):
            begun = time.perf_counter()
            await it.take(person, step)
            took.append(time.perf_counter() - begun)
        return took

    first, begun, commits = FIRST * people, time.perf_counter(), Slow.commits
    took = sorted(one for each in await asyncio.gather(*map(walked, range(first, first + people))) for one in each)
    seconds, steps = time.perf_counter() - begun, len(took)
    return [steps / seconds, took[steps // 2], took[int(0.95 * steps)], steps / (Slow.commits - commits)]


def measured() -> list[Table]:
    heads = ("fsync takes longer, ms", "committed", "at once", "steps/s", "p50, ms", "p95, ms", "steps a commit")
    table = Table("A slow disk", heads)
    for delay in DELAYS:
        for manner, most in (("in groups", committer.MOST), ("one by one", 1)):
            try:
                rows = _run(delay, most)
            except (subprocess.SubprocessError, ValueError) as error:
                table.missing.append(f"{delay} ms, {manner}: {type(error).__name__}")
                continue
            for people, (rate, p50, p95, together) in zip(CROWDS, rows, strict=True):
                table.add(delay, manner, people, rate, p50 * 1e3, p95 * 1e3, together)
    table.notes.append(
        f"The first {len(walk.steps()) - 1} steps of a report, each person without a pause. SQLite, synchronous=FULL. "
        "One by one: the same program, one turn a commit."
    )
    return [table]


def _run(delay: int, most: int) -> list[list[float]]:
    from benchmarks.reports import folder

    with folder() as where:
        asked = (str(where), f"sqlite:///{where / 'saksi.db'}", str(delay / 1e3), str(most))
        command = [sys.executable, "-m", "benchmarks.slow", *asked]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE)  # noqa: S603  # ours
    found: list[list[float]] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])))
