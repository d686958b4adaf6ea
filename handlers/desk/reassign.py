"""A supervisor gives a late tip to another officer."""

from msgspec.structs import replace

from handlers.desk.card import Book, Card, Officer, Role
from handlers.desk.press import Done, now
from handlers.messages import Say
from handlers.status import Status


def able(card: Card, book: Book) -> tuple[Officer, ...]:
    """Name those to whom a tip can be given: whoever may act on it and does not hold it."""
    return book.others(card, card.holder)


def reassigned(card: Card, status: Status, mark: str, officer: Officer, book: Book) -> Done:
    """Give a late tip to the officer of this mark; whoever has read it meanwhile keeps it."""
    if officer.role is not Role.SUPERVISOR:
        return Done(card, status, Say("toast-supervisor"))
    if officer.alias in card.excluded:
        return Done(card, status, Say("toast-excluded"))
    if not card.is_late(status):
        return Done(card, status, Say("toast-not-late", {"reference": card.reference}))
    to = next((one for one in able(card, book) if one.mark == mark), None)
    if to is None:
        return Done(card, status, Say("toast-stale"))
    after = replace(card, holder=to.alias, before=now(card, status, officer))
    words = {"reference": card.reference, "holder": to.alias}
    return Done(after, status, Say("toast-reassigned", words), recorded=f"reassigned {to.alias}")
