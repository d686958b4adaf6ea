"""Pictures of every message: `python -m tests.dialogue.pictures` writes docs/conversation.md and docs/conversation/.

What is shown comes out of the conversations in tests/chats, each played once as on Telegram and once as on WhatsApp;
what no conversation meets comes out of tests/words/walk.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from bot import render
from bot.channels.base import Shown
from handlers.messages import Say, Term
from locales import LANGUAGES, catalogue
from tests.dialogue.drawn import LOOKS, Scene, sheet
from tests.dialogue.player import CHANNELS, BadChat, Phone, doings, opened, said
from tests.dialogue.record import CHATS
from tests.dialogue.world import LIMITS
from tests.words.pages import pages
from tests.words.sayings import ROOT
from tests.words.walk import everything_said

DOCS = ROOT / "docs"
FOLDER = DOCS / "conversation"
LONGEST_SHOWN = 160
PAGES = {
    "lobby": "Before, beside and after the questions",
    "rules": "What civil servants may and may not do",
    "report": "The questions",
    "files": "Files, and what cannot be taken",
    "review": "The summary, and changes",
    "follow_up": "The ticket, and the way back with it",
}


@dataclass(frozen=True, slots=True)
class Met:
    """A message as it was first met: in which chat, and after what the person had done."""

    chat: str
    did: str
    say: Say


@cache
def met() -> dict[tuple[str, str], Met]:
    """Play every chat on both platforms; return each message by platform and key."""
    found: dict[tuple[str, str], Met] = {}
    for path in sorted(CHATS.glob("*.chat"), key=lambda path: ("english" in path.stem, path.stem)):
        for name in CHANNELS:
            for key, one in _messages(path.stem, path.read_text("utf8"), name):
                found.setdefault((CHANNELS[name], key), one)
    known = {key for _, key in found}
    rest = (say for say in everything_said().values() if _key(say) not in known)
    return found | {(name, _key(say)): Met("", "", say) for say in rest for name in LOOKS}


def _key(say: Say) -> str:
    """Name a message; the cards of the rules share one frame, and are told apart by what is in it."""
    card = say.words.get("card")
    return card.key if isinstance(card, Term) else say.key


def _messages(chat: str, text: str, channel: str) -> Iterator[tuple[str, Met]]:
    """Play one chat on one platform, as far as its buttons stand there."""
    lines = [f"channel: {channel}", *(line for line in text.splitlines() if not line.startswith("channel: "))]
    phone, rest = opened(lines)
    for doing in doings(rest):
        try:
            says = list(_answers(doing, phone))
        except BadChat:
            # The other platform shows letters where this one has buttons; the rest is shown by the chat's own.
            return
        yield from ((_key(say), Met(chat, _did(doing), say)) for say in says)


def _answers(doing: list[str], phone: Phone) -> Iterator[Say]:
    before = len(phone.says)
    said(doing, phone)
    yield from phone.says[before:]


def _did(doing: list[str]) -> str:
    """Tell what a person did; news of the world are not theirs."""
    text = "\n".join(re.sub(r"^[>|] ?", "", line) for line in doing)
    if doing[0].startswith("*") or text.startswith("[!"):
        return ""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def scenes(page: str, language: str) -> list[Scene]:
    """Gather the messages of one page of words, in the order of the page."""
    keys = [key for key, entry in pages(language).items() if f"{page}.ftl" == entry.page]
    everywhere = [key for key in keys if all((name, key) in met() for name in LOOKS)]
    alone = [key for key in keys if key not in everywhere and any((name, key) in met() for name in LOOKS)]
    return list(_once([_scene(key, language) for key in (*everywhere, *alone)]))


def _once(all_: list[Scene]) -> Iterator[Scene]:
    """Show what a list holds where it is first met; later it is as closed as on a phone."""
    seen: set[tuple[str, ...]] = set()
    for scene in all_:
        labels = tuple(row.label for shown in scene.shown.values() for one in shown for row in one.rows)
        yield replace(scene, open=labels not in seen)
        seen.add(labels)


def _scene(key: str, language: str) -> Scene:
    seen = {name: met()[name, key] for name in LOOKS if (name, key) in met()}
    first = next(iter(seen.values()))
    caption = f"{key} · {first.chat}.chat" if first.chat else key
    did = first.did if language == "id" else ""
    return Scene(caption, did, {name: _shown(seen[name].say, name, language) for name in seen})


def _shown(say: Say, name: str, language: str) -> tuple[Shown, ...]:
    return render.show(say, catalogue(language), LIMITS[name])


def drawings() -> dict[str, str]:
    """Draw every page in every language; return the pictures by file name."""
    return {
        f"{page}-{language}.svg": sheet(found)
        for page in PAGES
        for language in LANGUAGES
        if (found := scenes(page, language))
    }


def document() -> str:
    """Write docs/conversation.md."""
    names = drawings()
    parts = [_HEAD, *(_section(page, about, names) for page, about in PAGES.items()), _conversations()]
    return "\n".join(part for part in parts if part)


_HEAD = """# The conversation, message by message

Everything that a reporter may be told, as Telegram and as WhatsApp show it. Above each message stand its key in
`locales/` and the conversation in [tests/chats](../tests/chats) that it was met in, with what the person had done just
before. Made by `python -m tests.dialogue.pictures` out of these conversations; a test tells when a picture says
something else than the bot.
"""


def _section(page: str, about: str, names: dict[str, str]) -> str:
    if f"{page}-id.svg" not in names:
        return ""
    english = f"[The same in English](conversation/{page}-en.svg)"
    keys = ", ".join(f"`{scene.caption.split(' · ')[0]}`" for scene in scenes(page, "id"))
    return f"## {about}\n\n{keys}\n\n{english}\n\n![{about}](conversation/{page}-id.svg)\n"


def _conversations() -> str:
    lines = ["## Whole conversations", "", "| conversation | who |", "|---|---|"]
    for path in sorted(CHATS.glob("*.chat")):
        who = path.read_text("utf8").splitlines()[0].removeprefix("# Siapa: ")
        lines.append(f"| [{path.stem}](../tests/chats/{path.name}) | {who} |")
    return "\n".join((*lines, ""))


def main() -> None:
    """Write the page and its pictures anew; what is no longer said goes."""
    FOLDER.mkdir(exist_ok=True)
    made = drawings()
    for path in FOLDER.glob("*.svg"):
        if path.name not in made:
            path.unlink()
    for name, drawing in made.items():
        (FOLDER / name).write_text(drawing, "utf8")
    (DOCS / "conversation.md").write_text(document(), "utf8")


if __name__ == "__main__":
    main()
