"""An officer acts on a tip: what the card says, what stands below it, and who may do what."""

from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from handlers.messages import Say, Term, Word
from handlers.status import NEXT, Status, may_follow


class Role(StrEnum):
    """What somebody at the desk may do. An auditor reads the audit and opens nothing."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


class Officer(Struct, frozen=True):
    """Somebody on the signed roster of this desk."""

    alias: str
    role: Role


class Menu(StrEnum):
    """Which buttons stand below a card."""

    TIP = ""
    STATUS = "status"
    CLOSE = "close"


class Card(Struct, frozen=True):
    """What a desk knows of a tip without opening it, and what its group sees of it."""

    reference: str
    what: str
    place: str
    day: date
    items: int
    live: bool = False
    holder: str = ""
    menu: Menu = Menu.TIP
    message: int = 0
    answered: bool = False


class Act(StrEnum):
    """What a button below a card does, besides the statuses."""

    TAKE = "take"
    RELEASE = "release"
    OPEN = "open"
    STATUS = "status"
    CLOSE = "close"
    BACK = "back"


class Done(Struct, frozen=True):
    """What a press led to. `toast` is told to the presser alone."""

    card: Card
    status: Status
    toast: Say
    opened: bool = False
    recorded: str = ""


STATUSES = frozenset(status.value for status in Status)
MENU = {Act.STATUS: Menu.STATUS, Act.CLOSE: Menu.CLOSE, Act.BACK: Menu.TIP}


def press(card: Card, status: Status, action: str, officer: Officer) -> Done:
    """Decide what one press does. Whoever gets here is on the roster and in the group."""
    if officer.role is Role.AUDITOR:
        return Done(card, status, Say("toast-auditor"))
    match action:
        case Act.TAKE:
            return _take(card, status, officer)
        case Act.RELEASE:
            return _release(card, status, officer)
        case Act.OPEN:
            after = Status.ACKNOWLEDGED if status is Status.RECEIVED else status
            card = replace(card, answered=False)
            return Done(card, after, Say("toast-opened"), opened=True, recorded="opened")
        case Act.STATUS | Act.CLOSE | Act.BACK:
            return Done(replace(card, menu=MENU[Act(action)]), status, Say("toast-menu"))
        case _:
            return _move(card, status, action, officer)


def _take(card: Card, status: Status, officer: Officer) -> Done:
    if card.holder and card.holder != officer.alias:
        return Done(card, status, Say("toast-held", {"holder": card.holder}))
    return Done(replace(card, holder=officer.alias), status, Say("toast-taken"), recorded="taken")


def _release(card: Card, status: Status, officer: Officer) -> Done:
    if not _commands(card, officer):
        return Done(card, status, Say("toast-held", {"holder": card.holder}))
    return Done(replace(card, holder=""), status, Say("toast-released"), recorded="released")


def _move(card: Card, status: Status, action: str, officer: Officer) -> Done:
    if action not in STATUSES or not may_follow(status, Status(action)):
        return Done(card, status, Say("toast-stale"))
    if not _commands(card, officer):
        return Done(card, status, Say("toast-held", {"holder": card.holder}))
    after = Status(action)
    words = {"status": Term(f"desk-status-{after}")}
    return Done(replace(card, menu=Menu.TIP), after, Say("toast-status", words), recorded=action)


def _commands(card: Card, officer: Officer) -> bool:
    return card.holder in ("", officer.alias) or officer.role is Role.SUPERVISOR


def actions(card: Card, status: Status) -> tuple[tuple[str, ...], ...]:
    """Name the buttons below a card, in rows."""
    following = NEXT[status]
    match card.menu:
        case Menu.STATUS:
            work = tuple(after.value for after in Status if after in following and not after.closed)
            closing = (Act.CLOSE.value,) if any(after.closed for after in following) else ()
            return (*((one,) for one in work if one != Status.ACKNOWLEDGED), closing, (Act.BACK.value,))
        case Menu.CLOSE:
            return (
                *((after.value,) for after in Status if after in following and after.closed),
                (Act.BACK.value,),
            )
        case _:
            take = Act.RELEASE if card.holder else Act.TAKE
            return ((take.value, Act.OPEN.value), (Act.STATUS.value,))


def summary(card: Card, status: Status) -> Say:
    """Say the card: no name, no free text."""
    words: dict[str, Word] = {
        "reference": card.reference,
        "what": Term(f"what-{card.what}"),
        "place": card.place or Term("nothing"),
        "day": card.day,
        "items": card.items,
        "status": Term(f"desk-status-{status}"),
        "holder": card.holder or Term("nobody"),
        "live": Term("card-live") if card.live else "",
        "answered": Term("card-answered") if card.answered else "",
    }
    return Say("card", words)
