"""What goes wrong at the desk stays small: it blocks nobody, leaves nothing behind, and doubles no card."""

from sqlalchemy import Connection

from storage.cards import CARD
from storage.database import insert_or_replace
from tests.desk.office import RINA, Office
from tests.town import TelegramPhone

POISONED = b"\x93 this is no card"


async def poison(office: Office, tip: str) -> None:
    """Make a card's note one that opens and cannot be read."""

    def write(tx: Connection) -> None:
        body = office.desk.notes._box.seal(POISONED, tip.encode())  # noqa: SLF001  # only the desk can seal to itself
        tx.execute(insert_or_replace(CARD, tx.dialect.name), {"tip": tip, "desk": "bawaslu", "body": body})

    await office.committer.commit(write)


async def test_an_update_that_raises_is_set_aside_and_the_queue_goes_on(office: Office) -> None:
    rina = await office.officer()
    broken, whole = await office.receive(), await office.receive()
    broken_card, whole_card = await office.posted(broken), await office.posted(whole)
    await poison(office, broken)
    assert await rina.press(broken_card, "Ambil") == office.desk.words.say("toast-our-fault")
    assert await rina.press(whole_card, "Ambil") == "Anda yang memegang sekarang."


async def test_a_button_with_a_nul_or_of_another_shape_is_old(office: Office) -> None:
    rina = await office.officer()
    card = await office.posted(await office.receive())
    for data in ("1.take.\x00.AAAA", "1.take.a b.AAAA", "1..x.AAAA", "1.TAKE.x.AAAA", "1.take.x."):
        assert await rina.forge(card, data) == "Tombol ini sudah lama. Pakai tombol yang baru."


async def test_an_opened_tip_is_gone_after_a_quarter_of_an_hour_with_all_its_parts(office: Office) -> None:
    rina = await office.officer()
    card = await office.posted(await office.receive(photos=3, story="panjang " * 900))
    await rina.press(card, "Buka")
    await office.settled()
    assert sum(bubble["media"] is not None for bubble in await rina.private.said()) == 3
    await office.pass_time(minutes=14)
    assert sum(bubble["media"] is not None for bubble in await rina.private.said()) == 3
    await office.pass_time(minutes=1, seconds=1)
    assert [bubble for bubble in await rina.private.said() if bubble["protected"]] == []


async def killed_while(office: Office, rina_private: TelegramPhone, method: str, photos: int) -> None:
    """Die after Telegram has taken this message and before anybody could note it."""
    await office.simulator.put("faults", telegram={"delay": 30})
    before = len(await office.simulator.calls(method))
    office.courier.wake()
    while len(await office.simulator.calls(method)) == before:
        await office.simulator.get("state", after=(await office.simulator.get("state"))["version"], wait=0.2)
    assert [bubble for bubble in await rina_private.said() if bubble["protected"]] or not photos
    await office.stop()
    await office.simulator.client.delete("/sim/faults")


async def test_dying_in_the_middle_of_an_opening_leaves_nothing_that_nobody_deletes(office: Office) -> None:
    rina = await office.officer()
    for method, photos in (("sendMediaGroup", 12), ("sendPhoto", 1), ("sendMessage", 0)):
        card = await office.posted(await office.receive(photos=photos))
        press = {"person": RINA, "chat": office.group, "message": card["id"], "data": await rina.data(card, "Buka")}
        await office.simulator.sim("telegram/press", **press)
        await killed_while(office, rina.private, method, photos)
        # The desk does not come back before the tip should be gone, and then it is shown once more.
        await office.start()
        await rina.private.until(lambda bubbles: any("Cerita:" in bubble["text"] for bubble in bubbles))
        await office.settled()
        shown = [bubble for bubble in await rina.private.said() if bubble["protected"]]
        assert sum(bubble["media"] is not None for bubble in shown) == photos
        assert sum("Cerita:" in bubble["text"] for bubble in shown) == 1
        await office.pass_time(minutes=16)
        await office.pass_time(minutes=16)
        assert [bubble for bubble in await rina.private.said() if bubble["protected"]] == [], method


