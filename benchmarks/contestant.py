"""One contestant in a process of its own: measured for some seconds, or killed and asked what it remembers.

    python -m benchmarks.contestant NAME run|live|check FOLDER URL PLATFORM SECONDS PEOPLE...

`saksi-bare` keeps nothing: its own dialogue in memory.
"""

import asyncio
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Protocol

from benchmarks import walk

# These stop before the last step, where the ticket is drawn.
OPEN = {"saksi-open", "saksi-bare"}
# Everybody who reports is new; who was killed and comes back meets nobody it knows.
NUMBERS = count(1000)


class Contestant(Protocol):
    async def start(self) -> None: ...

    async def take(self, person: int, step: int) -> None:
        """Handle one step; it is acknowledged once this returns."""

    async def done(self) -> None:
        """Wait until nothing is under way."""

    async def lost(self, acknowledged: Sequence[tuple[int, int]]) -> int:
        """Count what was acknowledged and is not remembered."""

    async def stop(self) -> None: ...


def made(name: str, folder: Path, url: str, platform: str) -> Contestant:
    match name:
        case "aiogram":
            from benchmarks.peer_aiogram import Aiogram

            return Aiogram(platform)
        case "aiogram-redis":
            from benchmarks.peer_aiogram import Aiogram, redis_storage

            return Aiogram(platform, redis_storage(url, folder.name))
        case "ptb":
            from benchmarks.peer_ptb import PythonTelegramBot

            return PythonTelegramBot(folder, platform)
        case "saksi-bare":
            from benchmarks.bare import Bare

            return Bare(folder, url)
        case _:
            from benchmarks.ours import Saksi

            return Saksi(folder, url, platform if name == "saksi-sending" else "")


async def crowd(it: Contestant, people: int, seconds: float, told: Callable[[int, int, float], None]) -> int:
    """So many people report at once, each report by somebody new, until the time is up; return how many were whole."""
    numbers, until, whole = NUMBERS, time.perf_counter() + seconds, 0

    async def one_after_another() -> None:
        nonlocal whole
        while time.perf_counter() < until:
            person = next(numbers)
            for step in range(walk.length()):
                begun = time.perf_counter()
                await it.take(person, step)
                told(person, step, time.perf_counter() - begun)
            whole += 1

    await asyncio.gather(*(one_after_another() for _ in range(people)))
    return whole


async def run(it: Contestant, people: int, seconds: float) -> None:
    """Print what a crowd costs, as JSON."""
    await crowd(it, min(people, 4), 0.3, lambda *_: None)
    await it.done()
    took, cpu, begun = list[float](), _cpu(), time.perf_counter()
    whole = await crowd(it, people, seconds, lambda _person, _step, each: took.append(each))
    await it.done()
    spent, passed = _cpu() - cpu, time.perf_counter() - begun
    cuts = statistics.quantiles(took, n=100)
    print(
        json.dumps(
            {
                "steps": len(took) / passed,
                "reports": whole / passed,
                "cpu": spent / len(took) * 1e6,
                "p50": cuts[49] * 1e3,
                "p99": cuts[98] * 1e3,
            }
        ),
        flush=True,
    )


async def live(it: Contestant, people: int) -> None:
    """Work until killed, and tell each step once it is acknowledged."""

    def told(person: int, step: int, _took: float) -> None:
        os.write(1, f"{person} {step}\n".encode())

    await crowd(it, people, 3600, told)


async def check(it: Contestant) -> None:
    """Print how much of what was acknowledged is not remembered."""
    acknowledged = [(int(person), int(step)) for person, step in map(str.split, sys.stdin)]
    print(await it.lost(acknowledged))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def main(name: str, mode: str, *told: str) -> None:
    folder, url, platform, seconds, *people = told
    it, walk.LEFT_OUT = made(name, Path(folder), url, platform), int(name in OPEN)
    await it.start()
    match mode:
        case "run":
            for crowd_ in people:
                await run(it, int(crowd_), float(seconds))
        case "live":
            await live(it, int(people[0]))
        case _:
            await check(it)
    await it.stop()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
