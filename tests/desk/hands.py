"""What officers do in these stories: press, type in private and in the group, and read what the bot says then."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tests.desk.office import DEWI, Office
from tests.town import Message, Officer

Toast = dict[str, Any]
PHOTO = [("files", ("a.jpg", b"\xff\xd8\xff\xd9", "image/jpeg"))]


async def press(office: Office, officer: Officer, tip: str, *labels: str) -> str:
    """Press these, one after the other, on what the card shows then; return the last toast."""
    toast = ""
    for label in labels:
        toast = await officer.press(await office.posted(tip), label)
    return toast


async def types(office: Office, officer: Officer, text: str) -> str:
    """Type in private, and read the answer."""
    await office.settled()
    answer = await officer.private.say(text)
    await office.settled()
    return str(answer["text"])


async def in_group(office: Office, person: int, text: str, **more: object) -> list[Message]:
    """Write in the group; return what the bot says there then."""

    async def write() -> None:
        await office.simulator.sim("telegram/message", person=person, chat=office.group, text=text, **more)

    return await heard_after(office, write)


async def heard_after(office: Office, do: Callable[[], Awaitable[None]]) -> list[Message]:
    """Do something in the group; return what the bot says there then."""
    await office.settled()
    before = {message["id"] for message in await office.group_messages()}

    async def new() -> list[Message]:
        shown = await office.group_messages()
        return [one for one in shown if one["id"] not in before and str(one["from"]).startswith("bot:")]

    await do()
    # An update behind it, by an officer: once that is answered, the first was heard.
    await office.simulator.sim("telegram/message", person=DEWI, chat=office.group, text="/bantuan")
    while not any("Ketik /antrean" in one["text"] for one in await new()):
        await office.settled()
    return [one for one in await new() if "Ketik /antrean" not in one["text"]]


async def press_on(office: Office, officer: Officer, message: Message, label: str) -> str:
    """Press a button of a list in the group."""
    toast = await officer.press(message, label)
    await office.settled()
    return toast


async def privately(office: Office, officer: Officer, label: str) -> str:
    """Press the newest button of this name in the private chat; return the toast."""
    message, data = await officer.private.choice(label)
    toast = await officer.forge(message, data, chat=officer.private.bot)
    await office.settled()
    return toast


async def drop(office: Office, person: int, **where: int) -> list[Message]:
    """Send a picture into the group; return what the bot says there then."""
    form = {"person": str(person), "chat": str(office.group), "as": "photo", **where}

    async def send() -> None:
        answer = await office.simulator.client.post("/sim/telegram/files", data=form, files=PHOTO)
        answer.raise_for_status()

    return await heard_after(office, send)


async def toasts(office: Office) -> list[Toast]:
    """Read what all were told who have pressed."""
    told: list[Toast] = (await office.simulator.get("state"))["telegram"]["toasts"]
    return told


async def press_at_once(office: Office, card: Message, data: str, people: Sequence[int]) -> list[Toast]:
    """Have all of these press in the same moment; return what they are told."""
    before = len(await toasts(office))
    where = {"chat": office.group, "message": card["id"], "data": data}
    await asyncio.gather(*(office.simulator.sim("telegram/press", person=one, **where) for one in people))

    def answered(state: dict[str, Any]) -> bool:
        return len(state["telegram"]["toasts"]) >= before + len(people)

    told: list[Toast] = (await office.simulator.until(answered))["telegram"]["toasts"][before:]
    return told
