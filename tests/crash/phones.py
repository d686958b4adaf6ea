"""Phones whose chats are read one by one, and somebody who waits for the answer to each step, whatever comes before."""

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.crash.rough import Broken
from tests.town import BOT, Message, Phone, TelegramPhone, WhatsAppPhone

# Seconds without the answer after which it counts as lost: a platform that failed is tried again after five and more.
SILENCE = 180.0
LOOK = 0.15
# Bubbles that come by themselves, or as often as files come: no step leads to them.
COUNTING = re.compile(r"^\d dari \d kiriman tersimpan")
COUNTED = re.compile(r"^\^?(\d) kiriman tersimpan")
PUSH = re.compile(r"^Ada kabar")


class OnTelegram(TelegramPhone):
    """A chat of Telegram, read by itself."""

    async def messages(self) -> list[Message]:
        return list((await self.simulator.get(f"chats/{self.key}"))["messages"])


class OnWhatsApp(WhatsAppPhone):
    """A chat of WhatsApp, read by itself."""

    async def messages(self) -> list[Message]:
        return list((await self.simulator.get(f"chats/{self.person}"))["messages"])


# Once no more files come, the question that counts them is asked anew, though it may just have been asked: that is
# how it is meant, and no platform's or kill's doing. Once for each time that files were sent.
ANEW = re.compile(r"^\d kiriman tersimpan|^Periksa sebelum dikirim[^$]*Bukti: \d kiriman")


@dataclass(frozen=True)
class Twice:
    """A bubble that stands there twice; times in seconds since 1970."""

    where: str
    first: float
    second: float
    text: str
    # Not after the first, but later, behind other bubbles.
    late: bool = False


@dataclass
class Reader:
    """Somebody who reads a chat in order: each bubble is the answer that is due, or the last one once more."""

    phone: Phone
    silence: float = SILENCE
    # On PostgreSQL a dead courier's rows wait for the end of their lease, and others overtake them meanwhile.
    overtaken: bool = False
    seen: set[Any] = field(default_factory=set)
    last: Message | None = None
    twice: list[Twice] = field(default_factory=list)
    shown: Counter[str] = field(default_factory=Counter)
    times: dict[str, float] = field(default_factory=dict)
    pushes: list[Message] = field(default_factory=list)
    # What every answer so far was to say, for the message that a promise was broken.
    said: list[str] = field(default_factory=list)

    @property
    def side(self) -> str:
        return "telegram" if isinstance(self.phone, TelegramPhone) else "whatsapp"

    async def answered(self, wanted: str) -> Message:
        """Wait for the answer to a step. Raises Broken for a strange bubble, or for none."""
        until = time.monotonic() + self.silence
        while time.monotonic() < until:
            if (found := self._found(await self.phone.said(), wanted)) is not None:
                self.said.append(wanted)
                return found
            await asyncio.sleep(LOOK)
        raise Broken(f"{self._who}: no answer like {wanted!r} after {self.said[-1:]} within {self.silence:.0f} s")

    def _found(self, bubbles: list[Message], wanted: str) -> Message | None:
        for bubble in bubbles:
            if bubble["id"] in self.seen:
                continue
            self.seen.add(bubble["id"])
            self.shown[str(bubble["text"])] += 1
            if self._take(bubble, wanted):
                return bubble
        return None

    def _take(self, bubble: Message, wanted: str) -> bool:
        text = str(bubble["text"])
        before = self.times.get(text, 0.0)
        self.times[text] = float(bubble["at"])
        if PUSH.search(text):
            self.pushes.append(bubble)
        elif re.search(wanted, text) and not self._again(bubble, wanted):
            self.last = bubble
            return True
        elif not COUNTING.search(text) and not _is_less(text, wanted):
            self._repeated(bubble, wanted, before)
        return False

    def _again(self, bubble: Message, wanted: str) -> bool:
        """Whether an answer that may come twice by right is the one before, said twice."""
        return self.last is not None and self.said[-1:] != [wanted] and bubble["text"] == self.last["text"]

    def _repeated(self, bubble: Message, wanted: str, before: float) -> None:
        late = self.last is None or bubble["text"] != self.last["text"]
        if late and not (before and self.overtaken):
            raise Broken(f"{self._who}: {bubble['text']!r} instead of an answer like {wanted!r}")
        self.twice.append(Twice(self._who, before, float(bubble["at"]), str(bubble["text"]), late))

    async def finish(self) -> None:
        """Read what came after the last answer: nothing new may."""
        self._found(await self.phone.said(), r"\Z.")

    @property
    def _who(self) -> str:
        return f"{self.side} {self.phone.person}"


def _is_less(text: str, wanted: str) -> bool:
    """Whether an album is counted before all of it was heard: its rest waited with the platform for a restart."""
    said, due = COUNTED.search(text), COUNTED.search(wanted)
    return said is not None and due is not None and int(said[1]) < int(due[1])


async def throw(phone: Phone, step: str) -> None:
    """Do one step without waiting: say it, or press a `[label]`."""
    sim, person = phone.simulator.sim, phone.person
    telegram = isinstance(phone, TelegramPhone)
    side, chat = ("telegram", {"chat": BOT}) if telegram else ("whatsapp", {})
    if step == "/start":
        start = {"payload": "p-6271"} if telegram else {"text": "Halo dari poster 6271"}
        await sim(f"{side}/{'start' if telegram else 'message'}", person=person, **chat, **start)
    elif step.startswith("["):
        message, data = await phone.choice(step[1:-1])
        await sim(f"{side}/press", person=person, message=message["id"], **chat, **{"data" if telegram else "id": data})
    else:
        await sim(f"{side}/message", person=person, text=step, **chat)
