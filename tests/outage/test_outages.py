"""Amid conversations nothing can be written any more: people wait, nothing is lost, all goes on by itself."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import outage
from tests.outage.breaking import Break, FullDisk, StoppedServer, may_mount, read, remount, rows, small_disk
from tests.pictures import photo
from tests.storage import postgres
from tests.town import TICKET, Message, Phone, TelegramPhone, Town, environ
from tests.whole.reports import QUESTIONS, Desk, greet

pytestmark = pytest.mark.timeout(600)
# Seconds without a database: longer than anything waits for it by itself. The operator's ten minutes, shortened.
LONG = 30.0


class Place(NamedTuple):
    """A town, where its log is, and what breaks there with what is told of it."""

    town: Town
    log: Path
    breaks: Break
    why: str


def settled(folder: Path, log: Path) -> Town:
    """A town whose log and runtime folder are elsewhere, as journald and a folder in memory are."""
    town = Town(folder)
    town.log.close()
    town.log = log.open("ab")
    town.environment["SAKSI_RUNTIME"] = str(folder.with_name("runtime"))
    return town


@pytest.fixture
def on_a_small_disk(tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if not may_mount(folder):
        pytest.skip("only root may mount a small disk, and this machine must allow it")
    with small_disk(folder):
        town = settled(folder, tmp_path / "log")
        yield Place(town, tmp_path / "log", FullDisk(folder), outage.FULL)
        town.stop()


@pytest.fixture
def on_a_server(tmp_path: Path) -> Iterator[Place]:
    where = postgres.programs()
    if where is None:
        pytest.skip(f"no PostgreSQL below {postgres.PROGRAMS} (Debian: apt install postgresql)")
    folder = tmp_path / "town"
    folder.mkdir(0o700)
    with postgres.running(where, settings=("listen_addresses=",)) as cluster:
        town = settled(folder, tmp_path / "log")
        town.environment["SAKSI_DATABASE"] = cluster.migrated()
        yield Place(town, tmp_path / "log", StoppedServer(cluster), outage.GONE)
        town.stop()


@pytest.fixture(params=["disk", pytest.param("server", marks=pytest.mark.postgres)])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    place: Place = request.getfixturevalue({"disk": "on_a_small_disk", "server": "on_a_server"}[request.param])
    async with place.town:
        place.town.start()
        yield place


async def writes(phone: Phone, town: Town, words: str) -> None:
    """Write without waiting for an answer."""
    if isinstance(phone, TelegramPhone):
        await town.simulator.sim("telegram/message", person=phone.person, chat=phone.bot, text=words)
    else:
        await town.simulator.sim("whatsapp/message", person=phone.person, text=words)


def once(bubbles: list[Message]) -> bool:
    """Whether nobody was told anything twice."""
    texts = [bubble["text"] for bubble in bubbles]
    return len(texts) == len(set(texts))


async def test_people_wait_nothing_is_lost_and_all_goes_on_by_itself(place: Place) -> None:
    town, (*before, when) = place.town, QUESTIONS
    phones: list[Phone] = [await town.on_telegram(), await town.on_whatsapp(), await town.on_telegram()]
    officer = await town.officer()
    desk = await Desk.watched(officer)
    for phone in phones:
        await greet(phone)
        await phone.walk(*before)
    with ExitStack() as broken:
        await asyncio.to_thread(place.breaks.begin)
        broken.callback(place.breaks.end)
        known = [len(await phone.said()) for phone in phones]
        for phone in phones:
            await writes(phone, town, when)
        await read(place.log, place.why)
        await asyncio.sleep(LONG)
        # One polite line would be allowed; nothing at all is said, for nothing could be remembered of it.
        assert [len(await phone.said()) for phone in phones] == known
        assert all(process.poll() is None for process in town.processes.values())
    for phone, count in zip(phones, known, strict=True):
        await phone.answered(count)
    tickets = [await finished(phone) for phone in phones]
    assert len(set(tickets)) == len(phones)
    await officer.card(lambda card: card["id"] not in desk.known)
    assert all([once(await phone.said()) for phone in phones])
    said = place.log.read_text()
    for process in ("intake", "desk"):
        told = [line for line in said.splitlines() if place.why in line and f"process={process}" in line]
        assert len(told) <= 1, told
    assert "crash" not in said


async def finished(phone: Phone) -> str:
    """Finish the report, with a photo; return the ticket."""
    await phone.album(photo())
    await phone.until(lambda bubbles: str(bubbles[-1]["text"]).startswith("1 kiriman tersimpan"))
    await phone.walk("[Sudah semua]", "[Kirim]")
    return await phone.ticket()


async def test_a_photo_that_cannot_be_kept_is_fetched_again_when_there_is_room(on_a_small_disk: Place) -> None:
    place = on_a_small_disk
    async with place.town as town:
        town.start()
        phone = await town.on_telegram()
        await greet(phone)
        await phone.walk(*QUESTIONS)
        with ExitStack() as broken:
            place.breaks.begin()
            broken.callback(place.breaks.end)
            await phone.album(photo(), photo())
            await read(place.log, place.why)
            await asyncio.sleep(5)
        await phone.until(lambda bubbles: str(bubbles[-1]["text"]).startswith("2 kiriman tersimpan"))
        await phone.walk("[Sudah semua]", "[Kirim]")
        assert TICKET.search(await phone.text())
        assert town.command("owed", "list").startswith("nothing is parked")


async def started(place: Place, *command: str) -> tuple[int | None, list[str]]:
    """Run a command until it ends; return its code and what it complained of."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *command),
        cwd="/", env=environ(place.town.environment), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(120):
        _, complained = await process.communicate()
    return process.returncode, [line for line in complained.decode().splitlines() if "level=info" not in line]


@pytest.mark.parametrize("command", ["intake", "desk", "migrate", "sweep"])
async def test_on_a_disk_that_is_read_only_a_process_says_so_and_may_be_started_again(
    on_a_small_disk: Place, tmp_path: Path, command: str
) -> None:
    disk = tmp_path / "disk"
    await asyncio.to_thread(remount, disk, "ro")
    code, complained = await started(on_a_small_disk, command)
    await asyncio.to_thread(remount, disk, "rw")
    assert (code, len(complained)) == (1, 1), complained
    assert re.search(r"mount it anew|cannot be opened", complained[0])


@pytest.mark.postgres
async def test_without_its_server_a_process_says_so_and_may_be_started_again(on_a_server: Place) -> None:
    await asyncio.to_thread(on_a_server.breaks.begin)
    found = await asyncio.gather(*(started(on_a_server, name) for name in ("intake", "desk", "migrate")))
    await asyncio.to_thread(on_a_server.breaks.end)
    assert found == [(1, [f"saksi: {outage.GONE}"])] * 3
    assert rows(on_a_server.town.environment["SAKSI_DATABASE"], "tip") == 0


def test_only_root_mounts(tmp_path: Path) -> None:
    assert os.geteuid() == 0 or not may_mount(tmp_path)
