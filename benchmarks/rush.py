"""So many reporters at once who all press *Kirim* at the same moment, and then all look their ticket up.

    python -m benchmarks.rush FOLDER URL PEOPLE          one rush, as JSON

They answer the questions at their own pace, which here is a tenth of a person's; what they send and look up comes all
at once, which is worse than a town ever is.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import Connection, func, select

from benchmarks import walk
from benchmarks.ours import Saksi, now
from benchmarks.table import Table
from bot.channels.base import Arrived, Reporter
from bot.parcels import Bubble, unpacked
from handlers import ticket
from handlers.messages import Said
from storage import outbox
from storage.models import METADATA

CROWDS = (1, 2, 4, 16, 64, 256)
# Seconds between two answers of one person.
PAUSE = 1.0
# Seconds between two looks at whether the event loop stands still.
TICK = 0.005
PATIENCE = 240
ROOT = Path(__file__).parents[1]
TIP = METADATA.tables["tip"]
FIRST, PHONES = 10_000, 20_000


class Rush:
    """One process with a crowd before it."""

    def __init__(self, it: Saksi, people: int) -> None:
        self._it = it
        self._people = range(FIRST, FIRST + people)
        self._refused = 0
        self._stall = 0.0

    async def measured(self) -> dict[str, float]:
        """Let them come; return seconds, and how many were refused."""
        watch = asyncio.create_task(self._watch())
        steps = [took for each in await asyncio.gather(*map(self._answer, self._people)) for took in each]
        sent = await asyncio.gather(*(self._timed(lambda p=one: self._send(p)) for one in self._people))  # type: ignore[misc]  # bound now
        codes = await self._it.committer.commit(self._shown)
        kept = await self._it.committer.commit(_tips)
        looked = await asyncio.gather(*(self._timed(lambda p=pair: self._look(*p)) for pair in enumerate(codes)))  # type: ignore[misc]  # bound now
        opened = [await self._is_open(number) for number in range(len(codes))]
        watch.cancel()
        lost = 2 * len(self._people) - kept - opened.count(True)
        return {
            "step": _part(steps, 0.95), "submit": _part(sent, 0.5), "submit95": _part(sent, 0.95),
            "look": _part(looked, 0.5), "look95": _part(looked, 0.95), "stall": self._stall,
            "refused": self._refused + lost,
        }  # fmt: skip

    async def _answer(self, person: int) -> list[float]:
        took = []
        for step in range(len(walk.steps()) - 1):
            await asyncio.sleep(random.uniform(0, 2 * PAUSE))
            took.append(await self._timed(lambda step=step: self._it.take(person, step)))  # type: ignore[misc]  # bound now
        return took

    async def _send(self, person: int) -> None:
        await self._it.take(person, len(walk.steps()) - 1)

    async def _look(self, number: int, code: str) -> None:
        await self._it.turns.take(Arrived(_phone(number), "1", Said(code)))

    async def _timed(self, work: Callable[[], Awaitable[None]]) -> float:
        begun = time.perf_counter()
        try:
            await work()
        except Exception:  # noqa: BLE001  # whatever it is, somebody was refused
            self._refused += 1
        return time.perf_counter() - begun

    def _shown(self, tx: Connection) -> list[str]:
        """Read the tickets off the bubbles that are owed."""
        rows = outbox.claim(tx, ("telegram",), now().timestamp() + 60, 100_000)
        parcels = [unpacked(self._it.wrapper.open(row.payload, row.id, now())) for row in rows]
        words = [word for one in parcels if isinstance(one, Bubble) for word in one.shown.text.split()]
        return [word for word in words if isinstance(ticket.read(word), str)]

    async def _is_open(self, number: int) -> bool:
        load = self._it.house.conversations.load
        held = await self._it.committer.commit(lambda tx: load(tx, _phone(number), now()))
        return held.draft.session is not None

    async def _watch(self) -> None:
        """Note the longest time in which nothing else could have been done."""
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(TICK)
            self._stall = max(self._stall, time.perf_counter() - begun - TICK)


def _phone(number: int) -> Reporter:
    return Reporter("telegram", f"{PHONES + number}")


def _tips(tx: Connection) -> int:
    return int(tx.execute(select(func.count()).select_from(TIP)).scalar_one())


def _part(took: list[float], part: float) -> float:
    return sorted(took)[min(len(took) - 1, int(part * len(took)))]


async def run(folder: str, url: str, people: int) -> None:
    it = Saksi(Path(folder), url)
    await it.start()
    await it.take(1, 0)
    print(json.dumps(await Rush(it, people).measured()))
    await it.stop()


def measured() -> list[Table]:
    heads = ("at once", "step p95, ms", "submit p50, ms", "submit p95, ms", "look-up p50, ms", "look-up p95, ms",
             "longest stall, ms", "refused")  # fmt: skip
    table = Table("Everybody at the same moment", heads)
    for people in CROWDS:
        try:
            found = _run(people)
        except (subprocess.SubprocessError, ValueError) as error:
            table.missing.append(f"{people} at once: {type(error).__name__}")
            continue
        *times, refused = found.values()
        table.add(people, *(each * 1e3 for each in times), int(refused))
    table.notes.append(
        f"A report of {len(walk.steps())} steps each, {PAUSE:g} s between two answers; then all send in one moment, "
        "then all look their ticket up in one moment, from another phone. SQLite."
    )
    table.notes.append(
        "Stall: the longest time in which the event loop did nothing else. A look-up costs its Argon2 and cannot be "
        "done ahead. The aim at 64: submit and look-up p95 under 1,000 ms; nobody refused up to 256."
    )
    return [table]


def _run(people: int) -> dict[str, float]:
    from benchmarks.reports import folder

    with folder() as where:
        command = [sys.executable, "-m", "benchmarks.rush", str(where), f"sqlite:///{where / 'saksi.db'}", str(people)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE)  # noqa: S603  # ours
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], int(sys.argv[3])))
