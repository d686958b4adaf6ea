"""Shows a whole tip to one officer in private, for a quarter of an hour, whatever dies meanwhile."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from bot.channels.base import Button, ChannelError
from bot.channels.desk import ALBUM, DeskBot
from bot.channels.exhibit import Exhibit
from bot.courier import Settle
from bot.desk import Desk
from bot.parcels import Sweeping
from bot.render import pieces
from bot.stores import apart
from handlers.messages import Kind, Say
from storage import outbox
from storage.committer import Committer
from storage.errors import Unreached

# An opened tip stays in an officer's private chat for so long, in seconds.
READING = 15 * 60
TEXT = 4000
# Telegram numbers what stands in a bot's private chats upwards: what was sent without our noting it, because the
# process died or the answer was lost, is among the next few numbers. What is not there is skipped.
AHEAD = 100
MOST = 1000


class Piece(Struct, frozen=True):
    """A piece of evidence to show; it is opened only when its turn comes, as twenty videos fit into no memory."""

    kind: str
    open: Callable[[], bytes]
    caption: str | None = None

    async def opened(self) -> Exhibit:
        return Exhibit(self.kind, await apart(self.open), self.caption)


class Shown(Struct, frozen=True):
    """What to show, in this order: the text's first pieces, the evidence, the text's last piece with the buttons."""

    say: Say
    evidence: tuple[Piece, ...]
    rows: list[list[Button]]


def albums(evidence: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Gather what is sent in one message: pictures by ten, anything else by itself."""
    pictures = [one for one in evidence if one.kind == Kind.IMAGE]
    others = [(one,) for one in evidence if one.kind != Kind.IMAGE]
    return [*(tuple(pictures[start : start + ALBUM]) for start in range(0, len(pictures), ALBUM)), *others]


def covered(since: int, sent: Sequence[int], ahead: int = AHEAD) -> tuple[int, ...]:
    """Number the messages to delete: all after `since`, the last one known of before, and what may follow unnoted."""
    first = since + 1 if since else next(iter(sent), 0)
    if not first:
        return ()
    last = (sent[-1] if sent else since) + ahead
    return tuple(range(max(first, last - MOST), last + 1))


@dataclass(frozen=True, slots=True)
class Reader:
    """Shows tips in one officer's chat, one after the other."""

    desk: Desk
    bot: DeskBot
    committer: Committer

    async def show(self, shown: Shown, chat: int, name: str) -> Settle:
        """Show it; before each message goes out, its deletion is owed. Raises Later or Never."""
        sweep, sent = f"sweep-{name}", list[int]()
        since, again = await self.committer.commit(lambda tx: self._begin(tx, chat, sweep))
        try:
            if again and (earlier := covered(since, ())):
                # It was being shown when the process died: what stands there of it goes first.
                await self.bot.delete(chat, earlier)
            for send in self._parts(shown, chat):
                sent.extend(await send())
                await self.committer.commit(lambda tx: self._sweep(tx, chat, covered(since, sent), sweep))
        except (ChannelError, Unreached):
            # It will be shown anew from the start: what was shown of it goes first.
            await self.committer.commit(lambda tx: self.desk.owe(tx, Sweeping(chat, tuple(sent))))
            raise
        return lambda tx: self._end(tx, chat, since, sent, sweep)

    def _parts(self, shown: Shown, chat: int) -> list[Callable[[], Awaitable[list[int]]]]:
        *before, last = pieces(self.desk.say(shown.say), TEXT)
        return [
            *(self._text(chat, text, []) for text in before),
            *(self._album(chat, album) for album in albums(shown.evidence)),
            self._text(chat, last, shown.rows),
        ]

    def _text(self, chat: int, text: str, rows: list[list[Button]]) -> Callable[[], Awaitable[list[int]]]:
        async def send() -> list[int]:
            return [await self.bot.say(chat, text, rows, protect=True)]

        return send

    def _album(self, chat: int, album: tuple[Piece, ...]) -> Callable[[], Awaitable[list[int]]]:
        async def send() -> list[int]:
            exhibits = [await one.opened() for one in album]
            several = len(exhibits) > 1
            return await self.bot.album(chat, exhibits) if several else [await self.bot.exhibit(chat, exhibits[0])]

        return send

    def _begin(self, tx: Connection, chat: int, sweep: str) -> tuple[int, bool]:
        since, again = self.desk.notes.room(tx).marks.get(chat, 0), outbox.untouched(tx, sweep)
        self._sweep(tx, chat, covered(since, ()), sweep)
        return since, again

    def _sweep(self, tx: Connection, chat: int, messages: tuple[int, ...], sweep: str) -> Collection[str]:
        return self.desk.owe(tx, Sweeping(chat, messages), name=sweep, after=READING)

    def _end(self, tx: Connection, chat: int, since: int, sent: Sequence[int], sweep: str) -> Collection[str]:
        room = self.desk.notes.room(tx)
        self.desk.notes.keep(tx, replace(room, marks={**room.marks, chat: sent[-1]}))
        return self._sweep(tx, chat, covered(since, sent, 0), sweep)
