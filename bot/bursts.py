"""When more tips come than the group takes messages: many in one, the oldest first, none dropped, none twice."""

from collections.abc import Collection
from dataclasses import dataclass

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import nudges
from bot.alarms import owe_first
from bot.courier import Settle
from bot.desk import Desk
from bot.group import Group, Posted
from bot.page import work
from bot.parcels import Digest
from handlers.desk import Card, Entry, line, urgent
from handlers.messages import Say, Term
from handlers.status import Status
from storage.committer import Committer

# Lines of one digest, well below what Telegram takes in a message.
LINES = 40
# Seconds in which a burst becomes one message.
TOGETHER = 30
# The part of the group's pace that new cards leave to digests, changes and answers.
RESERVE = 4


def untouched(card: Card, status: Status) -> bool:
    """Whether nobody has acted on a tip: then a line in a digest is all that its group needs."""
    return card.is_unread(status) and not card.holder and not card.answered and not card.pending and not card.menu


@dataclass(frozen=True, slots=True)
class Bursts:
    """Gathers new tips, and tells of them together."""

    desk: Desk
    group: Group
    committer: Committer

    def crowded(self) -> bool:
        """Whether a new card would take from what the group needs for the rest."""
        bucket = self.group.bucket
        return bucket.left() <= bucket.most // RESERVE

    def collect(self, tip: str) -> Settle:
        """Leave a new tip to the next digest."""

        def settle(tx: Connection) -> Collection[str]:
            desk, entry = self.desk, self.desk.entry(tx, tip)
            if entry is None:
                return ()
            lanes = set[str]()
            if not entry.card.watched:
                lanes |= {*owe_first(desk, tx, tip, live=entry.card.live), *nudges.count(desk, tx)}
            desk.notes.put(tx, tip, replace(entry.card, collected=True, watched=True))
            return {*lanes, *self._owe_digest(tx)}

        return settle

    def _owe_digest(self, tx: Connection) -> Collection[str]:
        """Owe it at the end of this half minute: more tips must not put it off for ever."""
        now = self.desk.clock().timestamp()
        slot = int(now // TOGETHER) + 1
        return self.desk.owe(tx, Digest(), name=f"digest-{self.desk.name}-{slot}", after=slot * TOGETHER - now)

    async def tell(self, *, clean: bool) -> Settle:
        """Post the next digest; in a group that is not clean it says only how many. Raises Later or Never."""
        entries = await self.committer.commit(self.desk.entries)
        waiting = [one for one in urgent(entries) if _waits(one)]
        if not waiting:
            return lambda _tx: ()
        shown, today = waiting[:LINES], self.desk.clock().date()
        lines = tuple(line(one, today) for one in shown) if clean else (Term("desk-unclean-group"),)
        say = Say("desk-digest", {"count": len(shown), "lines": lines})
        posted = await self.group.say(self.desk.say(say), work(self.desk))
        return lambda tx: self._told(tx, [one.tip for one in shown], posted, more=len(waiting) > len(shown))

    def _told(self, tx: Connection, tips: Collection[str], posted: Posted, *, more: bool) -> Collection[str]:
        for tip in tips:
            if card := self.desk.notes.card(tx, tip):
                self.desk.notes.put(tx, tip, replace(card, announced=posted.message, topic=posted.topic))
        return self.desk.owe(tx, Digest(), name=f"digest-{self.desk.name}-more") if more else ()


def _waits(entry: Entry) -> bool:
    card = entry.card
    return card.collected and not card.announced and not card.message and not entry.status.closed
