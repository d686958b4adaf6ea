"""Reporters with scripts: with pictures, with a voice, who come back with a code, take back, wipe; and report again."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import count

from tests.crash.marks import pictured, spoken
from tests.crash.phones import SILENCE, OnTelegram, OnWhatsApp, Reader, Twice, throw
from tests.crash.rough import Rough
from tests.town import BOT, TICKET, Phone

SYLLABLES = tuple(f"{first}{second}" for first in "bdgklmnrst" for second in "aeo")
KINDS = ("pictures", "voice", "returns", "withdraws", "wipes", "pictures")
# People who report at the same time, and those who do so again at the end.
WIDE, LAST_WIDE = 6, 16
PER_PERSON = 4  # pictures
THINKING = 0.3  # seconds
HELLO = "bercerita tanpa menulis nama"
FIRST = "Apa yang Anda lihat"
FILES = "Ada foto, video"
REVIEW = "Periksa sebelum dikirim"
GONE, TOO_LATE = "Sudah ditarik dan dihapus", "sudah tidak bisa ditarik"
QUESTIONS = (("[Mengajak/mengarahkan]", "Apa jabatan"), ("[Camat atau lurah]", "Siapa orangnya"))
WHERE_AND_WHEN = (("jekan raya", "Kapan kejadiannya"), ("kemarin", FILES))


def word(number: int) -> str:
    """A name that stands in one report and nowhere else, and looks like nothing that the bot knows."""
    digits = []
    for _ in range(4):
        number, digit = divmod(number, len(SYLLABLES))
        digits.append(SYLLABLES[digit])
    return "".join(("x", *digits)).capitalize()


@dataclass
class Told:
    """One report, as the phone showed it: what was called stored, and the code."""

    word: str
    ticket: str = ""
    pictures: set[int] = field(default_factory=set)
    voices: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    withdrawn: bool = False
    pushed: bool = False


@dataclass
class Reporter:
    """Somebody with a phone, on the way through a script."""

    number: int
    kind: str
    town: Rough
    reader: Reader
    told: list[Told] = field(default_factory=list)
    others: list[Reader] = field(default_factory=list)
    # What stood in a chat of Telegram before it was wiped.
    wiped: set[int] = field(default_factory=set)

    @property
    def phone(self) -> Phone:
        return self.reader.phone

    @property
    def readers(self) -> list[Reader]:
        return [self.reader, *self.others]

    @property
    def twice(self) -> list[Twice]:
        return [twice for reader in self.readers for twice in reader.twice]

    async def step(self, do: str, wanted: str) -> str:
        """Think, do a step, and read the answer."""
        await asyncio.sleep(THINKING)
        await throw(self.phone, do)
        return str((await self.reader.answered(wanted))["text"])

    async def greeted(self) -> None:
        """Say hello."""
        await self.step("/start", HELLO)

    async def journey(self) -> None:
        """Go through the whole script, once greeted."""
        told = await self._begin(self.number, "[Lanjut]")
        match self.kind:
            case "voice":
                await self._speak(told)
            case "withdraws":
                await self.step("tidak ada", REVIEW)
            case _:
                await self._attach(told)
        if self.kind == "wipes":
            await self._wipe()
            return
        told.pushed = self.kind == "pictures"
        await self._send(told, "[Kirim, kabari saya]" if told.pushed else "[Kirim]")
        if self.kind == "withdraws":
            told.withdrawn = GONE in await self.step("[Tarik laporan]", f"{GONE}|{TOO_LATE}")
        if self.kind == "returns":
            await self._return(told)

    async def once_more(self, number: int) -> None:
        """Report again: whatever happened, nobody is shut out."""
        before = await self.step("/start", f"{HELLO}|Yang tadi sudah terkirim")
        told = await self._begin(number, "[Lanjut]" if HELLO in before else "[Mulai]")
        await self.step("tidak ada", REVIEW)
        await self._send(told, "[Kirim]")

    async def _begin(self, number: int, go: str) -> Told:
        """Press `go`, and answer up to the question about files."""
        told = Told(word(number))
        await self.step(go, FIRST)
        for do, wanted in (*QUESTIONS, (f"Camat {told.word}", "Di mana kejadiannya"), *WHERE_AND_WHEN):
            await self.step(do, wanted)
        return told

    async def _attach(self, told: Told) -> None:
        """Send an album; what is called stored is on its way to the desk."""
        numbers = [PER_PERSON * self.number, PER_PERSON * self.number + 1]
        await self.phone.album(*map(pictured, numbers))
        await self.reader.answered("^2 kiriman tersimpan")
        told.pictures |= set(numbers)
        if self.kind != "wipes":
            await self.step("[Sudah semua]", REVIEW)

    async def _speak(self, told: Told) -> None:
        await self.phone.send([spoken(self.number)], kind="voice")
        await self.reader.answered("Orang bisa mengenali suara")
        await self.step("[Kirim suara]", "^1 kiriman tersimpan")
        told.voices.add(self.number)
        await self.step("[Sudah semua]", REVIEW)

    async def _send(self, told: Told, how: str) -> None:
        found = TICKET.search(await self.step(how, "Kode Anda"))
        assert found
        told.ticket = found[0]
        self.told.append(told)

    async def _wipe(self) -> None:
        """Have everything forgotten; on Telegram the chat goes too."""
        await self.reader.finish()
        self.wiped = {message["id"] for message in await self.phone.messages()}
        await self.step("HAPUS", "sudah dihapus")

    async def _return(self, told: Told) -> None:
        """Add words and a picture by the code, from a phone on the other platform."""
        other = await reader_on(self.town, telegram=self.reader.side != "telegram", silence=self.reader.silence)
        helper = Reporter(self.number, "helper", self.town, other)
        self.others.append(other)
        await helper.step(told.ticket, "kodenya cocok")
        await helper.step("[Tambah keterangan]", "Silakan tulis")
        more = f"tambahan dari {told.word}"
        await helper.step(more, "sudah tersimpan. Petugas")
        told.words.add(more)
        later = PER_PERSON * self.number + 2
        await helper.phone.album(pictured(later))
        await other.answered("kami bersihkan")
        told.pictures.add(later)


async def reader_on(town: Rough, *, telegram: bool, silence: float = SILENCE) -> Reader:
    """A fresh phone, and somebody who reads it."""
    if telegram:
        new = await town.on_telegram()
        return Reader(OnTelegram(town.simulator, new.person, BOT), silence, overtaken=bool(town.url))
    new_one = await town.on_whatsapp()
    return Reader(OnWhatsApp(town.simulator, new_one.person), silence, overtaken=bool(town.url))


@dataclass
class Crowd:
    """As many people as there is time for; `over` ends it when those who are at it have finished."""

    town: Rough
    silence: float = SILENCE
    wide: int = WIDE
    people: list[Reporter] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    finished: int = 0
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def report(self) -> None:
        """One after the other in each of so many places, until it is over."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self.wide):
                group.create_task(self._one_after_the_other())

    async def _one_after_the_other(self) -> None:
        while not self.over.is_set():
            number = next(self._numbers)
            kind = KINDS[number % len(KINDS)]
            reader = await reader_on(self.town, telegram=(number + number // len(KINDS)) % 2 == 0, silence=self.silence)
            reporter = Reporter(number, kind, self.town, reader)
            self.people.append(reporter)
            await reporter.greeted()
            self.begun.set()
            await reporter.journey()
            self.finished += 1

    async def report_once_more(self) -> None:
        """Everybody reports a last time; nobody kills any more."""
        gate = asyncio.Semaphore(LAST_WIDE)

        async def one(reporter: Reporter) -> None:
            async with gate:
                await reporter.once_more(next(self._numbers))

        async with asyncio.TaskGroup() as group:
            for reporter in self.people:
                group.create_task(one(reporter))

    @property
    def answers(self) -> int:
        """How often anybody was answered."""
        return sum(len(reader.said) for reporter in self.people for reader in reporter.readers)

    @property
    def told(self) -> list[Told]:
        return [told for reporter in self.people for told in reporter.told]

    @property
    def twice(self) -> Collection[Twice]:
        return [twice for reporter in self.people for twice in reporter.twice]
