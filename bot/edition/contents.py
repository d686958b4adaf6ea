"""What the transparency page says: tables made safe, one by one, and two medians.

There are no tables of two things at once (kinds in places, say): sums along both sides would be one more way to work
out a small cell.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from msgspec import Struct

from handlers.desk import Sanction
from handlers.desk.figures import LEAST, Life
from handlers.desk.suppression import Table, table
from handlers.report import WHAT
from handlers.status import CLOSED, Status

OPEN, UNKNOWN = "open", "unknown"
TABLES = ("months", "kinds", "places", "outcomes", "sanctions")


class Edition(Struct, frozen=True):
    """One edition of the page, over tips that came up to and with the day `until`.

    `tables` holds what may be published of TABLES; `read` and `closed` are medians in days, none over fewer than five.
    """

    office: str
    until: date
    total: int | None
    tables: dict[str, Table]
    read: float | None
    closed: float | None


def last_month(today: date) -> date:
    """Say the last day of the month before: an unfinished month would tell, edition by edition, who came when."""
    return today.replace(day=1) - timedelta(days=1)


def edition(office: str, lives: Sequence[Life], places: Iterable[str], until: date) -> Edition:
    """Put an edition together."""
    told = [one for one in lives if one.day <= until]
    cells = {
        "months": _counted(_months(told), told, lambda one: f"{one.day:%Y-%m}"),
        "kinds": _counted(WHAT.values, told, lambda one: one.what),
        "places": _counted((*places, UNKNOWN), told, lambda one: one.place or UNKNOWN),
        "outcomes": _counted((OPEN, *sorted(CLOSED)), told, lambda one: one.status if one.status.closed else OPEN),
    }
    found = {name: table(counts) for name, counts in cells.items()}
    if (outcomes := found["outcomes"]) and Status.PROVEN in outcomes.cells:
        # Its total is published already, as a cell of the table above.
        proven = [one for one in told if one.status is Status.PROVEN]
        found["sanctions"] = table(_counted((*Sanction, UNKNOWN), proven, lambda one: one.sanction or UNKNOWN))
    tables = {name: one for name, one in found.items() if one and one.cells}
    return Edition(
        office,
        until,
        len(told) if len(told) >= LEAST else None,
        tables,
        _median([(one.read - one.day).days for one in told if one.read]),
        _median([(one.closed - one.day).days for one in told if one.closed]),
    )


def _counted(names: Iterable[str], lives: Iterable[Life], name: Callable[[Life], str]) -> Mapping[str, int]:
    """Count every cell that could be there; what is there besides counts as well."""
    found = Counter(str(name(one)) for one in lives)
    return {**{str(one): 0 for one in names}, **found}


def _months(lives: Sequence[Life]) -> list[str]:
    if not lives:
        return []
    first, last = (12 * day.year + day.month - 1 for day in (min(it.day for it in lives), max(it.day for it in lives)))
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(first, last + 1)]


def _median(days: Sequence[int]) -> float | None:
    return float(median(days)) if len(days) >= LEAST else None
