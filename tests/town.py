"""A whole town: the simulator, the intake and the desk as processes of their own, and people with phones."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot import demo
from tests.simulator.running import ROOT, Running

BOT = "saksi_demo_bot"
DESK_BOT = "saksi_desk_bot"
RINA, BAGUS = 9001, 9002
TICKET = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")

_numbers = count(7100)

Message = dict[str, Any]


class Town:
    """Everything that `saksi demo` starts, in a folder of its own."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder = folder
        self.secrets = demo.Secrets.drawn()
        self.listen = f"{demo.HOST}:{demo.free_port()}"
        demo.prepare(folder)
        self.simulator = Running(demo.setup(self.secrets, self.listen))
        self.environment = demo.settings(folder, self.secrets, self.listen, self.simulator.url) | more
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.log = (folder / "log").open("ab")

    def start(self, *names: str) -> None:
        """Start `intake`, `desk` or both."""
        for name in names or ("intake", "desk"):
            self.processes[name] = subprocess.Popen(  # noqa: S603  # our own code
                [sys.executable, "-m", "bot", name],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=self.log,
                stderr=self.log,
            )

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """End a process as the kernel would, in the middle of whatever it does."""
        process = self.processes.pop(name)
        process.send_signal(how)
        process.wait(20)

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name, signal.SIGTERM)
        self.simulator.stop()
        self.log.close()

    def logged(self) -> str:
        """What the processes wrote to their log."""
        self.log.flush()
        return (self.folder / "log").read_text()

    async def __aenter__(self) -> Self:
        await self.simulator.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        await self.simulator.__aexit__(kind, error, where)

    async def on_telegram(self, number: int | None = None) -> "TelegramPhone":
        """A member of the public with Telegram, never seen before."""
        person = number or next(_numbers)
        await self.simulator.sim("telegram/people", id=person, name="Warga")
        return TelegramPhone(self.simulator, person, BOT)

    async def on_whatsapp(self) -> "WhatsAppPhone":
        """A member of the public with WhatsApp, never seen before."""
        person = f"ID.bsuid.test.{next(_numbers)}"
        await self.simulator.sim("whatsapp/people", id=person, name="Warga", phone=None)
        return WhatsAppPhone(self.simulator, person)

    async def officer(self, person: int = RINA) -> "Officer":
        """An officer who has opened the desk bot's private chat."""
        private = TelegramPhone(self.simulator, person, DESK_BOT)
        if not await private.messages():
            await private.start()
        return Officer(self.simulator, person, private)


@dataclass
class Phone:
    """A phone in somebody's hand: what they do, and the bubbles they see."""

    simulator: Running
    person: Any

    async def messages(self) -> list[Message]:
        raise NotImplementedError

    def buttons(self, message: Message) -> list[tuple[str, str]]:
        raise NotImplementedError

    def is_ours(self, message: Message) -> bool:
        raise NotImplementedError

    async def said(self) -> list[Message]:
        """The bot's bubbles so far."""
        return [message for message in await self.messages() if self.is_ours(message)]

    async def last(self) -> Message:
        return (await self.said())[-1]

    async def text(self) -> str:
        """The words of the last bubble."""
        return str((await self.last())["text"])

    async def answered(self, before: int, more: int = 1) -> Message:
        """Wait until the bot has said `more` bubbles than `before`; return the last."""
        await self.until(lambda bubbles: len(bubbles) >= before + more)
        return await self.last()

    async def until(self, true: Callable[[list[Message]], bool]) -> list[Message]:
        """Wait until this is true of the bot's bubbles."""
        bubbles = await self.said()
        while not true(bubbles):
            version = (await self.simulator.get("state"))["version"]
            bubbles = await self.said()
            if true(bubbles):
                break
            await self.simulator.get("state", after=version, wait=10)
            newer = (await self.simulator.get("state"))["version"]
            assert newer > version, f"nothing more comes after {bubbles[-1:]}"
            bubbles = await self.said()
        return bubbles

    async def choice(self, label: str) -> tuple[Message, str]:
        """Find the newest button with this label."""
        seen: list[str] = []
        for message in reversed(await self.messages()):
            for text, data in self.buttons(message):
                if text == label:
                    return message, data
                seen.append(text)
        raise AssertionError(f"no button {label!r} among {seen[:20]}")

    async def act(self, path: str, **body: Any) -> Message:
        """Do something, and wait for the bot's answer."""
        before = len(await self.said())
        await self.simulator.sim(path, **body)
        return await self.answered(before)

    async def say(self, text: str) -> Message:
        raise NotImplementedError

    async def press(self, label: str) -> Message:
        raise NotImplementedError

    async def send(self, files: Sequence[bytes], *, kind: str, caption: str = "") -> None:
        raise NotImplementedError

    async def ticket(self) -> str:
        """The code in the last bubble."""
        found = TICKET.search(await self.text())
        assert found, await self.text()
        return found[0]

    async def walk(self, *steps: str) -> Message:
        """Press `[label]`s and say the rest, waiting for each answer."""
        for step in steps:
            await (self.press(step[1:-1]) if step.startswith("[") else self.say(step))
        return await self.last()


