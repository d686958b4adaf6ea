"""A desk's tips as a whole: what comes first, what is late, what is looked for, and how many there are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from handlers.desk.card import Card
from handlers.desk.clocks import ago, passed
from handlers.messages import Say, Term, Word
from handlers.status import Status

# Lines of one message: a phone shows them without much scrolling.
PAGE = 10
MOST_LATE = 30


class Entry(Struct, frozen=True):
    """One tip of the desk."""

    tip: str
    card: Card
    status: Status


def urgent(entries: Iterable[Entry]) -> list[Entry]:
    """Put open tips in order: happening now, then answers, then what nobody has read, then the rest; oldest first."""
    return sorted((one for one in entries if not one.status.closed), key=_urgency)


def _urgency(entry: Entry) -> tuple[bool, bool, bool, date, date, str]:
    card, unread = entry.card, entry.card.is_unread(entry.status)
    return not (card.live and unread), not card.answered, not unread, card.known or card.day, card.day, card.reference


def late(entries: Iterable[Entry], rung: int = 1) -> list[Entry]:
    """Name what nobody has read although somebody was to be told, the longest waiting first."""
    overdue = (one for one in entries if one.card.is_late(one.status, rung))
    return sorted(overdue, key=lambda one: (one.card.day, one.card.reference))


def is_meant(entry: Entry, sought: str, words: Sequence[str]) -> bool:
    """Whether every sought word stands in a tip's reference, place, holder or status, as officers read them."""
    card = entry.card
    there = " ".join((card.reference.replace("-", " "), card.reference, card.place, card.holder, *words)).casefold()
    return bool(sought.split()) and all(word in there for word in sought.casefold().split())


def line(entry: Entry, today: date) -> Term:
    """Say one tip in a list: no name but its holder's, no free text."""
    words: dict[str, Word] = {
        "reference": entry.card.reference,
        "what": Term(f"what-{entry.card.what}"),
        "place": entry.card.place or Term("nothing"),
        "status": Term(f"desk-status-{entry.status}"),
        "came": ago(passed(entry.card.day, today)),
    }
    return (
        Term("desk-line-held", {**words, "holder": entry.card.holder})
        if entry.card.holder
        else Term("desk-line", words)
    )


def late_say(entries: Sequence[Entry], today: date) -> Say:
    """Say what is late, in one message."""
    shown = tuple(line(one, today) for one in entries[:MOST_LATE])
    more = (Term("desk-more-lines", {"count": len(entries) - MOST_LATE}),) if len(entries) > MOST_LATE else ()
    return Say("desk-late", {"count": len(entries), "lines": (*shown, *more)})


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """Count tips: unread, open, answered, closed."""
    found = Counter[str]()
    for one in entries:
        found["closed" if one.status.closed else "open"] += 1
        found["unread"] += one.card.is_unread(one.status)
        found["answered"] += one.card.answered and not one.status.closed
    return {name: found[name] for name in ("unread", "open", "answered", "closed")}
