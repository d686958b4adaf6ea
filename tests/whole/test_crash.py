"""Processes die at any moment, platforms fail in every way: nothing accepted is lost, nothing is said twice."""

import asyncio
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from storage.outbox import LEASE
from tests.pictures import photo
from tests.town import RINA, TICKET, Message, Officer, Phone, TelegramPhone, Town, until
from tests.whole.reports import QUESTIONS, Desk, greet, is_fresh, report

# Processes start several times in these stories, and cores may be busy.
pytestmark = pytest.mark.timeout(300)
# Everything a reporter says from the greeting to the ticket; between any two of these a process may die.
ALBUM = "(an album of two photos)"
STEPS = ("(greeting)", *QUESTIONS, ALBUM, "[Sudah semua]", "[Kirim, kabari saya]")
# Bubbles that count files on their way: how many there are depends on how fast the files came.
COUNTING = re.compile(r"\d dari \d kiriman tersimpan")


@pytest.fixture(scope="module")
def running_rough_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = Town(tmp_path_factory.mktemp("rough"))
    town.start()
    yield town
    town.stop()


@pytest.fixture
async def rough_town(running_rough_town: Town) -> AsyncIterator[Town]:
    """A town in which processes are killed; its platforms work again after each story."""
    async with running_rough_town as town:
        yield town
        await town.simulator.client.delete("/sim/faults")


async def throw(phone: Phone, step: str) -> None:
    """Do one step without waiting for its answer: there may be nobody to answer."""
    sim, person = phone.simulator.sim, phone.person
    telegram = isinstance(phone, TelegramPhone)
    chat = {"chat": phone.bot} if isinstance(phone, TelegramPhone) else {}
    side = "telegram" if telegram else "whatsapp"
    if step == STEPS[0]:
        start = {"payload": "p-6271"} if telegram else {"text": "Halo dari poster 6271"}
        await sim(f"{side}/{'start' if telegram else 'message'}", person=person, **chat, **start)
    elif step == ALBUM:
        await phone.album(photo(), photo())
    elif step.startswith("["):
        message, data = await phone.choice(step[1:-1])
        await sim(f"{side}/press", person=person, message=message["id"], **chat, **{"data" if telegram else "id": data})
    else:
        await sim(f"{side}/message", person=person, text=step, **chat)


async def answered(phone: Phone, step: str, before: int) -> None:
    """Wait for the answer to a step."""
    if step == ALBUM:
        await phone.until(lambda bubbles: str(bubbles[-1]["text"]).startswith("2 kiriman tersimpan"))
    else:
        await phone.answered(before)


async def take(phone: Phone, *steps: str) -> None:
    """Do some steps undisturbed."""
    for step in steps:
        before = len(await phone.said())
        await throw(phone, step)
        await answered(phone, step, before)


@dataclass
class Standing:
    """Somebody who has come to some step of a report."""

    phone: Phone
    at: int = 0
    before: int = 0

    async def take(self, steps: int) -> None:
        """Go on undisturbed, until so many steps are done."""
        await take(self.phone, *STEPS[self.at : steps])
        self.at = steps

    @property
    def side(self) -> str:
        return type(self.phone).__name__

    async def throw(self) -> None:
        self.before = len(await self.phone.said())
        await throw(self.phone, STEPS[self.at])

    async def answered(self) -> None:
        await answered(self.phone, STEPS[self.at], self.before)
        self.at += 1


async def script(phone: Phone) -> list[str]:
    """What the bot has said, without what differs from report to report."""
    texts = (TICKET.sub("····", str(bubble["text"])) for bubble in await phone.said())
    return [text for text in texts if not COUNTING.search(text)]


def doubled(heard: list[str], expected: list[str]) -> int:
    """How many bubbles were said twice in a row; AssertionError where one is missing, strange or out of order."""
    rest, twice = iter(expected), 0
    want, last = next(rest, None), None
    for text in heard:
        if text == want:
            want, last = next(rest, None), text
        else:
            assert text == last, f"{text!r} instead of {want!r}"
            twice += 1
    assert want is None, f"never said: {want!r}"
    return twice


async def is_whole(town: Town, phone: Phone) -> None:
    """The ticket works, from any phone."""
    ticket = await phone.ticket()
    other = await town.on_whatsapp()
    assert "kodenya cocok" in (await other.say(ticket))["text"]


