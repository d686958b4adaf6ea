"""What officers, administrators and Telegram itself do to the desk's group: nothing of it loses or doubles a card."""

import time
from collections import Counter
from typing import Any

import pytest

from handlers.status import Status
from tests.desk.hands import drop, heard_after, in_group, press, press_at_once, toasts
from tests.desk.office import BAGUS, DEWI, RINA, Office
from tests.town import Message, Officer

BOT = "saksi_desk_bot"


async def unheard(office: Office, person: int, card: Message, data: str) -> None:
    """Press while no desk is there to hear it."""
    await office.stop()
    await office.simulator.sim("telegram/press", person=person, chat=office.group, message=card["id"], data=data)


async def test_a_press_that_telegram_has_forgotten_changes_nothing_and_can_be_made_again(
    office: Office, rina: Officer
) -> None:
    tip = await office.receive()
    card = await office.posted(tip)
    before = len(await toasts(office))
    await unheard(office, RINA, card, await rina.data(card, "Ambil"))
    await office.simulator.sim("clock", advance=151)
    await office.start()
    assert await in_group(office, DEWI, "Halo.") == []
    assert ((await office.card(tip)).holder, len(await toasts(office))) == ("", before)
    assert await rina.press(card, "Ambil") == "Anda yang memegang sekarang."


