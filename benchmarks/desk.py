"""The officers' desk: a burst of reports within the platform's limits, and what officers' usual work costs in taps.

Time is honest: the desk's own pace code and the platform's limit run as they are, on clocks that stand still and are
moved by the same steps. What is printed is the platform's time.
"""

import asyncio
import functools
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.table import Table
from bot.bursts import LINES
from bot.pace import GROUP_MOST, Bucket
from handlers.status import Status
from storage import migrations
from storage.database import Database
from tests.desk.office import RINA, Office, world
from tests.desk.test_bursts import shown, steady, tick
from tests.simulator.running import Running
from tests.town import Officer

TIPS, MINUTES, STEP = 500, 10, 6.0
# Seconds of a steady flow of so many tips an hour.
FLOW, HOURLY = 900, 2016
# What a desk with few people can bear; tests/desk/test_effort.py keeps to it.
MONDAY = 40
MOST_TAPS = {"read": 1, "asked": 4, "closed": 3, "monday": 110, "late": 1}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Burst:
    """What came of a burst; times in minutes of the platform's clock since the first tip."""

    tips: int
    seen: int
    twice: int
    cards: int
    digests: int
    refused: int
    last: float
    seconds: float

    @property
    def one_by_one(self) -> float:
        """When the last one would stand there if each had a message of its own."""
        return self.tips / GROUP_MOST


