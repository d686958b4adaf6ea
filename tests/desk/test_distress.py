"""The operator hears in a private chat that a process complains: what about, seldom, and nothing else."""

import re
import subprocess
import sys
from collections.abc import AsyncIterator, Collection
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.desk import Desk
from bot.distress import AGAIN, KINDS, LATE, Distress
from bot.meter import QUARTER, Meter
from bot.parcels import Alert
from locales import catalogue
from storage import outbox
from storage.database import Database
from tests.desk.office import RINA, Office
from tests.outage.breaking import read
from tests.simulator.running import Running
from tests.town import DESK_BOT, TelegramPhone, Town, environ
from tests.whole.reports import greet

OPERATOR = 9100
WORDS = catalogue("id")
BOT = Path(__file__).parents[2] / "bot"


@pytest.fixture
async def watched(platform: Running, database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    await platform.sim("telegram/people", id=OPERATOR, name="Pengelola")
    office = await Office(platform, database, tmp_path, operator=OPERATOR).start()
    yield office
    await office.stop()


def distress(office: Office, meter: Meter, *, looks: bool = False) -> Distress:
    def owe(tx: Connection, alert: Alert, name: str) -> Collection[str]:
        return office.desk.owe(tx, alert, name=name)

    clock = office.clock
    return Distress("desk", office.committer, owe, office.courier.wake, looks, meter, lambda: clock().timestamp())


async def chat(office: Office) -> TelegramPhone:
    """The operator's chat with the desk's bot, begun."""
    phone = TelegramPhone(office.simulator, OPERATOR, DESK_BOT)
    await phone.start()
    return phone


def complain(meter: Meter, *events: str) -> None:
    for event in events:
        meter.heard({"level": "error", "event": event, "lane": "telegram", "code": 403})


async def test_whoever_begins_the_chat_is_told_what_it_is_for(watched: Office) -> None:
    phone = await chat(watched)
    assert await phone.text() == WORDS.say("desk-alert-welcome")


async def test_a_complaint_is_told_once_in_hours_and_says_nothing_of_anybody(watched: Office) -> None:
    phone, meter = await chat(watched), Meter()
    watching = distress(watched, meter)
    await watching.once()
    await watched.settled()
    assert len(await phone.said()) == 1
    for after, told in ((0.0, 1), (QUARTER, 1), (AGAIN - QUARTER - 1, 1), (AGAIN, 2)):
        watched.ahead += timedelta(seconds=after)
        complain(meter, "owed-never", "owed-failed")
        await watching.once()
        await watched.settled()
        assert len(await phone.said()) == 1 + told
    text = await phone.text()
    assert WORDS.say("desk-alert-about-delivery") in text
    assert not re.search(r"\d{3}|telegram", text.replace("Telegram", ""))


async def test_what_was_not_told_meanwhile_is_told_when_its_hours_are_over(watched: Office) -> None:
    phone, meter = await chat(watched), Meter()
    watching = distress(watched, meter)
    complain(meter, "crash")
    await watching.once()
    await watched.settled()
    complain(meter, "crash")
    await watching.once()
    watched.ahead = timedelta(seconds=AGAIN)
    await watching.once()
    watched.ahead = timedelta(seconds=2 * AGAIN)
    await watching.once()
    await watched.settled()
    texts = [bubble["text"] for bubble in await phone.said()]
    assert sum(WORDS.say("desk-alert-about-program") in text for text in texts) == 2


async def test_every_kind_is_told_in_words_of_its_own(watched: Office) -> None:
    phone, meter = await chat(watched), Meter()
    complain(meter, *(min(events) for events in KINDS.values() if events))
    await distress(watched, meter).once()
    await watched.settled()
    texts = [bubble["text"] for bubble in await phone.said()][1:]
    assert len(texts) == len(set(texts)) == sum(bool(events) for events in KINDS.values())


async def test_what_is_owed_for_an_hour_is_told_as_late(watched: Office) -> None:
    phone, watching = await chat(watched), distress(watched, Meter(), looks=True)
    due = watched.clock().timestamp()
    await watched.committer.commit(lambda tx: outbox.owe(tx, "news", "news", b"sealed", due))
    await watching.once()
    watched.ahead = timedelta(seconds=LATE + 1)
    await watching.once()
    await watched.settled()
    assert WORDS.say("desk-alert-about-late") in await phone.text()
    assert len(await phone.said()) == 2


async def test_an_operator_who_never_began_the_chat_parks_nothing(watched: Office) -> None:
    meter = Meter()
    complain(meter, "crash")
    await distress(watched, meter).once()
    await watched.settled()
    assert await watched.committer.commit(outbox.parked) == []
    assert meter.alarms == {"crash": 1}


async def test_where_nobody_is_named_nobody_is_told(office: Office) -> None:
    meter = Meter()
    complain(meter, "crash")
    before = len(await office.simulator.calls("sendMessage"))
    await distress(office, meter).once()
    await office.settled()
    assert len(await office.simulator.calls("sendMessage")) == before
    private = TelegramPhone(office.simulator, RINA, DESK_BOT)
    assert isinstance(office.desk, Desk)
    assert await private.said() == []


def test_every_complaint_that_is_listened_for_is_logged_somewhere() -> None:
    sources = [path.read_text() for path in BOT.rglob("*.py")]
    logged = {event for source in sources for event in re.findall(r"log\.\w+\)?\(\s*\"([a-z-]+)\"", source)}
    assert frozenset().union(*KINDS.values()) <= logged


# The process as it is, but that its quarter of an hour lasts a second.
SOON = (
    "import sys, bot.distress; bot.distress.QUARTER = 1.0; sys.argv = ['saksi', '{}']; from bot.cli import main; main()"
)


@pytest.mark.timeout(300)
async def test_a_complaint_of_the_intake_arrives_by_the_desk(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.environment["SAKSI_DESK__OPERATOR"] = str(OPERATOR)
    try:
        async with town:
            for name in ("intake", "desk"):
                town.processes[name] = subprocess.Popen(  # noqa: ASYNC220, S603  # our own code, and it does not block
                    [sys.executable, "-c", SOON.format(name)],
                    cwd=tmp_path, env=environ(town.environment), stdout=town.log, stderr=town.log,
                )  # fmt: skip
            await town.simulator.sim("telegram/people", id=OPERATOR, name="Pengelola")
            operator = TelegramPhone(town.simulator, OPERATOR, DESK_BOT)
            await operator.start()
            phone = await town.on_whatsapp()
            await greet(phone)
            await town.simulator.put("faults", whatsapp={"fail": {"times": 1, "status": 401, "code": 190}})
            message, data = await phone.choice("Lanjut")
            await town.simulator.sim("whatsapp/press", person=phone.person, message=message["id"], id=data)
            await read(tmp_path / "log", "event=owed-never")
            bubbles = await operator.until(lambda bubbles: len(bubbles) > 1)
            assert WORDS.say("desk-alert-intake") in bubbles[-1]["text"]
            assert WORDS.say("desk-alert-about-delivery") in bubbles[-1]["text"]
    finally:
        town.stop()
