"""What the buttons below a list do: take the ten most urgent, open the next, turn the page, remind."""

from collections.abc import Iterable

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import likenesses, reassigning, spam
from bot.alarms import HOUR
from bot.channels.desk_update import Pressed
from bot.desk import Desk
from bot.page import LIST, owe
from bot.parcels import Late, Listing
from bot.presses import NOT_YOURS, STALE, Answer, Pressing
from handlers.desk import Entry, Officer, Role, late, press, urgent
from handlers.messages import Say
from storage.cards import Act

# What somebody can work through before the next coffee.
AT_ONCE = 10
PREFIX = "list-"
# Buttons that only show another list in the place of the one they stand below.
VIEWS = {
    "list-page": "antrean", "list-late": "terlambat", "list-reassign": reassigning.KIND,
    "list-alike": likenesses.KIND, "list-spam": spam.KIND,
}  # fmt: skip
# Who opens nothing may read these.
READING = frozenset({"list-page", "list-late"})


def decide(desk: Desk, tx: Connection, pressed: Pressed) -> Answer:
    """Do what a list's button asks for, if it is ours and whoever pressed may."""
    officer, pointed = desk.officers.get(pressed.user), desk.buttons.read(pressed.data)
    if officer is None or pressed.chat not in (pressed.user, desk.room(tx)):
        return NOT_YOURS
    if pointed is None:
        return STALE
    slot, action = pointed
    if officer.role is Role.AUDITOR and action not in READING:
        return Answer(Say("toast-auditor"))
    if action == reassigning.WHOM or action.startswith(reassigning.TO):
        return reassigning.decide(desk, tx, pressed, officer, pointed)
    if action in spam.ACTIONS:
        return spam.decide(desk, tx, pressed, officer, pointed)
    if not desk.buttons.fits(pressed.data, slot, action, ""):
        return STALE
    if action in VIEWS:
        may = officer.role is Role.SUPERVISOR or action != "list-reassign"
        return _view(desk, tx, pressed, action, slot) if may else Answer(Say("toast-supervisor"))
    return _do(desk, tx, pressed, officer, pointed)


def _view(desk: Desk, tx: Connection, pressed: Pressed, action: str, slot: str) -> Answer:
    """Show another list, or another page, in this one's place."""
    number = int(slot) if slot.isdecimal() else 0
    listing = replace(_again(pressed), kind=VIEWS[action], page=number)
    return Answer(Say("toast-menu"), frozenset(owe(desk, tx, listing)))


def _do(desk: Desk, tx: Connection, pressed: Pressed, officer: Officer, pointed: tuple[str, str]) -> Answer:
    slot, action = pointed
    match action:
        case "list-take":
            return _take(desk, tx, pressed, officer, slot)
        case "list-next":
            return _open(desk, tx, pressed, officer)
        case "list-remind":
            return _remind_all(desk, tx)
        case likenesses.LINK:
            return likenesses.decide(desk, tx, pressed, officer, slot)
        case _:
            return STALE


def _remind_all(desk: Desk, tx: Connection) -> Answer:
    """Remind everybody of what is late, once an hour at most: who is reminded too often looks away."""
    room, now = desk.notes.room(tx), desk.clock().timestamp()
    if not late(desk.entries(tx)):
        return Answer(Say("toast-none-late"))
    if 0 <= now - room.reminded < HOUR:
        return Answer(Say("toast-reminded-before"))
    desk.notes.keep(tx, replace(room, reminded=now))
    lanes = (lane for who in (False, True) for lane in _remind(desk, tx, supervisors=who))
    return Answer(Say("toast-reminded"), frozenset(lanes))


def _again(pressed: Pressed) -> Listing:
    """Show the queue anew where it was pressed."""
    return Listing(pressed.chat, "antrean", message=pressed.message, user=pressed.user, thread=pressed.thread)


def _remind(desk: Desk, tx: Connection, *, supervisors: bool) -> Iterable[str]:
    name = f"late-{desk.name}-{'supervisors' if supervisors else 'group'}"
    return desk.owe(tx, Late(supervisors), name=name)


def _free(desk: Desk, tx: Connection, officer: Officer) -> list[Entry]:
    waiting = (one for one in urgent(desk.entries(tx)) if officer.alias not in one.card.excluded)
    return [one for one in waiting if one.card.holder in ("", officer.alias)]


def _take(desk: Desk, tx: Connection, pressed: Pressed, officer: Officer, slot: str) -> Answer:
    lanes = set[str]()
    taken = [one for one in _free(desk, tx, officer) if not one.card.holder][:AT_ONCE]
    for one in taken:
        done = press(one.card, one.status, "take", officer)
        desk.notes.put(tx, one.tip, done.card)
        desk.notes.record(tx, Act(one.tip, desk.clock().date(), officer.alias, done.recorded))
        lanes |= set(desk.owe_refresh(tx, one.tip))
    if not taken:
        return Answer(Say("toast-none-left"))
    # The list that was pressed shows who holds them now.
    if slot == LIST:
        lanes |= set(owe(desk, tx, _again(pressed)))
    return Answer(Say("toast-took", {"count": len(taken)}), frozenset(lanes))


def _open(desk: Desk, tx: Connection, pressed: Pressed, officer: Officer) -> Answer:
    free = _free(desk, tx, officer)
    mine = [one for one in free if one.card.holder]
    fresh = (one for one in (*mine, *free) if one.card.is_unread(one.status) or one.card.answered)
    following = next(fresh, None)
    if following is None:
        return Answer(Say("toast-none-left"))
    done = press(following.card, following.status, "open", officer, desk.book(following.card))
    answer = Pressing(desk, tx, pressed, officer, following.tip).do(done, following.status)
    # The buttons below whatever was pressed are of another tip, or of a list.
    return Answer(answer.toast, answer.lanes, answer.start_first)


def is_list(desk: Desk, pressed: Pressed) -> bool:
    """Whether a press is on a list's button, by what it claims."""
    pointed = desk.buttons.read(pressed.data)
    return pointed is not None and pointed[1].startswith(PREFIX)
