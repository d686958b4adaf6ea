"""What is urgent stands first in every list: happening now, answered, unread, the rest; the oldest first in each."""

from datetime import date, timedelta

from handlers.desk import Card, Entry, urgent
from handlers.status import Status

TODAY = date(2026, 11, 18)


def entry(
    name: str, status: Status = Status.RECEIVED, *, days: int = 0, live: bool = False, answered: bool = False
) -> Entry:
    day = TODAY - timedelta(days=days)
    return Entry(name, Card(name, "uang", "", day, items=0, live=live, answered=answered), status)


def test_the_queue_is_in_the_order_of_urgency() -> None:
    wanted = [
        entry("live", live=True),
        entry("answered, old", Status.TRACING, days=9, answered=True),
        entry("answered", Status.TRACING, answered=True),
        entry("unread, old", days=5),
        entry("unread"),
        entry("read, very old", Status.TRACING, days=20),
        entry("live, but read", Status.ACKNOWLEDGED, days=1, live=True),
    ]
    assert urgent(reversed(wanted)) == wanted


def test_what_is_closed_is_not_urgent() -> None:
    assert urgent([entry("closed", Status.SPAM, live=True, answered=True)]) == []
