"""Keeps the cards in the officers' group as they should be: posted, changed, collected in a burst, taken down."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import nudges
from bot.alarms import owe_first
from bot.bursts import Bursts, untouched
from bot.channels.base import Button
from bot.channels.refusals import Lost
from bot.courier import Settle
from bot.desk import Desk
from bot.faces import blank, face
from bot.group import Group, Posted
from bot.parcels import Sweeping
from bot.reading import Reading
from bot.whole import Opened
from handlers.desk import Card, Handed, clock
from storage import tips


@dataclass(slots=True)
class Posting:
    """Brings one desk's cards to its group. Every method raises Later or Never."""

    group: Group
    reading: Reading
    bursts: Bursts
    # What this process last put on each of the group's messages.
    shown: dict[int, tuple[int, str, list[list[Button]]]] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return self.group.desk

    async def part(self, group: int, message: int, text: str) -> Settle:
        """Say below a card's name that its tip is another desk's now."""
        if group != await self.group.committer.commit(self.desk.room):
            return _nothing  # the group has another id now, and none of its old messages
        clean = await self.group.is_clean()
        self.shown.pop(message, None)
        with suppress(Lost):
            await self.group.change(message, text if clean else blank(self.desk.words), [])
        return _nothing

    async def card(self, tip: str, handed: Handed | None, *, answered: bool) -> Settle:
        """Post a card or change it; in a burst a new one that nobody has touched is collected instead."""
        opened = await self.reading.read(tip, handed)
        if opened is None:
            return _nothing
        new = opened.card.message == 0 and untouched(opened.card, opened.status) and not answered
        if instead := self._instead(tip, opened, new=new, told=answered or opened.card.answered):
            return instead
        clean = await self.group.is_clean()
        card = replace(opened.card, answered=answered or opened.card.answered)
        at = await self._post(tip, card, opened, clean=clean)
        if new:
            self.bursts.cadence.take()
        return lambda tx: self._posted(tx, tip, at, card, opened)

    def _instead(self, tip: str, opened: Opened, *, new: bool, told: bool) -> Settle | None:
        """Return what is done with a card that is not posted now, or None."""
        card = opened.card
        if card.message:
            return None
        if (opened.status.closed and not told) or (new and card.announced):
            return _nothing
        if new and (card.collected or not (card.live or self.bursts.cadence.allows())):
            return self.bursts.collect(tip)
        return None

    def _posted(self, tx: Connection, tip: str, at: Posted, card: Card, opened: Opened) -> Collection[str]:
        """Write only what this delivery knows: an officer may have pressed meanwhile."""
        lanes = set[str]()
        if tips.route(tx, tip) != self.desk.name:
            # It was handed on meanwhile: what was posted just now has no card any more.
            return self.desk.owe(tx, Sweeping(at.group, (at.message,))) if not opened.card.message else ()
        now = self.desk.notes.card(tx, tip) or card
        posted = at.message if self.desk.room(tx) == at.group else 0
        if posted and now.message not in {0, opened.card.message, posted}:
            # A press has made us know an earlier posting of the same card, whose answer had been lost.
            posted, other = max(posted, now.message), min(posted, now.message)
            lanes |= set(self.desk.owe(tx, Sweeping(at.group, (other,))))
        if not now.watched and card.is_unread(opened.status):
            lanes |= {*owe_first(self.desk, tx, tip, live=card.live), *nudges.count(self.desk, tx)}
            now = replace(now, watched=True)
        answered = card.answered or now.answered
        known = replace(now, message=posted, topic=at.topic, items=card.items, answered=answered)
        self.desk.notes.put(tx, tip, known)
        return lanes

    async def _post(self, tip: str, card: Card, opened: Opened, *, clean: bool) -> Posted:
        words = self.desk.words
        late = clock(card, self.desk.clock().date(), self.desk.deadlines)
        text = face(card, opened.status, words, late) if clean else blank(words)
        rows = await self.reading.below(tip, card, opened.status)
        face_ = (opened.group, text, rows)
        if card.message and self.shown.get(card.message) == face_:
            # A change to what stands there already would be refused.
            return Posted(opened.group, card.message, card.topic)
        at = await self._change_or_say(Posted(opened.group, card.message, card.topic), text, rows)
        self.shown[at.message] = (at.group, text, rows)
        return at

    async def _change_or_say(self, at: Posted, text: str, rows: list[list[Button]]) -> Posted:
        if at.message:
            with suppress(Lost):
                await self.group.change(at.message, text, rows)
                return at
        return await self.group.say(text, rows)


def _nothing(_tx: Connection) -> Collection[str]:
    return ()
