"""What was taken and did not arrive after all, and what an operator sees and does about what is parked."""

import asyncio
import re
from collections.abc import Collection

import pytest
from sqlalchemy import select

from bot import owed
from bot.carriers import Sent
from bot.channels.base import Later, Never
from bot.channels.whatsapp_batch import Settled, State
from bot.courier import WORD, After, Carrier
from bot.settings import Settings
from bot.word import heard_of
from storage import migrations, outbox
from storage.database import Database
from storage.outbox import LEASE, OWED, Parked
from tests.courier.street import Street

WHATSAPP = "whatsapp"


@pytest.fixture
def telling(street: Street, monkeypatch: pytest.MonkeyPatch) -> Street:
    """A street whose platform says only later what arrived."""
    monkeypatch.setattr("tests.courier.street.LANE", WHATSAPP)
    carriers: dict[str, Carrier] = {WHATSAPP: street.doors, outbox.sent_lane(WHATSAPP): Sent()}
    street.courier._carriers = carriers  # noqa: SLF001  # the street has a platform that tells nothing
    return street


async def lanes(street: Street) -> list[str]:
    return list(await street.committer.commit(lambda tx: tx.execute(select(OWED.c.lane)).scalars().all()))


async def hear(street: Street, name: str, *said: tuple[State, int]) -> None:
    settled = [Settled(name, state, code) for state, code in said]
    await street.committer.commit(lambda tx: heard_of(tx, settled, street.clock.seconds()))


async def parked(street: Street) -> Collection[Parked]:
    return await street.committer.commit(outbox.parked)


async def test_what_fails_after_it_was_sent_is_said_again(telling: Street) -> None:
    await telling.owe("a")
    await telling.work()
    await hear(telling, "Rina a", (State.ACCEPTED, 0))
    assert await lanes(telling) == ["sent:whatsapp"]
    await hear(telling, "Rina a", (State.FAILED, 131000))
    assert await lanes(telling) == [WHATSAPP]


@pytest.mark.parametrize("state", [State.DELIVERED, State.READ])
async def test_what_was_taken_is_owed_until_it_has_arrived(telling: Street, state: State) -> None:
    await telling.owe("a")
    await telling.work()
    assert await lanes(telling) == ["sent:whatsapp"]
    await hear(telling, "Rina a", (state, 0))
    assert await lanes(telling) == []


async def test_what_fails_late_for_a_while_is_said_again(telling: Street) -> None:
    await telling.owe("a")
    await telling.work()
    await hear(telling, "Rina a", (State.FAILED, 131000))
    assert await lanes(telling) == [WHATSAPP]
    assert await telling.later(4.9) == []
    assert await telling.later(0.2) == ["a"]


async def test_each_late_failure_waits_longer_than_the_one_before(telling: Street) -> None:
    await telling.owe("a")
    await telling.work()
    for _ in range(6):
        await hear(telling, "Rina a", (State.FAILED, 131000))
        await telling.later(40)
    await hear(telling, "Rina a", (State.FAILED, 131000))
    assert await telling.later(60) == []
    assert await telling.later(10) == ["a"]


async def test_what_fails_late_for_good_waits_for_the_operator(telling: Street) -> None:
    await telling.owe("a")
    await telling.work()
    await hear(telling, "Rina a", (State.ACCEPTED, 0), (State.FAILED, 131026))
    assert await parked(telling) == [Parked(WHATSAPP, 131026, 1, telling.clock.seconds())]
    assert await telling.later(9 * LEASE) == []
    assert await telling.committer.commit(outbox.again) == 1
    assert await telling.later(1) == ["a"]


@pytest.mark.parametrize("code", [131000, 131026])
async def test_bad_news_that_overtakes_the_answer_is_not_lost(telling: Street, code: int) -> None:
    opened = telling.doors.hold("a")
    await telling.owe("a")
    telling.start()
    await telling.doors.until(lambda: telling.doors.knocked == ["a"])
    await hear(telling, "Rina a", (State.FAILED, code))
    opened.set()
    await telling.work()
    assert await lanes(telling) == [WHATSAPP]
    assert len(await parked(telling)) == (code == 131026)


