"""The supervisor gives what is late to somebody else: which tip, to whom, and both are told in private."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from bot.channels.base import Button
from bot.channels.desk_update import Pressed
from bot.desk import Desk
from bot.page import Page, owe
from bot.parcels import Listing, Note
from bot.presses import STALE, Answer
from handlers.desk import Entry, Officer, able, late, line, reassigned
from handlers.messages import Say
from storage.cards import Act

# What a phone shows of buttons without much scrolling.
MOST = 10
KIND = "alihkan"
WHOM, TO = "list-whom", "list-to-"


def decide(desk: Desk, tx: Connection, pressed: Pressed, officer: Officer, pointed: tuple[str, str]) -> Answer:
    """Show whom a tip can be given to, or give it; the button dies when somebody else gave it away before."""
    tip, action = pointed
    entry = desk.entry(tx, tip)
    if entry is None or not desk.buttons.fits(pressed.data, tip, action, standing(entry)):
        return STALE
    if not action.startswith(TO):
        return _shown(desk, tx, pressed, Say("toast-menu"), KIND, tip)
    done = reassigned(entry.card, entry.status, action.removeprefix(TO), officer, desk.book(entry.card))
    if not done.recorded:
        return Answer(done.toast)
    desk.notes.put(tx, tip, done.card)
    desk.notes.record(tx, Act(tip, desk.clock().date(), officer.alias, done.recorded))
    told, lanes = _tell(desk, tx, pressed.user, entry.card.holder, Entry(tip, done.card, done.status))
    toast = done.toast if told else Say("toast-reassigned-untold", done.toast.words)
    shown = _shown(desk, tx, pressed, toast, "terlambat")
    return Answer(toast, frozenset((*shown.lanes, *lanes, *desk.owe_refresh(tx, tip))))


def begin(desk: Desk, tx: Connection, pressed: Pressed) -> Answer:
    """Show which tips can be given to somebody else."""
    return _shown(desk, tx, pressed, Say("toast-menu"), KIND)


def page(desk: Desk, entries: Sequence[Entry], listing: Listing) -> Page:
    """Lay out the late tips, or who can take the one that was chosen."""
    overdue = late(entries)
    chosen = next((one for one in overdue if one.tip == listing.words), None)
    back = [desk.buttons.of_list("list-late")]
    if chosen is None:
        rows = [[_button(desk, one, WHOM, one.card.reference)] for one in overdue[:MOST]]
        return Page(Say("desk-reassign" if overdue else "desk-nothing-late"), [*rows, back] if overdue else [])
    people = able(chosen.card, desk.book(chosen.card))
    rows = [[_button(desk, chosen, f"{TO}{one.mark}", one.alias)] for one in people]
    return Page(Say("desk-reassign-to", {"line": line(chosen, desk.clock().date())}), [*rows, back])


def standing(entry: Entry) -> str:
    """Say what a button was made for: who held the tip, under which status."""
    return f"{entry.status}|{entry.card.holder}"


def _button(desk: Desk, entry: Entry, action: str, label: str) -> Button:
    return desk.buttons.of_list(action, entry.tip, label, standing(entry))


def _shown(desk: Desk, tx: Connection, pressed: Pressed, toast: Say, kind: str, tip: str = "") -> Answer:  # noqa: PLR0913, PLR0917  # a list in its place
    listing = Listing(pressed.chat, kind, tip, message=pressed.message, user=pressed.user, thread=pressed.thread)
    return Answer(toast, frozenset(owe(desk, tx, listing)))


def _tell(desk: Desk, tx: Connection, presser: int, before: str, entry: Entry) -> tuple[bool, Collection[str]]:
    """Tell who held it and who holds it now, as far as they have a chat open; say whether the new one could be told."""
    by = desk.officers[presser].alias
    words = {"reference": entry.card.reference, "holder": entry.card.holder, "by": by}
    users = {one.alias: user for user, one in desk.officers.items()}
    open_chats = {*desk.notes.room(tx).chats, presser}
    lanes = set[str]()
    for alias, say in ((entry.card.holder, Say("desk-given", words)), (before, Say("desk-given-away", words))):
        user = users.get(alias)
        if user in open_chats and user != presser:
            lanes |= set(desk.owe(tx, Note(user, desk.say(say))))
    return users.get(entry.card.holder) in open_chats, lanes
