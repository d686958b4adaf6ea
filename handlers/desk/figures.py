"""What a desk's tips look like from far away. Where fewer than five are behind a number, there is no number."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from statistics import median

from msgspec import Struct

from handlers.status import Status

# A number of fewer people than these could be about one of them.
LEAST = 5
WEEKS = 12
MOST_PLACES = 8
OLD = 7
# Days, each up to and with this many; what took longer is the last.
UP_TO = (0, 1, 3, 7)
SPANS = ("0", "1", "2-3", "4-7", "> 7")


class Life(Struct, frozen=True):
    """One tip as statistics see it: what, where, the day it came, how it stands, when it was first read and closed."""

    what: str
    place: str
    day: date
    status: Status
    read: date | None = None
    closed: date | None = None
    sanction: str = ""


class Spread(Struct, frozen=True):
    """How many days something took: the median, and how many tips there are in each of SPANS (None: too few)."""

    median: float
    counts: tuple[int | None, ...]


class Figures(Struct, frozen=True):
    """What may be shown. `weeks` are told by their Mondays; in all pairs too small a count is None or not there."""

    total: int
    weeks: tuple[tuple[date, int | None], ...]
    kinds: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    read: Spread | None
    closed: Spread | None
    old: int | None


def figures(lives: Sequence[Life], today: date) -> Figures | None:
    """Count a desk's tips; None where there are too few for any number. `old` is a share of open ones, in percent."""
    if len(lives) < LEAST:
        return None
    return Figures(
        total=len(lives),
        weeks=_weeks(lives, today),
        kinds=_common(lives, lambda one: one.what),
        places=_common((one for one in lives if one.place), lambda one: one.place)[:MOST_PLACES],
        statuses=_common(lives, lambda one: one.status),
        read=_spread([(one.read - one.day).days for one in lives if one.read]),
        closed=_spread([(one.closed - one.day).days for one in lives if one.closed]),
        old=_old([(today - one.day).days > OLD for one in lives if not one.status.closed]),
    )


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(lives: Iterable[Life], today: date) -> tuple[tuple[date, int | None], ...]:
    found = Counter(monday(one.day) for one in lives)
    mondays = (monday(today) - timedelta(weeks=back) for back in reversed(range(WEEKS)))
    return tuple((day, _enough(found[day])) for day in mondays)


def _enough(count: int) -> int | None:
    return None if 0 < count < LEAST else count


def _common(lives: Iterable[Life], name: Callable[[Life], str]) -> tuple[tuple[str, int], ...]:
    return tuple((key, count) for key, count in Counter(map(name, lives)).most_common() if count >= LEAST)


def _spread(days: Sequence[int]) -> Spread | None:
    if len(days) < LEAST:
        return None
    places = Counter(next((at for at, most in enumerate(UP_TO) if one <= most), len(UP_TO)) for one in days)
    return Spread(median(days), tuple(_enough(places[at]) for at in range(len(SPANS))))


def _old(old: Sequence[bool]) -> int | None:
    """Say the share in percent; none where it would be about a few, on either side."""
    if len(old) < LEAST or any(_enough(some) is None for some in (sum(old), len(old) - sum(old))):
        return None
    return round(100 * sum(old) / len(old))
