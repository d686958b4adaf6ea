"""Forgetting a conversation: its draft, its files, and the wish to be told of news."""

from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.effects import Detach, Discard, Effect, Forget
from handlers.languages import LANGUAGES
from handlers.messages import Option, Say

REPORT_AGAIN = Option("lobby", "report", "lobby-report")
WIPE = Option("chat", "wipe", "chat-wipe")


def wipe(draft: Draft, *, whole: bool) -> Turn:
    """Forget this conversation, also in the chat itself; `whole` forgets the wish to be told of news as well."""
    # Nothing is remembered, so the button has to: it goes on in the language it was shown in.
    again = next(
        Option("lobby", name, REPORT_AGAIN.key) for name, one in LANGUAGES.items() if one.code == draft.language
    )
    effects = (*_discards(draft), *(_unfollowed(draft) if whole else ()), Forget())
    return Turn(Draft(language=draft.language), (Say(_wiped(draft, whole=whole), options=(again,)),), effects)


def _wiped(draft: Draft, *, whole: bool) -> str:
    if draft.receipt is None or not draft.receipt.pushed:
        return "wiped"
    return "wiped-unfollowed" if whole else "wiped-followed"


def _unfollowed(draft: Draft) -> tuple[Effect, ...]:
    """Have the reply addresses forgotten of every tip this conversation still knows of: nobody's phone lights up."""
    known = (draft.receipt.tip if draft.receipt else "", draft.session.tip if draft.session else "")
    return tuple(Detach(tip) for tip in dict.fromkeys(known) if tip)


def _discards(draft: Draft) -> tuple[Effect, ...]:
    """Throw away the files of a draft that was never sent; after sending they belong to the tip."""
    return () if draft.receipt else tuple(Discard(item.id) for item in draft.files.held)
