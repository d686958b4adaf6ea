"""HAPUS takes everything out of a chat on Telegram, also what we never noted, and nothing out of anybody else's."""

from bot.channels.telegram import MOST_DELETED, covered
from tests.town import TelegramPhone, Town
from tests.whole.reports import QUESTIONS, greet


async def until_repeated(phone: TelegramPhone, text: str) -> None:
    """Wait until something stands there twice."""
    await phone.until(lambda bubbles: [bubble["text"] for bubble in bubbles].count(text) == 2)


async def test_what_arrived_though_its_answer_was_lost_goes_as_well(town: Town) -> None:
    rina, bagus = await town.on_telegram(), await town.on_telegram()
    await greet(rina)
    await greet(bagus)
    await town.simulator.put("faults", telegram={"swallow": {"times": 1, "methods": ["sendMessage"]}})
    asked = await rina.press(QUESTIONS[0][1:-1])
    # Between the two copies somebody else's messages take the next numbers.
    await bagus.walk(*QUESTIONS[:2])
    await until_repeated(rina, str(asked["text"]))
    theirs = [message["id"] for message in await bagus.messages()]
    before = {message["id"] for message in await rina.messages()}
    await rina.act("telegram/message", person=rina.person, chat=rina.bot, text="HAPUS")
    await rina.until(lambda bubbles: not before & {bubble["id"] for bubble in bubbles})
    assert not before & {message["id"] for message in await rina.messages()}
    assert "sudah dihapus" in await rina.text()
    assert [message["id"] for message in await bagus.messages()] == theirs


def test_what_may_stand_between_is_tried_as_well() -> None:
    assert covered([7, 4, 5]) == [4, 5, 6, 7]
    assert covered([]) == []
    assert covered([9]) == [9]


def test_where_too_much_lies_between_the_smallest_gaps_are_tried() -> None:
    assert covered([1, 1000, 1003], 6) == [1, 1000, 1001, 1002, 1003]
    assert covered([1, 5_000]) == [1, 5_000]
    busy = covered(range(0, 100_000, 400))
    assert len(busy) <= MOST_DELETED
    assert set(range(0, 100_000, 400)) <= set(busy)


def test_all_that_is_known_is_deleted_however_much_it_is() -> None:
    known = list(range(0, 4 * MOST_DELETED, 2))
    assert covered(known) == known
