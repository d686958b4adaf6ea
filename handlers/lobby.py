"""Before, beside and after the questions: notice, commands, ticket, ways out. Every message enters here."""

from msgspec.structs import replace

from handlers import follow_up, posters, ticket
from handlers.answers import Draft, Picked, Receipt
from handlers.dialogue import Turn
from handlers.effects import Discard, Effect, FileTip, Forget, Withdraw
from handlers.keywords import bare, command, is_greeting
from handlers.messages import Chose, Hushed, Incoming, Kept, Lost, Option, Said, Say, Started, Term
from handlers.report import REPORT, tip
from handlers.scene import Fresh, Timeline

GO = Option("notice", "go", "notice-go")
READ = Option("notice", "read", "notice-read")
WIPE = Option("chat", "wipe", "chat-wipe")
REPORT_AGAIN = Option("lobby", "report", "lobby-report")
LANGUAGES = {"indonesian": "id", "english": "en"}


def turn(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Answer one message of one person."""
    match incoming:
        case Kept() | Lost() | Hushed():
            return _news(draft, incoming, fresh)
        case Started(payload):
            return start(_hinted(draft, payload, fresh), fresh)
        case Chose(step="notice" | "chat" | "stop" | "lobby" | "ticket" as step, value=value):
            return _pressed(draft, step, value, fresh)
        case Said(text):
            return _said(draft, text, fresh)
        case _:
            return _go_on(draft, incoming, fresh)


def start(draft: Draft, fresh: Fresh) -> Turn:
    """Greet: with the notice at first, later with whatever stands open."""
    if draft.stopping:
        return _again(draft)
    if draft["notice"] is None:
        return Turn(draft, (notice(draft, fresh),))
    return _stand(draft, fresh)


def notice(draft: Draft, fresh: Fresh) -> Say:
    """Say, before the first question, what is and what is not protected."""
    key = "notice-kept" if draft.answers else "notice"
    return Say(key, {"channel": fresh.scene.channel}, (GO, READ, WIPE))


def _hinted(draft: Draft, text: str, fresh: Fresh) -> Draft:
    """Remember the poster's place, where it is one of ours."""
    code = posters.read_payload(text)
    return replace(draft, hint=code) if code and fresh.scene.places.knows(code) else draft


def _news(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Hear of a file. Before the notice is read and after the tip has gone there is nothing to say about it."""
    if draft.receipt:
        return Turn(draft)
    turned = REPORT.turn(draft, incoming, fresh)
    quiet = draft["notice"] is None or draft.session
    return Turn(turned.draft, () if quiet and not isinstance(incoming, Lost) else turned.says, turned.effects)


def _said(draft: Draft, text: str, fresh: Fresh) -> Turn:
    match ticket.read(text):
        case ticket.Mistyped():
            return Turn(draft, (Say("ticket-mistyped"),))
        case str() as code:
            return follow_up.enter(draft, code, fresh)
        case None:
            pass
    word = command(text)
    if draft.stopping and not word:
        return _stopping(draft, bare(text), fresh)
    if word:
        return _command(replace(draft, stopping=False), word, fresh)
    if draft["notice"] is None:
        return _first_words(draft, text, fresh)
    return _go_on(draft, Said(text), fresh)


def _first_words(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Keep what somebody tells before they have seen the notice: it is never asked for twice."""
    hinted = _hinted(draft, text, fresh)
    story = posters.beyond_payload(text) if hinted.hint else text
    if is_greeting(story) or not story.strip():
        return Turn(hinted, (notice(hinted, fresh),))
    turned = REPORT.turn(hinted, Said(story), fresh)
    if turned.draft.answers == hinted.answers:
        return Turn(hinted, turned.says)
    return Turn(turned.draft, (notice(turned.draft, fresh),))


def _command(draft: Draft, word: str, fresh: Fresh) -> Turn:
    match word:
        case "start" | "report":
            return start(replace(draft, session=None, receipt=None), fresh)
        case "check":
            return Turn(draft, (Say("ask-ticket"),))
        case "stop":
            return Turn(replace(draft, stopping=True), (Say("ask-stop", options=_stop_options()),))
        case "back":
            return _back(draft, fresh)
        case "wipe":
            return wipe(draft)
        case "language":
            return Turn(draft, (Say("ask-language", options=_languages()),))
        case "english" | "indonesian":
            return start(replace(draft, language=LANGUAGES[word]), fresh)
        case "rules":
            return Turn(draft, (Say("rules", options=(REPORT_AGAIN,)),))
        case "about":
            return Turn(
                draft,
                (
                    Say(
                        "about",
                        {"channel": fresh.scene.channel, "office": fresh.scene.office},
                        (REPORT_AGAIN,),
                    ),
                ),
            )
        case _:
            return Turn(draft, (Say("help", options=(REPORT_AGAIN,)),))


def _languages() -> tuple[Option, ...]:
    return tuple(Option("lobby", name, f"language-{code}") for name, code in LANGUAGES.items())


def _stop_options() -> tuple[Option, ...]:
    return (Option("stop", "yes", "stop-yes"), Option("stop", "no", "stop-no"))


def _stopping(draft: Draft, word: str, fresh: Fresh) -> Turn:
    if word in ("ya", "iya", "y", "yes", "ok", "oke"):
        return wipe(draft)
    return _said(replace(draft, stopping=False), word, fresh) if word in ("tidak", "no") else _again(draft)


def _again(draft: Draft) -> Turn:
    return Turn(draft, (Say("ask-stop", options=_stop_options()),))


def wipe(draft: Draft) -> Turn:
    """Forget everything of this conversation, also in the chat itself."""
    return Turn(
        Draft(language=draft.language),
        (Say("wiped", options=(REPORT_AGAIN,)),),
        (*_discards(draft), Forget()),
    )


def _discards(draft: Draft) -> tuple[Effect, ...]:
    """Throw away the files of a draft that was never sent; after sending they belong to the tip."""
    return () if draft.receipt else tuple(Discard(item.id) for item in draft.files.held)


def _pressed(draft: Draft, step: str, value: str, fresh: Fresh) -> Turn:
    match step, value:
        case "notice", "go":
            return _stand(draft if draft["notice"] else draft.put("notice", Picked("go")), fresh)
        case "notice", "read":
            return Turn(draft, (Say("notice-whole", _promises(fresh), (GO, WIPE)),))
        case ("chat", "wipe") | ("stop", "yes"):
            return wipe(draft)
        case "stop", "no":
            return start(replace(draft, stopping=False), fresh)
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
        "days": scene.open_days,
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
    if draft.session and isinstance(fresh.looked, Timeline):
        return Turn(draft, (follow_up.show(fresh.looked),))
    if draft.receipt:
        return Turn(draft, (Say("already-sent", options=(REPORT_AGAIN, WIPE)),))
    return REPORT.ask(draft, fresh)


def _go_on(draft: Draft, incoming: Incoming, fresh: Fresh) -> Turn:
    """Hand a message to whatever stands open."""
    if draft.session:
        return follow_up.turn(draft, incoming, fresh)
    if draft.receipt:
        return _stand(draft, fresh)
    turned = REPORT.turn(draft, incoming, fresh)
    if draft["notice"] is None:
        says = turned.says if turned.draft.answers == draft.answers else (notice(turned.draft, fresh),)
        return Turn(turned.draft, says, turned.effects)
    if REPORT.waiting(turned.draft, fresh) is None:
        return _file(turned.draft, fresh)
    return turned


def _file(draft: Draft, fresh: Fresh) -> Turn:
    """Every question is answered: hand the tip over and show the ticket, once."""
    receipt = Receipt(fresh.tip, fresh.card, tuple(item.id for item in draft.files.held))
    sent = Draft(language=draft.language, hint=draft.hint, receipt=receipt).put("notice", Picked("go"))
    options = (Option("ticket", "written", "ticket-written"), Option("ticket", "withdraw", "ticket-withdraw"))
    says = (Say("ticket", {"ticket": fresh.ticket, "office": fresh.scene.office}, options),)
    return Turn(sent, says, (FileTip(tip(draft, fresh), fresh.card, push=draft["send"] == Picked("push")),))
