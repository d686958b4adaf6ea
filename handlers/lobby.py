"""Before, beside and after the questions: notice, commands, ticket, ways out. Every message enters here."""

import dataclasses

from msgspec.structs import replace

from handlers import follow_up, pages, posters, reminder, rest, rules, scans, sending, ticket
from handlers.answers import Draft, Picked
from handlers.dialogue import LONGEST, Turn
from handlers.keywords import chosen, command, is_blank, is_greeting, is_ping, is_reply
from handlers.messages import Chose, Hushed, Incoming, Kept, Lost, Option, Said, Say, Sent, Started
from handlers.pages import LANGUAGES
from handlers.report import REPORT
from handlers.scene import Fresh, Timeline
from handlers.sending import WITHDRAW, WRITTEN
from handlers.wiping import REPORT_AGAIN, WIPE, wipe

GO = Option("notice", "go", "notice-go")
READ = Option("notice", "read", "notice-read")
ON = Option("lobby", "on", "notice-go")
# What was asked beside the questions, and is asked again until it is answered.
ASIDES = frozenset({"stop", "check"})


def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Answer one message of one person."""
    draft, before = rest.rested(draft, fresh), draft
    if isinstance(incoming, Kept | Lost | Hushed):
        return _news(draft, incoming, fresh)
    if draft.aside in rest.ASIDES:
        turned = _at_rest(draft, incoming, fresh, asked=before.aside in rest.ASIDES)
    else:
        turned = _turn(draft, incoming, fresh)
    return dataclasses.replace(turned, draft=reminder.noted(before, rest.touched(turned.draft, fresh), fresh))


def _turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    match incoming:
        case Started(payload):
            return start(scans.hinted(_settled(draft), payload, fresh), fresh)
        case Chose(step="notice" | "chat" | "stop" | "lobby" | "ticket" | "rules" as step, value=value):
            return _pressed(_settled(draft), step, value, fresh)
        case Said(text):
            return _said(draft, text, fresh)
        case _:
            return _go_on(_settled(draft), incoming, fresh)


def _at_rest(draft: Draft, incoming: Incoming, fresh: Fresh, *, asked: bool) -> Turn:
    """Ask before anything of a draft is shown again. What was written meanwhile is kept and heard afterwards."""
    resting = replace(draft, aside=rest.ASIDE)
    match chosen(incoming, rest.prompt(draft)):
        case Chose("resume", "go") | Chose("stop", "on"):
            return _resumed(draft, fresh)
        case Chose("resume", "wipe"):
            return wipe(draft, whole=True)
        case Chose("chat", "wipe") | Chose("stop", "yes"):
            return wipe(draft, whole=False)
        case Chose("lobby", "english" | "indonesian" as word):
            return Turn(replace(resting, language=LANGUAGES[word]), (rest.ASK,))
        case Sent() as sent:
            return _file_at_rest(draft, sent, fresh, asked=asked)
        case Said(text):
            return _said_at_rest(resting, text, fresh)
        case _:
            return Turn(resting, (rest.ASK,))


def _said_at_rest(draft: Draft, text: str, fresh: Fresh) -> Turn:
    if ticket.read(text) is not None:
        return _ticket(draft, text, fresh)
    match command(text):
        case "wipe":
            return wipe(draft, whole=True)
        case "stop":
            return Turn(replace(draft, aside=rest.STOPPING), (rest.ASK_STOP,))
        case "english" | "indonesian" as word:
            return Turn(replace(draft, language=LANGUAGES[word]), (rest.ASK,))
        case _:
            return rest.keep(draft, text)


def _file_at_rest(draft: Draft, sent: Sent, fresh: Fresh, *, asked: bool) -> Turn:
    """Take in a file at once, for platforms do not keep it; an album is asked about once."""
    turned = _go_on(_settled(draft), sent, fresh)
    resting = replace(turned.draft, aside=rest.ASIDE)
    if turned.effects:
        return Turn(resting, () if asked else (rest.ASK,), turned.effects)
    return Turn(resting, (*_bare(turned.says[:1]), rest.ASK))


def _resumed(draft: Draft, fresh: Fresh) -> Turn:
    """Go on, with what was written while the draft was at rest."""
    awake = rest.touched(replace(_settled(draft), held=()), fresh)
    if not draft.held:
        return start(awake, fresh)
    turned = Turn(awake)
    for text in draft.held:
        heard = _said(turned.draft, text, fresh)
        turned = Turn(heard.draft, (*turned.says, *heard.says), (*turned.effects, *heard.effects))
    return turned


def _settled(draft: Draft) -> Draft:
    """Whoever goes on has answered what was asked beside the questions."""
    return replace(draft, aside="")


def start(draft: Draft, fresh: Fresh) -> Turn:
    """Greet: with the notice at first, later with whatever stands open."""
    draft = rest.rested(draft, fresh)
    match draft.aside:
        case rest.ASIDE | rest.STOPPING:
            return Turn(draft, (rest.prompt(draft),))
        case "stop":
            return Turn(draft, (rest.ASK_STOP,))
        case "check":
            return Turn(draft, (Say("ask-ticket", options=(_onward(draft),)),))
        case _ if draft["notice"] or _session(draft, fresh):
            return _stand(draft, fresh)
        case _:
            return Turn(draft, (notice(draft, fresh),))


def standing(draft: Draft, fresh: Fresh) -> tuple[Say, ...]:
    """Name what stands in the chat with buttons that may be typed as well, the newest first."""
    page = (rules.read(rules.ALL, _onward(draft)),) if rest.rested(draft, fresh).aside == rules.ASIDE else ()
    return (*page, *start(draft, fresh).says[-1:])


def _session(draft: Draft, fresh: Fresh) -> Say | None:
    """Say what stands open of a ticket, if one is."""
    return (
        follow_up.standing(draft.session, fresh.looked)
        if draft.session and isinstance(fresh.looked, Timeline)
        else None
    )


def notice(draft: Draft, fresh: Fresh) -> Say:
    """Say, before the first question, what is and what is not protected."""
    key = "notice-kept" if draft.answers else "notice"
    return Say(key, {"channel": fresh.scene.channel}, (GO, READ, WIPE))


def _news(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Hear of a file. Before the notice is read and after the tip has gone there is nothing to say about it."""
    if isinstance(incoming, Lost) and _was_sent(draft, incoming.item):
        # Whoever has sent it, or has come back with the code, hears what became of it.
        return Turn(draft, (Say(f"lost-{incoming.why}"),))
    if draft.receipt:
        return Turn(draft)
    turned = REPORT.turn(draft, incoming, fresh)
    if draft["notice"] is not None and not draft.session and draft.aside in ("", rules.ASIDE):
        return turned
    says = _bare(turned.says) if isinstance(incoming, Lost) else ()
    return Turn(turned.draft, says, turned.effects)


