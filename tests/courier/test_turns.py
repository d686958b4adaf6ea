"""What people say is handled once and in order; a poisonous message is set aside, and guessing tickets is tiring."""

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

from bot.channels.base import Arrived, Reporter
from bot.channels.whatsapp import LIMITS
from bot.data import tables
from bot.limits import WRONG_TICKETS
from bot.parcels import Bubble, unpacked
from bot.turn import House
from bot.turns import POISON, Turns
from handlers import lobby
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.messages import Chose, Incoming, Said
from handlers.routes import Routes
from handlers.scene import Fresh, Scene
from handlers.ticket import Code, spell
from locales import catalogue
from storage import outbox, tickets
from storage.committer import Committer
from storage.database import Database
from storage.drafts import Conversations
from storage.keyring import Keyring
from storage.tickets import Opened
from storage.tips import Route
from storage.vault import new_identity
from storage.wrapping import Wrapper
from tests.courier.street import Clock

CHANNEL = "whatsapp"
RINA, BAGUS = Reporter(CHANNEL, "1"), Reporter(CHANNEL, "2")


@dataclass
class Desk:
    """An intake without a platform: what people say goes in, and what is owed to them can be read."""

    turns: Turns
    committer: Committer
    clock: Clock
    wrapper: Wrapper
    woken: list[str]

    @classmethod
    def opened(cls, committer: Committer, folder: Path) -> Self:
        keyring, clock, woken = Keyring(folder), Clock(), list[str]()
        private, courier = new_identity()
        wrapper = Wrapper(keyring=keyring, identities=[private])
        house = House(
            conversations=Conversations(keyring),
            wrapper=wrapper,
            routes=Routes({"bawaslu": "Bawaslu"}, "bawaslu"),
            desks={"bawaslu": Route("bawaslu", "2026-11", new_identity()[1], new_identity()[1])},
            courier=courier,
            scenes={CHANNEL: Scene(tables.places(), "WhatsApp", "Bawaslu", erasable=False, window=24)},
            limits={CHANNEL: LIMITS},
            clock=clock,
            card_delay=lambda: 0.0,
        )
        turns = Turns(house, committer, wake=woken.extend, drop=lambda _item: None)
        return cls(turns, committer, clock, wrapper, woken)

    async def say(self, text: str, number: str, who: Reporter = RINA) -> None:
        await self.turns.take(Arrived(who, number, Said(text)))

    async def said(self, who: Reporter = RINA) -> list[str]:
        """What is owed to somebody, in order; it is delivered by being read."""
        return await self.committer.commit(lambda tx: self._said(tx, who))

    def _said(self, tx: Connection, who: Reporter) -> list[str]:
        rows = outbox.claim(tx, [CHANNEL], self.clock.seconds() + 1, 1000)
        parcels = [unpacked(self.wrapper.open(row.payload, row.id, self.clock())) for row in rows]
        outbox.release(tx, [CHANNEL])
        mine = [(row, one) for row, one in zip(rows, parcels, strict=True) if isinstance(one, Bubble)]
        told = [(row, one.shown.text) for row, one in mine if one.to == who.id]
        for row, _ in told:
            outbox.arrive(tx, row)
        return [text for _, text in told]

    async def held(self, who: Reporter = RINA) -> Draft:
        """What is remembered of somebody."""
        house = self.turns.house
        return (await self.committer.commit(lambda tx: house.conversations.load(tx, who, self.clock()))).draft


@pytest.fixture
async def desk(committer: Committer, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk.opened(committer, tmp_path)
    drawing = asyncio.create_task(desk.turns.tickets.keep())
    yield desk
    drawing.cancel()
    await asyncio.gather(drawing, return_exceptions=True)


def words(key: str) -> str:
    """What the bot says there, as far as it never varies."""
    return catalogue("id").say(key)


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
    desk: Desk, poison: Counter[str]
) -> None:
    await desk.say("halo", "1")
    greeting = await desk.said()
    await desk.say("racun", "2")
    assert poison == {"racun": POISON}
    assert await desk.said() == [words("our-fault")]
    await desk.say("halo", "3")
    assert await desk.said() == greeting


async def test_an_apology_costs_nothing_of_what_was_told_before(desk: Desk, poison: Counter[str]) -> None:
    await desk.turns.take(Arrived(RINA, "1", Chose("notice", "go")))
    before = await desk.held()
    await desk.say("racun", "2")
    assert await desk.held() == before != Draft()
    assert poison


async def test_a_poisonous_message_that_comes_again_is_known(desk: Desk, poison: Counter[str]) -> None:
    await desk.say("racun", "1")
    await desk.said()
    await desk.say("racun", "1")
    assert poison == {"racun": POISON}
    assert await desk.said() == []


