"""Every key of the catalogue that the code can say, read out of the code itself."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.citations import SANCTIONS
from bot.commands import COMMANDS
from bot.distress import KINDS
from bot.edition.contents import TABLES as EDITION
from bot.menu import MENU
from bot.privacy import SECTIONS
from handlers import desk
from handlers.desk import TEMPLATES, Card, Fault, Menu, Pending, Sanction
from handlers.desk.card import Before
from handlers.languages import LANGUAGES
from handlers.messages import Oddity
from handlers.report import REPORT, WHAT
from handlers.rules import CATEGORIES
from handlers.status import Status
from storage.errors import Why

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("handlers", "storage", "bot")
# Where a call keeps its key. The argument after it holds the words.
KEY_AT = {"Say": 0, "Refused": 0, "Term": 0, "Line": 0, "Option": 2, "option": 1, "say": 0}
HOLE = "{}"


def _below_cards() -> frozenset[str]:
    """Name every action that may stand below some card."""
    changed = {"pending": Pending("Apa?", "sari"), "before": Before("sari", Status.RECEIVED, "", "")}
    cards = [
        Card("rotan-fajar", "uang", "", date(2026, 11, 13), 0, menu=menu, holder=holder, **more)  # type: ignore[arg-type]  # of two kinds
        for menu in Menu
        for holder in ("", "sari")
        for more in ({}, changed)
    ]
    rows = [row for card in cards for status in Status for row in desk.actions(card, status)]
    return frozenset(action for row in rows for action in row)


# Only where there is a voice, or another office.
SOME_BUTTONS = frozenset({"transcribe", "forward"})
LIST_BUTTONS = frozenset(
    {
        "list-take",
        "list-next",
        "list-remind",
        "list-reassign",
        "list-late",
        "list-spam",
        "list-link",
        "list-ask",
        "list-close",
    }
)
# Keys that are put together while running. Whoever writes a new f-string adds its family here, or a test fails.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "odd-{}": tuple(f"odd-{kind}" for kind in Oddity),
    "lost-{}": tuple(f"lost-{why}" for why in (*Why, "gone")),
    "status-{}": tuple(f"status-{status}" for status in Status),
    "desk-status-{}": tuple(f"desk-status-{status}" for status in Status),
    "desk-{}": tuple(f"desk-{action}" for action in sorted(_below_cards() | SOME_BUTTONS | LIST_BUTTONS)),
    "desk-sanction-{}": tuple(f"desk-sanction-{one}" for one in Sanction),
    "desk-refused-{}": tuple(f"desk-refused-{one}" for one in Fault),
    "desk-command-{}": tuple(f"desk-command-{name}" for name in COMMANDS),
    "desk-write-{}": ("desk-write-question", "desk-write-note"),
    "edition-{}": tuple(f"edition-{name}" for name in EDITION),
    "edition-days-{}": ("edition-days-read", "edition-days-closed"),
    "question-{}": tuple(f"question-{name}" for name in TEMPLATES),
    "platform-{}": ("platform-telegram", "platform-whatsapp"),
    "part-{}": tuple(f"part-{part}" for part in ("dini-hari", "subuh", "pagi", "siang", "sore", "malam")),
    "language-{}": tuple(f"language-{one.code}" for one in LANGUAGES.values()),
    "what-{}": tuple(f"what-{value}" for value in WHAT.values),
    "rule-{}": tuple(f"rule-{value}" for value in CATEGORIES),
    "sanction-{}": tuple(f"sanction-{name}" for name in SANCTIONS),
    "menu-{}": tuple(f"menu-{name}" for name in MENU),
    "menu-{}.command": tuple(f"menu-{name}.command" for name in MENU),
    "privacy-{}-head": tuple(f"privacy-{head}-head" for head, _ in SECTIONS),
    "privacy-{}": tuple(f"privacy-{name}" for _, names in SECTIONS for name in names),
    # Only where a label has something to add; the catalogue may hold it or not.
    "{}.about": (),
    "desk-alert-about-{}": tuple(f"desk-alert-about-{kind}" for kind in KINDS),
}
STEPS = frozenset(REPORT.keys())


@dataclass(frozen=True, slots=True)
class Saying:
    """One place in the code that says something. `words` is None where they are put together elsewhere."""

    place: str
    call: str
    keys: frozenset[str]
    patterns: frozenset[str]
    words: frozenset[str] | None

    @property
    def all(self) -> frozenset[str]:
        return self.keys.union(*(expanded(pattern) for pattern in self.patterns))


def expanded(pattern: str) -> frozenset[str]:
    """Name the keys that an f-string may become."""
    if pattern in FAMILIES:
        return frozenset(FAMILIES[pattern])
    shape = re.escape(pattern).replace(re.escape(HOLE), ".+")
    return frozenset(key for key in STEPS if re.fullmatch(shape, key))


@cache
def sayings() -> tuple[Saying, ...]:
    """Find every place in the code that says something."""
    paths = sorted(path for source in SOURCES for path in (ROOT / source).rglob("*.py"))
    return tuple(saying for path in paths for saying in read(path.relative_to(ROOT), path.read_text("utf8")))


@cache
def sayable() -> frozenset[str]:
    """Name every key that the code can say."""
    return STEPS.union(*(saying.all for saying in sayings()))


@cache
def bubbles() -> frozenset[str]:
    """Name the keys that are said to reporters as bubbles of their own."""
    said = [saying.all for saying in sayings() if saying.call in {"Say", "Refused"}]
    return frozenset(key for key in frozenset().union(*said) if not for_officers(key))


def for_officers(key: str) -> bool:
    """Whether only officers read this; what they ask is read by reporters."""
    return key.startswith(("desk-", "toast-", "card")) and key != "desk-asks"


def read(path: Path, source: str) -> Iterator[Saying]:
    """Find every place in one file that says something."""
    module = Module(ast.parse(source))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and (name := _name(node)) in KEY_AT and len(node.args) > KEY_AT[name]:
            found = frozenset(module.strings(node.args[KEY_AT[name]])) - {""}
            yield Saying(
                f"{path}:{node.lineno}",
                name,
                frozenset(key for key in found if HOLE not in key),
                frozenset(key for key in found if HOLE in key),
                module.words(node, KEY_AT[name] + 1),
            )


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) if name[0].isupper():
            return name
        case ast.Attribute(attr=name) if name in {"say", "option"}:
            return name
        case _:
            return ""


class Module:
    """One file of code, as far as it can be read without running it."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self._assigned: dict[str, list[ast.expr]] = {}
        self._returned: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self._assigned.setdefault(name, []).append(value)
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    self._assigned.setdefault(name, []).append(value)
                case ast.FunctionDef(name=name):
                    returns = [it.value for it in ast.walk(node) if isinstance(it, ast.Return) and it.value]
                    self._returned.setdefault(name, []).extend(returns)
                case _:
                    continue

    def _behind(self, node: ast.expr) -> list[ast.expr]:
        """Look behind names, choices and calls of this file's own functions."""
        match node:
            case ast.IfExp(body=body, orelse=orelse):
                return [*self._behind(body), *self._behind(orelse)]
            case ast.BoolOp(values=values):
                return [one for value in values for one in self._behind(value)]
            case ast.Name(id=name):
                return [one for value in self._assigned.get(name, []) for one in self._behind(value)]
            case ast.Call(func=ast.Name(id=name)):
                return [one for value in self._returned.get(name, []) for one in self._behind(value)]
            case _:
                return [node]

    def strings(self, node: ast.expr) -> Iterator[str]:
        for one in self._behind(node):
            match one:
                case ast.Constant(value=str(text)):
                    yield text
                case ast.JoinedStr(values=values):
                    yield "".join(str(value.value) if isinstance(value, ast.Constant) else HOLE for value in values)
                case _:
                    continue

    def words(self, call: ast.Call, at: int) -> frozenset[str] | None:
        """Name the words that a call hands over, where that can be read."""
        if _name(call) == "option":
            return frozenset(keyword.arg for keyword in call.keywords if keyword.arg not in {None, "minor"})
        given = call.args[at] if len(call.args) > at else None
        given = next((keyword.value for keyword in call.keywords if keyword.arg == "words"), given)
        if given is None:
            return frozenset()
        names: set[str] = set()
        for one in self._behind(given):
            if not isinstance(one, ast.Dict) or not all(isinstance(key, ast.Constant) for key in one.keys):
                return None
            names |= {str(key.value) for key in one.keys if isinstance(key, ast.Constant)}
        return frozenset(names) if self._behind(given) else None