async def have_cards(officer: Officer, known: set[int], number: int) -> list[Message]:
    """Wait until so many new cards stand there, each with both photos; and no more."""

    def fresh(state: dict[str, Any]) -> list[Message]:
        chats = state["telegram"]["chats"]
        messages: list[Message] = next((one["messages"] for one in chats if one["key"] == str(officer.group)), [])
        return [message for message in messages if message["id"] not in known and is_fresh(message)]

    state = await until(officer.simulator, lambda state: len(fresh(state)) >= number)
    cards = fresh(state)
    assert len(cards) == number
    return cards


async def test_the_intake_dies_while_people_stand_at_every_question(rough_town: Town) -> None:
    town, officer = rough_town, await rough_town.officer()
    before = {card["id"] for card in await officer.cards()}
    undisturbed = {one.side: await script(one.phone) for one in await both_at(town, len(STEPS))}
    known = before | {card["id"] for card in await have_cards(officer, before, len(undisturbed))}
    crowd = [one for at in range(len(STEPS)) for one in await both_at(town, at)]
    town.kill("intake", signal.SIGKILL)
    await asyncio.gather(*(one.throw() for one in crowd))
    town.start("intake")
    await asyncio.gather(*(one.answered() for one in crowd))
    ahead = [one for one in crowd if one.at < len(STEPS)]
    await asyncio.gather(*(one.throw() for one in ahead))
    town.restart("intake", how=signal.SIGTERM)
    # Nobody waits for the lease of a courier that has died.
    async with asyncio.timeout(LEASE - 5):
        await asyncio.gather(*(one.answered() for one in ahead))
    whole = [one for one in crowd if one.at > STEPS.index(ALBUM)]
    await asyncio.gather(*(one.take(len(STEPS)) for one in whole))
    for one in crowd:
        # Only what was being sent when the process was told to stop may be there twice.
        assert doubled(await script(one.phone), undisturbed[one.side][: one.at]) <= 1
    await asyncio.gather(*(is_whole(town, one.phone) for one in whole))
    await have_cards(officer, known, len(whole))


async def both_at(town: Town, steps: int) -> list[Standing]:
    """One person on each platform who has taken so many steps."""
    both = [Standing(await town.on_telegram()), Standing(await town.on_whatsapp())]
    await asyncio.gather(*(one.take(steps) for one in both))
    return both


async def test_the_desk_dies_between_any_two_presses(rough_town: Town) -> None:
    town, officer = rough_town, await rough_town.officer()
    desk, reporter = await Desk.watched(officer), await rough_town.on_whatsapp()
    await greet(reporter)
    town.kill("desk")
    ticket = await report(reporter)
    town.start("desk")
    card = await desk.new_card()
    before = len(await officer.private.said())
    pressed = (
        ("Ambil", "Dipegang: Rina"), ("Buka", "Status: dibaca"), ("Status", "Ditelusuri"),
        ("Ditelusuri", "Status: ditelusuri"),
    )  # fmt: skip
    for number, (label, then) in enumerate(pressed):
        data = await officer.data(card, label)
        press = {"person": RINA, "chat": officer.group, "message": card["id"], "data": data}
        if number % 2:
            await town.simulator.sim("telegram/press", **press)
        town.kill("desk", (signal.SIGKILL, signal.SIGTERM)[number % 2])
        if not number % 2:
            await town.simulator.sim("telegram/press", **press)
        town.start("desk")
        await officer.changed(card, then)
    opened = await officer.private.until(
        lambda bubbles: any("Camat Jekan Raya" in one["text"] for one in bubbles[before:])
    )
    assert sum(bubble["media"] is not None for bubble in opened[before:]) in (2, 4)
    assert len(await desk.new_cards()) == 1
    assert "Ditelusuri" in (await reporter.say(ticket))["text"]


async def test_a_card_that_was_deleted_is_posted_anew_at_the_next_change(rough_town: Town) -> None:
    town, officer = rough_town, await rough_town.officer()
    desk, reporter = await Desk.watched(officer), await rough_town.on_whatsapp()
    await greet(reporter)
    await report(reporter)
    card = await desk.new_card()
    data = await officer.data(card, "Ambil")
    # An administrator may delete any message; for the simulator the bot itself does.
    where = {"chat_id": officer.group, "message_id": card["id"]}
    await town.simulator.client.post(f"/bot{town.secrets.desk}/deleteMessage", json=where)
    assert await desk.new_cards() == []
    await officer.forge(card, data)
    anew = await officer.card(lambda now: now["id"] not in desk.known and "Dipegang: Rina" in now["text"])
    assert await officer.press(anew, "Lepas")
    await officer.shows(anew, "Dipegang: belum ada")


