"""Processes wake each other: all of one name, whoever died before, whatever nobody hears."""

import asyncio
import socket
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.wake import INTAKE, Bell


def left(folder: Path) -> list[Path]:
    return [*folder.iterdir()]


async def test_every_process_of_a_name_is_woken_and_no_other(tmp_path: Path) -> None:
    bell, first, second, desk = Bell(tmp_path), asyncio.Event(), asyncio.Event(), asyncio.Event()
    with bell.hear(INTAKE, first.set), bell.hear(INTAKE, second.set), bell.hear("desk-bawaslu", desk.set):
        bell.ring(["telegram", "fetch"])
        async with asyncio.timeout(5):
            await first.wait()
            await second.wait()
        assert not desk.is_set()
        bell.ring(["desk:bawaslu"])
        async with asyncio.timeout(5):
            await desk.wait()
    assert left(tmp_path) == []


async def test_a_folder_may_be_deep() -> None:
    # What the kernel takes as a socket's name, the zero at its end left out, without the longest name of ours.
    longest = 107 - len("/desk-bawaslu.0000")
    with TemporaryDirectory() as short:
        folder = Path(short) / ("x" * (longest - len(short) - 1))
        folder.mkdir()
        bell, rung = Bell(folder), asyncio.Event()
        with bell.hear("desk-bawaslu", rung.set):
            bell.ring(["desk:bawaslu"])
            async with asyncio.timeout(5):
                await rung.wait()


async def test_one_that_was_killed_is_forgotten_and_keeps_nobody_asleep(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as dead:
        dead.bind(str(tmp_path / "intake.dead"))
    bell, rung = Bell(tmp_path), asyncio.Event()
    with bell.hear(INTAKE, rung.set):
        bell.ring(["telegram"])
        async with asyncio.timeout(5):
            await rung.wait()
    assert left(tmp_path) == []


async def test_a_process_that_is_too_busy_to_hear_stops_nobody(tmp_path: Path) -> None:
    bell, rung = Bell(tmp_path), list[None]()
    with bell.hear(INTAKE, lambda: rung.append(None)):
        for _ in range(5_000):
            bell.ring(["telegram"])
        await asyncio.sleep(0.05)
        assert 0 < len(rung) < 5_000
    bell.ring(["telegram"])
