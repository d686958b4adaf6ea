"""One neutral word before a draft that nobody goes on with is wiped: when it is said, and whether it still may be."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from msgspec.structs import replace

from handlers.answers import Draft
from handlers.messages import Say
from handlers.rest import GO, WIPE, unsent
from handlers.scene import Fresh

# On the clock of the place: nobody's phone lights up at night.
FIRST, LAST = time(7), time(20)
NIGHT: Final = time(21)
BEFORE = timedelta(hours=3)
# So much before a channel's window closes, for what is delivered late.
MARGIN = timedelta(hours=1)


def wiped(last: datetime) -> datetime:
    """Say when a draft is gone whose last word came then: with its row or with its key, whichever goes first.

    The row goes with the second midnight of the place, the key with the second midnight of UTC (storage/keyring.py).
    """
    here, there = _midnight(last) + timedelta(days=2), _midnight(last.astimezone(UTC)) + timedelta(days=2)
    return min(here, there).astimezone(last.tzinfo)


def due(last: datetime, window: int) -> datetime:
    """Say when to remind: by day, hours before the wipe, and while a channel with a `window` (hours) lets us write."""
    latest = wiped(last) - BEFORE
    if window:
        latest = min(latest, last + timedelta(hours=window) - MARGIN)
    if latest.time() < FIRST:
        latest -= timedelta(days=1)
        return datetime.combine(latest, LAST, latest.tzinfo)
    # To the hour: how it stands in the outbox says no more of when somebody wrote.
    return min(latest.replace(minute=0, second=0, microsecond=0), datetime.combine(latest, LAST, latest.tzinfo))


def noted(before: Draft, after: Draft, fresh: Fresh) -> Draft:
    """Note that a reminder was due before this message came: there is never a second one for the same report."""
    if not unsent(after):
        return replace(after, reminded=False)
    if not unsent(before) or not before.touched or fresh.now < due(_last(before, fresh), fresh.scene.window):
        return after
    return replace(after, reminded=True)


def next_due(draft: Draft, fresh: Fresh) -> datetime | None:
    """Say when this draft's reminder is due; none where there is nothing to remind of, or it was once due before."""
    if not unsent(draft) or draft.reminded or not draft.touched:
        return None
    return due(_last(draft, fresh), fresh.scene.window)


def remind(draft: Draft, touched: int, fresh: Fresh) -> Say | None:
    """Say it, where the draft was not touched since, the hour is decent and the channel still lets us write."""
    if draft.touched != touched or next_due(draft, fresh) is None:
        return None
    last, now = _last(draft, fresh), fresh.now
    window = timedelta(hours=fresh.scene.window) if fresh.scene.window else timedelta.max
    if now - last >= window or not FIRST <= now.time() < NIGHT:
        return None
    return Say("remind", {"day": (wiped(last) - timedelta(seconds=1)).date()}, (GO, WIPE))


def _last(draft: Draft, fresh: Fresh) -> datetime:
    return datetime.fromtimestamp(draft.touched * 60, fresh.now.tzinfo)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment, time(), moment.tzinfo)