async def test_poison_harms_nobody_who_writes_at_the_same_moment(desk: Desk, poison: Counter[str]) -> None:
    crowd = [Reporter(CHANNEL, f"{number}") for number in range(100, 140)]
    said = [Arrived(who, "1", Said("racun" if place % 7 == 0 else "halo")) for place, who in enumerate(crowd)]
    await desk.turns.take_all(said)
    answers = [await desk.said(who) for who in crowd]
    assert all(len(one) == 1 for one in answers)
    assert [one == [words("our-fault")] for one in answers] == [place % 7 == 0 for place in range(len(crowd))]
    assert poison["racun"] >= 6 * POISON


async def test_a_database_that_fails_is_not_taken_for_poison(desk: Desk, database: Database) -> None:
    """Whoever raises does not acknowledge: the platform keeps the message and brings it again."""
    tried: list[int] = []

    def broken(_connection: Connection) -> None:
        tried.append(1)
        raise DBAPIError("", {}, Exception("disk I/O error"))

    event.listen(database.engine, "commit", broken)
    with pytest.raises(DBAPIError):
        await desk.say("halo", "1")
    event.remove(database.engine, "commit", broken)
    assert len(tried) == 1
    assert await desk.said() == []
    await desk.say("halo", "1")
    assert len(await desk.said()) == 1, "the very same message, now handled"


async def test_a_repeated_message_is_answered_once(desk: Desk) -> None:
    for _ in range(3):
        await desk.say("halo", "1")
    assert len(await desk.said()) == 1


async def test_a_reporter_whose_draft_nobody_can_read_any_more_starts_anew(desk: Desk, database: Database) -> None:
    """Else their every message would fail, and with it whatever stands behind it in the queue."""
    await desk.turns.take(Arrived(RINA, "1", Chose("notice", "go")))
    with database.transaction() as tx:
        tx.exec_driver_sql("UPDATE draft SET body = zeroblob(1100)")
    await desk.said()
    await desk.say("halo", "2")
    assert len(await desk.said()) == 1


async def test_after_half_an_hour_a_draft_is_shown_to_nobody_and_the_new_words_wait_in_it(desk: Desk) -> None:
    await desk.say("kemarin lurah bagi beras", "1")
    await desk.turns.take(Arrived(RINA, "2", Chose("notice", "go")))
    await desk.said()
    desk.clock.move(30 * 60)
    await desk.say("di balai warga", "3")
    await desk.say("halo", "4")
    assert await desk.said() == [words("ask-resume")] * 2
    assert (await desk.held()).held == ("di balai warga",)
    await desk.say("Lanjutkan", "5")
    [answer] = await desk.said()
    assert answer != words("ask-resume")
    after = await desk.held()
    assert after.held == ()
    assert "di balai warga" in str(after.answers)


async def test_a_draft_that_was_touched_a_minute_ago_is_not_at_rest(desk: Desk) -> None:
    await desk.say("kemarin lurah bagi beras", "1")
    desk.clock.move(29 * 60)
    await desk.turns.take(Arrived(RINA, "2", Chose("notice", "go")))
    desk.clock.move(29 * 60)
    await desk.say("halo", "3")
    assert words("ask-resume") not in await desk.said()


async def test_everything_of_one_person_is_handled_in_order(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, str]] = []

    def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
        assert isinstance(incoming, Said)
        heard.append((fresh.scene.channel, incoming.text))
        return Turn(draft)

    monkeypatch.setattr(lobby, "turn", turn)
    people = [Reporter(CHANNEL, f"{number}") for number in range(5)]
    await desk.turns.take_all(Arrived(who, f"{n}", Said(f"{who.id}:{n}")) for n in range(8) for who in people)
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


async def guess(desk: Desk, codes: list[str], who: Reporter = RINA) -> list[str]:
    for code in codes:
        desk.clock.move(1)
        await desk.say(code, code, who)
    return await desk.said(who)


async def test_five_wrong_tickets_an_hour_then_none_is_even_looked_up(desk: Desk, slow: list[str]) -> None:
    unknown, tired = words("ticket-unknown"), words("ticket-tired")
    assert await guess(desk, WRONG[: WRONG_TICKETS + 2]) == [unknown] * WRONG_TICKETS + [tired] * 2
    assert len(slow) == WRONG_TICKETS, "no Argon2 for whoever guesses"
    assert threading.main_thread().name not in slow
    assert await guess(desk, WRONG[7:8], BAGUS) == [unknown], "and nobody else is tired"
    desk.clock.move(3601)
    assert await guess(desk, WRONG[8:9]) == [unknown]


async def test_a_tired_person_can_still_report(desk: Desk, slow: list[str]) -> None:
    await guess(desk, WRONG[: WRONG_TICKETS + 1])
    await desk.say("halo", "1")
    assert len(await desk.said()) == 1
    assert slow


async def test_the_courier_is_woken_only_after_the_commit(desk: Desk) -> None:
    await desk.say("halo", "1")
    assert desk.woken == [CHANNEL]
