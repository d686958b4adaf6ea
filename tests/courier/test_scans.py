"""A poster's scans are counted once a conversation, in memory, and written in fives some nights later."""

import sqlite3
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from bot.channels.base import Arrived, Reporter
from bot.sweeper import Sweeper
from bot.tally import LOT, Tally
from handlers.messages import Started
from storage import scans
from storage.database import Database
from storage.erasure import ErasedList, Retention
from storage.evidence import Folder
from tests.courier.intake import CHANNEL, Intake

NOVEMBER, DECEMBER = date(2026, 11, 30), date(2026, 12, 1)
KEDIRI, PALEMBANG = "35.71", "16.71"


async def test_a_conversation_counts_once_however_it_greets(intake: Intake) -> None:
    greetings = ["Halo dari poster 3571", "HALO   dari POSTER 35.71!", "dari poster 3571: lurah kampanye", "p-3571"]
    for number, greeting in enumerate(greetings):
        who = Reporter(CHANNEL, str(number))
        for time in range(3):
            await intake.say(greeting, f"{number}-{time}", who)
    await intake.turns.take(Arrived(Reporter(CHANNEL, "9"), "9", Started("P-3571")))
    assert intake.turns.tally.all() == {(KEDIRI, f"{intake.clock():%Y-%m}"): 5}


async def test_a_message_that_comes_twice_counts_once(intake: Intake) -> None:
    for number in range(4):
        for _ in range(2):
            await intake.say("Halo dari poster 3571", "1", Reporter(CHANNEL, str(number)))
    assert intake.turns.tally.all() == {}


@pytest.mark.parametrize("greeting", ["Halo", "Halo dari poster 9999", "Halo dari poster 3374", "jam 19.15 di 3571"])
async def test_what_names_no_poster_of_ours_does_not_count(intake: Intake, greeting: str) -> None:
    for number in range(6):
        await intake.say(greeting, "1", Reporter(CHANNEL, str(number)))
    assert intake.turns.tally.all() == {}


async def test_no_turn_touches_the_table(intake: Intake) -> None:
    for number in range(12):
        await intake.say("Halo dari poster 3571", "1", Reporter(CHANNEL, str(number)))
    assert await intake.committer.commit(scans.counted) == {}


async def test_the_place_is_offered_and_never_taken_for_an_answer(intake: Intake) -> None:
    await intake.say("Halo dari poster 3571", "1")
    draft = await intake.held()
    assert draft.hint == KEDIRI
    assert draft["where"] is None


def test_a_five_is_written_by_lot_and_the_rest_waits() -> None:
    lots = iter([0.9, 0.1, 0.1])
    tally = Tally(lambda: next(lots))
    for _ in range(12):
        tally.heard(KEDIRI, NOVEMBER)
    for _ in range(4):
        tally.heard(PALEMBANG, NOVEMBER)
    assert tally.drawn() == {}
    written = tally.drawn()
    assert written == {(KEDIRI, "2026-11"): 10}
    tally.written(written)
    assert tally.all() == {}
    for _ in range(3):
        tally.heard(KEDIRI, NOVEMBER)
        tally.heard(KEDIRI, DECEMBER)
    assert tally.drawn() == {(KEDIRI, "2026-11"): 5}


@given(st.lists(st.tuples(st.sampled_from([KEDIRI, PALEMBANG]), st.booleans())))
def test_nothing_is_written_twice_and_never_less_than_five(scanned: list[tuple[str, bool]]) -> None:
    tally, written, heard = Tally(), Counter[str](), Counter(code for code, _ in scanned)
    for code, night in scanned:
        tally.heard(code, NOVEMBER)
        if night:
            drawn = tally.drawn()
            tally.written(drawn)
            written.update({code: many for (code, _), many in drawn.items()})
    rest = Counter({code: many for (code, _), many in tally.all().items()})
    assert all(many % scans.FULL == 0 for many in written.values())
    assert all(heard[code] - scans.FULL < (written + rest)[code] <= heard[code] for code in heard)


def test_the_night_on_which_a_five_shows_says_little_about_the_day_it_was_full() -> None:
    nights = Counter[int]()
    for _ in range(2000):
        tally = Tally()
        for _ in range(scans.FULL):
            tally.heard(KEDIRI, NOVEMBER)
        nights[next(night for night in range(99) if tally.drawn())] += 1
    assert 0.4 < nights[0] / nights.total() < 0.6
    assert nights[3] > 0
    assert LOT == 0.5


@pytest.fixture
def sweeper(intake: Intake, database: Database, tmp_path: Path) -> Sweeper:
    (tmp_path / "evidence").mkdir(mode=0o700)
    keeps = Retention(database, Folder(tmp_path / "evidence"), ErasedList(tmp_path / "erased"), 90)
    tally = Tally(lambda: 0.0)
    return Sweeper(intake.turns.house.conversations, intake.committer, keeps.store, keeps, intake.clock, tally)


async def counted(sweeper: Sweeper) -> dict[scans.Poster, int]:
    return await sweeper.committer.commit(scans.counted)


async def test_fives_are_written_at_night_and_once(sweeper: Sweeper) -> None:
    for _ in range(13):
        sweeper.tally.heard(KEDIRI, NOVEMBER)
    await sweeper.sweep()
    assert await counted(sweeper) == {}
    assert await sweeper.nightly()
    assert await sweeper.nightly()
    assert await counted(sweeper) == {(KEDIRI, "2026-11"): 10}


async def test_fives_are_written_when_the_process_ends(sweeper: Sweeper) -> None:
    for _ in range(9):
        sweeper.tally.heard(KEDIRI, NOVEMBER)
    sweeper.end()
    assert await counted(sweeper) == {(KEDIRI, "2026-11"): 5}


async def test_a_night_on_which_nothing_can_be_written_loses_no_count(
    sweeper: Sweeper, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        sweeper.tally.heard(KEDIRI, NOVEMBER)
    event.listen(database.engine, "begin", _take_nothing)
    assert not await sweeper.nightly()
    sweeper.end()
    event.remove(database.engine, "begin", _take_nothing)
    assert "scans-lost" in capsys.readouterr().out
    assert await sweeper.nightly()
    assert await counted(sweeper) == {(KEDIRI, "2026-11"): 5}


def _take_nothing(_connection: Connection) -> None:
    raise OperationalError("BEGIN", None, sqlite3.OperationalError("database is locked"))
