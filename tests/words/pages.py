"""The catalogues as they are written: what each key says, variant by variant, and which words it waits for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from locales import LANGUAGES
from tests.words.sayings import ROOT

# Stands for a word that is filled in later.
GAP = "X"


@dataclass(frozen=True, slots=True)
class Entry:
    """One key in one language. `texts` are all it can say, with gaps for what is filled in."""

    page: str
    texts: tuple[str, ...]
    waits_for: frozenset[str]


@cache
def pages(language: str) -> dict[str, Entry]:
    """Read a language as it is written."""
    folder = ROOT / "locales" / language
    found: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf8")).body:
            if isinstance(entry, ast.Message):
                found.update(_entries(path.name, entry))
    return found


def everywhere() -> Iterator[tuple[str, str, Entry]]:
    """Go through all keys of all languages."""
    for language in LANGUAGES:
        yield from ((language, key, entry) for key, entry in pages(language).items())


def _entries(page: str, message: ast.Message) -> Iterator[tuple[str, Entry]]:
    if message.value:
        yield message.id.name, _entry(page, message.value)
    for attribute in message.attributes:
        yield f"{message.id.name}.{attribute.id.name}", _entry(page, attribute.value)


def _entry(page: str, pattern: ast.Pattern) -> Entry:
    names = Names()
    names.visit(pattern)
    return Entry(page, tuple(_texts(pattern)), frozenset(names.found))


class Names(Visitor):
    """Collects the variables of a pattern."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802  # the visitor's own way
        self.found.add(node.id.name)


def _texts(pattern: ast.Pattern) -> Iterator[str]:
    for pieces in product(*(_pieces(element) for element in pattern.elements)):
        yield "".join(pieces)


def _pieces(element: ast.TextElement | ast.Placeable) -> Sequence[str]:
    match element:
        case ast.TextElement(value=text):
            return (text,)
        case ast.Placeable(expression=ast.StringLiteral(value=text)):
            return (text,)
        case ast.Placeable(expression=ast.SelectExpression(variants=variants)):
            return tuple(text for variant in variants for text in _texts(variant.value))
        case _:
            return (GAP,)
