"""Whether the group is what it should be: closed to copying, nobody in it but who is on the roster; and what it is."""

import time
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.channels.desk import DeskBot
from bot.desk import Desk
from bot.logs import log
from bot.parcels import Note
from handlers.messages import Say
from storage.committer import Committer

# Seconds for which a look into the group holds; a burst of cards must not become a burst of questions.
HOLDS = 30.0


@dataclass(slots=True)
class Hygiene:
    """Looks before a card goes out. Telegram tells bots how many are in a group, and of whom they know the id."""

    desk: Desk
    bot: DeskBot
    committer: Committer
    _looked: float = field(default=float("-inf"))
    _clean: bool = True
    _forum: bool = False
    _group: int = 0

    async def is_clean(self, group: int) -> bool:
        """Whether a card may show what it shows. Raises Later or Never."""
        await self._look(group)
        return self._clean

    async def is_forum(self, group: int) -> bool:
        """Whether it has topics. Raises Later or Never."""
        await self._look(group)
        return self._forum

    def forget(self) -> None:
        """Look again when somebody asks."""
        self._looked = float("-inf")

    async def _look(self, group: int) -> None:
        if group == self._group and time.monotonic() - self._looked < HOLDS:
            return
        count, protected, self._forum = await self.bot.gathering(group)
        here = [await self.bot.is_member(group, user) for user in self.desk.officers]
        was, self._clean = self._clean, protected and count == sum(here) + 1
        self._group, self._looked = group, time.monotonic()
        if was and not self._clean:
            log.error("group-unclean", count=count - sum(here) - 1, why="strangers in the group, or contents to copy")
            await self.committer.commit(self._tell)
        elif self._clean and not was:
            await self.committer.commit(self._show_again)

    def _show_again(self, tx: Connection) -> None:
        """Cards that went out blank may show again what they are about."""
        for entry in self.desk.entries(tx):
            if entry.card.message and not entry.status.closed:
                self.desk.owe_refresh(tx, entry.tip)

    def _tell(self, tx: Connection) -> None:
        chats = self.desk.notes.room(tx).chats
        for chat in self.desk.supervisors():
            if chat in chats:
                self.desk.owe(tx, Note(chat, self.desk.say(Say("desk-unclean"))), name=f"unclean-{chat}")
