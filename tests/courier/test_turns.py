"""What people say is handled once and in order; a poisonous message is set aside, and guessing tickets is tiring."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

from bot.channels.base import Arrived, Reporter
from bot.limits import WRONG_TICKETS
from bot.turns import POISON
from handlers import lobby
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.messages import Chose, Incoming, Said
from handlers.scene import Fresh
from handlers.ticket import Code, spell
from storage import tickets
from storage.database import Database
from storage.tickets import Opened
from tests.courier.intake import BAGUS, CHANNEL, RINA, Intake, words

Handler = Callable[[Draft, Incoming, Fresh], Turn]


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Every message with "racun" in it breaks the handlers; returns how often each was tried."""
    tried: Counter[str] = Counter()
    healthy: Handler = lobby.turn

    def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
        if isinstance(incoming, Said) and "racun" in incoming.text:
            tried[incoming.text] += 1
            raise ZeroDivisionError(incoming.text)
        return healthy(draft, incoming, fresh)

    monkeypatch.setattr(lobby, "turn", turn)
    return tried


async def test_a_poisonous_message_is_set_aside_with_an_apology_and_the_next_one_works(
    intake: Intake, poison: Counter[str]
) -> None:
    await intake.say("halo", "1")
    greeting = await intake.said()
    await intake.say("racun", "2")
    assert poison == {"racun": POISON}
    assert await intake.said() == [words("our-fault")]
    await intake.say("halo", "3")
    assert await intake.said() == greeting


async def test_an_apology_costs_nothing_of_what_was_told_before(intake: Intake, poison: Counter[str]) -> None:
    await intake.turns.take(Arrived(RINA, "1", Chose("notice", "go")))
    before = await intake.held()
    await intake.say("racun", "2")
    assert await intake.held() == before != Draft()
    assert poison


async def test_a_poisonous_message_that_comes_again_is_known(intake: Intake, poison: Counter[str]) -> None:
    await intake.say("racun", "1")
    await intake.said()
    await intake.say("racun", "1")
    assert poison == {"racun": POISON}
    assert await intake.said() == []


async def test_poison_harms_nobody_who_writes_at_the_same_moment(intake: Intake, poison: Counter[str]) -> None:
    crowd = [Reporter(CHANNEL, f"{number}") for number in range(100, 140)]
    said = [Arrived(who, "1", Said("racun" if place % 7 == 0 else "halo")) for place, who in enumerate(crowd)]
    await intake.turns.take_all(said)
    answers = [await intake.said(who) for who in crowd]
    assert all(len(one) == 1 for one in answers)
    assert [one == [words("our-fault")] for one in answers] == [place % 7 == 0 for place in range(len(crowd))]
    assert poison["racun"] >= 6 * POISON


async def test_a_database_that_fails_is_not_taken_for_poison(intake: Intake, database: Database) -> None:
    """Whoever raises does not acknowledge: the platform keeps the message and brings it again."""
    tried: list[int] = []

    def broken(_connection: Connection) -> None:
        tried.append(1)
        raise DBAPIError("", {}, Exception("disk I/O error"))

    event.listen(database.engine, "commit", broken)
    with pytest.raises(DBAPIError):
        await intake.say("halo", "1")
    event.remove(database.engine, "commit", broken)
    assert len(tried) == 1
    assert await intake.said() == []
    await intake.say("halo", "1")
    assert len(await intake.said()) == 1, "the very same message, now handled"


async def test_a_repeated_message_is_answered_once(intake: Intake) -> None:
    for _ in range(3):
        await intake.say("halo", "1")
    assert len(await intake.said()) == 1


async def test_a_reporter_whose_draft_nobody_can_read_any_more_starts_anew(intake: Intake, database: Database) -> None:
    """Else their every message would fail, and with it whatever stands behind it in the queue."""
    await intake.turns.take(Arrived(RINA, "1", Chose("notice", "go")))
    with database.transaction() as tx:
        tx.exec_driver_sql("UPDATE draft SET body = zeroblob(1100)")
    await intake.said()
    await intake.say("halo", "2")
    assert len(await intake.said()) == 1


async def test_after_half_an_hour_a_draft_is_shown_to_nobody_and_the_new_words_wait_in_it(intake: Intake) -> None:
    await intake.say("kemarin lurah bagi beras", "1")
    await intake.turns.take(Arrived(RINA, "2", Chose("notice", "go")))
    await intake.said()
    intake.clock.move(30 * 60)
    await intake.say("di balai warga", "3")
    await intake.say("halo", "4")
    assert await intake.said() == [words("ask-resume")] * 2
    assert (await intake.held()).held == ("di balai warga",)
    await intake.say("Lanjutkan", "5")
    [answer] = await intake.said()
    assert answer != words("ask-resume")
    after = await intake.held()
    assert after.held == ()
    assert "di balai warga" in str(after.answers)


async def test_a_draft_that_was_touched_a_minute_ago_is_not_at_rest(intake: Intake) -> None:
    await intake.say("kemarin lurah bagi beras", "1")
    intake.clock.move(29 * 60)
    await intake.turns.take(Arrived(RINA, "2", Chose("notice", "go")))
    intake.clock.move(29 * 60)
    await intake.say("halo", "3")
    assert words("ask-resume") not in await intake.said()


async def test_everything_of_one_person_is_handled_in_order(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, str]] = []

    def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
        assert isinstance(incoming, Said)
        heard.append((fresh.scene.channel, incoming.text))
        return Turn(draft)

    monkeypatch.setattr(lobby, "turn", turn)
    people = [Reporter(CHANNEL, f"{number}") for number in range(5)]
    await intake.turns.take_all(Arrived(who, f"{n}", Said(f"{who.id}:{n}")) for n in range(8) for who in people)
    for who in people:
        assert [text for _, text in heard if text.startswith(f"{who.id}:")] == [f"{who.id}:{n}" for n in range(8)]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads in which Argon2 ran."""
    threads: list[str] = []

    def derive(code: Code) -> Opened:
        threads.append(threading.current_thread().name)
        return tickets.derive(code)

    monkeypatch.setattr("bot.tickets.derive", derive)
    return threads


WRONG = [spell([7, 19, 22, 2, 20, 9, 26, 25, 0, 12, 24, 11, 4, 16, last]) for last in range(12)]


async def guess(intake: Intake, codes: list[str], who: Reporter = RINA) -> list[str]:
    for code in codes:
        intake.clock.move(1)
        await intake.say(code, code, who)
    return await intake.said(who)


async def test_five_wrong_tickets_an_hour_then_none_is_even_looked_up(intake: Intake, slow: list[str]) -> None:
    unknown, tired = words("ticket-unknown"), words("ticket-tired")
    assert await guess(intake, WRONG[: WRONG_TICKETS + 2]) == [unknown] * WRONG_TICKETS + [tired] * 2
    assert len(slow) == WRONG_TICKETS, "no Argon2 for whoever guesses"
    assert threading.main_thread().name not in slow
    assert await guess(intake, WRONG[7:8], BAGUS) == [unknown], "and nobody else is tired"
    intake.clock.move(3601)
    assert await guess(intake, WRONG[8:9]) == [unknown]


async def test_a_tired_person_can_still_report(intake: Intake, slow: list[str]) -> None:
    await guess(intake, WRONG[: WRONG_TICKETS + 1])
    await intake.say("halo", "1")
    assert len(await intake.said()) == 1
    assert slow


async def test_the_courier_is_woken_only_after_the_commit(intake: Intake) -> None:
    await intake.say("halo", "1")
    assert intake.woken == [CHANNEL]
