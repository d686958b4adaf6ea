"""Plays a `.desk` file: a story of the officers' group, as it stands on their phones.

    # Tentang: an answer comes                what the story is about
    * laporan: uang                           a report comes in, of this kind; `laporan, sekarang: uang` happens now,
                                              `laporan, suara: uang` has a voice
    * pelapor: Sekitar jam sembilan.          the reporter adds words to the last report
    * lewat 25 jam                            so many hours pass
    Rina: [Ambil]                             presses below the newest card
    Rina, pribadi: [Buka berikutnya]          presses the newest such button in the private chat
    Rina, pribadi: /antrean                   types there
    Rina, grup: Siapa ke sana?                types in the group
      ~ Anda yang memegang sekarang.          what the presser alone is told
      = 1: kartu-1 ...                        a message of the group, new or changed, further lines indented
      [Lepas] [Buka]                          and its buttons
      < Rina: ...                             a new message in a private chat

Only lines that begin in the first column are read; `python -m tests.desk.player FILE...` writes the others anew. The
random references become `kartu-1`, `kartu-2` in the order in which the reports came.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from bot.faces import UNSEEN
from storage import migrations
from storage.database import Database
from tests.desk.hands import heard_after
from tests.desk.office import OFFICERS, Office, world
from tests.simulator.running import Running
from tests.town import Message, Officer

STORIES = Path(__file__).parent / "stories"
PEOPLE = {officer.alias: person for person, officer in OFFICERS.items()}
PRESS = re.compile(r"\[(.+)\]")


class BadStory(Exception):
    """A line that cannot be played."""


class Player:
    """Plays one story in one office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.tips: list[str] = []
        self.seen: dict[int, str] = {}
        self.private: dict[str, set[int]] = {}
        self.names: dict[str, str] = {}

    async def play(self, written: str) -> str:
        """Return the story with everything the bot does, as it is now."""
        lines: list[str] = []
        hands = {alias: await self.office.officer(person) for alias, person in PEOPLE.items()}
        for alias, hand in hands.items():
            self.private[alias] = {bubble["id"] for bubble in await hand.private.said()}
        for line in written.splitlines():
            if line.startswith("  "):
                continue
            lines.append(line)
            if line and not line.startswith("#"):
                lines += await self._step(line, hands)
                lines += [one async for one in self._changed(hands)]
        return "\n".join(lines) + "\n"

    async def _step(self, line: str, hands: dict[str, Officer]) -> list[str]:
        who, _, words = line.partition(": ")
        alias, _, where = who.partition(", ")
        if line.startswith("* "):
            await self._news(line.removeprefix("* "))
            return []
        if alias not in hands or where not in {"", "pribadi", "grup"}:
            raise BadStory(line)
        label = PRESS.fullmatch(words)
        if label:
            return [f"  ~ {self._named(await self._press(hands[alias], label[1], private=where == 'pribadi'))}"]
        await self._type(hands[alias], words, private=where == "pribadi")
        return []

    async def _news(self, words: str) -> None:
        what, _, rest = words.partition(": ")
        if hours := re.fullmatch(r"lewat (\d+) jam", words):
            await self.office.pass_time(hours=int(hours[1]))
            await self.office.pass_time(seconds=61)
        elif what.startswith("laporan"):
            voices = what.count("suara")
            self.tips.append(await self.office.receive(voices=voices, what=rest, live="sekarang" in what))
            await self.office.settled()
            self.names[(await self.office.card(self.tips[-1])).reference] = f"kartu-{len(self.tips)}"
        elif what == "pelapor":
            await self.office.reply(self.tips[-1], rest)
        else:
            raise BadStory(words)

    async def _press(self, hand: Officer, label: str, *, private: bool) -> str:
        label = next((reference for reference, name in self.names.items() if name == label), label)
        if private:
            message, data = await hand.private.choice(label)
            return await hand.forge(message, data, chat=hand.private.bot)
        return await hand.press(await self.office.posted(self.tips[-1]), label)

    async def _type(self, hand: Officer, words: str, *, private: bool) -> None:
        if private:
            await hand.private.say(words)
            return

        async def write() -> None:
            await self.office.simulator.sim("telegram/message", person=hand.person, chat=hand.group, text=words)

        await heard_after(self.office, write)

    async def _changed(self, hands: dict[str, Officer]) -> AsyncIterator[str]:
        await self.office.settled()
        for message in await self.office.group_messages():
            shown = "\n".join(self._shown(message))
            if self.seen.get(message["id"]) != shown and not is_help(message):
                self.seen[message["id"]] = shown
                yield self._indented(f"= {message['id']}", shown)
        for alias, hand in hands.items():
            for bubble in await hand.private.said():
                if bubble["id"] not in self.private[alias]:
                    self.private[alias].add(bubble["id"])
                    yield self._indented(f"< {alias}", "\n".join(self._shown(bubble)))

    def _shown(self, message: Message) -> Iterator[str]:
        yield from self._named(message["text"]).replace(UNSEEN, "").splitlines()
        for row in message["buttons"]:
            yield " ".join(f"[{self._named(button['text'])}]" for button in row)

    def _named(self, text: str) -> str:
        for reference, name in self.names.items():
            text = text.replace(reference, name)
        return text

    @staticmethod
    def _indented(head: str, text: str) -> str:
        first, *rest = [line for line in text.splitlines() if line.strip()] or ["(berkas)"]
        return "\n".join((f"  {head}: {first}", *(f"      {line}" for line in rest)))


def is_help(message: Message) -> bool:
    """Whether this only shows the player that everything before it was heard, or was typed by a person."""
    return "Ketik /antrean" in message["text"] or not str(message["from"]).startswith("bot:")


async def record(paths: list[Path]) -> None:
    """Write the bot's lines of stories anew."""
    running = Running(world())
    async with running as simulator:
        for path in paths:
            await simulator.sim("setup", **world())
            with tempfile.TemporaryDirectory() as folder:
                database = Database.at(f"sqlite:///{folder}/saksi.db")
                migrations.upgrade(database)
                office = await Office(simulator, database, Path(folder)).start()
                path.write_text(await Player(office).play(path.read_text("utf8")), "utf8")
                await office.stop()
                database.close()
    running.stop()


if __name__ == "__main__":
    asyncio.run(record([Path(name) for name in sys.argv[1:]]))
