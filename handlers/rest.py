"""A draft at rest: after half an hour of silence nothing of it is shown before somebody asks for it.

The phone may lie in another hand by then. What comes first is answered with one neutral question, and kept.
"""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from handlers.answers import Draft
from handlers.dialogue import LONGEST, MOST_WORDS, Turn
from handlers.keywords import command, is_blank, is_greeting, is_reply
from handlers.messages import Option, Say
from handlers.scene import Fresh

# Minutes.
SILENCE: Final = 30
# What a draft at rest waits for: whether to go on, or whether to stop.
ASIDE, STOPPING = "resume", "resume-stop"
ASIDES: Final = frozenset({ASIDE, STOPPING})
GO = Option("resume", "go", "resume-go")
WIPE = Option("resume", "wipe", "resume-wipe")
ASK = Say("ask-resume", options=(GO, WIPE))
ASK_STOP = Say("ask-stop", options=(Option("stop", "yes", "stop-yes"), Option("stop", "on", "stop-no")))


def unsent(draft: Draft) -> bool:
    """Whether something was told and not sent."""
    return draft.receipt is None and any(name != "notice" for name, _ in draft.answers)


def stands(draft: Draft) -> bool:
    """Whether something stands open that is nobody else's to see: answers not yet sent, or a ticket."""
    return unsent(draft) or draft.session is not None


def rested(draft: Draft, fresh: Fresh) -> Draft:
    """Lay a draft to rest that nobody has touched for so long."""
    silent = draft.touched and _minute(fresh.now) - draft.touched >= SILENCE
    return replace(draft, aside=ASIDE) if silent and stands(draft) else draft


def prompt(draft: Draft) -> Say:
    """Say what a draft at rest waits for."""
    return ASK_STOP if draft.aside == STOPPING else ASK


def touched(draft: Draft, fresh: Fresh) -> Draft:
    """Note when somebody was last here, to the minute, and only for as long as something stands open."""
    return replace(draft, touched=_minute(fresh.now) if stands(draft) else 0)


def keep(draft: Draft, text: str) -> Turn:
    """Keep what was written to a draft at rest. A greeting, a command or a plain yes is no part of a story."""
    if is_blank(text) or is_greeting(text) or is_reply(text) or command(text):
        return Turn(draft, (ASK,))
    if len(text) > LONGEST:
        return Turn(draft, (Say("too-long", {"most": LONGEST}), ASK))
    if draft.length + sum(map(len, draft.held)) + len(text) > MOST_WORDS:
        return Turn(draft, (Say("too-much", {"most": MOST_WORDS}), ASK))
    return Turn(replace(draft, held=(*draft.held, text)), (ASK,))


def _minute(now: datetime) -> int:
    return int(now.timestamp()) // 60
