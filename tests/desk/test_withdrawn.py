"""A reporter withdraws what officers were told of: what nobody read is erased, what was read is marked."""

import asyncio
from collections.abc import Collection

from sqlalchemy import Connection

from bot.parcels import CardDue
from handlers.status import Status
from handlers.tip import Tip
from storage import evidence, tips
from tests.desk.office import TODAY, Office

STORY = "Camat membagi amplop."


async def withdraw(office: Office, tip: str) -> list[str]:
    """Do what the intake does, in one transaction."""

    def work(tx: Connection) -> list[str]:
        gone = tips.take_back(tx, tip, office.route())
        office.desk.owe(tx, CardDue(tip))
        return gone

    gone = await office.committer.commit(work)
    office.courier.wake()
    return gone


async def body(office: Office, tip: str) -> Tip:
    return await office.committer.commit(lambda tx: tips.open_tip(tx, tip, [office.keys.desk]))


async def files(office: Office, tip: str) -> Collection[evidence.Piece]:
    return await office.committer.commit(lambda tx: evidence.of(tx, tip))


async def test_what_nobody_has_opened_is_erased_and_the_card_says_who_wanted_it(office: Office) -> None:
    tip = await office.receive(photos=2, who="Budi Santoso")
    await office.posted(tip)
    await office.reply(tip, "Sekitar jam sembilan.")
    assert len(await withdraw(office, tip)) == 2
    card = await office.posted(tip)
    assert "DICABUT PELAPOR" in card["text"]
    assert "Status: dicabut pelapor" in card["text"]
    assert "Pahandut" not in card["text"]
    assert await body(office, tip) == Tip(tip, TODAY, "lain")
    assert await files(office, tip) == []
    assert await office.committer.commit(lambda tx: tips.letters(tx, tip, [office.keys.desk])) == []
    known = await office.card(tip)
    assert (known.gist, known.thread) == ((), ())
    timeline = await office.timeline(tip)
    assert [line.key for line in timeline.lines] == ["status-received", "status-withdrawn"]
    assert timeline.closed
    assert not timeline.pushed


async def test_what_was_opened_stays_with_the_officers_and_is_marked(office: Office) -> None:
    tip, hand = await office.receive(photos=1), await office.officer()
    await hand.press(await office.posted(tip), "Buka")
    await office.settled()
    assert await withdraw(office, tip) == []
    assert "DICABUT PELAPOR" in (await office.posted(tip))["text"]
    assert (await body(office, tip)).story == STORY
    assert len(await files(office, tip)) == 1
    assert (await office.timeline(tip)).read
    assert await office.audit(tip) == [("-", "withdrawn"), ("Rina", "acknowledged"), ("Rina", "opened")]


async def test_withdrawing_again_changes_nothing(office: Office) -> None:
    tip = await office.receive()
    await office.posted(tip)
    for _ in range(3):
        await withdraw(office, tip)
        await office.settled()
    assert await office.audit(tip) == [("-", "withdrawn")]
    assert await office.status(tip) is Status.WITHDRAWN


async def test_a_tip_that_is_closed_already_stays_as_it_is(office: Office) -> None:
    tip = await office.receive(photos=1)
    await office.posted(tip)
    await office.committer.commit(lambda tx: tips.move(tx, tip, Status.SPAM))
    assert await withdraw(office, tip) == []
    assert await office.status(tip) is Status.SPAM
    assert len(await files(office, tip)) == 1


async def test_an_officer_cannot_undo_a_withdrawal(office: Office) -> None:
    tip, hand = await office.receive(), await office.officer()
    for label in ("Ambil", "Lainnya"):
        await hand.press(await office.posted(tip), label)
    old = await hand.data(await office.posted(tip), "Urungkan")
    await withdraw(office, tip)
    await hand.forge(await office.posted(tip), old)
    assert await office.status(tip) is Status.WITHDRAWN


async def test_an_officer_who_opens_it_in_the_same_moment_reads_all_of_it_or_nothing(office: Office) -> None:
    for _ in range(4):
        tip, hand = await office.receive(), await office.officer()
        card = await office.posted(tip)
        before = len(await hand.private.said())
        await asyncio.gather(hand.press(card, "Buka"), withdraw(office, tip))
        await office.settled()
        shown = "".join(bubble["text"] for bubble in (await hand.private.said())[before:])
        erased = not (await body(office, tip)).story
        assert (STORY in shown) is not erased
        assert await office.status(tip) is Status.WITHDRAWN
