"""What stands open in a chat: the notice, what was asked beside the questions, a ticket, a question."""

from msgspec.structs import replace

from handlers import follow_up, rest, rules
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.messages import Option, Say
from handlers.report import REPORT
from handlers.scene import Fresh, Timeline
from handlers.sending import WITHDRAW
from handlers.wiping import REPORT_AGAIN, WIPE

GO = Option("notice", "go", "notice-go")
READ = Option("notice", "read", "notice-read")
ON = Option("lobby", "on", "notice-go")
# What was asked beside the questions, and is asked again until it is answered.
ASIDES = frozenset({"stop", "check"})


def start(draft: Draft, fresh: Fresh) -> Turn:
    """Greet: with the notice at first, later with whatever stands open."""
    draft = rest.rested(draft, fresh)
    match draft.aside:
        case rest.ASIDE | rest.STOPPING:
            return Turn(draft, (rest.prompt(draft),))
        case "stop":
            return Turn(draft, (rest.ASK_STOP,))
        case "check":
            return Turn(draft, (Say("ask-ticket", options=(onward(draft),)),))
        case _ if draft["notice"] or _session(draft, fresh):
            return again(draft, fresh)
        case _:
            return Turn(draft, (notice(draft, fresh),))


def again(draft: Draft, fresh: Fresh) -> Turn:
    """Say again what stands open, for somebody who has read the notice."""
    if session := _session(draft, fresh):
        return Turn(draft, (session,))
    if draft.receipt:
        withdraw = (WITHDRAW,) if fresh.withdrawable else ()
        return Turn(draft, (Say("already-sent", options=(REPORT_AGAIN, *withdraw, WIPE)),))
    return REPORT.ask(draft, fresh)


def newest(draft: Draft, fresh: Fresh) -> tuple[Say, ...]:
    """Name what stands in the chat with buttons that may be typed as well, the newest first."""
    page = (rules.read(rules.ALL, onward(draft)),) if rest.rested(draft, fresh).aside == rules.ASIDE else ()
    return (*page, *start(draft, fresh).says[-1:])


def notice(draft: Draft, fresh: Fresh) -> Say:
    """Say, before the first question, what is and what is not protected."""
    key = "notice-kept" if draft.answers else "notice"
    return Say(key, {"channel": fresh.scene.channel}, (GO, READ, WIPE))


def onward(draft: Draft) -> Option:
    """Offer the way back to what stands open, or the way in."""
    if draft.aside in rest.ASIDES:
        return rest.GO
    return ON if draft["notice"] or draft.session else REPORT_AGAIN


def settled(draft: Draft) -> Draft:
    """Whoever goes on has answered what was asked beside the questions."""
    return replace(draft, aside="")


def _session(draft: Draft, fresh: Fresh) -> Say | None:
    """Say what stands open of a ticket, if one is."""
    if draft.session and isinstance(fresh.looked, Timeline):
        return follow_up.standing(draft.session, fresh.looked)
    return None
