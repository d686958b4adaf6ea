"""Before, beside and after the questions: notice, commands, ticket, ways out. Every message enters here."""

from msgspec.structs import replace

from handlers import follow_up, posters, report, rules, ticket
from handlers.answers import Draft, Picked, Receipt
from handlers.dialogue import LONGEST, Turn
from handlers.effects import Detach, Discard, Effect, FileTip, Forget, Withdraw
from handlers.keywords import chosen, command, is_blank, is_greeting, is_ping, is_reply
from handlers.messages import Chose, Hushed, Incoming, Kept, Lost, Option, Said, Say, Started, Term
from handlers.report import REPORT
from handlers.scene import Fresh, Timeline

GO = Option("notice", "go", "notice-go")
READ = Option("notice", "read", "notice-read")
WIPE = Option("chat", "wipe", "chat-wipe")
REPORT_AGAIN = Option("lobby", "report", "lobby-report")
ON = Option("lobby", "on", "notice-go")
WRITTEN = Option("ticket", "written", "ticket-written")
WITHDRAW = Option("ticket", "withdraw", "ticket-withdraw")
ASK_STOP = Say("ask-stop", options=(Option("stop", "yes", "stop-yes"), Option("stop", "on", "stop-no")))
LANGUAGES = {"indonesian": "id", "english": "en"}


def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Answer one message of one person."""
    match incoming:
        case Kept() | Lost() | Hushed():
            return _news(draft, incoming, fresh)
        case Started(payload):
            return start(_hinted(_settled(draft), payload, fresh), fresh)
        case Chose(step="notice" | "chat" | "stop" | "lobby" | "ticket" | "rules" as step, value=value):
            return _pressed(_settled(draft), step, value, fresh)
        case Said(text):
            return _said(draft, text, fresh)
        case _:
            return _go_on(_settled(draft), incoming, fresh)


def _settled(draft: Draft) -> Draft:
    """Whoever goes on has answered what was asked beside the questions."""
    return replace(draft, aside="")


def start(draft: Draft, fresh: Fresh) -> Turn:
    """Greet: with the notice at first, later with whatever stands open."""
    match draft.aside:
        case "stop":
            return Turn(draft, (ASK_STOP,))
        case "check":
            return Turn(draft, (Say("ask-ticket", options=(_onward(draft),)),))
        case _ if draft["notice"] or _session(draft, fresh):
            return _stand(draft, fresh)
        case _:
            return Turn(draft, (notice(draft, fresh),))


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


def _hinted(draft: Draft, text: str, fresh: Fresh) -> Draft:
    """Remember the poster's place, where it is one of ours."""
    code = _known(text, fresh)
    return replace(draft, hint=code) if code else draft


