"""Makes a dossier and hands it to one officer, sealed; a message says how far it is."""

import asyncio
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec.structs import replace
from sqlalchemy import Connection

from bot.channels.base import ChannelError
from bot.channels.desk import DeskBot
from bot.courier import Settle
from bot.desk import Desk
from bot.dossier.case import Case, read
from bot.dossier.exhibits import Exhibit, shown
from bot.dossier.sealing import TooBig, parts
from bot.opening import READING
from bot.parcels import Sweeping
from bot.reading import Reading
from bot.stores import apart
from handlers.messages import Say, Word
from storage.committer import Committer
from storage.errors import Gone, Sealed
from storage.evidence import Store

# Seconds for which a sealed archive stays in the chat: a working day to take it out, within Telegram's 48 hours.
KEPT = 24 * 3600.0
# Seconds between two changes of the message that says how far it is.
APART = 1.0


@dataclass(slots=True)
class _Progress:
    """One message that is changed; where it cannot be, the work goes on."""

    desk: Desk
    bot: DeskBot
    chat: int
    message: int
    last: float = field(default_factory=time.monotonic)

    async def tell(self, say: Say, *, always: bool = True) -> None:
        if not always and time.monotonic() - self.last < APART:
            return
        self.last = time.monotonic()
        with suppress(ChannelError):
            await self.bot.change(self.chat, self.message, self.desk.say(say), [])


@dataclass(frozen=True, slots=True)
class Clerk:
    """Makes dossiers. All of it happens in memory and in threads, so that the desk goes on answering."""

    desk: Desk
    bot: DeskBot
    committer: Committer
    store: Store
    reading: Reading

    async def hand(self, tip: str, chat: int) -> Settle:
        """Make it and send it; nothing where the tip is gone or another desk's by now. Raises Later or Never."""
        try:
            case = await self.committer.commit(lambda tx: read(self.desk, tx, tip, self.reading))
        except (Gone, Sealed):
            return _nothing
        if self.desk.averts(case.opened.card):
            return _nothing
        progress = await self._begin(case, chat)
        try:
            sent = await self._send(case, progress)
        except TooBig as big:
            await progress.tell(Say("desk-export-too-big", {"name": str(big)}))
            return _nothing
        words: dict[str, Word] = {"reference": case.opened.card.reference, "count": len(sent)}
        await progress.tell(Say("desk-exported", words))
        return lambda tx: self._end(tx, chat, [progress.message, *sent])

    async def _begin(self, case: Case, chat: int) -> _Progress:
        words = {"reference": case.opened.card.reference}
        message = await self.bot.say(chat, self.desk.say(Say("desk-export-begun", words)))
        await self.committer.commit(lambda tx: self.desk.owe(tx, Sweeping(chat, (message,)), after=READING))
        return _Progress(self.desk, self.bot, chat, message)

    async def _send(self, case: Case, progress: _Progress) -> list[int]:
        reference = case.opened.card.reference
        exhibits = await self._exhibits(case, progress)
        await progress.tell(Say("desk-export-paper", {"reference": reference}))
        paper = await asyncio.to_thread(_drawn, case, exhibits)
        await progress.tell(Say("desk-export-sealing", {"reference": reference}))
        sealed, sent = parts(paper, exhibits, self.desk.export_to), list[int]()
        while (data := await apart(next, sealed, None)) is not None:
            name = f"berkas-{reference}.zip.age" if not sent else f"berkas-{reference}-{len(sent) + 1}.zip.age"
            sent.append(await self.bot.archive(progress.chat, data, name))
        return sent

    async def _exhibits(self, case: Case, progress: _Progress) -> list[Exhibit]:
        opened, found = case.opened, list[Exhibit]()
        count = len(opened.tip.enclosures)
        reading = shown(opened.tip.enclosures, opened.pieces, self.store)
        while (one := await apart(next, reading, None)) is not None:
            found.append(one)
            told: dict[str, Word] = {"reference": opened.card.reference, "at": len(found), "count": count}
            await progress.tell(Say("desk-export-reading", told), always=False)
        return found

    def _end(self, tx: Connection, chat: int, sent: list[int]) -> Collection[str]:
        """Note the last message: what is opened after it must not sweep it away."""
        room = self.desk.notes.room(tx)
        self.desk.notes.keep(tx, replace(room, marks={**room.marks, chat: max(sent)}))
        return self.desk.owe(tx, Sweeping(chat, tuple(sent[1:])), after=KEPT)


def _drawn(case: Case, exhibits: Sequence[Exhibit]) -> bytes:
    from bot.dossier.paper import draw  # noqa: PLC0415  # typst takes memory that a desk mostly does without

    return draw(case.sheet, exhibits)


def _nothing(_tx: Connection) -> Collection[str]:
    return ()
