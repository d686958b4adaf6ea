"""A reporter returns with a ticket: where the tip stands, what officers ask, more to tell, forget me."""

from collections.abc import Iterator

from msgspec.structs import replace

from handlers.answers import Draft, Session
from handlers.desk.asking import TEMPLATES
from handlers.dialogue import LONGEST, Turn
from handlers.effects import Attach, Detach, Fetch, LookUp, Reply, TakeBack
from handlers.files import SOUNDS, TAKEN
from handlers.keywords import chosen, is_blank, is_reply
from handlers.messages import Chose, Incoming, Odd, Option, Pinned, Said, Say, Sent, Term, Word
from handlers.scene import PASSED_ON, Fresh, Line, Timeline, Tired
from handlers.status import Status
from handlers.ticket import Code
from handlers.tip import Enclosure

STEP = "follow"
# What somebody is in the middle of.
REPLYING, SENDING, WITHDRAWING = "reply", "files", "withdraw"
# Of a case that goes on for months more is taken than of one report, but not everything.
MORE_FILES = 2


def enter(draft: Draft, code: Code, fresh: Fresh) -> Turn:
    """Open a ticket: ask for the look-up first, then show what it found."""
    match fresh.looked:
        case None:
            return Turn(draft, effects=(LookUp(code),))
        case Timeline() as timeline:
            draft = replace(draft, session=Session(timeline.tip, timeline.key), aside="")
            return Turn(draft, (show(timeline),))
        case Tired():
            return Turn(draft, (Say("ticket-tired"),))
        case _:
            return Turn(draft, (Say("ticket-unknown"),))


def standing(session: Session, timeline: Timeline) -> Say:
    """Say what stands open in a session."""
    match session.doing:
        case "reply":
            return Say("ask-reply", options=(_keep(),))
        case "withdraw" if not timeline.closed:
            return _ask_withdraw(timeline)
        case _:
            return show(timeline)


def _ask_withdraw(timeline: Timeline) -> Say:
    options = (Option(STEP, "yes", "follow-yes"), _keep())
    return Say("ask-withdraw-read" if timeline.read else "ask-withdraw", options=options)


def show(timeline: Timeline) -> Say:
    """Say in words where the tip stands, and what can be done."""
    lines = tuple(_line(line) for line in timeline.lines)
    words: dict[str, Word] = {"status": _status(timeline), "lines": lines}
    key = "timeline-over" if timeline.status == Status.WITHDRAWN else "timeline"
    return Say(key, words, tuple(_options(timeline)))


def _status(timeline: Timeline) -> Term:
    """Say where it stands; of what was passed on, where to."""
    known = Term(f"status-{timeline.status}")
    return next((_what(line) for line in reversed(timeline.lines) if line.key == known.key), known)


def _line(line: Line) -> Term:
    return Term("timeline-line", {"day": line.day, "what": _what(line)})


def _what(line: Line) -> Term:
    if line.key == PASSED_ON and line.text:
        return Term("status-referred-to", {"office": line.text})
    return Term(line.key, {"text": _asked(line)})


def _asked(line: Line) -> Word:
    """Say a question of the catalogue in the reader's language, and any other as it was written."""
    asked = tuple(Term(f"question-{name}") for name in TEMPLATES if f"question-{name}" in line.keys)
    return asked if asked and len(asked) == len(line.keys) else line.text


def _options(timeline: Timeline) -> Iterator[Option]:
    if timeline.status != Status.WITHDRAWN:
        yield Option(STEP, "reply", "follow-reply")
    if timeline.pushed:
        yield Option(STEP, "detach", "follow-detach")
    if not timeline.closed:
        yield Option(STEP, "withdraw", "follow-withdraw")
    yield Option(STEP, "leave", "follow-leave")


