"""Couriers of one machine see who of them lives, and nobody waits for the lease of one that was killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.courier import POISON
from bot.presence import present
from storage import outbox
from storage.outbox import LEASE
from tests.courier.street import LANE, Street

PROGRAM = """
import sys, time
from pathlib import Path
from bot.presence import present
with present(Path(sys.argv[1])) as presence:
    print(presence.name, flush=True)
    time.sleep(600)
"""


@contextmanager
def another(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A courier's process beside ours, and its name."""
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own code
        assert process.stdout
        yield process.stdout.readline().strip(), process
        process.kill()


def test_who_is_killed_is_dead_at_once_and_until_forgotten(tmp_path: Path) -> None:
    with present(tmp_path) as mine, another(tmp_path) as (name, process):
        assert list(mine.dead()) == []
        os.kill(process.pid, signal.SIGKILL)
        process.wait(20)
        assert list(mine.dead()) == [name]
        mine.forget([name])
        assert list(mine.dead()) == []
        mine.forget([name])


def test_two_of_one_process_see_each_other_live(tmp_path: Path) -> None:
    with present(tmp_path) as one:
        with present(tmp_path) as two:
            assert (list(one.dead()), list(two.dead())) == ([], [])
        assert list(one.dead()) == [two.name], "who has ended in order can hold something as well"


async def test_what_a_killed_courier_had_in_hand_is_delivered_at_once_and_first(street: Street, tmp_path: Path) -> None:
    await street.owe("a", "b")
    with another(tmp_path) as (name, process):
        now = street.clock.seconds()
        await street.committer.commit(lambda tx: outbox.claim(tx, [LANE], now, 1, name))
        with present(tmp_path) as mine:
            street.start(presence=mine)
            await street.owe("c")
            await street.doors.until(lambda: street.doors.arrived == ["b", "c"])
            process.kill()
            await street.doors.until(lambda: street.doors.arrived == ["b", "c", "a"])
            assert street.clock.seconds() < now + LEASE
            await street.close()


async def test_who_is_killed_again_and_again_brings_nothing_nearer_to_the_operator(street: Street) -> None:
    opened = street.doors.hold("a")
    await street.owe("a")
    street.start()
    for times in range(1, POISON + 2):
        await street.doors.until(lambda times=times: street.doors.knocked.count("a") == times)  # type: ignore[misc]  # bound now
        await street.restart(alone=True)
    street.doors.troubles["a"] = [KeyError("once")]
    await street.doors.until(lambda: street.doors.knocked.count("a") == POISON + 2)
    opened.set()
    await street.work()
    assert await street.parked() == set()
    assert await street.later(5) == ["a"]
