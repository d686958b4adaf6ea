"""Which buttons stand below a card."""

from collections.abc import Iterator, Sequence

from handlers.desk.asking import TEMPLATES
from handlers.desk.card import Book, Card, Menu, Role, Sanction
from handlers.status import NEXT, Status

Row = tuple[str, ...]
BACK = ("back",)
REASONS = ("evidence", "mistake", "order")
# An alphabetical list of legal codes is read in rows of so many.
CODES_A_ROW = 4


def actions(card: Card, status: Status, book: Book | None = None) -> tuple[Row, ...]:
    """Name the buttons below a card, in rows."""
    match card.menu:
        case Menu.STATUS:
            rows = _moves(status, book or Book())
        case Menu.CLOSE:
            rows = [(after.value,) for after in Status if after in NEXT[status] and after.closed]
        case Menu.SANCTION:
            rows = [(f"sanction-{one}",) for one in Sanction]
        case Menu.REOPEN:
            rows = [(f"reopen-{reason}",) for reason in REASONS]
        case Menu.ASK:
            rows = [*_in_rows([f"ask-{name}" for name in TEMPLATES], 2), ("ask-send", "ask-write")]
        case Menu.EXPORT:
            rows = [("export-make",)]
        case Menu.MORE:
            rows = list(_more(card, book or Book()))
        case Menu.TIP:
            return tuple(_tip(card, status))
        case _:
            rows = _in_rows(list(labels(card, book or Book())), CODES_A_ROW if card.menu is Menu.TAG else 1)
    return (*rows, BACK)


def _tip(card: Card, status: Status) -> Iterator[Row]:
    yield ("release" if card.holder else "take", "open")
    if card.pending:
        yield ("agree", "refuse")
    elif not status.closed:
        yield ("ask", "status")
    yield ("reopen" if status.closed else "close", "more")
    if status is Status.PROVEN:
        yield ("sanction",)


def _moves(status: Status, book: Book) -> list[Row]:
    if status.closed:
        return [("reopen",)]
    onward = [("forward",)] if book.offices else []
    work = [after.value for after in Status if after in NEXT[status] and not after.closed]
    return [*((one,) for one in work if one != Status.ACKNOWLEDGED), *onward, ("close",)]


def _more(card: Card, book: Book) -> Iterator[Row]:
    yield ("note", "tag")
    yield ("twin", "exclude")
    if book.voices:
        yield ("transcribe",)
    yield ("export",)
    if card.before:
        yield ("undo",)


def labels(card: Card, book: Book) -> dict[str, str]:
    """Say what stands on buttons that are made of data and not of words."""
    match card.menu:
        case Menu.TAG:
            return {f"tag-{code.lower()}": code for code in book.codes}
        case Menu.TWIN:
            return {f"twin-{one.reference}": one.reference for one in (*card.twins, *book.alike)}
        case Menu.EXCLUDE:
            able = [one for one in book.officers if one.role is not Role.AUDITOR]
            return {f"exclude-{one.mark}": one.alias for one in able}
        case Menu.FORWARD:
            chosen = {f"send-{one.mark}": one.title for one in book.offices if one.name == card.onward}
            return {**{f"forward-{one.mark}": one.title for one in book.offices}, **chosen}
        case _:
            return {}


def ticked(card: Card, book: Book) -> frozenset[str]:
    """Name the buttons that show a tick."""
    excluded = [one.mark for one in book.officers if one.alias in card.excluded]
    onward = [one.mark for one in book.offices if one.name == card.onward]
    return frozenset(
        (
            *(f"ask-{name}" for name in card.ticked),
            *(f"tag-{code.lower()}" for code in card.codes),
            *(f"twin-{one.reference}" for one in card.twins),
            *(f"exclude-{mark}" for mark in excluded),
            *(f"forward-{mark}" for mark in onward),
            *((f"sanction-{card.sanction}",) if card.sanction else ()),
        )
    )


def _in_rows(names: Sequence[str], wide: int) -> list[Row]:
    return [tuple(names[start : start + wide]) for start in range(0, len(names), wide)]
