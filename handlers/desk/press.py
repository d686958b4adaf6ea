"""What one press does: decided by the card, the status, and who pressed."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from handlers.desk.asking import TEMPLATES, letter
from handlers.desk.below import REASONS
from handlers.desk.card import Before, Book, Card, Menu, Officer, Role, Sanction, commands
from handlers.messages import Say, Term
from handlers.status import Status, may_follow


class Act(StrEnum):
    """What a button below a card does, besides the statuses and what is made of data."""

    TAKE = "take"
    RELEASE = "release"
    OPEN = "open"
    STATUS = "status"
    CLOSE = "close"
    SANCTION = "sanction"
    REOPEN = "reopen"
    ASK = "ask"
    ASK_SEND = "ask-send"
    ASK_WRITE = "ask-write"
    AGREE = "agree"
    REFUSE = "refuse"
    MORE = "more"
    NOTE = "note"
    TAG = "tag"
    TWIN = "twin"
    EXCLUDE = "exclude"
    FORWARD = "forward"
    EXPORT = "export"
    EXPORT_MAKE = "export-make"
    UNDO = "undo"
    TRANSCRIBE = "transcribe"
    REWRITE = "rewrite"
    KEEP = "keep"
    BACK = "back"


class Done(Struct, frozen=True):
    """What a press led to. `toast` is told to the presser alone.

    `opened`: show them the tip; `glimpsed`: the question that waits; `writing`: what they type next, in private, is a
    question, a note or the words of a `voice`; `letter`: what goes to the reporter, as templates or as typed; `twin`:
    the tip linked or freed; `kept`: what they wrote of a voice stands for it from now on; `onward`: its new desk;
    `exported`: make them its dossier.
    """

    card: Card
    status: Status
    toast: Say
    opened: bool = False
    recorded: str = ""
    glimpsed: bool = False
    writing: str = ""
    letter: tuple[Term | str, ...] = ()
    twin: str = ""
    voice: str = ""
    kept: bool = False
    onward: str = ""
    exported: bool = False


STATUSES = frozenset(status.value for status in Status)
MENU = {
    Act.STATUS: Menu.STATUS,
    Act.CLOSE: Menu.CLOSE,
    Act.SANCTION: Menu.SANCTION,
    Act.REOPEN: Menu.REOPEN,
    Act.ASK: Menu.ASK,
    Act.MORE: Menu.MORE,
    Act.TAG: Menu.TAG,
    Act.TWIN: Menu.TWIN,
    Act.EXCLUDE: Menu.EXCLUDE,
    Act.FORWARD: Menu.FORWARD,
    Act.BACK: Menu.TIP,
}
WRITING = {Act.ASK_WRITE: "question", Act.NOTE: "note"}


def press(card: Card, status: Status, action: str, officer: Officer, book: Book | None = None) -> Done:
    """Decide what one press does. Whoever gets here is on the roster and in the group."""
    if officer.role is Role.AUDITOR:
        return Done(card, status, Say("toast-auditor"))
    if officer.alias in card.excluded:
        return Done(card, status, Say("toast-excluded"))
    match action:
        case Act.TAKE:
            return _take(card, status, officer)
        case Act.OPEN:
            after = Status.ACKNOWLEDGED if card.is_unread(status) else status
            card = replace(card, answered=False, unread=False)
            return Done(card, after, Say("toast-opened"), opened=True, recorded="opened")
        case Act.EXPORT | Act.EXPORT_MAKE:
            return _export(card, status, action, officer, book or Book())
        case _ if action in MENU:
            return Done(replace(card, menu=MENU[Act(action)], onward=""), status, Say("toast-menu"))
        case Act.AGREE:
            return _agree(card, status, officer)
        case Act.REFUSE if card.pending:
            return Done(replace(card, pending=None), status, Say("toast-refused"), recorded="question-refused")
        case _ if not commands(card, officer):
            return Done(card, status, Say("toast-held", {"holder": card.holder}))
        case _:
            return _changed(card, status, action, officer, book or Book())


def _export(card: Card, status: Status, action: str, officer: Officer, book: Book) -> Done:
    """Ask once, then make the dossier: for who holds the tip, or a supervisor. The tip's status stays what it is."""
    if officer.role is not Role.SUPERVISOR and card.holder != officer.alias:
        return Done(card, status, Say("toast-export-hold"))
    if not book.exports:
        return Done(card, status, Say("toast-export-unset"))
    if book.averted:
        return Done(card, status, Say("toast-export-averted"))
    if action == Act.EXPORT:
        toast = Say("toast-export-voice" if book.voices else "toast-export")
        return Done(replace(card, menu=Menu.EXPORT), status, toast)
    if card.menu is not Menu.EXPORT:
        return Done(card, status, Say("toast-stale"))
    return Done(replace(card, menu=Menu.TIP), status, Say("toast-exporting"), exported=True, recorded="exported")