async def test_a_press_made_while_the_desk_was_away_counts_when_it_is_back(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    card = await office.posted(tip)
    await unheard(office, RINA, card, await rina.data(card, "Ambil"))
    await office.simulator.sim("clock", advance=140)
    await office.start()
    await rina.shows(card, "Dipegang: Rina")
    assert (await office.card(tip)).holder == "Rina"
    assert (await toasts(office))[-1]["text"] == "Anda yang memegang sekarang."


async def test_two_officers_who_press_at_once_get_one_tip_between_them(office: Office, rina: Officer) -> None:
    bagus = await office.officer(BAGUS)
    for _ in range(5):
        tip = await office.receive()
        card = await office.posted(tip)
        told = await press_at_once(office, card, await rina.data(card, "Ambil"), (rina.person, bagus.person))
        holder = (await office.card(tip)).holder
        assert Counter(one["text"] == "Anda yang memegang sekarang." for one in told) == {True: 1, False: 1}
        assert [f"dipegang {holder}" in one["text"] for one in told].count(True) == 1
        assert Counter(action for _, action in await office.audit(tip)) == {"taken": 1}


async def test_an_old_button_does_nothing_once_the_status_has_moved(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    card = await office.posted(tip)
    old = await rina.data(card, "Ambil")
    await press(office, rina, tip, "Selesai …", "Tidak terbukti")
    assert "sudah lama" in await rina.forge(card, old)
    assert ((await office.card(tip)).holder, await office.status(tip)) == ("", Status.UNPROVEN)


async def test_an_anonymous_administrator_presses_as_the_officer_they_are(office: Office, rina: Officer) -> None:
    """Telegram tells bots who presses even where it hides who writes."""
    tip = await office.receive()
    card = await office.posted(tip)
    written = await in_group(office, RINA, "Saya ambil.", anonymous=True, reply_to=card["id"])
    assert ["tidak sampai ke pelapor" in one["text"] for one in written] == [True]
    assert await rina.press(card, "Ambil") == "Anda yang memegang sekarang."
    assert await office.audit(tip) == [("Rina", "taken")]


async def test_the_account_of_anonymous_administrators_may_press_nothing(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    card = await office.posted(tip)
    update = {
        "callback_query": {
            "id": "1", "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "chat_instance": "1",
            "data": await rina.data(card, "Ambil"),
            "message": {"message_id": card["id"], "date": 1, "chat": {"id": office.group, "type": "supergroup"}},
        }
    }  # fmt: skip
    await office.simulator.sim("telegram/update", bot=BOT, update=update)
    assert await in_group(office, DEWI, "Halo.") == []
    assert (await office.card(tip)).holder == ""


async def test_a_former_officer_presses_a_card_of_the_group_in_vain(office: Office, rina: Officer) -> None:
    bagus = await office.officer(BAGUS)
    tip = await office.receive()
    card = await office.posted(tip)
    data = await bagus.data(card, "Ambil")
    del office.officers[BAGUS]
    assert "hanya untuk petugas" in await bagus.forge(card, data)
    assert (await office.card(tip)).holder == ""
    assert await rina.press(card, "Ambil") == "Anda yang memegang sekarang."


@pytest.mark.parametrize("after", [0, 1, 3600, None])
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "createForumTopic"])
async def test_too_many_requests_delays_as_long_as_asked_and_loses_nothing(
    office: Office, rina: Officer, method: str, after: int | None
) -> None:
    if method == "createForumTopic":
        await office.simulator.sim("telegram/forum", group=office.group, on=True)
    tip = None if method != "editMessageText" else await office.receive()
    if tip:
        await office.posted(tip)
    order: dict[str, Any] = {"times": 1, "status": 429, "methods": [method]}
    order |= {} if after is None else {"retry_after": after}
    await office.simulator.put("faults", telegram={"fail": order})
    calls = len(await office.simulator.calls(method))
    if tip:
        assert await press(office, rina, tip, "Ambil") == "Anda yang memegang sekarang."
    else:
        tip = await office.receive()
    await office.settled()
    assert [call["status"] for call in (await office.simulator.calls(method))[calls:]] == [429]
    if after == 3600:
        await office.pass_time(seconds=3599)
        assert len(await office.simulator.calls(method)) == calls + 1
    await office.pass_time(seconds=6)
    await office.pass_time(seconds=1)
    assert [call["status"] for call in (await office.simulator.calls(method))[calls:]] == [429, 200]
    assert len(await office.cards()) == 1
    assert ("Dipegang: Rina" in (await office.posted(tip))["text"]) is (method == "editMessageText")


@pytest.mark.parametrize("after", [0, 1, 3600, None])
async def test_a_toast_that_is_refused_holds_up_no_other_press(
    office: Office, rina: Officer, after: int | None
) -> None:
    first, second = await office.receive(), await office.receive()
    card, other = await office.posted(first), await office.posted(second)
    order: dict[str, Any] = {"times": 1, "status": 429, "methods": ["answerCallbackQuery"]}
    order |= {} if after is None else {"retry_after": after}
    await office.simulator.put("faults", telegram={"fail": order})
    where = {"chat": office.group, "message": card["id"], "data": await rina.data(card, "Ambil")}
    began = time.monotonic()
    await office.simulator.sim("telegram/press", person=RINA, **where)
    assert await rina.press(other, "Ambil") == "Anda yang memegang sekarang."
    assert time.monotonic() - began < 10
    await rina.shows(card, "Dipegang: Rina")


@pytest.mark.parametrize("topics", [False, True])
async def test_whatever_is_dropped_below_a_card_reaches_no_reporter(
    office: Office, rina: Officer, *, topics: bool
) -> None:
    """Files, words, answers, edits, forwarded cards: the desk takes none of it for a press or a letter."""
    await office.simulator.sim("telegram/forum", group=office.group, on=topics)
    tip = await office.receive()
    card = await office.posted(tip)
    thread = {"thread": card["thread"]} if card["thread"] else {}
    assert bool(thread) is topics
    lines = len((await office.timeline(tip)).lines)
    assert await in_group(office, RINA, "Camat itu lagi.", **thread) == []
    [told] = await drop(office, RINA, **thread)
    assert (told["thread"], "tidak sampai ke pelapor" in told["text"]) == (card["thread"], True)
    assert await in_group(office, RINA, "Jam berapa?", reply_to=card["id"], **thread) == []
    mine = next(one for one in await office.group_messages() if one["text"] == "Jam berapa?")

    async def edit() -> None:
        await office.simulator.sim("telegram/edit", person=RINA, chat=office.group, message=mine["id"], text="/antrean")

    assert await heard_after(office, edit) == []
    before = await office.card(tip)
    assert await forwarded(office, card) == []
    assert await office.card(tip) == before
    assert len((await office.timeline(tip)).lines) == lines
    assert await rina.press(card, "Ambil") == "Anda yang memegang sekarang."


async def forwarded(office: Office, card: Message) -> list[Message]:
    """A card comes back into the group as something forwarded, with its buttons."""
    person = {"id": BAGUS, "is_bot": False, "first_name": "Bagus"}
    bot = {"id": 200, "is_bot": True, "first_name": "Meja"}
    update = {
        "message": {
            "message_id": 901, "date": 1, "text": card["text"], "from": person,
            "chat": {"id": office.group, "type": "supergroup"},
            "forward_origin": {"type": "user", "sender_user": bot, "date": 1},
            "reply_markup": {"inline_keyboard": [[{"text": "Ambil", "callback_data": "1.take.x.AAAA"}]]},
        }
    }  # fmt: skip

    async def come() -> None:
        await office.simulator.sim("telegram/update", bot=BOT, update=update)

    return await heard_after(office, come)


async def test_a_card_pressed_in_another_chat_is_nobodys(office: Office, rina: Officer) -> None:
    """A button that was carried into another group proves nothing there."""
    tip = await office.receive()
    card = await office.posted(tip)
    update = {
        "callback_query": {
            "id": "2", "from": {"id": RINA, "is_bot": False, "first_name": "Rina"}, "chat_instance": "1",
            "data": await rina.data(card, "Ambil"),
            "message": {"message_id": card["id"], "date": 1, "chat": {"id": -1009, "type": "supergroup"}},
        }
    }  # fmt: skip
    await office.simulator.sim("telegram/update", bot=BOT, update=update)
    assert await in_group(office, DEWI, "Halo.") == []
    assert (await office.card(tip)).holder == ""
