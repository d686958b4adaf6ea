"""The officers' group as this desk speaks in it: at the platform's pace and, where it is a forum, in its own topic."""

import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import httpx
from msgspec.structs import replace
from sqlalchemy import Connection

from bot.channels.base import Button, Later, Never
from bot.channels.desk import DeskBot
from bot.channels.exhibit import Exhibit
from bot.channels.refusals import Lost, Moved, NoThread, Shut
from bot.desk import Desk
from bot.hygiene import Hygiene
from bot.logs import log
from bot.pace import Bucket
from handlers.desk import GENERAL
from storage.committer import Committer

# Seconds until a topic is tried again that the bot was not allowed to make, and until a closed group is.
REFUSED, AWAY = 600.0, 60.0

Rows = Sequence[Sequence[Button]]
T = TypeVar("T")


class Posted(NamedTuple):
    """Where a message stands: its group, its number there, and its topic."""

    group: int
    message: int
    topic: int


@dataclass(slots=True)
class Group:
    """Says and changes what the desk has to say to all its officers. Every method raises Later or Never.

    Telegram lists no topics to bots, so the desk's own is remembered by its id. A process that dies between making
    one and remembering it leaves an empty topic behind, and makes another.
    """

    desk: Desk
    bot: DeskBot
    committer: Committer
    bucket: Bucket
    hygiene: Hygiene = field(init=False)
    _wait: float = field(default=float("-inf"))
    _told: bool = False

    def __post_init__(self) -> None:
        self.hygiene = Hygiene(self.desk, self.bot, self.committer)

    async def is_clean(self) -> bool:
        """Whether everybody in it may read a card."""
        return await self._there(self.hygiene.is_clean)

    async def say(self, text: str, rows: Rows = (), *, thread: int | None = None) -> Posted:
        """Say it in a topic, or in the desk's own."""
        return await self._post(lambda group, topic: self.bot.say(group, text, rows, thread=topic), thread)

    async def album(self, pictures: Sequence[Exhibit], *, thread: int | None = None) -> Posted:
        """Show pictures in a topic, or in the desk's own."""

        async def show(group: int, topic: int) -> int:
            # Each picture counts; the first is counted by whoever posts.
            for _ in pictures[1:]:
                self.bucket.take()
            return (await self.bot.album(group, pictures, thread=topic))[0]

        return await self._post(show, thread)

    async def _post(self, do: Callable[[int, int], Awaitable[int]], thread: int | None) -> Posted:
        async def send(group: int) -> Posted:
            topic = await self._topic(group) if thread is None else thread
            self.bucket.take()
            try:
                message = await do(group, topic)
            except NoThread:
                if thread is not None:
                    raise
                await self._forget(group, topic)
                raise Later(0) from None
            except Shut:
                await self._reopen(group, topic)
                raise Later(0) from None
            return Posted(group, message, topic)

        return await self._there(send)

    async def change(self, message: int, text: str, rows: Rows) -> None:
        """Change what stands there. Raises Lost where it does not any more, or nobody may change it."""

        async def send(group: int) -> None:
            self.bucket.take()
            try:
                await self.bot.change(group, message, text, rows)
            except Shut as shut:
                raise Lost(shut.code) from None

        await self._there(send)

    async def _there(self, do: Callable[[int], Awaitable[T]]) -> T:
        """Do it where the group is now; follow it where it has moved."""
        group = await self.committer.commit(self.desk.room)
        try:
            return await do(group)
        except Moved as moved:
            to = moved.chat
        await self.committer.commit(lambda tx: self.desk.move(tx, to))
        raise Later(0)

    async def _topic(self, group: int) -> int:
        """Name the desk's topic, made where there is none yet; the General one in a group without topics."""
        if not await self.hygiene.is_forum(group):
            return GENERAL
        known = await self.committer.commit(lambda tx: self.desk.notes.room(tx).topic)
        if known or time.monotonic() < self._wait:
            return known
        self.bucket.take()
        try:
            made = await self.bot.create_topic(group, self.desk.words.say("desk-topic"))
        except Never as never:
            if never.halt or never.code == httpx.codes.FORBIDDEN:
                raise
            self._refused(never.code)
            return GENERAL
        self._wait, self._told = float("-inf"), False
        await self.committer.commit(lambda tx: self._remember(tx, group, made))
        return made

    def _refused(self, code: int) -> None:
        """Go on in the General topic, and tell the operator once."""
        self._wait = time.monotonic() + REFUSED
        if not self._told:
            log.error("topic-refused", code=code, why="the desk's bot may not manage topics: cards go to General")
        self._told = True

    def _remember(self, tx: Connection, group: int, topic: int) -> None:
        if self.desk.room(tx) == group:
            self.desk.notes.keep(tx, replace(self.desk.notes.room(tx), topic=topic))

    async def _forget(self, group: int, topic: int) -> None:
        """Post anew what stood in a topic that was deleted; in a group that has no topics any more nothing was."""
        self.hygiene.forget()
        if not await self.hygiene.is_forum(group):
            return
        log.info("topic-lost")
        await self.committer.commit(lambda tx: self._post_anew(tx, topic))

    def _post_anew(self, tx: Connection, topic: int) -> Collection[str]:
        self._remember(tx, self.desk.room(tx), GENERAL)
        return self.desk.post_anew(tx, self.desk.notes.unpost(tx, topic))

    async def _reopen(self, group: int, topic: int) -> None:
        """Open a topic that somebody closed; where that is refused too, have another, or wait."""
        try:
            await self.bot.reopen_topic(group, topic)
        except Never as never:
            if topic == GENERAL or never.halt:
                raise Later(AWAY, never.code) from None
            # Its cards stand there still: they are changed where they are, as long as they can be.
            await self.committer.commit(lambda tx: self._remember(tx, group, GENERAL))
