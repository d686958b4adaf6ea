"""Whoever leaves a draft is reminded of it once: by day, before it is wiped, and only while the channel lets us."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Connection

from bot.carriers import Back
from bot.channels.base import Arrived, Reporter
from bot.parcels import REMIND, Reminding, unpacked
from handlers import reminder
from handlers.messages import Chose, Said
from storage import outbox
from storage.committer import Committer
from storage.database import Database
from storage.drafts import Conversations
from storage.keyring import Keyring
from tests.courier.intake import CHANNEL, RINA, Intake, words

WIB, WIT = timezone(timedelta(hours=7)), timezone(timedelta(hours=9))
MORNING = datetime(2026, 11, 18, 9, 20, tzinfo=WIB)
WINDOW = 24
lasts = st.builds(
    lambda minutes, zone: (datetime(2026, 11, 18, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(zone),
    st.integers(0, 3 * 1440),
    st.sampled_from([WIB, WIT]),
)


@given(lasts, st.sampled_from([0, WINDOW]))
def test_it_is_due_by_day_and_hours_before_the_wipe_and_within_the_window(last: datetime, window: int) -> None:
    due = reminder.due(last, window)
    assert time(7) <= due.timetz().replace(tzinfo=None) <= time(20)
    assert last + timedelta(hours=2) < due <= reminder.wiped(last) - timedelta(hours=3)
    assert not window or due < last + timedelta(hours=window)
    assert due.minute == due.second == 0


@pytest.mark.parametrize("hour", [0, 3, 6, 7, 12, 19, 23])
def test_a_draft_is_really_gone_when_the_reminder_says_and_not_before(
    database: Database, tmp_path: Path, hour: int
) -> None:
    conversations = Conversations(Keyring(tmp_path))
    last = datetime(2026, 11, 18, hour, 30, tzinfo=WIB)
    with database.transaction() as tx:
        held = conversations.load(tx, RINA, last)
        draft = replace(held.draft, touched=1, hint="62.71")
        conversations.save(tx, RINA, draft, 0, last)
        for at, there in (
            (reminder.due(last, 0), True),
            (reminder.wiped(last) - timedelta(minutes=1), True),
            (reminder.wiped(last), False),
        ):
            conversations.sweep(tx, at)
            assert (conversations.load(tx, RINA, at).draft == draft) is there


class Reminded:
    """An intake whose reminders are carried by hand."""

    def __init__(self, committer: Committer, folder: Path) -> None:
        self.desk = Intake.opened(committer, folder)
        self.desk.clock.at = MORNING

    async def owed(self) -> Sequence[outbox.Row]:
        return await self.desk.committer.commit(self._claim)

    def _claim(self, tx: Connection) -> Sequence[outbox.Row]:
        rows = outbox.claim(tx, [REMIND], self.desk.clock.seconds(), 10)
        outbox.release(tx, [REMIND])
        return rows

    async def pass_on(self, *rows: outbox.Row) -> list[str]:
        """Carry these, as the courier does; return what is said to Rina for it."""
        await self.desk.said()
        for row in rows:
            parcel = unpacked(self.desk.wrapper.open(row.payload, row.id, self.desk.clock()))
            assert isinstance(parcel, Reminding)
            settle = await Back(self.desk.turns.house).deliver(parcel, row.id)
            await self.desk.committer.commit(settle)
            await self.desk.committer.commit(lambda tx, row=row: outbox.arrive(tx, row))  # type: ignore[misc]  # bound here
        return await self.desk.said()


@pytest.fixture
def reminded(committer: Committer, tmp_path: Path) -> Reminded:
    return Reminded(committer, tmp_path)


async def told(reminded: Reminded) -> None:
    await reminded.desk.say("kemarin lurah bagi beras", "1")
    await reminded.desk.turns.take(Arrived(RINA, "2", Chose("notice", "go")))


async def test_a_draft_left_alone_is_reminded_of_once_in_neutral_words(reminded: Reminded) -> None:
    await told(reminded)
    reminded.desk.clock.move(22 * 3600)
    assert await reminded.owed() == [], "9.20 and 22 hours is 7.20; it is due at 8"
    reminded.desk.clock.move(3600)
    [row] = await reminded.owed()
    [text] = await reminded.pass_on(row)
    assert text.startswith(words("ask-resume"))
    assert "19 November 2026" in text
    assert "beras" not in text
    assert await reminded.owed() == []
    await reminded.desk.say("Lanjutkan", "3")
    assert words("ask-resume") not in await reminded.desk.said()
    reminded.desk.clock.move(30 * 3600)
    assert await reminded.owed() == [], "nobody is reminded twice of the same report"


async def test_every_message_puts_it_off_and_there_is_one_row(reminded: Reminded) -> None:
    await told(reminded)
    reminded.desk.clock.move(10 * 3600)
    await reminded.desk.say("halo", "3")
    reminded.desk.clock.move(13 * 3600)
    assert await reminded.owed() == []
    reminded.desk.clock.move(10 * 3600)
    assert len(await reminded.owed()) == 1


async def test_wiping_takes_the_reminder_along(reminded: Reminded) -> None:
    await told(reminded)
    await reminded.desk.say("hapus", "3")
    reminded.desk.clock.move(23 * 3600)
    assert await reminded.owed() == []


async def test_whoever_only_looked_around_is_not_reminded(reminded: Reminded) -> None:
    await reminded.desk.turns.take(Arrived(RINA, "1", Said("halo")))
    await reminded.desk.turns.take(Arrived(RINA, "2", Chose("notice", "go")))
    reminded.desk.clock.move(23 * 3600)
    assert await reminded.owed() == []


@pytest.mark.parametrize("hours", [24, 36])
async def test_what_comes_too_late_or_at_night_is_not_said(reminded: Reminded, hours: int) -> None:
    """The machine was down meanwhile: after 24 hours the window is closed, and at night nobody is woken."""
    await told(reminded)
    reminded.desk.clock.move(23 * 3600)
    [row] = await reminded.owed()
    reminded.desk.clock.move((hours - 23) * 3600)
    assert await reminded.pass_on(row) == []


async def test_a_reminder_that_was_overtaken_by_a_message_says_nothing(reminded: Reminded) -> None:
    await told(reminded)
    reminded.desk.clock.move(23 * 3600)
    [row] = await reminded.owed()
    await reminded.desk.say("halo", "3")
    assert await reminded.pass_on(row) == []


async def test_two_people_have_a_reminder_each(reminded: Reminded) -> None:
    await told(reminded)
    await reminded.desk.say("camat bagi beras", "1", Reporter(CHANNEL, "2"))
    reminded.desk.clock.move(23 * 3600)
    assert len(await reminded.owed()) == 2