def _news(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Hear of a file. Before the notice is read and after the tip has gone there is nothing to say about it."""
    if isinstance(incoming, Lost) and _was_sent(draft, incoming.item):
        # Whoever has sent it, or has come back with the code, hears what became of it.
        return Turn(draft, (Say(f"lost-{incoming.why}"),))
    if draft.receipt:
        return Turn(draft)
    turned = REPORT.turn(draft, incoming, fresh)
    if draft["notice"] is not None and not draft.session and not draft.aside:
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
    match ticket.read(text):
        case ticket.Mistyped():
            return Turn(draft, (Say("ticket-mistyped", options=(_onward(draft),)),))
        case str() as code:
            return follow_up.enter(draft, code, fresh)
        case None:
            pass
    if word := command(text):
        return _command(_settled(draft), word, fresh)
    if draft.aside:
        return _aside(draft, text, fresh)
    if draft["notice"] is None and not draft.session:
        return _first_words(draft, text, fresh)
    if is_ping(text) or _is_scan(text):
        return start(_hinted(draft, text, fresh), fresh)
    return _go_on(draft, Said(text), fresh)


def _aside(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Hear an answer to what was asked beside the questions; anything else is asked for again."""
    pressed = chosen(Said(text), start(draft, fresh).says[-1])
    if isinstance(pressed, Chose):
        return _pressed(_settled(draft), pressed.step, pressed.value, fresh)
    return start(draft, fresh)


def _is_scan(text: str) -> bool:
    """Tell whether a message is nothing but a poster's greeting: on WhatsApp every scan makes one, also later on."""
    greets = "poster" in text.casefold() and posters.read_payload(text) is not None
    return greets and not posters.beyond_payload(text)


def _known(text: str, fresh: Fresh) -> str:
    """Return the place that a poster's greeting names, if it is one of ours."""
    code = posters.read_payload(text)
    return code if code and fresh.scene.places.knows(code) else ""


def _first_words(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Keep what somebody tells before they have seen the notice: it is never asked for twice."""
    hinted = _hinted(draft, text, fresh)
    story = posters.beyond_payload(text) if _known(text, fresh) else text
    standing = notice(hinted, fresh)
    pressed = chosen(Said(story), standing)
    if isinstance(pressed, Chose):
        return _pressed(hinted, pressed.step, pressed.value, fresh)
    if is_greeting(story) or is_reply(story) or is_blank(story) or _is_scan(story):
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
            return Turn(draft, (Say("ask-language", options=_languages()),))
        case "english" | "indonesian":
            return start(replace(draft, language=LANGUAGES[word]), fresh)
        case _:
            return Turn(draft, (_page(draft, word, fresh),))


def _page(draft: Draft, word: str, fresh: Fresh) -> Say:
    """Say something to read, with the way on below it."""
    onward = (_onward(draft),)
    match word:
        case "rules":
            return rules.read(rules.ALL, *onward)
        case "about":
            return Say("about", {"channel": fresh.scene.channel, "office": fresh.scene.office}, onward)
        case _:
            return Say("help", options=onward)


def _onward(draft: Draft) -> Option:
    """Offer the way back to what stands open, or the way in."""
    return ON if draft["notice"] or draft.session else REPORT_AGAIN


def _languages() -> tuple[Option, ...]:
    return tuple(Option("lobby", name, f"language-{code}") for name, code in LANGUAGES.items())


def wipe(draft: Draft, *, whole: bool) -> Turn:
    """Forget this conversation, also in the chat itself; `whole` forgets the wish to be told of news as well."""
    # Nothing is remembered, so the button has to: it goes on in the language it was shown in.
    again = next(Option("lobby", name, REPORT_AGAIN.key) for name, code in LANGUAGES.items() if code == draft.language)
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


def _pressed(draft: Draft, step: str, value: str, fresh: Fresh) -> Turn:
    match step, value:
        case "notice", "go":
            return _stand(draft if draft["notice"] else draft.put("notice", Picked("go")), fresh)
        case "notice", "read":
            return Turn(draft, (Say("notice-whole", _promises(fresh), (GO, rules.OPEN, WIPE)),))
        case "rules", _:
            return Turn(draft, (rules.read(value, _onward(draft)),))
        case ("chat", "wipe") | ("stop", "yes"):
            return wipe(draft, whole=False)
        case "lobby", ("indonesian" | "english" | "report") as word:
            return _command(draft, word, fresh)
        case "ticket", "written" if draft.receipt:
            return Turn(draft, (Say(_bye(fresh), options=(WIPE,)),))
        case "ticket", "withdraw" if draft.receipt:
            return _withdraw(draft, draft.receipt, fresh)
        case _:
            return start(draft, fresh)


def _bye(fresh: Fresh) -> str:
    return "bye" if fresh.scene.erasable else "bye-by-hand"


def _promises(fresh: Fresh) -> dict[str, str | int | Term]:
    scene = fresh.scene
    return {
        "channel": scene.channel,
        "office": scene.office,
        "push": scene.promises.push,
        "keep": scene.promises.keep,
        "unsent": scene.promises.unsent,
        "platform": Term(f"platform-{scene.channel.lower()}"),
    }


def _withdraw(draft: Draft, receipt: Receipt, fresh: Fresh) -> Turn:
    if not fresh.withdrawable:
        return Turn(draft, (Say("too-late-to-withdraw", options=(REPORT_AGAIN, WIPE)),))
    draft = Draft(language=draft.language)
    return Turn(
        draft,
        (Say("withdrawn", options=(REPORT_AGAIN,)),),
        (Withdraw(receipt.tip, receipt.card, receipt.files),),
    )


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
        return _file(turned.draft, fresh)
    return turned


def _file(draft: Draft, fresh: Fresh) -> Turn:
    """Every question is answered: hand the tip over and show the ticket, once."""
    push = draft["send"] == Picked("push")
    receipt = Receipt(fresh.tip, fresh.card, tuple(item.id for item in draft.files.held), push)
    sent = Draft(language=draft.language, hint=draft.hint, receipt=receipt).put("notice", Picked("go"))
    says = (Say("ticket", {"ticket": fresh.ticket, "office": fresh.scene.office}, (WRITTEN, WITHDRAW)),)
    return Turn(sent, says, (FileTip(report.tip(draft, fresh), fresh.card, push, fresh.scene.desk),))
