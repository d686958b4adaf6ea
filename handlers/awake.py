"""Hears whoever is here: a ticket from anywhere, then a command, then what stands open."""

from handlers import follow_up, scans, sending, threshold, ticket
from handlers.answers import Draft
from handlers.commands import STEPS, obey, pressed
from handlers.dialogue import Turn
from handlers.keywords import chosen, command, is_ping
from handlers.messages import Chose, Incoming, Said, Say, Started
from handlers.report import REPORT
from handlers.scene import Fresh
from handlers.sending import WITHDRAW, WRITTEN
from handlers.standing import ASIDES, again, onward, settled, start


def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Answer one message."""
    match incoming:
        case Started(payload):
            return start(scans.hinted(settled(draft), payload, fresh), fresh)
        case Chose(step, value) if step in STEPS:
            return pressed(settled(draft), step, value, fresh)
        case Said(text):
            return said(draft, text, fresh)
        case _:
            return go_on(settled(draft), incoming, fresh)


def said(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Answer words."""
    if ticket.read(text) is not None:
        return ticketed(draft, text, fresh)
    if word := command(text):
        return obey(settled(draft), word, fresh)
    if draft.aside in ASIDES:
        return _aside(draft, text, fresh)
    draft = settled(draft)
    if draft["notice"] is None and not draft.session:
        return threshold.said(draft, text, fresh)
    if is_ping(text) or scans.is_scan(text):
        return start(scans.hinted(draft, text, fresh), fresh)
    return go_on(draft, Said(text), fresh)


def ticketed(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Open a ticket, from wherever somebody stands."""
    match ticket.read(text):
        case str() as code:
            return follow_up.enter(draft, code, fresh)
        case _:
            return Turn(draft, (Say("ticket-mistyped", options=(onward(draft),)),))


def go_on(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Hand a message to whatever stands open."""
    if draft.session:
        return follow_up.turn(draft, incoming, fresh)
    if draft.receipt:
        choice = chosen(incoming, Say("already-sent", options=(WRITTEN, WITHDRAW)))
        return pressed(draft, "ticket", choice.value, fresh) if isinstance(choice, Chose) else again(draft, fresh)
    if draft["notice"] is None:
        return threshold.came(draft, incoming, fresh)
    turned = REPORT.turn(draft, incoming, fresh)
    if REPORT.waiting(turned.draft, fresh) is None:
        return sending.file(turned.draft, fresh)
    return turned


def _aside(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Hear an answer to what was asked beside the questions; anything else is asked for again."""
    standing = start(draft, fresh)
    choice = chosen(Said(text), standing.says[-1])
    return pressed(settled(draft), choice.step, choice.value, fresh) if isinstance(choice, Chose) else standing
