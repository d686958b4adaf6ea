"""When more tips come than the group takes messages: many in one, the oldest first, none dropped, none twice.

News of new tips goes out in even steps, 4 seconds at Telegram's 20 messages a minute: whatever has come meanwhile is
one message, so that nobody waits longer than a step as long as its lines hold them all. Once they do not, digests take
all of the pace, 3 seconds each, and never more: a message too many would hold up whoever only gathers tips.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import nudges
from bot.alarms import owe_first
from bot.courier import Settle
from bot.desk import Desk
from bot.group import Group, Posted
from bot.pace import Cadence
from bot.page import work
from bot.parcels import CardDue, Digest
from handlers.desk import Card, line, urgent
from handlers.messages import Say, Term
from handlers.status import Status
from storage.committer import Committer

# Lines of one digest, well below what Telegram takes in a message.
LINES = 40


def untouched(card: Card, status: Status) -> bool:
    """Whether nobody has acted on a tip: then a line in a digest is all that its group needs."""
    return card.is_unread(status) and not card.holder and not card.answered and not card.pending and not card.menu


@dataclass(slots=True)
class Bursts:
    """Gathers new tips, and tells of them together."""

    desk: Desk
    group: Group
    committer: Committer
    cadence: Cadence = field(init=False)
    _behind: bool = False

    def __post_init__(self) -> None:
        self.cadence = Cadence(self.group.bucket)

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
        """Owe it at the end of this step: more tips must not put it off for ever."""
        now, bucket = self.desk.clock().timestamp(), self.group.bucket
        every = bucket.seconds / bucket.most if self._behind else self.cadence.every
        due = max((now // every + 1) * every, now + bucket.wait())
        return self.desk.owe(tx, Digest(), name=f"digest-{self.desk.name}-{due:.3f}", after=due - now)

    async def tell(self, *, clean: bool) -> Settle:
        """Post the next digest; in a group that is not clean it says only how many. Raises Later or Never."""
        waiting = urgent(await self.committer.commit(lambda tx: self.desk.entries(tx, _waits)))
        self._behind = len(waiting) > LINES
        if not waiting:
            return lambda _tx: ()
        if len(waiting) == 1 and self.cadence.allows():
            return lambda tx: self._release(tx, waiting[0].tip)
        shown, today = waiting[:LINES], self.desk.clock().date()
        lines = tuple(line(one, today) for one in shown) if clean else (Term("desk-unclean-group"),)
        say = Say("desk-digest", {"count": len(shown), "lines": lines})
        posted = await self.group.say(self.desk.say(say), work(self.desk))
        self.cadence.take()
        return lambda tx: self._told(tx, [one.tip for one in shown], posted)

    def _release(self, tx: Connection, tip: str) -> Collection[str]:
        """Give the only one that waits a card of its own after all."""
        if card := self.desk.notes.card(tx, tip):
            self.desk.notes.put(tx, tip, replace(card, collected=False))
        return self.desk.owe(tx, CardDue(tip))

    def _told(self, tx: Connection, tips: Collection[str], posted: Posted) -> Collection[str]:
        for tip in tips:
            if card := self.desk.notes.card(tx, tip):
                self.desk.notes.put(tx, tip, replace(card, announced=posted.message, topic=posted.topic))
        return self._owe_digest(tx) if self._behind else ()


def _waits(card: Card) -> bool:
    return card.collected and not card.announced and not card.message
