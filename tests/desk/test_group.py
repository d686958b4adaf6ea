"""The group itself: who may be in it, what is typed there, and everything that happens to groups and old cards."""

from collections import Counter

import pytest

from handlers.status import Status
from tests.desk.hands import drop, in_group, press, press_at_once
from tests.desk.office import BAGUS, DEWI, RINA, Office
from tests.town import Officer

STRANGER = 7001


async def members(office: Office, person: int, status: str) -> None:
    await office.simulator.sim("telegram/member", group=office.group, person=person, status=status)


async def looks_again(office: Office) -> None:
    """A look into the group holds for half a minute: a new process looks at once."""
    await office.stop()
    await office.start()


async def test_a_stranger_in_the_group_sees_only_that_there_is_a_report(office: Office) -> None:
    dewi = await office.officer(DEWI)
    await members(office, STRANGER, "member")
    tip = await office.receive()
    card = await office.posted(tip)
    assert "1 laporan baru" in card["text"]
    assert (await office.card(tip)).reference not in card["text"]
    assert "anggota yang tidak terdaftar" in await dewi.private.text()
    [told] = await in_group(office, RINA, "/antrean")
    assert "perlu diperiksa" in told["text"]
    await members(office, STRANGER, "left")
    await looks_again(office)
    await press(office, dewi, tip, "Ambil")
    assert (await office.card(tip)).reference in (await office.posted(tip))["text"]


async def test_another_bot_or_contents_that_can_be_copied_count_as_well(office: Office) -> None:
    sim = office.simulator.sim
    await sim("telegram/member", group=office.group, bot="saksi_demo_bot", status="administrator")
    assert "1 laporan baru" in (await office.posted(await office.receive()))["text"]
    await sim("telegram/member", group=office.group, bot="saksi_demo_bot", status="left")
    await looks_again(office)
    assert "Status: baru" in (await office.posted(await office.receive()))["text"]


async def test_somebody_taken_off_the_roster_makes_the_group_unclean(office: Office) -> None:
    del office.officers[BAGUS]
    assert "1 laporan baru" in (await office.posted(await office.receive()))["text"]


@pytest.mark.parametrize("how", ["a reply", "a file"])
async def test_what_is_typed_below_a_card_goes_nowhere_and_that_is_said_once(
    office: Office, rina: Officer, how: str
) -> None:
    tip = await office.receive()
    card = await office.posted(tip)

    async def do(person: int) -> list[str]:
        if how == "a reply":
            return [one["text"] for one in await in_group(office, person, "Jam berapa?", reply_to=card["id"])]
        return [one["text"] for one in await drop(office, person)]

    assert ["tidak sampai ke pelapor" in text for text in await do(RINA)] == [True]
    assert await do(RINA) == []
    assert len(await do(BAGUS)) == 1
    assert not [line for line in (await office.timeline(tip)).lines if line.key == "desk-asks"]
    assert rina.person == RINA


async def test_officers_who_talk_with_each_other_are_left_alone(office: Office, rina: Officer) -> None:
    assert await in_group(office, RINA, "Siapa yang ke Pahandut?") == []
    mine = next(one for one in await office.group_messages() if one["text"].startswith("Siapa"))
    assert await in_group(office, BAGUS, "Saya.", reply_to=mine["id"]) == []
    await office.simulator.sim(
        "telegram/edit", person=RINA, chat=office.group, message=mine["id"], text="Siapa ke sana?"
    )
    assert await in_group(office, BAGUS, "Besok.") == []
    assert rina.person == RINA


