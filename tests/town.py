"""A whole town: the simulator, the intake and the desk as processes of their own, and people with phones."""

import math
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from bot import demo
from tests.simulator.running import Running

BOT = "saksi_demo_bot"
DESK_BOT = "saksi_desk_bot"
RINA, BAGUS = 9001, 9002
TICKET = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")

# Seconds of silence after which a promise counts as broken; an intake that starts on busy cores needs twenty.
SILENCE = 60.0
# Seconds of one request; the simulator's client gives up on more than twenty.
LONGEST_WAIT = 13.0

_numbers = count(7100)

Message = dict[str, Any]


class Picture(NamedTuple):
    """A file as a phone sends it, whatever is in it."""

    data: bytes
    name: str = "IMG_1.jpg"
    mime: str = "image/jpeg"


def environ(given: Mapping[str, str]) -> dict[str, str]:
    """What a process of ours sees: nothing of this machine's own settings of Saksi."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SAKSI_")} | dict(given)


async def until(
    simulator: Running, true: Callable[[dict[str, Any]], bool], *, silence: float = SILENCE
) -> dict[str, Any]:
    """Watch the world, change by change, until this is true of it; AssertionError after so many seconds of silence."""
    state = await simulator.get("state")
    while not true(state):
        state = await newer(simulator, state["version"], silence=silence)
    return state


async def newer(simulator: Running, version: int, *, silence: float = SILENCE) -> dict[str, Any]:
    """Wait for a world newer than `version`; AssertionError after so many seconds of silence."""
    for _ in range(math.ceil(silence / LONGEST_WAIT)):
        state = await simulator.get("state", after=version, wait=LONGEST_WAIT)
        if state["version"] > version:
            return state
    raise AssertionError(f"nothing happens any more, since version {version} of the world")


class Town:
    """Everything that `saksi demo` starts, in a folder of its own; `without` leaves a platform's settings out."""

    def __init__(self, folder: Path, *, without: str = "", webhook: bool = False) -> None:
        self.folder = folder
        self.secrets = demo.Secrets.drawn()
        self.listen = f"{demo.HOST}:{demo.free_port()}"
        self.group = demo.GROUP
        demo.prepare(folder)
        self.simulator = Running(demo.setup(self.secrets, self.listen))
        given = demo.settings(folder, self.secrets, self.listen, self.simulator.url)
        if webhook:
            given["SAKSI_TELEGRAM__WEBHOOK_URL"] = f"http://{self.listen}/telegram"
            given["SAKSI_TELEGRAM__WEBHOOK_SECRET"] = self.secrets.verify
        # Cleaning and everything else that needs a temporary file finds it in the folder that is searched.
        (folder / "tmp").mkdir(exist_ok=True)
        given["TMPDIR"] = str(folder / "tmp")
        self.environment = {
            name: value for name, value in given.items() if not (without and name.startswith(f"SAKSI_{without}"))
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.log = (folder / "log").open("ab")

    @property
    def intake(self) -> str:
        """Where the intake listens."""
        return f"http://{self.listen}"

    def command(self, *arguments: str) -> str:
        """Run a command of `saksi` with this town's settings; return what it printed."""
        done = subprocess.run(  # noqa: S603  # our own code
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env=environ(self.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
            timeout=SILENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *names: str) -> None:
        """Start `intake`, `desk` or both."""
        for name in names or ("intake", "desk"):
            self.processes[name] = subprocess.Popen(  # noqa: S603  # our own code
                [sys.executable, "-m", "bot", name],
                cwd=self.folder,
                env=environ(self.environment),
                stdout=self.log,
                stderr=self.log,
            )

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """End a process as the kernel would, in the middle of whatever it does."""
        process = self.processes.pop(name)
        process.send_signal(how)
        process.wait(20)

    def restart(self, *names: str, how: signal.Signals = signal.SIGKILL) -> None:
        """End processes and start them again at once."""
        for name in names:
            self.kill(name, how)
        self.start(*names)

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

    async def on_telegram(self, number: int | None = None, **about: str) -> "TelegramPhone":
        """A member of the public with Telegram, never seen before."""
        person = number or next(_numbers)
        await self.simulator.sim("telegram/people", **{"id": person, "name": "Warga", **about})
        return TelegramPhone(self.simulator, person, BOT)

    async def on_whatsapp(self, id_: str = "", **about: str) -> "WhatsAppPhone":
        """A member of the public with WhatsApp, never seen before."""
        person = id_ or f"ID.test{next(_numbers)}"
        await self.simulator.sim("whatsapp/people", **{"id": person, "name": "Warga", "phone": None, **about})
        return WhatsAppPhone(self.simulator, person)

    async def officer(self, person: int = RINA) -> "Officer":
        """An officer who has opened the desk bot's private chat."""
        private = TelegramPhone(self.simulator, person, DESK_BOT)
        if not await private.messages():
            await private.start()
        return Officer(self.simulator, person, private, self.group)


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
            await newer(self.simulator, version)
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
        """Do something, and wait for the bot's answer: a new bubble, as a wipe may leave fewer than there were."""
        before = {bubble["id"] for bubble in await self.said()}
        await self.simulator.sim(path, **body)
        await self.until(lambda bubbles: any(bubble["id"] not in before for bubble in bubbles))
        return await self.last()

    async def say(self, text: str) -> Message:
        raise NotImplementedError

    async def press(self, label: str) -> Message:
        raise NotImplementedError

    async def forge(self, message: Message, data: str) -> Message:
        """Press with any data: a client may send what it likes."""
        raise NotImplementedError

    async def odd(self, kind: str) -> Message:
        raise NotImplementedError

    async def send(self, files: Sequence[bytes | Picture], *, kind: str, caption: str = "") -> None:
        raise NotImplementedError

    async def album(self, *files: bytes, caption: str = "") -> None:
        """Send photos as phones do."""
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
        return await self.act("telegram/press", person=self.person, chat=self.bot, message=message["id"], data=data)

    async def odd(self, kind: str) -> Message:
        return await self.act("telegram/odd", person=self.person, chat=self.bot, kind=kind)

    async def send(self, files: Sequence[bytes | Picture], *, kind: str = "photo", caption: str = "") -> None:
        await _upload(self.simulator, "telegram", files, person=self.person, chat=self.bot, caption=caption, kind=kind)

    async def album(self, *files: bytes, caption: str = "") -> None:
        await self.send(files, caption=caption)


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
        return await self.forge(message, data)

    async def forge(self, message: Message, data: str) -> Message:
        return await self.act("whatsapp/press", person=self.person, message=message["id"], id=data)

    async def odd(self, kind: str) -> Message:
        return await self.act("whatsapp/odd", person=self.person, kind=kind)

    async def send(self, files: Sequence[bytes | Picture], *, kind: str = "image", caption: str = "") -> None:
        await _upload(self.simulator, "whatsapp", files, person=self.person, caption=caption, kind=kind)

    async def album(self, *files: bytes, caption: str = "") -> None:
        await self.send(files, caption=caption)


async def _upload(simulator: Running, side: str, files: Sequence[bytes | Picture], *, kind: str, **form: Any) -> None:
    given = [file if isinstance(file, Picture) else Picture(file) for file in files]
    parts = [("files", (file.name, file.data, file.mime)) for file in given]
    answer = await simulator.client.post(f"/sim/{side}/files", data={**form, "as": kind}, files=parts)
    answer.raise_for_status()


@dataclass
class Officer:
    """An officer in the group, with a private chat beside it."""

    simulator: Running
    person: int
    private: TelegramPhone
    group: int

    async def cards(self) -> list[Message]:
        """The group as it is now, the newest last."""
        return await self.simulator.messages(str(self.group))

    async def card(self, true: Callable[[Message], bool]) -> Message:
        """Wait for the newest card of which this is true."""
        found: list[Message] = []

        def there(state: dict[str, Any]) -> bool:
            chats = state["telegram"]["chats"]
            messages: list[Message] = next((chat["messages"] for chat in chats if chat["key"] == str(self.group)), [])
            found[:] = [message for message in messages if true(message)]
            return bool(found)

        await until(self.simulator, there)
        return found[-1]

    async def data(self, card: Message, label: str) -> str:
        """What a button of a card carries now."""
        now = next(message for message in await self.cards() if message["id"] == card["id"])
        return str(next(button["data"] for row in now["buttons"] for button in row if button["text"] == label))

    async def press(self, card: Message, label: str) -> str:
        """Press a button of a card; return what the toast says."""
        return await self.forge(card, await self.data(card, label))

    async def forge(self, card: Message, data: str, *, chat: int | str = 0) -> str:
        """Press with any data, in the group or in the chat with the bot; return what the toast says."""
        before = len((await self.simulator.get("state"))["telegram"]["toasts"])
        where = chat or self.group
        await self.simulator.sim("telegram/press", person=self.person, chat=where, message=card["id"], data=data)
        state = await until(self.simulator, lambda state: len(state["telegram"]["toasts"]) > before)
        return str(state["telegram"]["toasts"][-1]["text"])

    async def changed(self, card: Message, words: str) -> Message:
        """Wait until this stands on a card or on a button below it."""
        return await self.card(lambda message: message["id"] == card["id"] and words in f"{message}")

    async def shows(self, card: Message, words: str) -> Message:
        """Wait until a card says this."""
        return await self.card(lambda message: message["id"] == card["id"] and words in message["text"])
