"""The one reminder of a draft that nobody goes on with: owed with every message, put off by the next one."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot import render
from bot.channels.base import Reporter
from bot.parcels import REMIND, Bubble, Reminding, packed
from handlers import reminder
from handlers.answers import Draft
from handlers.scene import Fresh
from locales import catalogue
from storage import outbox

if TYPE_CHECKING:
    from bot.turn import House


def put_off(house: "House", tx: Connection, who: Reporter, draft: Draft, now: datetime) -> frozenset[str]:
    """Owe the reminder of this draft in the place of an earlier one, or none; return the lanes to wake."""
    names = [f"{REMIND}-{mark.hex()}" for mark in house.conversations.marks(who, REMIND, now)]
    outbox.settle(tx, names)
    due = reminder.next_due(draft, Fresh(now, house.scenes[who.channel]))
    if due is None:
        return frozenset()
    data = packed(Reminding(who.channel, who.id, draft.touched))
    outbox.owe(tx, names[0], REMIND, house.wrapper.to_draft(data, names[0], now), due.timestamp())
    return frozenset((REMIND,))


def remind(house: "House", tx: Connection, who: Reporter, touched: int) -> frozenset[str]:
    """Owe the words themselves, where nobody has written since; return the lanes to wake.

    The draft is not written again: that would keep it, and its key, a day longer.
    """
    now = house.clock()
    draft = house.conversations.load(tx, who, now).draft
    say = reminder.remind(draft, touched, Fresh(now, house.scenes[who.channel]))
    if say is None:
        return frozenset()
    [shown] = render.show(say, catalogue(draft.language), house.limits[who.channel])
    name = secrets.token_urlsafe(12)
    payload = house.wrapper.to_draft(packed(Bubble(who.channel, who.id, shown)), name, now)
    outbox.owe(tx, name, who.channel, payload, now.timestamp(), house.way(who, now))
    return frozenset((who.channel,))
