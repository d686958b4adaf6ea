"""Several tips of the queue closed as spam: ticked one by one, asked about once, then closed."""

from collections.abc import Sequence
from hashlib import blake2b

from msgspec.structs import replace
from sqlalchemy import Connection

from bot.channels.base import Button
from bot.channels.desk_update import Pressed
from bot.desk import Desk
from bot.page import Page, Rows, owe
from bot.parcels import Listing
from bot.presses import Answer, Pressing
from handlers.desk import PAGE, Entry, Officer, line, may_change, press, urgent
from handlers.messages import Say
from handlers.status import Status

KIND, SURE = "spam", "spam-pasti"
TICK, ASK, CLOSE = "list-tick", "list-ask", "list-close"
ACTIONS = frozenset({TICK, ASK, CLOSE})


def page(desk: Desk, entries: Sequence[Entry], officer: Officer | None, listing: Listing) -> Page:
    """Show what can be ticked, or what would be closed; `listing.words` names the tips that are ticked."""
    sheet = Sheet.of(entries, officer, listing.page)
    ticked = [one for one in sheet.shown if one.tip in listing.words.split()]
    if listing.kind == SURE and ticked:
        lines = tuple(line(one, desk.clock().date()) for one in ticked)
        back = desk.buttons.of_list("list-spam", str(sheet.number), desk.words.say("desk-back"))
        say = Say("desk-spam-sure", {"count": len(ticked), "lines": lines})
        return Page(say, [[sheet.button(desk, CLOSE, ticked)], [back]])
    return Page(Say("desk-spam-list" if sheet.shown else "desk-queue-empty"), _rows(desk, sheet, ticked))


def decide(desk: Desk, tx: Connection, pressed: Pressed, officer: Officer, pointed: tuple[str, str]) -> Answer:
    """Tick, ask, or close; where the list has changed since it was shown, nothing but the list anew."""
    slot, action = pointed
    number, _, bits = slot.partition("-")
    if not (number.isdecimal() and bits.isdecimal()):
        return Answer(Say("toast-stale"))
    sheet = Sheet.of(desk.entries(tx), officer, int(number))
    if not desk.buttons.fits(pressed.data, slot, action, sheet.mark):
        return _shown(desk, tx, pressed, Say("toast-list-changed"), Listing(0, KIND, page=sheet.number))
    ticked = [one for place, one in enumerate(sheet.shown) if int(bits) >> place & 1]
    if action == CLOSE:
        return _closed(desk, tx, pressed, officer, ticked)
    words = " ".join(one.tip for one in ticked)
    listing = Listing(0, SURE if action == ASK else KIND, words, page=sheet.number)
    return _shown(desk, tx, pressed, Say("toast-menu"), listing)


class Sheet:
    """What one page of the list shows, and a name for exactly that."""

    def __init__(self, shown: Sequence[Entry], number: int, last: int) -> None:
        self.shown, self.number, self.last = shown, number, last

    @classmethod
    def of(cls, entries: Sequence[Entry], officer: Officer | None, number: int) -> "Sheet":
        mine = [one for one in urgent(entries) if officer and may_change(one.card, officer)]
        last = max(0, (len(mine) - 1) // PAGE)
        number = min(max(0, number), last)
        return cls(mine[number * PAGE : (number + 1) * PAGE], number, last)

    @property
    def mark(self) -> str:
        told = "|".join(f"{one.tip} {one.status} {one.card.holder}" for one in self.shown)
        return blake2b(told.encode(), digest_size=8).hexdigest()

    def button(self, desk: Desk, action: str, ticked: Sequence[Entry], label: str = "") -> Button:
        """Make a button that carries which are ticked; it dies when what is shown has changed."""
        bits = sum(1 << place for place, one in enumerate(self.shown) if one in ticked)
        return desk.buttons.of_list(action, f"{self.number}-{bits}", label, self.mark)


def _rows(desk: Desk, sheet: Sheet, ticked: Sequence[Entry]) -> Rows:
    rows: Rows = []
    for one in sheet.shown:
        on = one in ticked
        label = desk.words.say("desk-ticked", {"label": one.card.reference}) if on else one.card.reference
        after = [other for other in sheet.shown if (other in ticked) is not (other is one)]
        rows.append([sheet.button(desk, TICK, after, label)])
    say, of_list = desk.words.say, desk.buttons.of_list
    before = of_list("list-spam", str(sheet.number - 1), say("desk-list-before"))
    following = of_list("list-spam", str(sheet.number + 1), say("desk-list-after"))
    turn = [*([before] if sheet.number else []), *([following] if sheet.number < sheet.last else [])]
    ask = [[sheet.button(desk, ASK, ticked)]] if ticked else []
    return [*rows, *ask, *([turn] if turn else []), [of_list("list-page", "0", say("desk-back"))]]


def _closed(desk: Desk, tx: Connection, pressed: Pressed, officer: Officer, ticked: Sequence[Entry]) -> Answer:
    lanes, count = set[str](), 0
    for one in ticked:
        done = press(one.card, one.status, Status.SPAM, officer, desk.book(one.card))
        lanes |= Pressing(desk, tx, pressed, officer, one.tip).do(done, one.status).lanes
        count += done.status is Status.SPAM
    shown = _shown(desk, tx, pressed, Say("toast-spam", {"count": count}), Listing(0, "antrean"))
    return Answer(shown.toast, shown.lanes | lanes)


def _shown(desk: Desk, tx: Connection, pressed: Pressed, toast: Say, listing: Listing) -> Answer:
    there = replace(
        listing, chat=pressed.chat, message=pressed.message, user=pressed.user, thread=pressed.thread
    )  # fmt: skip
    return Answer(toast, frozenset(owe(desk, tx, there)))
