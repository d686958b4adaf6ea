"""Before the notice is read: what somebody tells or sends at once is kept, and never asked for twice."""

from handlers import posters, scans
from handlers.answers import Draft
from handlers.commands import pressed
from handlers.dialogue import LONGEST, Turn
from handlers.keywords import chosen, is_blank, is_greeting, is_reply
from handlers.messages import Chose, Incoming, Said
from handlers.report import REPORT
from handlers.scene import Fresh
from handlers.standing import notice, start


def said(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Hear the first words; a poster's greeting in front of them is no part of the story."""
    hinted = scans.hinted(draft, text, fresh)
    story = posters.beyond_payload(text) if scans.named(text, fresh) else text
    standing = notice(hinted, fresh)
    choice = chosen(Said(story), standing)
    if isinstance(choice, Chose):
        return pressed(hinted, choice.step, choice.value, fresh)
    if is_greeting(story) or is_reply(story) or is_blank(story) or scans.is_scan(story):
        return Turn(hinted, (standing,))
    if len(story) > LONGEST:
        return came(hinted, Said(story), fresh)
    told = REPORT.hear(hinted, hinted.put(*hinted.told_more(story)), fresh)
    return Turn(told, (notice(told, fresh),))


def came(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Take in what is no words. Buttons of an earlier conversation count for nothing."""
    if isinstance(incoming, Chose):
        return start(draft, fresh)
    turned = REPORT.turn(draft, incoming, fresh)
    if not turned.effects:
        return Turn(turned.draft, (*(say.bare for say in turned.says[:1]), notice(turned.draft, fresh)))
    # An album comes file by file; the notice is shown for the first.
    says = () if draft.files.items else (notice(turned.draft, fresh),)
    return Turn(turned.draft, says, turned.effects)
