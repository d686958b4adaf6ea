"""The door: every message of a person enters here, to whoever is awake or a draft that is at rest."""

import dataclasses

from handlers import asleep, awake, edits, news, reminder, rest, ticket
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.keywords import command
from handlers.messages import Edited, Hushed, Incoming, Kept, Lost, Revoked, Said
from handlers.scene import Fresh


def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Answer one message of one person."""
    draft, before = rest.rested(draft, fresh), draft
    match incoming:
        case Kept() | Lost() | Hushed():
            return news.turn(draft, incoming, fresh)
        case Edited(text) if command(text) or ticket.read(text) is not None:
            # A code or a command counts as if it were new.
            turned = _heard(draft, Said(text), fresh, asked=True)
        case Edited(text):
            turned = edits.turn(draft, text, fresh)
        case Revoked():
            turned = edits.turn(draft, "", fresh)
        case _:
            heard = _heard(draft, incoming, fresh, asked=before.aside in rest.ASIDES)
            turned = dataclasses.replace(heard, draft=edits.noted(before, heard.draft, incoming, fresh))
    return dataclasses.replace(turned, draft=reminder.noted(before, rest.touched(turned.draft, fresh), fresh))


def _heard(draft: Draft, incoming: Incoming, fresh: Fresh, *, asked: bool) -> Turn:
    if draft.aside in rest.ASIDES:
        return asleep.turn(draft, incoming, fresh, asked=asked)
    return awake.turn(draft, incoming, fresh)