def _take(card: Card, status: Status, officer: Officer) -> Done:
    if card.holder and card.holder != officer.alias:
        return Done(card, status, Say("toast-held", {"holder": card.holder}))
    after = replace(card, holder=officer.alias, before=now(card, status, officer))
    return Done(after if after.holder != card.holder else card, status, Say("toast-taken"), recorded="taken")


def now(card: Card, status: Status, officer: Officer) -> Before:
    """Remember what this officer's change can be undone to."""
    return Before(officer.alias, status, card.holder, card.sanction)


def _changed(card: Card, status: Status, action: str, officer: Officer, book: Book) -> Done:
    """Do what only who holds the tip may do, or anybody while nobody does."""
    kind, _, name = action.partition("-")
    match action, kind:
        case Act.RELEASE, _:
            card = replace(card, holder="", before=now(card, status, officer))
            return Done(card, status, Say("toast-released"), recorded="released")
        case Act.UNDO, _:
            return _undone(card, status, officer)
        case (_, "ask") | (Act.NOTE, _):
            return _worded(card, status, action)
        case ((Act.TRANSCRIBE | Act.REWRITE), _) | (_, Act.KEEP):
            return _voice(card, status, name if kind == Act.KEEP else "", book)
        case _, "sanction" if name in set(Sanction) and status is Status.PROVEN:
            card = replace(card, menu=Menu.TIP, sanction=name, before=now(card, status, officer))
            toast = Say("toast-sanction", {"sanction": Term(f"desk-sanction-{name}")})
            return Done(card, status, toast, recorded=action)
        case _, "reopen" if name in REASONS and status.closed:
            return _moved(card, status, Status.TRACING, officer, recorded=f"reopened-{name}")
        case _, "forward" | "send":
            return _onward(card, status, kind, name, book)
        case _, "tag" | "twin" | "exclude":
            return _noted(card, status, kind, name, officer, book)
        case _ if action in STATUSES and may_follow(status, Status(action)) and not status.closed:
            return _moved(card, status, Status(action), officer, recorded=action)
        case _:
            return Done(card, status, Say("toast-stale"))


def _moved(card: Card, status: Status, after: Status, officer: Officer, *, recorded: str) -> Done:
    menu = Menu.SANCTION if after is Status.PROVEN else Menu.TIP
    sanction = card.sanction if after is Status.PROVEN else ""
    card = replace(card, menu=menu, sanction=sanction, unread=False, before=now(card, status, officer))
    words = {"status": Term(f"desk-status-{after}")}
    return Done(card, after, Say("toast-status", words), recorded=recorded)


def _onward(card: Card, status: Status, kind: str, mark: str, book: Book) -> Done:
    """Choose the office first, then hand the tip on for good: the second button names it."""
    office = next((one for one in book.offices if one.mark == mark), None)
    if office is None or status.closed or card.menu is not Menu.FORWARD:
        return Done(card, status, Say("toast-stale"))
    words = {"office": office.title}
    if kind == "send" and card.onward == office.name:
        return Done(card, status, Say("toast-forwarded", words), onward=office.name)
    return Done(replace(card, onward=office.name), status, Say("toast-onward", words))


