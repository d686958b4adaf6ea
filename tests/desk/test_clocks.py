"""Nobody forgets a tip: clocks on every card, alarms that climb, a morning's message, and an audit that shows cuts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from bot.audits import Tampered, check
from bot.data import tables
from bot.settings import Settings
from handlers.desk import Card, Deadlines, clock, passed
from handlers.desk.clocks import ago
from handlers.moments import Moment
from handlers.status import Status
from storage.cards import EVENT
from tests.desk.hands import press
from tests.desk.office import DEWI, TODAY, Office
from tests.town import Officer

DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))
FORMAL = tables.calendar().contexts["pilkada"]
SEVEN_WORKING = Deadlines(report=7, working=True)


def known(days: int) -> Card:
    return Card("rotan-fajar", "uang", "", TODAY - timedelta(days=1), 0, known=TODAY - timedelta(days=days))


@given(DAYS, st.integers(0, 400))
def test_working_days_are_counted_one_by_one(since: date, span: int) -> None:
    days = [since + timedelta(days=one) for one in range(1, span + 1)]
    assert passed(since, since + timedelta(days=span), working=True) == sum(day.weekday() < 5 for day in days)
    assert passed(since, since + timedelta(days=span)) == span


@pytest.mark.parametrize(
    ("days", "key"),
    [(0, "open"), (4, "open"), (5, "near"), (7, "near"), (8, "past"), (400, "past")],
)
def test_the_clock_of_a_formal_report_ends_after_seven_days(days: int, key: str) -> None:
    said = clock(known(days), TODAY, FORMAL)
    assert (said.key, said.words["known"], said.words["came"]) == (f"card-clock-{key}", ago(days), ago(1))


def test_working_days_leave_more_time_and_some_contexts_have_no_limit() -> None:
    assert clock(known(9), TODAY, SEVEN_WORKING).key == "card-clock-near"
    assert clock(known(400), TODAY, tables.calendar().contexts["luar-tahapan"]).key == "card-clock"


def test_every_context_of_the_settings_has_rules_with_a_source() -> None:
    calendar = tables.calendar()
    assert set(calendar.contexts) == set(Settings.model_fields["context"].annotation.__args__)  # type: ignore[union-attr]  # a Literal
    for one in calendar.contexts.values():
        assert one.rule
        assert one.source
        assert one.confidence[0] in "VR"
        assert one.alarms.live <= one.alarms.group < one.alarms.supervisor


async def test_a_card_counts_from_when_it_was_known_and_moves_on_each_morning(office: Office, rina: Officer) -> None:
    monday = Moment("day", TODAY - timedelta(days=4), TODAY - timedelta(days=4))
    tip = await office.receive(known=monday)
    assert "Diketahui: 4 hari lalu" in (await office.posted(tip))["text"]
    assert "SEGERA" not in (await office.posted(tip))["text"]
    await press(office, rina, tip, "Buka")
    for day in ("5", "6"):
        await office.pass_time(days=1)
        await office.pass_time(minutes=5)
        text = (await office.posted(tip))["text"]
        assert f"Diketahui: {day} hari lalu. SEGERA!" in text
    assert "Masuk: 2 hari lalu" in (await office.posted(tip))["text"]


async def test_alarms_climb_from_group_to_supervisor_to_every_day(office: Office) -> None:
    dewi = await office.officer(DEWI)
    tip = await office.receive()
    reference = (await office.posted(tip))["text"].split()[0]
    late = "sudah lewat waktunya: 1"
    await office.pass_time(hours=23)
    assert await office.said(late) == []
    await office.pass_time(hours=1, seconds=1)
    await office.pass_time(seconds=61)
    [told] = await office.said(late)
    assert reference in told
    assert not [bubble for bubble in await dewi.private.said() if late in bubble["text"]]
    await office.pass_time(hours=24)
    await office.pass_time(seconds=61)
    assert len(await office.said(late)) == 1
    assert len([bubble for bubble in await dewi.private.said() if late in bubble["text"]]) == 1
    for day in (1, 2):
        await office.pass_time(hours=24)
        await office.pass_time(seconds=61)
        assert len(await office.said(late)) == 1 + day
        assert len([bubble for bubble in await dewi.private.said() if late in bubble["text"]]) == 1 + day


async def test_alarms_survive_a_restart_and_end_when_somebody_reads(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    await office.posted(tip)
    await office.stop()
    office.ahead += timedelta(hours=25)
    await office.start()
    await office.settled()
    await office.pass_time(seconds=61)
    assert len(await office.said("lewat waktunya")) == 1
    await press(office, rina, tip, "Buka")
    for _ in range(4):
        await office.pass_time(days=1)
        await office.pass_time(seconds=61)
    assert len(await office.said("lewat waktunya")) == 1


async def test_many_late_tips_are_one_message(office: Office) -> None:
    await office.receive_all([{} for _ in range(40)])
    await office.settled()
    await office.pass_time(hours=25)
    await office.pass_time(seconds=61)
    [told] = await office.said("lewat waktunya")
    assert "lewat waktunya: 40" in told
    assert "dan 10 lagi" in told


async def test_what_happens_now_is_told_sooner(office: Office) -> None:
    await office.receive(live=True)
    await office.settled()
    await office.pass_time(hours=2, seconds=1)
    await office.pass_time(seconds=61)
    assert len(await office.said("lewat waktunya")) == 1


async def test_where_no_supervisor_can_be_reached_the_group_hears_of_it(office: Office) -> None:
    await office.receive()
    await office.settled()
    for hours in (24, 24):
        await office.pass_time(hours=hours, seconds=1)
        await office.pass_time(seconds=61)
    assert len(await office.said("Tidak ada penyelia")) == 1


async def test_each_morning_says_how_things_stand_once_even_after_a_restart(office: Office, rina: Officer) -> None:
    read, _ = await office.receive_all([{}, {}])
    await office.settled()
    await press(office, rina, read, "Buka")
    assert await office.said("Selamat pagi") == []
    await office.pass_time(hours=19, minutes=1)
    assert ["Belum dibaca: 1" in text for text in await office.said("Selamat pagi")] == [True]
    await office.stop()
    await office.start()
    await office.pass_time(minutes=1)
    assert len(await office.said("Selamat pagi")) == 1
    await office.stop()
    office.ahead += timedelta(days=2, hours=3)
    await office.start()
    assert len(await office.said("Selamat pagi")) == 2


def settings(office: Office) -> Settings:
    return Settings(_env_file=None, state=office.folder)  # type: ignore[call-arg]  # pydantic-settings' own


async def test_the_audit_is_whole_and_has_the_head_that_the_group_was_told(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    await press(office, rina, tip, "Ambil", "Buka")
    await office.pass_time(hours=20)
    [anchor] = await office.said("Catatan kerja")
    head = anchor.partition("tanda ")[2][:16]
    assert "3 peristiwa" in anchor
    await press(office, rina, tip, "Lepas")
    [line] = check(settings(office), "bawaslu", head)
    assert line.startswith(f"bawaslu: 4 events, 1 of them after {head}, head ")


@pytest.mark.parametrize("how", ["changed", "dropped", "cut", "forked"])
async def test_an_audit_that_was_tampered_with_does_not_fit(office: Office, rina: Officer, how: str) -> None:
    tip = await office.receive()
    await press(office, rina, tip, "Ambil", "Buka", "Selesai …", "Spam")
    room = await office.committer.commit(office.desk.notes.room)
    with office.database.transaction() as tx:
        last = tx.execute(select(EVENT).where(EVENT.c.link == room.head)).one()
        if how == "changed":
            tx.execute(update(EVENT).where(EVENT.c.action == "taken").values(officer="Bagus"))
        elif how == "dropped":
            tx.execute(delete(EVENT).where(EVENT.c.action == "opened"))
        elif how == "cut":
            tx.execute(delete(EVENT).where(EVENT.c.link == room.head))
        else:
            forged = {"link": bytes(32), "previous": last.previous, "desk": last.desk, "tip": tip, "day": last.day}
            tx.execute(EVENT.insert().values({**forged, "officer": "Rina", "action": "proven"}))
    with pytest.raises(Tampered):
        list(check(settings(office), None, room.head.hex()[:16]))


async def test_somebody_who_undoes_the_reading_is_told_again(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    await press(office, rina, tip, "Selesai …", "Spam", "Lainnya", "Urungkan")
    assert await office.status(tip) is Status.RECEIVED
    await office.pass_time(hours=24, seconds=1)
    await office.pass_time(seconds=61)
    assert len(await office.said("lewat waktunya")) == 1
