"""Shows one officer in private what they have asked for: a whole tip, a question that waits, a voice written down."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from bot import transcripts
from bot.channels.desk import DeskBot
from bot.courier import Settle
from bot.desk import Desk
from bot.opening import Reader, Shown
from bot.presses import proposed
from bot.reading import Reading, exhibits
from bot.whole import whole
from handlers.messages import Say
from storage.evidence import Store


@dataclass(frozen=True, slots=True)
class Showing:
    """Shows tips that were read. Every method raises Later or Never."""

    bot: DeskBot
    reading: Reading
    store: Store

    @property
    def desk(self) -> Desk:
        return self.reading.desk

    @property
    def _reader(self) -> Reader:
        return Reader(self.desk, self.bot, self.reading.committer)

    async def open(self, tip: str, chat: int, name: str) -> Settle:
        opened = await self.reading.read(tip)
        if opened is None:
            return _nothing
        rows = await self.reading.below(tip, opened.card, opened.status, private=True)
        near = await self.reading.committer.commit(lambda tx: proposed(self.desk, tx, tip, opened.card))
        shown = Shown(whole(opened, self.reading.places, near), exhibits(self.desk, self.store, opened), rows)
        return await self._reader.show(shown, chat, name)

    async def glimpse(self, tip: str, chat: int, name: str) -> Settle:
        """Show the question that waits, to somebody who may let it go out."""
        opened = await self.reading.read(tip)
        if opened is None or opened.card.pending is None:
            return _nothing
        rows = await self.reading.below(tip, opened.card, opened.status, private=True)
        words = {"reference": opened.card.reference, "text": opened.card.pending.text, "by": opened.card.pending.by}
        say = Say("desk-question-shown", words)
        return await self._reader.show(Shown(say, (), rows), chat, name)

    async def proof(self, tip: str, chat: int, name: str) -> Settle:
        """Show what was written of a voice, to whoever wrote it; they may have given it up meanwhile."""
        opened, room = await self.reading.read(tip), await self.reading.committer.commit(self.desk.notes.room)
        writing = room.writing.get(chat)
        if opened is None or writing is None or (writing.tip, bool(writing.text)) != (tip, True):
            return _nothing
        rows = transcripts.proof_buttons(self.desk, tip, opened.status, writing)
        shown = Shown(transcripts.proof(opened.card, writing), (), rows)
        return await self._reader.show(shown, chat, name)


def _nothing(_tx: Connection) -> Collection[str]:
    return ()