def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Go on with an open ticket."""
    timeline, session = fresh.looked, draft.session
    if not isinstance(timeline, Timeline) or session is None:
        return Turn(replace(draft, session=None), (Say("ticket-unknown"),))
    prompt = standing(session, timeline)
    match incoming if session.doing == REPLYING else chosen(incoming, prompt):
        case Chose(step="follow", value=value):
            return _pressed(draft, session, timeline, value)
        case Said() | Sent() if timeline.status == Status.WITHDRAWN:
            return Turn(_doing(draft, session, ""), (show(timeline),))
        case Said(text) if not is_blank(text) and (session.doing == REPLYING or not is_reply(text)):
            return _reply(draft, session, text, show(timeline).options)
        case Sent() as sent:
            return _attach(draft, session, timeline, sent, fresh)
        case Pinned():
            return Turn(draft, (Say("not-words", options=prompt.options),))
        case Odd(kind):
            return Turn(draft, (Say(f"odd-{kind}", options=prompt.options),))
        case _:
            return Turn(_doing(draft, session, ""), (show(timeline),))


def _pressed(draft: Draft, session: Session, timeline: Timeline, value: str) -> Turn:
    match value:
        case "reply" if timeline.status != Status.WITHDRAWN:
            return Turn(_doing(draft, session, REPLYING), (Say("ask-reply", options=(_keep(),)),))
        case "detach":
            says = (Say("detached", options=show(timeline).options[-1:]),)
            return Turn(_doing(draft, session, ""), says, (Detach(session.tip),))
        case "withdraw" if not timeline.closed:
            return Turn(_doing(draft, session, WITHDRAWING), (_ask_withdraw(timeline),))
        case "yes" if session.doing == WITHDRAWING and not timeline.closed:
            return _take_back(draft, session, timeline)
        case "leave":
            return Turn(replace(draft, session=None), (Say("left", options=tuple(_ways_on(draft))),))
        case _:
            return Turn(_doing(draft, session, ""), (show(timeline),))


def _take_back(draft: Draft, session: Session, timeline: Timeline) -> Turn:
    """Withdraw the tip. Nothing of it that an officer has read can be unread."""
    says = (Say("taken-back-read" if timeline.read else "taken-back", options=tuple(_ways_on(draft))),)
    return Turn(_doing(draft, session, ""), says, (TakeBack(session.tip),))


def _reply(draft: Draft, session: Session, text: str, options: tuple[Option, ...]) -> Turn:
    """Add words to the tip; whoever is shown a question may simply write."""
    if len(text) > LONGEST:
        return Turn(draft, (Say("too-long", {"most": LONGEST}, (_keep(),)),))
    draft = _doing(draft, session, "")
    return Turn(draft, (Say("reply-kept", options=options),), (Reply(session.tip, text),))


def _attach(draft: Draft, session: Session, timeline: Timeline, sent: Sent, fresh: Fresh) -> Turn:
    """Add a file to the tip; an album is told of once."""
    options = show(timeline).options
    most = MORE_FILES * fresh.scene.most_files
    if sent.kind not in TAKEN or sent.kind in SOUNDS:
        # A voice needs its warning, and a case that goes on has officers who can ask.
        return Turn(draft, (Say("follow-no-voice" if sent.kind in SOUNDS else "file-document", options=options),))
    if timeline.files >= most:
        return Turn(draft, (Say("too-many-files", {"most": most}, options),))
    says = () if session.doing == SENDING else (Say("follow-file", options=options),)
    words = () if is_blank(sent.caption) else (Reply(session.tip, sent.caption),)
    attach = Attach(session.tip, Enclosure(sent.item, sent.kind, fresh.key))
    return Turn(_doing(draft, session, SENDING), says, (Fetch(sent.item, fresh.key), attach, *words))


def _ways_on(draft: Draft) -> Iterator[Option]:
    """Offer to go on with a report that was begun before, and to wipe the chat."""
    if draft.answers and not draft.receipt:
        yield Option("lobby", "on", "notice-go")
    yield Option("chat", "wipe", "chat-wipe")


def _keep() -> Option:
    return Option(STEP, "keep", "follow-keep")


def _doing(draft: Draft, session: Session, doing: str) -> Draft:
    return replace(draft, session=replace(session, doing=doing))
