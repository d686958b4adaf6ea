"""The desk's room: hears officers, decides by the handlers, commits, and only then tells anybody."""

import functools
from collections.abc import Callable, Collection

from msgspec import Raw
from sqlalchemy import Connection

from bot import list_presses, talk
from bot.channels.base import ChannelError
from bot.channels.desk import DeskBot
from bot.channels.desk_update import Heard, MovedTo, Pressed, Wrote, decode
from bot.channels.telegram_update import number
from bot.desk import Desk
from bot.logs import log
from bot.outage import outlast
from bot.presses import NOT_YOURS, Answer, decide
from handlers.messages import Say
from storage.committer import Committer
from storage.database import is_down

# An update that fails this often would block the queue for good: it is set aside, and its presser told.
POISON = 3


class Room:
    """Hears officers, one update after the other."""

    def __init__(self, desk: Desk, bot: DeskBot, committer: Committer, wake: Callable[[Collection[str]], None]) -> None:
        self._desk = desk
        self._bot = bot
        self._committer = committer
        self._wake = wake

    async def take_all(self, raws: list[Raw]) -> int | None:
        """Handle updates in their order; return the number up to which they are handled for good."""
        for raw in raws:
            if heard := decode(raw):
                await outlast(functools.partial(self.take, heard))
        return max((at for raw in raws if (at := number(raw)) is not None), default=None)

    async def take(self, heard: Heard) -> None:
        """Handle one update; returns once what it led to is durable.

        Raises sqlalchemy's OperationalError when nobody can write now: do not acknowledge, try again later.
        """
        for attempt in range(1, POISON + 1):
            try:
                await self._take(heard)
            except Exception as error:
                if is_down(error):
                    raise
                log.error("desk-update-failed", error=error, attempts=attempt)
            else:
                return
        if isinstance(heard, Pressed):
            await self._tell(heard, Answer(Say("toast-our-fault")))

    async def _take(self, heard: Heard) -> None:
        match heard:
            case Pressed():
                await self._pressed(heard)
            case MovedTo():
                self._wake(await self._committer.commit(lambda tx: self._moved(tx, heard)))
            case Wrote():
                await self._wrote(heard)

    def _moved(self, tx: Connection, moved: MovedTo) -> Collection[str]:
        return self._desk.move(tx, moved.new) if moved.old == self._desk.room(tx) else ()

    async def _pressed(self, pressed: Pressed) -> None:
        try:
            here = not pressed.private or await self._is_here(pressed.user)
        except ChannelError as error:
            # Nothing was done: whoever pressed sees no toast, and presses again.
            log.info("press-lost", code=error.code)
            return
        how = list_presses.decide if list_presses.is_list(self._desk, pressed) else decide
        answer = await self._committer.commit(lambda tx: how(self._desk, tx, pressed) if here else NOT_YOURS)
        self._wake(answer.lanes)
        await self._tell(pressed, answer)

    async def _tell(self, pressed: Pressed, answer: Answer) -> None:
        url = f"https://t.me/{self._bot.username}?start=buka" if answer.start_first else None
        try:
            await self._bot.answer(pressed.query, self._desk.say(answer.toast), url=url)
            if answer.below and pressed.private:
                rows = self._desk.buttons.below(*answer.below, answer.book, private=True)
                await self._bot.change_buttons(pressed.chat, pressed.message, rows)
        except ChannelError as error:
            # The press is committed; only its toast is late (they live 150 s), and the card will show it.
            log.info("toast-lost", code=error.code)

    async def _is_here(self, user: int) -> bool:
        """Whether an officer is in the group still: Telegram sees to that there, but not in a private chat."""
        if user not in self._desk.officers:
            return False
        return await self._bot.is_member(await self._committer.commit(self._desk.room), user)

    async def _wrote(self, wrote: Wrote) -> None:
        reply = await self._committer.commit(lambda tx: talk.reply(self._desk, tx, wrote))
        self._wake(reply.lanes)
        if reply.say is None:
            return
        try:
            message = await self._bot.say(wrote.chat, self._desk.say(reply.say), thread=wrote.thread)
        except ChannelError as error:
            log.info("reply-lost", code=error.code)
            return
        if wrote.private:
            await outlast(lambda: self._committer.commit(lambda tx: talk.mark(self._desk, tx, wrote.chat, message)))
