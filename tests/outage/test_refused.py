"""What an operator meets on a bad day, from outside: each says in a line what happened, and nothing is lost."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO

import pytest

from bot import demo
from tests.outage.breaking import read
from tests.town import Town, environ
from tests.whole.reports import QUESTIONS, Desk, greet, report
from tests.whole.test_settings import refused, saksi

pytestmark = pytest.mark.timeout(600)
ALWAYS = 1_000_000
LOG = "log"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Town]:
    """A town that takes back tokens would be no use to other stories: each has its own."""
    town = Town(tmp_path)
    yield town
    town.stop()


@pytest.fixture
async def own(running: Town) -> AsyncIterator[Town]:
    async with running:
        running.start()
        yield running


async def owed(town: Town) -> list[tuple[str, str]]:
    """Which lanes wait for the operator, with the platform's codes."""
    lines = (await asyncio.to_thread(town.command, "owed", "list")).splitlines()
    parts = [line.split("\t") for line in lines if "\t" in line]
    assert parts or lines == ["nothing is parked: whatever is owed is on its way"]
    return [(lane, code) for lane, _, code, _ in parts]


async def test_while_telegrams_tokens_are_revoked_whatsapp_goes_on_and_then_all_arrives(own: Town) -> None:
    telegram, whatsapp = await own.on_telegram(), await own.on_whatsapp()
    officer = await own.officer()
    desk = await Desk.watched(officer)
    await greet(telegram)
    await greet(whatsapp)
    fault = {"times": ALWAYS, "status": 401}
    await own.simulator.put("faults", telegram={"fail": fault})
    ticket = await report(whatsapp)
    for setting in ("SAKSI_DESK__TOKEN", "SAKSI_TELEGRAM__TOKEN"):
        await read(own.folder / LOG, f"{setting} was revoked: have a new one made")
    known = len(await telegram.said())
    # Words, for a press lives 150 seconds with Telegram.
    await own.simulator.sim("telegram/message", person=telegram.person, chat=telegram.bot, text="Lanjut")
    await read(own.folder / LOG, "lane=desk:bawaslu")
    assert ("desk:bawaslu", "401") in await owed(own)
    # The operator has new ones made, puts them into the settings and starts again.
    await own.simulator.put("faults", telegram={"fail": {"times": 0}})
    await asyncio.to_thread(own.restart, "intake", "desk", how=signal.SIGTERM)
    await asyncio.to_thread(own.command, "owed", "again")
    await desk.new_card()
    await telegram.answered(known)
    assert ticket
    assert await owed(own) == []
    assert own.logged().count("SAKSI_TELEGRAM__TOKEN was revoked") == 1


async def test_what_meta_refuses_with_a_revoked_token_waits_and_arrives_once(own: Town) -> None:
    phone = await own.on_whatsapp()
    await greet(phone)
    known = await phone.said()
    await own.simulator.put("faults", whatsapp={"fail": {"times": ALWAYS, "status": 401, "code": 190}})
    message, data = await phone.choice("Lanjut")
    await own.simulator.sim("whatsapp/press", person=phone.person, message=message["id"], id=data)
    said = await read(own.folder / LOG, "event=owed-never")
    assert "code=190" in said
    assert await owed(own) == [("whatsapp", "190")]
    assert await phone.said() == known
    await own.simulator.put("faults", whatsapp={"fail": {"times": 0}})
    await asyncio.to_thread(own.restart, "intake", how=signal.SIGTERM)
    await asyncio.to_thread(own.command, "owed", "again")
    await phone.answered(len(known))
    await phone.walk(*QUESTIONS[1:])
    texts = [bubble["text"] for bubble in await phone.said()]
    assert len(texts) == len(set(texts))


async def test_with_a_clock_that_is_an_hour_off_reports_arrive_and_the_doctor_says_so(own: Town) -> None:
    await own.simulator.sim("clock", advance=3600)
    officer = await own.officer()
    for phone in (await own.on_telegram(), await own.on_whatsapp()):
        desk = await Desk.watched(officer)
        await greet(phone)
        assert await report(phone)
        await desk.new_card()
    doctor = await saksi(own.folder, "doctor", **own.environment)
    assert doctor.code == 2
    assert [line for line in doctor.said.splitlines() if line.startswith("RED    clock: 3")], doctor.said


async def test_two_intakes_on_one_bot_tell_the_operator(own: Town) -> None:
    await greet(await own.on_telegram())
    given = environ({**own.environment, "SAKSI_LISTEN": f"{demo.HOST}:{demo.free_port()}"})
    second = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "intake"), cwd=own.folder, env=given, stderr=own.log
    )
    try:
        said = await read(own.folder / LOG, "another program polls this bot too: stop that one")
    finally:
        second.terminate()
        await second.wait()
    told = [line for line in said.splitlines() if "event=not-heard" in line]
    assert all("code=409" in line for line in told)
    assert len(told) <= 2, "each of them says it once"
    phone = await own.on_telegram()
    await greet(phone)
    assert await report(phone)


def started(town: Town, log: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot", "run"]
    return subprocess.Popen(command, cwd=town.folder, env=environ(town.environment), stdout=log, stderr=log)  # noqa: S603  # our own


async def test_a_second_run_on_the_same_state_is_refused_and_the_first_goes_on(running: Town) -> None:
    async with running as town:
        first = await asyncio.to_thread(started, town, town.log)
        try:
            phone = await town.on_telegram()
            await greet(phone)
            ended = await saksi(town.folder, "run", **town.environment)
            assert refused(ended, "SAKSI_STATE: saksi run is at work on", "stop that one first")
            await phone.walk(*QUESTIONS)
        finally:
            first.terminate()
            await asyncio.to_thread(first.wait, 60)
        again = await asyncio.to_thread(started, town, town.log)
        try:
            await phone.walk("tidak ada", "[Kirim]")
        finally:
            again.terminate()
            await asyncio.to_thread(again.wait, 60)


async def test_settings_of_another_version_are_named_and_nothing_is_changed(tmp_path: Path) -> None:
    await saksi(tmp_path, "init", "--offline")
    env = tmp_path / ".env"
    with env.open("a") as file:
        file.write("SAKSI_SPOOL=spool\nSAKSI_DESK__QUIET_HOURS=22-6\n")
    before = env.read_bytes()
    for command in ("run", "migrate", "doctor"):
        ended = await saksi(tmp_path, command)
        lines = ended.complained.splitlines()
        assert ended.code == 2
        assert len(lines) == 2, ended
        assert all("is no setting of Saksi: look for a typo, or remove it, if another version" in one for one in lines)
    assert env.read_bytes() == before
    # A file of an older version lacks what came later: everything has a value that is safe.
    old = [line for line in before.decode().splitlines() if line.startswith(("SAKSI_STATE", "SAKSI_PIN"))]
    env.write_text("\n".join(old))
    assert (await saksi(tmp_path, "migrate")).code == 0
