"""A reporter returns with a ticket: where the tip stands, what officers ask, more to tell, forget me."""

from collections.abc import Iterator

from msgspec.structs import replace

from handlers.answers import Draft, Session
from handlers.dialogue import LONGEST, Turn
from handlers.effects import Detach, LookUp, Reply
from handlers.keywords import chosen
from handlers.messages import Chose, Incoming, Option, Said, Say, Term, Word
from handlers.scene import Fresh, Line, Timeline, Tired
from handlers.ticket import Code

STEP = "follow"


def enter(draft: Draft, code: Code, fresh: Fresh) -> Turn:
    """Open a ticket: ask for the look-up first, then show what it found."""
    match fresh.looked:
        case None:
            return Turn(draft, effects=(LookUp(code),))
        case Timeline() as timeline:
            draft = replace(draft, session=Session(timeline.tip, timeline.key), stopping=False)
            return Turn(draft, (show(timeline),))
        case Tired():
            return Turn(draft, (Say("ticket-tired"),))
        case _:
            return Turn(draft, (Say("ticket-unknown"),))


def show(timeline: Timeline) -> Say:
    """Say in words where the tip stands, and what can be done."""
    lines = tuple(_line(line) for line in timeline.lines)
    words: dict[str, Word] = {"status": Term(f"status-{timeline.status}"), "lines": lines}
    return Say("timeline", words, tuple(_options(timeline)))


def _line(line: Line) -> Term:
    return Term("timeline-line", {"day": line.day, "what": Term(line.key, {"text": line.text})})


def _options(timeline: Timeline) -> Iterator[Option]:
    yield Option(STEP, "reply", "follow-reply")
    if timeline.pushed:
        yield Option(STEP, "detach", "follow-detach")
    yield Option(STEP, "leave", "follow-leave")


def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Go on with an open ticket."""
    timeline, session = fresh.looked, draft.session
    if not isinstance(timeline, Timeline) or session is None:
        return Turn(replace(draft, session=None), (Say("ticket-unknown"),))
    prompt = show(timeline)
    match chosen(incoming, prompt), session.doing:
        case Chose(step="follow", value="reply"), _:
            return Turn(_doing(draft, session, "reply"), (Say("ask-reply", options=(_keep(),)),))
        case Chose(step="follow", value="detach"), _:
            return Turn(draft, (Say("detached", options=prompt.options[-1:]),), (Detach(session.tip),))
        case Chose(step="follow", value="leave"), _:
            return Turn(replace(draft, session=None), (Say("left", options=(Option("chat", "wipe", "chat-wipe"),)),))
        case Said(text), "reply" if len(text) > LONGEST:
            return Turn(draft, (Say("too-long", {"most": LONGEST}, (_keep(),)),))
        case Said(text), "reply" if text.strip():
            return Turn(
                _doing(draft, session, ""),
                (Say("reply-kept", options=prompt.options),),
                (Reply(session.tip, text),),
            )
        case _:
            return Turn(_doing(draft, session, ""), (prompt,))


def _keep() -> Option:
    return Option(STEP, "keep", "follow-keep")


def _doing(draft: Draft, session: Session, doing: str) -> Draft:
    return replace(draft, session=replace(session, doing=doing))