@dataclass
class TelegramPhone(Phone):
    """A chat with one bot."""

    bot: str = BOT

    @property
    def key(self) -> str:
        return f"{self.person}:{self.bot}"

    async def messages(self) -> list[Message]:
        return await self.simulator.messages(self.key)

    def buttons(self, message: Message) -> list[tuple[str, str]]:
        return [(button["text"], button.get("data", "")) for row in message["buttons"] for button in row]

    def is_ours(self, message: Message) -> bool:
        return str(message["from"]).startswith("bot:")

    async def start(self, payload: str = "") -> Message:
        return await self.act("telegram/start", person=self.person, chat=self.bot, payload=payload)

    async def say(self, text: str) -> Message:
        return await self.act("telegram/message", person=self.person, chat=self.bot, text=text)

    async def press(self, label: str) -> Message:
        message, data = await self.choice(label)
        return await self.forge(message, data)

    async def forge(self, message: Message, data: str) -> Message:
        """Press with any data: a client may send what it likes."""
        return await self.act("telegram/press", person=self.person, chat=self.bot, message=message["id"], data=data)

    async def odd(self, kind: str) -> Message:
        return await self.act("telegram/odd", person=self.person, chat=self.bot, kind=kind)

    async def send(self, files: Sequence[bytes], *, kind: str = "photo", caption: str = "") -> None:
        await _upload(self.simulator, "telegram", files, person=self.person, chat=self.bot, caption=caption, kind=kind)


@dataclass
class WhatsAppPhone(Phone):
    """A chat with the number."""

    async def messages(self) -> list[Message]:
        chats = (await self.simulator.get("state"))["whatsapp"]["chats"]
        return next((chat["messages"] for chat in chats if chat["key"] == self.person), [])

    def buttons(self, message: Message) -> list[tuple[str, str]]:
        rows = (message.get("list") or {}).get("rows", [])
        return [(button["title"], button["id"]) for button in (*(message.get("buttons") or ()), *rows)]

    def is_ours(self, message: Message) -> bool:
        return bool(message["from"] == "business")

    async def say(self, text: str) -> Message:
        return await self.act("whatsapp/message", person=self.person, text=text)

    async def press(self, label: str) -> Message:
        message, data = await self.choice(label)
        return await self.act("whatsapp/press", person=self.person, message=message["id"], id=data)

    async def odd(self, kind: str) -> Message:
        return await self.act("whatsapp/odd", person=self.person, kind=kind)

    async def send(self, files: Sequence[bytes], *, kind: str = "image", caption: str = "") -> None:
        await _upload(self.simulator, "whatsapp", files, person=self.person, caption=caption, kind=kind)


async def _upload(simulator: Running, side: str, files: Sequence[bytes], *, kind: str, **form: Any) -> None:
    parts = [("files", (f"IMG_{number}.jpg", data, "image/jpeg")) for number, data in enumerate(files)]
    answer = await simulator.client.post(f"/sim/{side}/files", data={**form, "as": kind}, files=parts)
    answer.raise_for_status()


@dataclass
class Officer:
    """An officer in the group, with a private chat beside it."""

    simulator: Running
    person: int
    private: TelegramPhone
    group: int = field(default=demo.GROUP)

    async def cards(self) -> list[Message]:
        return await self.simulator.messages(str(self.group))

    async def card(self, true: Callable[[Message], bool]) -> Message:
        """Wait for the newest card of which this is true."""
        found: list[Message] = []

        def there(state: dict[str, Any]) -> bool:
            chats = state["telegram"]["chats"]
            messages: list[Message] = next((chat["messages"] for chat in chats if chat["key"] == str(self.group)), [])
            found[:] = [message for message in messages if true(message)]
            return bool(found)

        await self.simulator.until(there)
        return found[-1]

    async def press(self, card: Message, label: str) -> str:
        """Press a button of a card; return what the toast says."""
        now = next(message for message in await self.cards() if message["id"] == card["id"])
        data = next(button["data"] for row in now["buttons"] for button in row if button["text"] == label)
        before = len((await self.simulator.get("state"))["telegram"]["toasts"])
        await self.simulator.sim("telegram/press", person=self.person, chat=self.group, message=card["id"], data=data)
        state = await self.simulator.until(lambda state: len(state["telegram"]["toasts"]) > before)
        return str(state["telegram"]["toasts"][-1]["text"])

    async def shows(self, card: Message, words: str) -> Message:
        """Wait until a card says this."""
        return await self.card(lambda message: message["id"] == card["id"] and words in message["text"])
