"""What a platform takes and then does not deliver, and who has turned away, from outside."""

import asyncio

from tests.town import SILENCE, TICKET, Message, Phone, Town
from tests.whole.reports import QUESTIONS, greet

LATER, NEVER = 130429, 131026


async def fail_late(town: Town, code: int) -> None:
    await town.simulator.put("faults", whatsapp={"late_fail": {"times": 1, "code": code}})


def shows_ticket(bubble: Message) -> bool:
    return bubble["status"] != "failed" and bool(TICKET.search(str(bubble["text"])))


async def parked(town: Town, lane: str) -> list[list[str]]:
    lines = [line.split("\t") for line in town.command("owed", "list").splitlines()]
    return [line for line in lines if line[0] == lane]


async def a_report_whose_ticket_fails(phone: Phone, town: Town, code: int) -> None:
    await greet(phone)
    await phone.walk(*QUESTIONS, "tidak ada")
    await fail_late(town, code)
    await phone.press("Kirim")


async def test_a_ticket_that_whatsapp_fails_late_is_said_again(town: Town) -> None:
    phone = await town.on_whatsapp()
    await a_report_whose_ticket_fails(phone, town, LATER)
    bubbles = await phone.until(lambda bubbles: any(map(shows_ticket, bubbles)))
    tickets = [TICKET.search(str(bubble["text"])) for bubble in bubbles]
    assert len({found[0] for found in tickets if found}) == 1
    assert [bubble["status"] for bubble in bubbles if TICKET.search(str(bubble["text"]))] == ["failed", "delivered"]


async def test_a_ticket_that_can_never_arrive_is_kept_and_sent_again_on_order(town: Town) -> None:
    phone = await town.on_whatsapp()
    await a_report_whose_ticket_fails(phone, town, NEVER)
    [line] = await until_parked(town)
    assert line[2:] == [str(NEVER), "1"]
    assert town.command("owed", "again", "whatsapp") == "1 owed again\n"
    await phone.until(lambda bubbles: any(map(shows_ticket, bubbles)))
    assert await parked(town, "whatsapp") == []


async def until_parked(town: Town) -> list[list[str]]:
    """Wait until the bad news has come, which is a webhook of its own."""
    async with asyncio.timeout(SILENCE):
        while not (found := await parked(town, "whatsapp")):  # noqa: ASYNC110  # another process
            await asyncio.sleep(0.1)
    return found


async def test_who_has_blocked_the_bot_leaves_nothing_parked(town: Town) -> None:
    phone = await town.on_telegram()
    await greet(phone)
    await town.simulator.put("faults", telegram={"fail": {"times": 1, "status": 403, "methods": ["sendMessage"]}})
    await town.simulator.sim("telegram/message", person=phone.person, chat=phone.bot, text="bantuan")
    async with asyncio.timeout(SILENCE):
        while "event=owed-left lane=telegram" not in town.logged():  # noqa: ASYNC110  # as above
            await asyncio.sleep(0.1)
    assert await parked(town, "telegram") == []
    await phone.say("bantuan")