def _was_sent(draft: Draft, item: str) -> bool:
    """Whether a file is a tip's already: of the one just sent, or, of no draft, of the one whose ticket is open."""
    if draft.receipt and item in draft.receipt.files:
        return True
    return draft.session is not None and all(one.id != item for one in draft.files.items)


def _bare(says: tuple[Say, ...]) -> tuple[Say, ...]:
    """Say it without buttons: those of something else stand in the chat."""
    return tuple(replace(say, options=()) for say in says)


def _said(draft: Draft, text: str, fresh: Fresh) -> Turn:
    if ticket.read(text) is not None:
        return _ticket(draft, text, fresh)
    if word := command(text):
        return _command(_settled(draft), word, fresh)
    if draft.aside in ASIDES:
        return _aside(draft, text, fresh)
    draft = _settled(draft)
    if draft["notice"] is None and not draft.session:
        return _first_words(draft, text, fresh)
    if is_ping(text) or scans.is_scan(text):
        return start(scans.hinted(draft, text, fresh), fresh)
    return _go_on(draft, Said(text), fresh)


def _ticket(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Open a ticket, from wherever somebody stands."""
    match ticket.read(text):
        case str() as code if draft.held and isinstance(fresh.looked, Timeline):
            # What was written before belongs to what stood open before.
            heard = _resumed(draft, fresh)
            entered = follow_up.enter(heard.draft, code, fresh)
            return Turn(entered.draft, entered.says, (*heard.effects, *entered.effects))
        case str() as code:
            return follow_up.enter(draft, code, fresh)
        case _:
            return Turn(draft, (Say("ticket-mistyped", options=(_onward(draft),)),))


def _aside(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Hear an answer to what was asked beside the questions; anything else is asked for again."""
    pressed = chosen(Said(text), start(draft, fresh).says[-1])
    if isinstance(pressed, Chose):
        return _pressed(_settled(draft), pressed.step, pressed.value, fresh)
    return start(draft, fresh)


def _first_words(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Keep what somebody tells before they have seen the notice: it is never asked for twice."""
    hinted = scans.hinted(draft, text, fresh)
    story = posters.beyond_payload(text) if scans.named(text, fresh) else text
    standing = notice(hinted, fresh)
    pressed = chosen(Said(story), standing)
    if isinstance(pressed, Chose):
        return _pressed(hinted, pressed.step, pressed.value, fresh)
    if is_greeting(story) or is_reply(story) or is_blank(story) or scans.is_scan(story):
        return Turn(hinted, (standing,))
    if len(story) > LONGEST:
        return _unread(hinted, Said(story), fresh)
    told = REPORT.hear(hinted, hinted.put(*hinted.told_more(story)), fresh)
    return Turn(told, (notice(told, fresh),))


def _unread(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Take what comes before the notice is read. Buttons of an earlier conversation count for nothing."""
    if isinstance(incoming, Chose):
        return start(draft, fresh)
    turned = REPORT.turn(draft, incoming, fresh)
    if not turned.effects:
        return Turn(turned.draft, (*_bare(turned.says[:1]), notice(turned.draft, fresh)))
    # An album comes file by file; the notice is shown for the first.
    says = () if draft.files.items else (notice(turned.draft, fresh),)
    return Turn(turned.draft, says, turned.effects)


def _command(draft: Draft, word: str, fresh: Fresh) -> Turn:
    match word:
        case "start" | "report":
            return start(replace(draft, session=None, receipt=None), fresh)
        case "check":
            return start(replace(draft, aside="check"), fresh)
        case "stop" if draft.receipt and not draft.session:
            return _stand(draft, fresh)
        case "stop":
            return start(replace(draft, aside="stop"), fresh)
        case "back":
            return _back(draft, fresh)
        case "wipe":
            return wipe(draft, whole=True)
        case "language":
            return Turn(draft, (Say("ask-language", options=pages.languages()),))
        case "english" | "indonesian":
            return start(replace(draft, language=LANGUAGES[word]), fresh)
        case "rules":
            return _rules(draft, rules.ALL)
        case _:
            return Turn(draft, (pages.page(word, fresh, _onward(draft)),))


def _rules(draft: Draft, value: str) -> Turn:
    """Show the page of the rules, or a card of it; what is typed next may name another card."""
    return Turn(replace(draft, aside=rules.ASIDE), (rules.read(value, _onward(draft)),))


def _onward(draft: Draft) -> Option:
    """Offer the way back to what stands open, or the way in."""
    if draft.aside in rest.ASIDES:
        return rest.GO
    return ON if draft["notice"] or draft.session else REPORT_AGAIN


def _pressed(draft: Draft, step: str, value: str, fresh: Fresh) -> Turn:
    match step, value:
        case "notice", "go":
            return _stand(draft if draft["notice"] else draft.put("notice", Picked("go")), fresh)
        case "notice", "read":
            return Turn(draft, (Say("notice-whole", pages.promises(fresh), (GO, rules.OPEN, WIPE)),))
        case "rules", _:
            return _rules(draft, value)
        case ("chat", "wipe") | ("stop", "yes"):
            return wipe(draft, whole=False)
        case "lobby", ("indonesian" | "english" | "report") as word:
            return _command(draft, word, fresh)
        case "ticket", "written" if draft.receipt:
            return Turn(draft, (pages.bye(fresh, WIPE),))
        case "ticket", "withdraw" if draft.receipt:
            return sending.withdraw(draft, draft.receipt, fresh)
        case _:
            return start(draft, fresh)


def _back(draft: Draft, fresh: Fresh) -> Turn:
    if draft["notice"] is None or draft.session or draft.receipt:
        return start(replace(draft, session=None), fresh)
    return REPORT.back(draft, fresh)


def _stand(draft: Draft, fresh: Fresh) -> Turn:
    """Say again what stands open."""
    if session := _session(draft, fresh):
        return Turn(draft, (session,))
    if draft.receipt:
        withdraw = (WITHDRAW,) if fresh.withdrawable else ()
        return Turn(draft, (Say("already-sent", options=(REPORT_AGAIN, *withdraw, WIPE)),))
    return REPORT.ask(draft, fresh)


def _go_on(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Hand a message to whatever stands open."""
    if draft.session:
        return follow_up.turn(draft, incoming, fresh)
    if draft.receipt:
        pressed = chosen(incoming, Say("already-sent", options=(WRITTEN, WITHDRAW)))
        return _pressed(draft, "ticket", pressed.value, fresh) if isinstance(pressed, Chose) else _stand(draft, fresh)
    if draft["notice"] is None:
        return _unread(draft, incoming, fresh)
    turned = REPORT.turn(draft, incoming, fresh)
    if REPORT.waiting(turned.draft, fresh) is None:
        return sending.file(turned.draft, fresh)
    return turned
