"""A crowd before several intakes: a Telegram that counts every bubble, and people who read before they go on.

Whoever writes waits for 200, as Telegram does, brings the same update again where there is none, and goes on once the
bot has answered. Which intake an update comes to is a balancer's business: the next one's turn.
"""

import asyncio
import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import parse_qs

import aiohttp

from benchmarks import walk
from benchmarks.canned import BOT, answer
from benchmarks.platform import Line, reply
from handlers import ticket
from handlers.ticket import Code

SECRET = "x-telegram-bot-api-secret-token"
FIRST = 1_000_000
# Seconds: before an update is brought again, and until nobody believes in an answer any more.
AGAIN, PATIENCE = 1.0, 600.0
# Seconds in which a long poll finds nothing.
POLL = 20.0
_PATH = re.compile(rb"^POST /bot([^/ ]+)/([A-Za-z]+)")
PROTECTED = {
    "type": "supergroup", "title": "Bawaslu", "accent_color_id": 0, "max_reaction_count": 11,
    "has_protected_content": True,
    "accepted_gift_types": dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    ),
}  # fmt: skip


@dataclass(slots=True)
class Seen:
    """What the platform was told: bubbles by chat, codes and when they came, and when the group heard something."""

    bubbles: Counter[int] = field(default_factory=Counter)
    codes: dict[int, Code] = field(default_factory=dict)
    sent: dict[int, float] = field(default_factory=dict)
    group: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    waiting: dict[int, asyncio.Event] = field(default_factory=dict)

    def said(self, chat: int, text: str) -> None:
        if chat < 0:
            self.group.append(time.monotonic())
            self.texts.append(text)
            return
        self.bubbles[chat] += 1
        for code in map(ticket.read, text.split()):
            if isinstance(code, str):
                self.codes[chat] = code
                self.sent.setdefault(chat, time.monotonic())
        if chat in self.waiting:
            self.waiting[chat].set()


class Counting(Line):
    """One connection to it."""

    def __init__(self, seen: Seen, members: int) -> None:
        super().__init__()
        self._seen, self._members = seen, members

    def answered(self, head: bytes, body: bytes) -> None:
        found = _PATH.match(head)
        method = found[2].decode() if found else ""
        match method:
            case "getUpdates":
                asyncio.get_running_loop().call_later(POLL, self.say, b'{"ok":true,"result":[]}')
            case "sendMessage":
                said = _fields(head, body)
                chat = int(said["chat_id"])
                self._seen.said(chat, said["text"])
                self.say(_ok(_message(chat, len(self._seen.group) or 8)))
            case "getChat":
                self.say(_ok({"id": int(_fields(head, body)["chat_id"]), **PROTECTED}))
            case "getChatMemberCount":
                self.say(_ok(self._members + 1))
            case "getChatMember":
                person = int(_fields(head, body)["user_id"])
                self.say(_ok({"status": "member", "user": {"id": person, "is_bot": False, "first_name": "Petugas"}}))
            case "getMe":
                self.say(_ok({**BOT, "can_join_groups": True}))
            case _:
                self.send(reply(head) if method else answer("").encode())


def _ok(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def _message(chat: int, number: int) -> dict[str, object]:
    kind = {"type": "supergroup", "title": "Bawaslu"} if chat < 0 else {"type": "private", "first_name": "Warga"}
    return {"message_id": number, "date": 1_795_000_000, "chat": {"id": chat, **kind}, "from": BOT, "text": "?"}


def _fields(head: bytes, body: bytes) -> dict[str, str]:
    """Read what was sent, whichever library sent it."""
    if b"json" in head.lower():
        found: dict[str, str] = json.loads(body)
        return found
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


@dataclass(slots=True)
class Crowd:
    """People who report, spread over so many seconds, and what became of them."""

    seen: Seen
    urls: Sequence[str]
    secret: str
    pause: float
    took: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    again: int = 0
    silent: int = 0
    whole: int = 0

    async def come(self, people: range, seconds: float, *, evenly: bool = False) -> None:
        """Let them come, at random or one after the other, until everybody is done."""
        turn = cycle(self.urls)
        connector = aiohttp.TCPConnector(limit=0)
        session = aiohttp.ClientSession(connector=connector, headers={SECRET: self.secret})
        async with session, asyncio.TaskGroup() as group:
            for number, person in enumerate(people):
                after = number * seconds / len(people) if evenly else random.uniform(0, seconds)
                group.create_task(self._report(session, turn, person, after))

    async def _report(self, session: aiohttp.ClientSession, turn: "cycle[str]", person: int, after: float) -> None:
        await asyncio.sleep(after)
        self.seen.waiting[person] = asyncio.Event()
        try:
            async with asyncio.timeout(PATIENCE):
                for step in range(len(walk.steps())):
                    await self._step(session, turn, person, step)
                    await asyncio.sleep(random.uniform(0, 2 * self.pause))
        except TimeoutError:
            self.silent += 1
        else:
            self.whole += 1
        finally:
            del self.seen.waiting[person]

    async def _step(self, session: aiohttp.ClientSession, turn: "cycle[str]", person: int, step: int) -> None:
        heard = self.seen.waiting[person]
        heard.clear()
        begun, raw = time.monotonic(), walk.raw(person, step)
        while not await _brought(session, next(turn), raw):
            self.again += 1
            await asyncio.sleep(AGAIN)
        self.took.append(time.monotonic() - begun)
        await heard.wait()
        self.answered.append(time.monotonic() - begun)


async def _brought(session: aiohttp.ClientSession, url: str, raw: bytes) -> bool:
    try:
        async with session.post(url, data=raw) as answered:
            return answered.status == 200  # HTTP's
    except aiohttp.ClientError:
        return False
