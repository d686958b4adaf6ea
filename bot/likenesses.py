"""Tips of the queue that may tell of the same event: shown in groups, and linked all in one press."""

from collections.abc import Sequence
from hashlib import blake2b

from sqlalchemy import Connection

from bot.channels.desk_update import Pressed
from bot.desk import Desk
from bot.page import Page, owe
from bot.parcels import Listing
from bot.presses import Answer
from handlers.desk import PAGE, Card, Entry, Officer, groups, linked, may_change, urgent
from handlers.messages import Say, Term, Word
from storage.cards import Act

KIND, LINK = "mirip", "list-link"


def found(entries: Sequence[Entry], officer: Officer | None) -> list[dict[str, Card]]:
    """Gather the cards that look alike, group by group, among those that this officer may change."""
    mine = [one for one in urgent(entries) if officer and may_change(one.card, officer)]
    cards = {one.tip: one.card for one in mine}
    return [{tip: cards[tip] for tip in group} for group in groups(cards)][:PAGE]


def page(desk: Desk, entries: Sequence[Entry], officer: Officer | None) -> Page:
    """Show the groups, each in a line."""
    alike = found(entries, officer)
    back = [desk.buttons.of_list("list-page", "0", desk.words.say("desk-back"))]
    if not alike:
        return Page(Say("desk-nothing-alike"), [back])
    lines = tuple(Term("desk-alike-line", _line(list(group.values()))) for group in alike)
    return Page(Say("desk-alike", {"lines": lines}), [[desk.buttons.of_list(LINK, _mark(alike))], back])


def decide(desk: Desk, tx: Connection, pressed: Pressed, officer: Officer, mark: str) -> Answer:
    """Link what was shown; where that has changed since, show it anew and link nothing."""
    alike = found(desk.entries(tx), officer)
    same = _mark(alike) == mark
    changed = [(tip, card) for group in alike if same for tip, card in linked(group).items()]
    for tip, card in changed:
        desk.notes.put(tx, tip, card)
        desk.notes.record(tx, Act(tip, desk.clock().date(), officer.alias, "linked"))
    listing = Listing(
        pressed.chat, "antrean" if same else KIND, message=pressed.message, user=pressed.user, thread=pressed.thread
    )
    toast = Say("toast-linked", {"count": len(changed)}) if same else Say("toast-list-changed")
    return Answer(toast, frozenset(owe(desk, tx, listing)))


def _mark(alike: Sequence[dict[str, Card]]) -> str:
    told = "|".join(" ".join(sorted(group)) for group in alike)
    return blake2b(told.encode(), digest_size=8).hexdigest()


def _line(cards: Sequence[Card]) -> dict[str, Word]:
    first = cards[0]
    return {
        "references": ", ".join(one.reference for one in cards),
        "what": Term(f"what-{first.what}"),
        "place": first.place or Term("nothing"),
    }
