"""Everything that can be said to a reporter, gathered by walking through the conversation itself."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from msgspec.structs import replace

from handlers import lobby, messages
from handlers.answers import Answer, Draft, Fate, Gathered, Part, Picked, Receipt, Session, Skipped, Words
from handlers.keywords import COMMANDS
from handlers.messages import Chose, Incoming, Kind, Pinned, Said, Say, Sent
from handlers.report import REPORT
from handlers.rest import GO, WIPE
from handlers.rules import CATEGORIES
from handlers.scene import Fresh, Tired, Unknown
from handlers.status import Status
from storage.errors import Why
from tests.words.scenes import CODE, COME_BACK, OPEN, SENT, draft, files, fresh, up_to

HERE = fresh()
MISTYPED = CODE[:-1] + ("8" if CODE.endswith("9") else "9")
FOLLOWED = replace(SENT, receipt=Receipt("tip", "card", pushed=True))
IN_SESSION = replace(draft(), session=Session("tip", "key"))
RETURNED = fresh(looked=replace(COME_BACK, read=True))
UNREAD = fresh(looked=COME_BACK)
WITHDRAWING = replace(draft(), session=Session("tip", "key", "withdraw"))

# Every question but the kind of event passed over.
SKIPPED: tuple[tuple[str, Answer], ...] = (
    ("notice", Picked("go")),
    *((name, Skipped()) for name in ("story", "post", "who", "where", "when", "conflict")),
    ("evidence", Gathered(done=True)),
)


def _of(*message: str) -> Fresh:
    """Make ready a turn for a message of this name."""
    return replace(HERE, message=message)


def _wrote(name: str, text: str) -> Draft:
    """Say who wrote an answer, so that it can be edited."""
    return replace(up_to(name, **{name: Words(text)}), parts=(Part("m", text, (name,)),))


Moves = dict[str, tuple[Draft, Incoming, Fresh]]

GREETING: Moves = {
    "notice": (Draft(), messages.Started(), HERE),
    "notice-kept": (Draft(), Said("kemarin lurah bagi stiker calon"), HERE),
    "notice-whole, Telegram": (Draft(), Chose("notice", "read"), HERE),
    "notice-whole, WhatsApp": (Draft(), Chose("notice", "read"), fresh("WhatsApp")),
    **{f"command {name}": (draft(), Said(words[0]), HERE) for name, words in COMMANDS.items()},
    "an edit": (_wrote("who", "Budi"), messages.Edited("Badu"), _of("m")),
    "an edit before the notice": (
        Draft(answers=(("story", Words("a")),), parts=(Part("m", "a", ("story",)),)),
        messages.Edited("b"),
        _of("m"),
    ),
    "a message taken back": (
        Draft(answers=(("story", Words("a\nb")),), parts=(Part("m", "a", ("story",)),)),
        messages.Revoked(),
        _of("m"),
    ),
    "an edit of something old": (up_to("who"), messages.Edited("b"), _of("m")),
    "an edit after sending": (SENT, messages.Edited("b"), _of("m")),
    "at rest": (replace(up_to("who"), touched=1), Said("halo"), HERE),
    "rules, from the lobby": (Draft(), Said("aturan"), fresh("WhatsApp")),
    **{f"rule {name}": (Draft(), Chose("rules", name), HERE) for name in CATEGORIES},
    **{f"rule {name}, half-way": (draft(), Chose("rules", name), fresh("WhatsApp")) for name in CATEGORIES},
}
REFUSING: Moves = {
    **{f"odd {kind}": (draft(), messages.Odd(kind), HERE) for kind in messages.Oddity},
    "file document": (draft(), Sent("1", Kind.DOCUMENT), HERE),
    **{f"lost {why}": (draft(evidence=files(Fate.COMING)), messages.Lost("0", why), HERE) for why in (*Why, "gone")},
    "too many": (draft(evidence=files(*[Fate.KEPT] * 20)), Sent("21", Kind.IMAGE), HERE),
    "too much": (draft(story=Words("a" * 19_000)), Said("a" * 4000), HERE),
    "too long": (draft(), Said("a" * 5000), HERE),
    "a pin for a story": (draft(), Pinned(-2.2, 113.9), HERE),
    "a pin for a choice": (up_to("what"), Pinned(-2.2, 113.9), HERE),
    "a pin for words": (up_to("who"), Pinned(-2.2, 113.9), HERE),
    "a pin for a place": (up_to("where"), Pinned(-2.2, 113.9), HERE),
    "a pin for a moment": (up_to("when"), Pinned(-2.2, 113.9), HERE),
    "a pin for a file": (up_to("evidence"), Pinned(-2.2, 113.9), HERE),
    "album, quietly": (up_to("who", evidence=files(Fate.KEPT, Fate.LOST)), messages.Hushed(), HERE),
    "words for a choice": (up_to("what"), Said("kepala bkd yang di kantor dinas"), HERE),
    "a story for a name": (up_to("who"), Said("panjang " * 80), HERE),
    "a whole story": (draft(), Said("kemarin malam camat pahandut kampanye di lapangan"), HERE),
    "words for a file": (up_to("evidence"), Said("https://example.org/foto"), HERE),
    "nothing at all": (
        replace(OPEN["send"], answers=()).told((("what", Picked("lain")), *SKIPPED)),
        Chose("send", "send"),
        HERE,
    ),
    "whole story": (OPEN["send, long"], Chose("send", "whole"), HERE),
}
SENDING: Moves = {
    "ticket": (OPEN["send"], Chose("send", "push"), HERE),
    "wiped, followed": (FOLLOWED, Chose("chat", "wipe"), HERE),
    "wiped, unfollowed": (FOLLOWED, Said("hapus"), HERE),
    "bye": (SENT, Chose("ticket", "written"), HERE),
    "bye-by-hand": (SENT, Chose("ticket", "written"), fresh("WhatsApp")),
    "withdrawn": (SENT, Chose("ticket", "withdraw"), HERE),
    "too late": (SENT, Chose("ticket", "withdraw"), fresh(withdrawable=False)),
    "already sent": (SENT, Said("halo"), HERE),
}
RETURNING: Moves = {
    "mistyped": (Draft(), Said(MISTYPED), HERE),
    "unknown": (Draft(), Said(CODE), replace(HERE, looked=Unknown())),
    "tired": (Draft(), Said(CODE), replace(HERE, looked=Tired())),
    "timeline": (Draft(), Said(CODE), RETURNED),
    "ask-reply": (IN_SESSION, Chose("follow", "reply"), RETURNED),
    "reply-kept": (replace(draft(), session=Session("tip", "key", "reply")), Said("jam 9"), RETURNED),
    "file added": (IN_SESSION, Sent("1", Kind.IMAGE), RETURNED),
    "voice added": (IN_SESSION, Sent("1", Kind.VOICE), RETURNED),
    "timeline of a withdrawn one": (Draft(), Said(CODE), fresh(looked=replace(COME_BACK, status=Status.WITHDRAWN))),
    "withdraw?": (IN_SESSION, Chose("follow", "withdraw"), UNREAD),
    "withdraw, read?": (IN_SESSION, Chose("follow", "withdraw"), RETURNED),
    "taken back": (WITHDRAWING, Chose("follow", "yes"), UNREAD),
    "taken back, read": (WITHDRAWING, Chose("follow", "yes"), RETURNED),
    "detached": (IN_SESSION, Chose("follow", "detach"), RETURNED),
    "left": (IN_SESSION, Chose("follow", "leave"), RETURNED),
}
# Said by the bot itself, outside of any turn.
BESIDE = (Say("push"), Say("our-fault"), Say("remind", {"day": date(2026, 11, 19)}, (GO, WIPE)))


@cache
def everything_said() -> dict[str, Say]:
    """Gather one of each, by what led to it."""
    return dict(_walk())


def _walk() -> Iterator[tuple[str, Say]]:
    for name, standing in OPEN.items():
        yield name, REPORT.prompt(standing, HERE)
    for name, (standing, incoming, now) in {**GREETING, **REFUSING, **SENDING, **RETURNING}.items():
        for say in lobby.turn(standing, incoming, now).says:
            yield f"{name} ({say.key})", say
    yield from ((say.key, say) for say in BESIDE)
