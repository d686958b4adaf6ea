"""A draft at rest: asked about before anything of it is shown again, for the phone may lie in another hand."""

from msgspec.structs import replace

from handlers import awake, follow_up, rest, ticket
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.keywords import chosen, command
from handlers.languages import LANGUAGES
from handlers.messages import Chose, Incoming, Said, Sent
from handlers.scene import Fresh, Timeline
from handlers.standing import settled, start
from handlers.wiping import wipe


def turn(draft: Draft, incoming: Incoming, fresh: Fresh, *, asked: bool) -> Turn:
    """Ask before anything of a draft is shown again. What was written meanwhile is kept and heard afterwards."""
    resting = replace(draft, aside=rest.ASIDE)
    match chosen(incoming, rest.prompt(draft)):
        case Chose("resume", "go") | Chose("stop", "on"):
            return _resumed(draft, fresh)
        case Chose("resume", "wipe"):
            return wipe(draft, whole=True)
        case Chose("chat", "wipe") | Chose("stop", "yes"):
            return wipe(draft, whole=False)
        case Chose("lobby", word) if word in LANGUAGES:
            return Turn(replace(resting, language=LANGUAGES[word].code), (rest.ASK,))
        case Sent() as sent:
            return _file(draft, sent, fresh, asked=asked)
        case Said(text):
            return _said(resting, text, fresh)
        case _:
            return Turn(resting, (rest.ASK,))


def _said(draft: Draft, text: str, fresh: Fresh) -> Turn:
    match ticket.read(text):
        case str() as code if draft.held and isinstance(fresh.looked, Timeline):
            # What was written before belongs to what stood open before.
            heard = _resumed(draft, fresh)
            entered = follow_up.enter(heard.draft, code, fresh)
            return Turn(entered.draft, entered.says, (*heard.effects, *entered.effects))
        case None:
            return _told(draft, text)
        case _:
            return awake.ticketed(draft, text, fresh)


def _told(draft: Draft, text: str) -> Turn:
    match command(text):
        case "wipe":
            return wipe(draft, whole=True)
        case "stop":
            return Turn(replace(draft, aside=rest.STOPPING), (rest.ASK_STOP,))
        case word if word in LANGUAGES:
            return Turn(replace(draft, language=LANGUAGES[word].code), (rest.ASK,))
        case _:
            return rest.keep(draft, text)


def _file(draft: Draft, sent: Sent, fresh: Fresh, *, asked: bool) -> Turn:
    """Take in a file at once, for platforms do not keep it; an album is asked about once."""
    turned = awake.go_on(settled(draft), sent, fresh)
    resting = replace(turned.draft, aside=rest.ASIDE)
    if turned.effects:
        return Turn(resting, () if asked else (rest.ASK,), turned.effects)
    return Turn(resting, (*(say.bare for say in turned.says[:1]), rest.ASK))


def _resumed(draft: Draft, fresh: Fresh) -> Turn:
    """Go on, with what was written while the draft was at rest."""
    awoken = rest.touched(replace(settled(draft), held=()), fresh)
    if not draft.held:
        return start(awoken, fresh)
    turned = Turn(awoken)
    for text in draft.held:
        heard = awake.said(turned.draft, text, fresh)
        turned = Turn(heard.draft, (*turned.says, *heard.says), (*turned.effects, *heard.effects))
    return turned