async def test_of_twenty_presses_one_takes_it_and_the_others_are_told_who(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    card = await office.posted(tip)
    people = [(RINA, BAGUS, DEWI)[one % 3] for one in range(20)]
    toasts = await press_at_once(office, card, await rina.data(card, "Ambil"), people)
    told = Counter((toast["person"], toast["text"]) for toast in toasts)
    winners = {person for person, text in told if text == "Anda yang memegang sekarang."}
    assert len(winners) == 1
    holder = (await office.card(tip)).holder
    others = [text for person, text in told if person not in winners]
    assert len(others) == 2
    assert all(f"Sedang dipegang {holder}" in text for text in others)
    assert "Dipegang: " + holder in (await office.posted(tip))["text"]


async def test_a_press_that_is_older_than_its_toast_counts_all_the_same(office: Office, rina: Officer) -> None:
    """Telegram forgets a press after 150 seconds; one it has delivered is done, though nobody can be told."""
    tip = await office.receive()
    card = await office.posted(tip)
    await office.simulator.put(
        "faults", telegram={"fail": {"times": 1, "status": 400, "methods": ["answerCallbackQuery"]}}
    )
    press_it = {"person": RINA, "chat": office.group, "message": card["id"], "data": await rina.data(card, "Ambil")}
    await office.simulator.sim("telegram/press", **press_it)
    await rina.shows(card, "Dipegang: Rina")
    assert (await office.card(tip)).holder == "Rina"


async def test_a_deleted_card_comes_back_at_the_next_change(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    card = await office.posted(tip)
    data = await rina.data(card, "Ambil")
    where = {"chat_id": office.group, "message_id": card["id"]}
    await office.simulator.client.post("/bot200:desk-token/deleteMessage", json=where)
    assert await rina.forge(card, data) == "Anda yang memegang sekarang."
    again = await office.posted(tip)
    assert again["id"] != card["id"]
    assert "Dipegang: Rina" in again["text"]
    assert len(await office.cards()) == 1


async def test_a_bot_that_was_removed_posts_what_it_owes_when_it_is_back(office: Office, rina: Officer) -> None:
    sim = office.simulator.sim
    await sim("telegram/member", group=office.group, bot="saksi_desk_bot", status="kicked")
    tips = await office.receive_all([{}, {}])
    await office.settled()
    assert await office.cards() == []
    await sim("telegram/member", group=office.group, bot="saksi_desk_bot", status="administrator")
    await office.pass_time(minutes=11)
    await office.pass_time(minutes=11)
    assert len(await office.cards()) == 2
    assert await press(office, rina, tips[0], "Ambil") == "Anda yang memegang sekarang."


async def test_open_cards_follow_a_group_to_its_new_id(office: Office, rina: Officer) -> None:
    open_one, closed = await office.receive(), await office.receive()
    await press(office, rina, closed, "Selesai …", "Spam")
    await office.posted(open_one)
    office.group = (await office.simulator.sim("telegram/migrate", group=office.group))["id"]
    while not await office.cards():
        await office.settled()
    [card] = await office.cards()
    assert card["text"].startswith((await office.card(open_one)).reference)
    moved = await office.officer(RINA)
    assert await moved.press(card, "Ambil") == "Anda yang memegang sekarang."


async def test_a_former_officer_can_do_nothing_any_more(office: Office, rina: Officer) -> None:
    bagus = await office.officer(BAGUS)
    tip = await office.receive()
    await press(office, bagus, tip, "Buka")
    await office.settled()
    _, data = await bagus.private.choice("Ambil")
    opened = await bagus.private.last()
    del office.officers[BAGUS]
    assert "hanya untuk petugas" in await bagus.forge(opened, data, chat=bagus.private.bot)
    await bagus.private.say("/antrean")
    assert "terdaftar" in await bagus.private.text()
    assert (await office.card(tip)).holder == ""
    assert await office.status(tip) is Status.ACKNOWLEDGED
    assert rina.person == RINA


async def test_an_answer_to_a_closed_tip_is_told_even_in_a_new_group(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    await press(office, rina, tip, "Selesai …", "Tidak terbukti")
    office.group = (await office.simulator.sim("telegram/migrate", group=office.group))["id"]
    other = await office.receive()
    while not await office.cards():
        await office.pass_time(seconds=1)
    await office.reply(tip, "Masih ada lagi.")
    assert "ADA JAWABAN" in (await office.posted(tip))["text"]
    assert "ADA JAWABAN" not in (await office.posted(other))["text"]
