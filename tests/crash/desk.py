"""An officer in the group: takes, opens, asks and closes while everything falls; at the end reads every tip."""

import asyncio
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from httpx import HTTPStatusError

from tests.crash.marks import read
from tests.crash.phones import OnTelegram, Twice
from tests.crash.rough import Broken, Rough
from tests.town import DESK_BOT, RINA, Message, Officer

# Seconds: between two looks at the group, and until a press that changed nothing is made again.
LOOK, AGAIN = 0.5, 4.0
AT_ONCE = 3
# Seconds until an opened tip stands there, and until a card that is not wanted is gone.
OPENING = 60.0
TAKEN_DOWN = 10.0
WORD = re.compile(r"Camat (X\w+)")
# What an officer does next, by what stands on the card and below it; the first that fits.
NEXT = (
    ("Dipegang: belum ada", "Ambil"),
    ("Status: baru", "Buka"),
    ("Status: ditelusuri", "Tidak terbukti"),
    ("Status: ditelusuri", "Selesai …"),
    ("Status: dibaca", "Ditelusuri"),
    ("Status: dibaca", "Status"),
    ("Status: ", "Kembali"),
)


def reference(card: Message) -> str:
    """The name of a tip in its card's first line; none where this is no card."""
    return str(card["text"]).split()[0] if card["buttons"] and "Bukti: " in card["text"] else ""


def labels(card: Message) -> list[str]:
    return [button["text"] for row in card["buttons"] for button in row]


@dataclass
class Read:
    """What an officer sees of a tip that is opened."""

    text: str
    pictures: list[int] = field(default_factory=list)
    voices: list[bytes] = field(default_factory=list)

    @property
    def word(self) -> str:
        found = WORD.search(self.text)
        return found[1] if found else ""


@dataclass
class AtWork:
    """Rina, who is quick."""

    town: Rough
    random: Random
    officer: Officer
    pressed: dict[int, tuple[float, str]] = field(default_factory=dict)
    presses: int = 0

    @classmethod
    async def of(cls, town: Rough, seed: int) -> "AtWork":
        private = OnTelegram(town.simulator, RINA, DESK_BOT)
        await private.start()
        return cls(town, Random(seed), Officer(town.simulator, RINA, private, town.group))  # noqa: S311  # no secret

    async def group(self) -> list[Message]:
        return await self.town.chat(str(self.town.group))

    async def cards(self) -> dict[str, list[Message]]:
        """The cards in the group by reference, the oldest first."""
        by_name: dict[str, list[Message]] = {}
        for message in await self.group():
            if name := reference(message):
                by_name.setdefault(name, []).append(message)
        return by_name

    async def work(self) -> None:
        """Work until cancelled."""
        while True:
            cards = [versions[-1] for versions in (await self.cards()).values()]
            for card, label in self._due(cards):
                await self._press(card, label)
            await asyncio.sleep(LOOK)

    def _due(self, cards: list[Message]) -> Iterable[tuple[Message, str]]:
        now = time.monotonic()
        ready = [(card, label) for card in cards if (label := self._next(card)) and self._may(card, now)]
        return self.random.sample(ready, min(AT_ONCE, len(ready)))

    def _may(self, card: Message, now: float) -> bool:
        """Whether the last press on this card has had its effect, or its time."""
        when, before = self.pressed.get(card["id"], (0.0, ""))
        return now - when > AGAIN or before != f"{card['text']}{labels(card)}"

    def _next(self, card: Message) -> str:
        below = labels(card)
        if "√ Jam kejadian" in below:
            return "Kirim pertanyaan"
        if len(reference(card)) % 3 == 0 and "MENUNGGU" not in card["text"] and "dibaca" in card["text"]:
            return next((label for label in ("Jam kejadian", "Tanya pelapor") if label in below), "")
        if len(reference(card)) % 2 and "ditelusuri" in card["text"]:
            return ""  # half of them stay open
        return next((label for words, label in NEXT if words in card["text"] and label in below), "")

    async def _press(self, card: Message, label: str) -> None:
        data = next(button["data"] for row in card["buttons"] for button in row if button["text"] == label)
        self.pressed[card["id"]] = time.monotonic(), f"{card['text']}{labels(card)}"
        self.presses += 1
        where = {"person": RINA, "chat": self.town.group, "message": card["id"], "data": data}
        with suppress(HTTPStatusError):  # it was taken down a moment ago
            await self.town.simulator.sim("telegram/press", **where)

    async def take_down_older(self) -> int:
        """Press the older of two cards of one tip; count those that stay, as their buttons are of an earlier status."""
        for versions in (await self.cards()).values():
            for card in versions[:-1]:
                await self._press(card, labels(card)[0])
        until = time.monotonic() + TAKEN_DOWN
        while (left := await self._older()) and time.monotonic() < until:  # noqa: ASYNC110  # as people do
            await asyncio.sleep(LOOK)
        return left

    async def _older(self) -> int:
        return sum(len(versions) - 1 for versions in (await self.cards()).values())

    async def read_all(self) -> list[Read]:
        """Open every tip in the group that has evidence, one after the other, and read it."""
        cards = [versions[-1] for versions in (await self.cards()).values()]
        return [await self._opened(card) for card in cards if "Bukti: 0" not in card["text"]]

    async def _opened(self, card: Message) -> Read:
        """Open one, until all that its card counts has come."""
        private, name = self.officer.private, reference(card)
        card = await self._at_first(card)
        known = {bubble["id"] for bubble in await private.said()}
        await self._press(card, "Buka")
        until = time.monotonic() + OPENING
        while time.monotonic() < until:
            shown = [bubble for bubble in await private.said() if bubble["id"] not in known]
            if any(bubble["buttons"] and str(bubble["text"]).startswith(f"{name} ") for bubble in shown):
                return await self._read(shown)
            await asyncio.sleep(0.1)
        raise Broken(f"{name} cannot be opened within {OPENING:.0f} s")

    async def _at_first(self, card: Message) -> Message:
        """Go back to the buttons that a card has at first."""
        until = time.monotonic() + OPENING
        while "Buka" not in labels(card):
            if time.monotonic() > until:
                raise Broken(f"{reference(card)} has lost its buttons: {labels(card)}")
            await self._press(card, "Kembali")
            await asyncio.sleep(LOOK)
            card = (await self.cards())[reference(card)][-1]
        return card

    async def _read(self, shown: list[Message]) -> Read:
        opened = Read("\n".join(str(bubble["text"]) for bubble in shown))
        for media in (bubble["media"] for bubble in shown if bubble["media"]):
            data = (await self.town.simulator.client.get(media["url"])).content
            if media["kind"] == "photo":
                opened.pictures.append(read(data))
            else:
                opened.voices.append(data)
        return opened


def twice(cards: dict[str, list[Message]]) -> Iterator[Twice]:
    """Name the cards that stand in the group twice."""
    for name, versions in cards.items():
        for first, second in pairwise(versions):
            yield Twice("telegram group", float(first["at"]), float(second["at"]), name)