async def test_good_news_that_overtakes_the_answer_is_the_end_of_it(telling: Street) -> None:
    opened = telling.doors.hold("a")
    await telling.owe("a")
    telling.start()
    await telling.doors.until(lambda: telling.doors.knocked == ["a"])
    await hear(telling, "Rina a", (State.READ, 0))
    opened.set()
    await telling.work()
    assert await lanes(telling) == []


async def test_after_a_day_without_word_it_has_arrived_and_a_restart_says_nothing_twice(telling: Street) -> None:
    await telling.owe("a")
    await telling.work()
    await telling.committer.commit(lambda tx: outbox.release(tx, (WHATSAPP, "sent:whatsapp")))
    assert await telling.later(WORD - 1) == []
    assert await lanes(telling) == ["sent:whatsapp"]
    telling.clock.move(2)
    telling.courier.wake()
    async with asyncio.timeout(20):
        while await lanes(telling):  # noqa: ASYNC110  # the street waits for one lane only
            await asyncio.sleep(0.01)
    assert telling.doors.arrived == ["a"]


@pytest.mark.parametrize("lane", ["desk:bawaslu", "fetch"])
async def test_no_status_touches_what_was_never_said_to_anybody(street: Street, lane: str) -> None:
    await street.committer.commit(lambda tx: outbox.owe(tx, "card", lane, b"", street.clock.seconds()))
    await hear(street, "card", (State.FAILED, 131026))
    assert await lanes(street) == [lane]
    assert await parked(street) == []


async def test_what_follows_a_delivery_is_done_after_its_commit(street: Street) -> None:
    done: list[str] = []
    street.doors.then = lambda _tx: After(("desk:bawaslu",), lambda: done.append("dropped"))
    await street.owe("a")
    await street.work()
    assert (done, street.rung) == (["dropped"], ["desk:bawaslu"])


async def test_why_something_is_parked_is_kept_and_forgotten_when_it_is_sent_again(street: Street) -> None:
    street.doors.troubles["a"] = [Never(401, halt=True), Later(0)]
    await street.owe("a")
    await street.work()
    assert [one.code for one in await parked(street)] == [401]
    assert await street.committer.commit(lambda tx: outbox.again(tx, "desk:bawaslu")) == 0
    assert await street.committer.commit(lambda tx: outbox.again(tx, "telegram")) == 1
    await street.work()
    assert await street.later(1) == ["a"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "less than a minute"), (59, "less than a minute"), (60, "1 minute"), (7199, "1 hour"), (7200, "2 hours"),
     (86_399, "23 hours"), (90 * 86_400, "90 days")],
)  # fmt: skip
def test_an_age_in_words(seconds: float, words: str) -> None:
    assert owed.age(seconds) == words


def test_an_operator_sees_counts_and_codes_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    state = tmp_path_factory.mktemp("state")
    state.chmod(0o700)
    settings = Settings(_env_file=None, state=state)  # type: ignore[call-arg]  # pydantic-settings' own way to name none
    database = Database.at(settings.database_url)
    migrations.upgrade(database)
    assert list(owed.listing(settings)) == ["nothing is parked: whatever is owed is on its way"]
    with database.transaction() as tx:
        for name, lane, code in (("x1", WHATSAPP, 131026), ("x2", WHATSAPP, 131026), ("y", "telegram", None)):
            outbox.owe(tx, name, lane, b"rahasia", 1_795_000_000.0)
            [row] = outbox.claim(tx, [lane], 1_795_000_000.0, 1)
            outbox.park(tx, row, code)
    first, second = owed.listing(settings)
    assert re.fullmatch(r"telegram\t\d+ days?\t-\t1", first)
    assert re.fullmatch(r"whatsapp\t\d+ days?\t131026\t2", second)
    assert list(owed.again(settings, "desk:bawaslu")) == ["nothing is parked in desk:bawaslu"]
    assert list(owed.again(settings, WHATSAPP)) == ["2 owed again"]
    assert list(owed.again(settings, None)) == ["1 owed again"]
    assert list(owed.listing(settings)) == ["nothing is parked: whatever is owed is on its way"]
    database.close()