def _undone(card: Card, status: Status, officer: Officer) -> Done:
    """Take back one's own last change; what has been read or sent stays so."""
    before = card.before
    if before is None or before.by != officer.alias or status is Status.WITHDRAWN:
        return Done(card, status, Say("toast-not-undone"))
    card = replace(card, menu=Menu.TIP, holder=before.holder, sanction=before.sanction, before=None)
    return Done(card, before.status, Say("toast-undone"), recorded="undone")


def _worded(card: Card, status: Status, action: str) -> Done:
    """Choose templates, send them, or type one's own words."""
    name = action.partition("-")[2]
    if action in WRITING:
        words = {"reference": card.reference}
        return Done(replace(card, menu=Menu.TIP), status, Say("toast-write", words), writing=WRITING[Act(action)])
    if name in TEMPLATES:
        return Done(replace(card, ticked=_toggled(card.ticked, name)), status, Say("toast-menu"))
    return _ask(card, status) if action == Act.ASK_SEND else Done(card, status, Say("toast-stale"))


def _ask(card: Card, status: Status) -> Done:
    if status.closed or not card.ticked:
        return Done(card, status, Say("toast-tick-first"))
    words = letter(card.ticked)
    card = replace(card, menu=Menu.TIP, ticked=(), awaiting=True, answered=False)
    return Done(card, status, Say("toast-asked"), recorded="asked", letter=words)


def _agree(card: Card, status: Status, officer: Officer) -> Done:
    """A second officer reads the question first, and sends it with the second press."""
    pending = card.pending
    if pending is None or status.closed:
        return Done(card, status, Say("toast-stale"))
    if pending.by == officer.alias:
        return Done(card, status, Say("toast-not-own"))
    if officer.alias not in pending.seen:
        seen = replace(pending, seen=(*pending.seen, officer.alias))
        return Done(replace(card, pending=seen), status, Say("toast-read-first"), glimpsed=True)
    card = replace(card, pending=None, awaiting=True, answered=False)
    return Done(card, status, Say("toast-asked"), recorded="asked", letter=(pending.text,))


def _voice(card: Card, status: Status, mark: str, book: Book) -> Done:
    """Have the first voice that is left written down, or keep what was written of it; its words were shown first."""
    if not book.voices:
        return Done(card, status, Say("toast-voice-gone" if card.voices else "toast-no-voice"))
    card = replace(card, menu=Menu.TIP)
    if not mark:
        toast = Say("toast-write", {"reference": card.reference})
        return Done(card, status, toast, writing="transcript", voice=book.voices[0])
    if mark != book.written:
        return Done(card, status, Say("toast-voice-other"))
    return Done(card, status, Say("toast-voice-kept"), recorded="transcribed", kept=True)


def _noted(card: Card, status: Status, kind: str, name: str, officer: Officer, book: Book) -> Done:  # noqa: PLR0913, PLR0917  # one press, all of it
    code = next((code for code in book.codes if code.lower() == name), "")
    twin = next((one for one in (*card.twins, *book.alike) if one.reference == name), None)
    other = next((one for one in book.officers if one.mark == name), None)
    if kind == "tag" and code:
        card = replace(card, codes=_toggled(card.codes, code))
        return Done(card, status, Say("toast-menu"), recorded=f"tag-{name}")
    if kind == "twin" and twin:
        linked = twin not in card.twins
        card = replace(card, twins=(*(one for one in card.twins if one != twin), *((twin,) if linked else ())))
        recorded = "linked" if linked else "unlinked"
        return Done(card, status, Say("toast-twin", {"reference": name}), recorded=recorded, twin=twin.tip)
    # Nobody but a supervisor may keep others from a tip; anybody may stand back themselves.
    if kind == "exclude" and other and (officer.role is Role.SUPERVISOR or other.alias == officer.alias):
        card = replace(card, excluded=_toggled(card.excluded, other.alias))
        holder = "" if card.holder in card.excluded else card.holder
        return Done(replace(card, holder=holder), status, Say("toast-menu"), recorded=f"excluded {other.alias}")
    return Done(card, status, Say("toast-stale"))


def _toggled(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name) if name in names else (*names, name)
