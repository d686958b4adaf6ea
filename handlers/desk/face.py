"""What the group sees of a tip: no name, no free text, nothing more exact than a day."""

from handlers.desk.card import Card
from handlers.messages import Say, Term, Word
from handlers.status import Status


def summary(card: Card, status: Status, clock: Term | str = "") -> Say:
    """Say the card."""
    words: dict[str, Word] = {
        "reference": card.reference,
        "what": Term(f"what-{card.what}"),
        "place": card.place or Term("nothing"),
        "day": card.day,
        "items": card.items,
        "status": Term(f"desk-status-{status}"),
        "holder": card.holder or Term("nobody"),
        "live": Term("card-live") if card.live else "",
        "news": _news(card, status),
        "clock": clock,
    }
    return Say("card", words)


def _news(card: Card, status: Status) -> Term | str:
    """Say the one thing that an officer should look at now."""
    if status is Status.WITHDRAWN:
        return Term("card-withdrawn")
    if card.answered:
        return Term("card-answered")
    if card.pending:
        return Term("card-pending")
    # Nobody waits for an answer to a tip that is closed; one that comes is told of all the same.
    return Term("card-awaiting") if card.awaiting and not status.closed else ""
