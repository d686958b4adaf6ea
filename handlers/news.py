"""Hears what became of a file that was sent: it is kept, lost, or the album is over."""

from handlers import rules
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.messages import Hushed, Kept, Lost, Say
from handlers.report import REPORT
from handlers.scene import Fresh


def turn(draft: Draft, incoming: Kept | Lost | Hushed, fresh: Fresh) -> Turn:
    """Tell of a file. Before the notice is read and after the tip has gone there is nothing to say about it."""
    if isinstance(incoming, Lost) and _was_sent(draft, incoming.item):
        # Whoever has sent it, or has come back with the code, hears what became of it.
        return Turn(draft, (Say(f"lost-{incoming.why}"),))
    if draft.receipt:
        return Turn(draft)
    turned = REPORT.turn(draft, incoming, fresh)
    if draft["notice"] is not None and not draft.session and draft.aside in ("", rules.ASIDE):
        return turned
    says = tuple(say.bare for say in turned.says) if isinstance(incoming, Lost) else ()
    return Turn(turned.draft, says, turned.effects)


def _was_sent(draft: Draft, item: str) -> bool:
    """Whether a file is a tip's already: of the one just sent, or, of no draft, of the one whose ticket is open."""
    if draft.receipt and item in draft.receipt.files:
        return True
    return draft.session is not None and all(one.id != item for one in draft.files.items)