async def test_a_message_too_old_to_delete_keeps_no_other_from_going(office: Office) -> None:
    rina = await office.officer()
    await office.simulator.sim("clock", advance=49 * 3600)
    card = await office.posted(await office.receive(photos=1))
    await rina.press(card, "Buka")
    await office.settled()
    assert [bubble for bubble in await rina.private.said() if bubble["protected"]]
    await office.pass_time(minutes=16)
    assert [bubble for bubble in await rina.private.said() if bubble["protected"]] == []
    # The welcome is older than Telegram deletes anything.
    assert await rina.private.said()


async def posted_twice(office: Office) -> str:
    """A tip whose card stands in the group twice: Telegram took the first and did not say so."""
    await office.simulator.put("faults", telegram={"swallow": {"times": 1, "methods": ["sendMessage"]}})
    tip = await office.receive()
    await office.settled()
    await office.pass_time(seconds=10)
    return tip


async def test_a_card_whose_posting_was_not_believed_is_taken_down_when_it_is_pressed(office: Office) -> None:
    rina = await office.officer()
    tip = await posted_twice(office)
    orphan, card = await office.group_messages()
    assert orphan["text"] == card["text"]
    assert await rina.press(orphan, "Ambil") == "Anda yang memegang sekarang."
    await office.settled()
    [left] = await office.group_messages()
    assert left["id"] == card["id"] == (await office.posted(tip))["id"]
    assert "Dipegang: Rina" in left["text"]


async def test_it_is_taken_down_though_its_buttons_are_of_an_earlier_status(office: Office) -> None:
    rina = await office.officer()
    tip = await posted_twice(office)
    orphan, card = await office.group_messages()
    old = await rina.data(orphan, "Ambil")
    await rina.press(card, "Buka")
    await rina.shows(card, "Status: dibaca")
    assert "sudah lama" in await rina.forge(orphan, old)
    await office.settled()
    [left] = await office.group_messages()
    assert left["id"] == card["id"]
    assert (await office.card(tip)).holder == ""


async def test_an_old_button_takes_nothing_down_but_its_own_older_card(office: Office) -> None:
    """A client may name any message beside a button that was ours once, and anybody any button."""
    rina = await office.officer()
    other, tip = await office.posted(await office.receive()), await office.receive()
    card = await office.posted(tip)
    old = await rina.data(card, "Ambil")
    await rina.press(card, "Buka")
    await rina.shows(card, "Status: dibaca")
    before = [message["id"] for message in await office.group_messages()]
    for message, data in ((card, old), (other, old), (other, old[:-4] + "AAAA")):
        await rina.forge(message, data)
    await office.settled()
    assert [message["id"] for message in await office.group_messages()] == before


async def test_a_card_that_is_pressed_before_its_posting_was_believed_is_the_card(office: Office) -> None:
    rina = await office.officer()
    await office.simulator.put("faults", telegram={"swallow": {"times": 1, "methods": ["sendMessage"]}})
    tip = await office.receive()
    orphan = await rina.card(lambda message: "Status: baru" in message["text"])
    assert await rina.press(orphan, "Ambil") == "Anda yang memegang sekarang."
    await office.pass_time(seconds=10)
    [left] = await office.group_messages()
    assert left["id"] == (await office.posted(tip))["id"]
    assert "Dipegang: Rina" in left["text"]


async def test_a_press_on_a_card_just_posted_is_the_officers_own(office: Office) -> None:
    """The card is known before it is posted: nobody is told that their own button is not theirs."""
    rina = await office.officer()
    await office.simulator.put("faults", telegram={"delay": 1.0})
    tip = await office.receive()
    card = await rina.card(lambda message: "Status: baru" in message["text"])
    assert await rina.press(card, "Ambil") == "Anda yang memegang sekarang."
    await office.simulator.client.delete("/sim/faults")
    await office.settled()
    [left] = await office.group_messages()
    assert left["id"] == (await office.posted(tip))["id"]


async def test_a_press_that_names_another_tips_card_takes_nothing_down(office: Office) -> None:
    rina = await office.officer()
    first = await office.posted(await office.receive())
    tip = await office.receive()
    second = await office.posted(tip)
    data = await rina.data(second, "Ambil")
    assert await rina.forge(first, data) == "Anda yang memegang sekarang."
    await office.settled()
    assert len(await office.group_messages()) == 2
    assert (await office.posted(tip))["id"] == second["id"]