async def test_cards_follow_a_group_that_was_upgraded(rough_town: Town) -> None:
    town, officer = rough_town, await rough_town.officer()
    desk, reporter = await Desk.watched(officer), await rough_town.on_whatsapp()
    await greet(reporter)
    await report(reporter)
    old = await desk.new_card()
    town.group = (await town.simulator.sim("telegram/migrate", group=town.group))["id"]
    moved = await town.officer()
    name = old["text"].split()[0]
    card = await moved.card(lambda now: str(now["text"]).startswith(name))
    assert await moved.press(card, "Ambil") == "Anda yang memegang sekarang."
    await moved.shows(card, "Dipegang: Rina")
    there, another = await Desk.watched(moved), await town.on_whatsapp()
    await greet(another)
    await report(another)
    await there.new_card()


FAULTS: dict[str, dict[str, dict[str, Any]]] = {
    "loses its answers": {
        "telegram": {"swallow": {"times": 1, "methods": ["sendMessage"]}},
        "whatsapp": {"swallow": {"times": 1, "methods": ["POST messages"]}},
    },
    "stumbles": {"telegram": {"fail": {"status": 500}}, "whatsapp": {"fail": {"status": 500}}},
    "asks for patience": {
        "telegram": {"fail": {"times": 2, "status": 429, "retry_after": 1, "methods": ["sendMessage"]}},
        "whatsapp": {"fail": {"times": 1, "status": 400, "code": 131056}},
    },
    "does not hand out files": {"telegram": {"files": {"times": 3}}, "whatsapp": {"files": {"times": 3}}},
    "repeats itself": {"telegram": {}, "whatsapp": {"repeat": 2, "reverse": True, "batch": 2}},
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_platform_fails_and_the_report_arrives_whole(rough_town: Town, fault: str) -> None:
    town, officer = rough_town, await rough_town.officer()
    known = {card["id"] for card in await officer.cards()}
    both = await both_at(town, STEPS.index("kemarin"))
    await town.simulator.put("faults", **FAULTS[fault])
    await asyncio.gather(*(one.take(STEPS.index(ALBUM) + 1) for one in both))
    await town.simulator.client.delete("/sim/faults")
    await asyncio.gather(*(one.take(len(STEPS)) for one in both))
    for one in both:
        heard = Counter(await script(one.phone))
        # Only Telegram has no way of telling whether a message had arrived whose answer was lost.
        lost = fault == "loses its answers" and one.side == "TelegramPhone"
        assert (len(heard), heard.total()) == (len(STEPS), len(STEPS) + lost)
        await is_whole(town, one.phone)
    await have_cards(officer, known, 2)


async def test_platforms_that_are_away_are_waited_for_even_at_the_start(rough_town: Town) -> None:
    town = rough_town
    on_telegram, on_whatsapp, officer = await town.on_telegram(), await town.on_whatsapp(), await town.officer()
    desk = await Desk.watched(officer)
    await take(on_telegram, *STEPS[:4])
    before = len(await on_telegram.said())
    await town.simulator.put("faults", telegram={"down": True}, whatsapp={"down": True})
    town.restart("intake", "desk")
    await throw(on_telegram, STEPS[4])
    await throw(on_whatsapp, STEPS[0])
    # The intake lives: it takes what WhatsApp brings, though neither platform takes what it says.
    await until(town.simulator, lambda state: delivered(state, on_whatsapp))
    await town.simulator.client.delete("/sim/faults")
    await answered(on_telegram, STEPS[4], before)
    await answered(on_whatsapp, STEPS[0], 0)
    await take(on_telegram, *STEPS[5:])
    await is_whole(town, on_telegram)
    await desk.new_card()


def delivered(state: dict[str, Any], phone: Phone) -> bool:
    """Whether WhatsApp has had a 200 for this person's message."""
    chats = state["whatsapp"]["chats"]
    return any(
        message["status"] == "delivered"
        for chat in chats
        if chat["key"] == phone.person
        for message in chat["messages"]
    )
