"""The plug is pulled ten times: whatever was acknowledged is there, and nothing is there by half."""

import multiprocessing
import os
import random
from multiprocessing.context import ForkServerContext

import pytest
from sqlalchemy import select

from storage.database import Database
from tests.storage import counting
from tests.storage.counting import COUNTS, OWED

ROUNDS = 10


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that need not import everything again each time."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.storage.counting"])
    return context


def killed_while_counting(context: ForkServerContext, url: str, first: int, after: int) -> list[int]:
    """Let a process count, kill it after so many numbers; return every number it called durable."""
    heard, said = context.Pipe(duplex=False)
    process = context.Process(target=counting.run, args=(url, first, said))
    process.start()
    said.close()
    with os.fdopen(os.dup(heard.fileno()), "rb") as lines:
        numbers = [int(lines.readline()) for _ in range(after)]
        process.kill()
        process.join()
        numbers += [int(line) for line in lines if line.endswith(b"\n")]
    heard.close()
    process.close()
    return numbers


def test_after_kill_9_every_acknowledged_number_is_there_and_none_by_half(
    url: str, processes: ForkServerContext
) -> None:
    dice = random.Random()  # noqa: S311  # how long to wait, and printed where it fails
    acknowledged: set[int] = set()
    afters = [dice.randrange(1, 60) for _ in range(ROUNDS)]
    for place, after in enumerate(afters):
        acknowledged.update(killed_while_counting(processes, url, 1_000_000 * place, after))
        database = Database.at(url)
        with database.transaction() as tx:
            counted = set(tx.execute(select(COUNTS.c.count)).scalars())
            owed = {int(name) for name in tx.execute(select(OWED.c.id)).scalars()}
        database.close()
        assert acknowledged <= counted, afters
        assert counted == owed, afters
    assert len(acknowledged) >= sum(afters)
