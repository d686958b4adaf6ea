"""A client may send any bytes as a press: only an officer of this desk, here and now, moves a tip."""

import asyncio
from collections import Counter

import pytest

from locales import catalogue
from tests.town import BAGUS, DESK_BOT, RINA, Message, Officer, Town
from tests.whole.conftest import AUDITOR, FORMER
from tests.whole.reports import Desk, greet, report

WORDS = catalogue("id")
NOT_YOURS, STALE = WORDS.say("toast-not-yours"), WORDS.say("toast-stale")


@pytest.fixture
async def rina(strict_town: Town) -> Officer:
    return await strict_town.officer(RINA)


@pytest.fixture
async def card(strict_town: Town, rina: Officer) -> Message:
    """The card of a report that has just come in."""
    return await fresh_card(strict_town, rina)


async def fresh_card(town: Town, officer: Officer) -> Message:
    reporter, desk = await town.on_whatsapp(), await Desk.watched(officer)
    await greet(reporter)
    await report(reporter)
    return await desk.new_card()


async def unmoved(officer: Officer, card: Message) -> bool:
    """Whether a card still says what it said."""
    return card in await officer.cards()


async def test_a_stranger_in_the_group_moves_nothing(strict_town: Town, rina: Officer, card: Message) -> None:
    stranger = await strict_town.on_telegram()
    await strict_town.simulator.sim("telegram/member", group=rina.group, person=stranger.person, status="member")
    guest = Officer(strict_town.simulator, stranger.person, stranger, rina.group)
    for label in ("Ambil", "Buka", "Status"):
        assert await guest.press(card, label) == NOT_YOURS
    assert await unmoved(rina, card)
    # While somebody is in the group who should not be, cards show nothing.
    await strict_town.simulator.sim("telegram/member", group=rina.group, person=stranger.person, status="left")


async def test_an_auditor_opens_and_takes_nothing(strict_town: Town, rina: Officer, card: Message) -> None:
    await strict_town.simulator.sim("telegram/people", id=AUDITOR, name="Tono")
    await strict_town.simulator.sim("telegram/member", group=rina.group, person=AUDITOR, status="member")
    auditor = await strict_town.officer(AUDITOR)
    for label in ("Ambil", "Buka", "Status"):
        assert await auditor.press(card, label) == WORDS.say("toast-auditor")
    assert await unmoved(rina, card)
    assert len(await auditor.private.said()) == 1


async def test_a_former_officer_can_do_nothing_with_what_stands_in_their_chat(
    strict_town: Town, rina: Officer, card: Message
) -> None:
    sim = strict_town.simulator.sim
    await sim("telegram/people", id=FORMER, name="Yanti")
    await sim("telegram/member", group=rina.group, person=FORMER, status="member")
    yanti = await strict_town.officer(FORMER)
    await yanti.press(card, "Buka")
    opened = (await yanti.private.until(lambda bubbles: any(bubble["buttons"] for bubble in bubbles)))[-1]
    await sim("telegram/member", group=rina.group, person=FORMER, status="left")
    before = len(await yanti.private.said())
    for label in ("Ambil", "Buka", "Status"):
        data = next(data for text, data in yanti.private.buttons(opened) if text == label)
        assert await yanti.forge(opened, data, chat=DESK_BOT) == NOT_YOURS
    await rina.shows(card, "Dipegang: belum ada")
    assert len(await yanti.private.said()) == before


async def test_a_press_with_a_changed_letter_anywhere_is_nobodys(rina: Officer, card: Message) -> None:
    real = await rina.data(card, "Ambil")
    version, action, tip, mac = real.split(".")
    swapped = mac[:-1] + ("A" if mac[-1] != "A" else "B")
    forged = (
        "", ".", "...", "x" * 64, "1.take", real[:-1], f"{real}.", f"2.{action}.{tip}.{mac}",
        f"{version}.open.{tip}.{mac}", f"{version}.proven.{tip}.{mac}", f"{version}.{action}.{tip}.{swapped}",
        f"{version}.{action}.{tip[::-1]}.{mac}", f"{version}.{action}.'; drop table tip; --.{mac}",
        f"{version}.{action}.\x00.{mac}",
    )  # fmt: skip
    for data in forged:
        assert await rina.forge(card, data) == STALE, data
    assert await unmoved(rina, card)


async def test_the_mac_of_one_tip_does_not_fit_another(strict_town: Town, rina: Officer, card: Message) -> None:
    other = await fresh_card(strict_town, rina)
    *_, mac = (await rina.data(card, "Ambil")).split(".")
    version, action, tip, _ = (await rina.data(other, "Ambil")).split(".")
    assert await rina.forge(card, f"{version}.{action}.{tip}.{mac}") == STALE
    assert await unmoved(rina, card)
    assert await unmoved(rina, other)


async def test_a_button_of_an_old_card_dies_when_the_status_moves(rina: Officer, card: Message) -> None:
    old = await rina.data(card, "Ambil")
    await rina.press(card, "Buka")
    await rina.shows(card, "Status: dibaca")
    assert await rina.forge(card, old) == STALE
    await rina.shows(card, "Dipegang: belum ada")


async def test_of_twenty_presses_of_two_officers_one_wins_and_the_others_are_told_who(
    strict_town: Town, rina: Officer, card: Message
) -> None:
    bagus = await strict_town.officer(BAGUS)
    data, sim = await rina.data(card, "Ambil"), strict_town.simulator.sim
    before = len((await strict_town.simulator.get("state"))["telegram"]["toasts"])
    presses = [
        sim("telegram/press", person=one.person, chat=one.group, message=card["id"], data=data)
        for _ in range(10)
        for one in (rina, bagus)
    ]
    await asyncio.gather(*presses)
    state = await strict_town.simulator.until(lambda state: len(state["telegram"]["toasts"]) >= before + 20)
    told = Counter((toast["person"], toast["text"]) for toast in state["telegram"]["toasts"][before:])
    winner = next(person for person, text in told if text == WORDS.say("toast-taken"))
    [loser] = {RINA, BAGUS} - {winner}
    name = "Rina" if winner == RINA else "Bagus"
    assert told == {
        (winner, WORDS.say("toast-taken")): 10,
        (loser, WORDS.say("toast-held", {"holder": name})): 10,
    }
    await rina.shows(card, f"Dipegang: {name}")