async def burst(office: Office) -> Burst:
    """Let tips come, as many each step, until the last stands in the group."""
    await office.simulator.sim("clock", advance=0, still=True)
    begun, at = time.monotonic(), await _clock(office)
    steps = round(MINUTES * 60 / STEP)
    for _ in range(steps):
        await office.receive_all([{} for _ in range(TIPS // steps)])
        await tick(office, STEP)
    while len(seen := await shown(office)) < TIPS:
        await tick(office, STEP)
    last = (await _clock(office) - at) / 60
    messages = await office.group_messages()
    cards = sum("Status:" in one["text"] for one in messages)
    refused = [call for call in await office.simulator.calls("sendMessage") if call["status"] != 200]  # HTTP's
    return Burst(
        TIPS, len(seen), sum(many > 1 for many in seen.values()), cards, len(messages) - cards, len(refused),
        last, time.monotonic() - begun,
    )  # fmt: skip


async def _clock(office: Office) -> float:
    return float((await office.simulator.get("state"))["clock"])


@dataclass(slots=True)
class Thumb:
    """An officer's thumb: what it pressed and typed, and how often it went to another chat."""

    office: Office
    officer: Officer
    taps: int = 0
    typed: int = 0
    moves: int = 0
    chat: str = ""

    @property
    def effort(self) -> int:
        return self.taps + self.typed

    def _goes_to(self, chat: str) -> None:
        self.moves += bool(self.chat) and self.chat != chat
        self.chat = chat

    async def on_card(self, tip: str, *labels: str) -> str:
        """Press these on what the group's card shows then; return the last toast."""
        toast = ""
        for label in labels:
            self._goes_to("group")
            self.taps += 1
            toast = await self.officer.press(await self.office.posted(tip), label)
            await self.office.settled()
        return toast

    async def privately(self, label: str) -> str:
        """Press the newest such button in the private chat."""
        self._goes_to("private")
        self.taps += 1
        message, data = await self.officer.private.choice(label)
        toast = await self.officer.forge(message, data, chat=self.officer.private.bot)
        await self.office.settled()
        return toast

    async def types(self, text: str) -> None:
        self._goes_to("private")
        self.typed += 1
        await self.officer.private.say(text)
        await self.office.settled()


@dataclass(frozen=True, slots=True)
class Effort:
    """What one thing costs: taps and typed commands together, and how often the chat was changed meanwhile."""

    what: str
    taps: int
    moves: int


async def _thumb(office: Office) -> Thumb:
    return Thumb(office, await office.officer(RINA))


async def read(office: Office) -> Effort:
    """From the card to "Dibaca petugas"."""
    thumb, tip = await _thumb(office), await office.receive()
    await thumb.on_card(tip, "Buka")
    _reached(await office.status(tip) is Status.ACKNOWLEDGED)
    return Effort("read", thumb.effort, thumb.moves)


async def asked(office: Office) -> Effort:
    """From the card to a question that is on its way."""
    thumb, tip = await _thumb(office), await office.receive()
    await thumb.on_card(tip, "Tanya pelapor", "Jam kejadian", "Tempat persisnya", "Kirim pertanyaan")
    _reached([line.key for line in (await office.timeline(tip)).lines].count("desk-asks") == 1)
    return Effort("asked", thumb.effort, thumb.moves)


async def closed(office: Office) -> Effort:
    """From the card to a proven case with its sanction, the longest way there is."""
    thumb, tip = await _thumb(office), await office.receive()
    await thumb.on_card(tip, "Selesai …", "Terbukti", "Sedang")
    _reached(await office.status(tip) is Status.PROVEN and bool((await office.card(tip)).sanction))
    return Effort("closed", thumb.effort, thumb.moves)


async def monday(office: Office) -> Effort:
    """Forty new tips, each taken, read and decided on."""
    thumb = await _thumb(office)
    tips = await office.receive_all([{} for _ in range(MONDAY)])
    await office.settled()
    await thumb.types("/antrean")
    for number in range(MONDAY):
        if number % 10 == 0:
            await thumb.privately("Ambil 10 mendesak")
        await thumb.privately("Buka berikutnya")
        await thumb.privately("Ditelusuri" if number % 4 else "Spam")
    _reached({await office.status(tip) for tip in tips} == {Status.TRACING, Status.SPAM})
    return Effort("monday", thumb.effort, thumb.moves)


async def late(office: Office) -> Effort:
    """What is late, in as many messages as are read."""
    for _ in range(5):
        await office.receive()
    await office.settled()
    await office.pass_time(hours=30)
    await office.pass_time(seconds=61)
    thumb = await _thumb(office)
    before = len(await thumb.officer.private.said())
    await thumb.types("/terlambat")
    told = (await thumb.officer.private.said())[before:]
    references = {(await office.card(tip)).reference for tip in await office.tips()}
    _reached(all(reference in told[0]["text"] for reference in references))
    return Effort("late", len(told), thumb.moves)


def _reached(there: bool) -> None:  # noqa: FBT001  # a plain question
    if not there:
        raise RuntimeError("the desk's work cannot be done any more as it is counted here")


WORK: dict[str, Callable[[Office], Awaitable[Effort]]] = {
    "read": read, "asked": asked, "closed": closed, "monday": monday, "late": late,
}  # fmt: skip
SAID = {
    "read": 'from the card to "Dibaca petugas"',
    "asked": "two questions from the templates, sent",
    "closed": "closed as proven, with its sanction",
    "monday": f"{MONDAY} new tips, each taken, read and decided on",
    "late": "what is late: messages to read",
}


async def _in_an_office(work: Callable[[Office], Awaitable[T]], *, paced: bool = False) -> T:
    """Do it in an office of its own, with a new database and a platform that is ours alone."""
    running = Running(world())
    try:
        async with running as simulator:
            with tempfile.TemporaryDirectory() as folder:
                database = Database.at(f"sqlite:///{folder}/saksi.db")
                migrations.upgrade(database)
                office = Office(simulator, database, Path(folder))
                if paced:
                    office.pace = Bucket(clock=lambda: office.clock().timestamp())
                    await simulator.put("limits", telegram={"group_per_minute": GROUP_MOST})
                await office.start()
                try:
                    return await work(office)
                finally:
                    await office.stop()
                    database.close()
    finally:
        running.stop()


def _of_burst(found: Burst) -> Table:
    table = Table(f"Desk: {TIPS} tips in {MINUTES} minutes, {GROUP_MOST} messages a minute", ("what", "how many"))
    table.add("tips in the group", f"{found.seen} of {found.tips}")
    table.add("tips in the group twice", found.twice)
    table.add("messages: a card of its own", found.cards)
    table.add(f"messages: a digest of up to {LINES}", found.digests)
    table.add("refused by the platform's limit", found.refused)
    table.add("the last is visible after, minutes", f"{found.last:.1f}")
    table.add("the least possible, minutes: the last has only just come in", f"{MINUTES:.1f}")
    table.add("one message a tip, minutes", f"{found.one_by_one:.1f}")
    table.notes.append(
        f"The desk's real pace and the platform's own limit, by moved clocks: {found.seconds:.0f} seconds of ours."
    )
    return table


def _of_flow(waited: list[float]) -> Table:
    table = Table(f"Desk: {HOURLY:,} tips an hour, {GROUP_MOST} messages a minute", ("what", "seconds", "at most"))
    waited = sorted(waited)
    table.add("until a tip is visible, p50", waited[len(waited) // 2], "-")
    table.add("the same, p99", waited[len(waited) * 99 // 100], 5)
    table.add("the longest", waited[-1], "-")
    table.notes.append(
        f"{len(waited)} tips at random moments of {FLOW // 60} minutes, on the same clocks, moved by a second each; "
        f"with one message a tip the last of an hour would wait {HOURLY / GROUP_MOST - 60:.0f} minutes."
    )
    return table


def _of_work(found: list[Effort]) -> Table:
    table = Table("Desk: what officers' work costs", ("what", "taps and commands", "at most", "changes of chat"))
    for one in found:
        table.add(SAID[one.what], one.taps, MOST_TAPS[one.what], one.moves)
    return table


def measured() -> list[Table]:
    """Measure all of it, over the simulator."""
    efforts = [asyncio.run(_in_an_office(work)) for work in WORK.values()]
    flow = asyncio.run(_in_an_office(functools.partial(steady, seconds=FLOW, hourly=HOURLY), paced=True))
    return [_of_burst(asyncio.run(_in_an_office(burst, paced=True))), _of_flow(flow), _of_work(efforts)]
