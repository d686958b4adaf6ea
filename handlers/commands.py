"""The ways through the house that are no answer to a question: commands, and the buttons beside the questions."""

from msgspec.structs import replace

from handlers import pages, rules, sending
from handlers.answers import Draft, Picked
from handlers.dialogue import Turn
from handlers.languages import LANGUAGES
from handlers.messages import Say
from handlers.report import REPORT
from handlers.scene import Fresh
from handlers.standing import GO, again, onward, start
from handlers.wiping import WIPE, wipe

# The steps whose buttons are pressed here.
STEPS = frozenset({"notice", "chat", "stop", "lobby", "ticket", "rules"})


def obey(draft: Draft, word: str, fresh: Fresh) -> Turn:
    """Do what a command says; its words are in keywords.py."""
    match word:
        case "start" | "report":
            return start(replace(draft, session=None, receipt=None), fresh)
        case "check":
            return start(replace(draft, aside="check"), fresh)
        case "stop" if draft.receipt and not draft.session:
            return again(draft, fresh)
        case "stop":
            return start(replace(draft, aside="stop"), fresh)
        case "back":
            return _back(draft, fresh)
        case "wipe":
            return wipe(draft, whole=True)
        case "language":
            return Turn(draft, (Say("ask-language", options=pages.languages()),))
        case _ if word in LANGUAGES:
            return start(replace(draft, language=LANGUAGES[word].code), fresh)
        case "rules":
            return _rules(draft, rules.ALL)
        case _:
            return Turn(draft, (pages.page(word, fresh, onward(draft)),))


def pressed(draft: Draft, step: str, value: str, fresh: Fresh) -> Turn:
    """Do what a button says; an old one brings back what stands open."""
    match step, value:
        case "notice", "go":
            return again(draft if draft["notice"] else draft.put("notice", Picked("go")), fresh)
        case "notice", "read":
            return Turn(draft, (Say("notice-whole", pages.promises(fresh), (GO, rules.OPEN, WIPE)),))
        case "rules", _:
            return _rules(draft, value)
        case ("chat", "wipe") | ("stop", "yes"):
            return wipe(draft, whole=False)
        case "lobby", _ if value == "report" or value in LANGUAGES:
            return obey(draft, value, fresh)
        case "ticket", "written" if draft.receipt:
            return Turn(draft, (pages.bye(fresh, WIPE),))
        case "ticket", "withdraw" if draft.receipt:
            return sending.withdraw(draft, draft.receipt, fresh)
        case _:
            return start(draft, fresh)


def _rules(draft: Draft, value: str) -> Turn:
    """Show the page of the rules, or a card of it; what is typed next may name another card."""
    return Turn(replace(draft, aside=rules.ASIDE), (rules.read(value, onward(draft)),))


def _back(draft: Draft, fresh: Fresh) -> Turn:
    if draft["notice"] is None or draft.session or draft.receipt:
        return start(replace(draft, session=None), fresh)
    return REPORT.back(draft, fresh)
