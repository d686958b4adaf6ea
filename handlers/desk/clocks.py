"""How long a tip has waited, in words: since its event became known, and since it came in. Never a refusal."""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from handlers.desk.card import Card
from handlers.messages import Term, Word

# So many days before a formal report's last day the card says that it is near.
NEAR = 2
_SATURDAY = 5


class Alarms(Struct, frozen=True):
    """Hours until somebody is told that a tip was not read: at all, then the supervisor, then again and again.

    `live` is for what is happening right now.
    """

    live: float = 2
    group: float = 24
    supervisor: float = 48
    again: float = 24


class Deadlines(Struct, frozen=True):
    """A context's rules: within how many days a formal report must be made (0: no such rule), and the alarms."""

    report: int = 0
    working: bool = False
    alarms: Alarms = Alarms()
    rule: str = ""
    source: str = ""
    confidence: str = ""


class Calendar(Struct, frozen=True):
    """All contexts, and the day the rules were last looked up."""

    checked: date
    contexts: Mapping[str, Deadlines]
    note: str = ""


def passed(since: date, today: date, *, working: bool = False) -> int:
    """Count the days from one day to another, on request without Saturdays and Sundays; holidays count."""
    days = max(0, (today - since).days)
    if not working:
        return days
    weeks, rest = divmod(days, 7)
    return 5 * weeks + sum((since + timedelta(days=one)).weekday() < _SATURDAY for one in range(1, rest + 1))


def ago(days: int) -> Term:
    """Say how long ago something was, in whole days."""
    return Term("desk-ago", {"count": days})


def clock(card: Card, today: date, deadlines: Deadlines) -> Term:
    """Say both counters, and whether a formal report can still be made."""
    known, came = passed(card.known or card.day, today), passed(card.day, today)
    words: dict[str, Word] = {"known": ago(known), "came": ago(came)}
    if not deadlines.report:
        return Term("card-clock", words)
    left = deadlines.report - passed(card.known or card.day, today, working=deadlines.working)
    limited = {**words, "limit": deadlines.report}
    if left < 0:
        return Term("card-clock-past", limited)
    return Term("card-clock-near" if left <= NEAR else "card-clock-open", limited)
