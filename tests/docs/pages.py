"""The pages that people read, taken apart: what is to be typed, where a link leads, which file is named."""

import re
import shlex
from collections.abc import Iterator
from itertools import groupby, takewhile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
# Lines that a shell would be given; what else stands in a fence is no command.
SHELLS = {"", "sh", "bash", "console"}
OPERATORS = frozenset("|;<>&()")


class Command(NamedTuple):
    """What follows `saksi` in one place of a page, and whether it stands there to be typed as it is."""

    page: str
    words: tuple[str, ...]
    whole: bool

    def __str__(self) -> str:
        return " ".join(self.words)


def pages() -> list[Path]:
    """Every page of the project."""
    found = [
        *ROOT.glob("*.md"),
        *(page for name in ("docs", "bot", "benchmarks") for page in (ROOT / name).rglob("*.md")),
    ]
    return sorted(found)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(text: str) -> str:
    """A page without its fences and indented blocks."""
    lines = FENCE.sub("\n", text).split("\n")
    return "\n".join(line for line in lines if not line.startswith("    "))


def blocks(text: str) -> Iterator[str]:
    """What stands apart to be typed: indented blocks, and fences for a shell."""
    yield from (body for language, body in FENCE.findall(text) if language in SHELLS)
    for apart, lines in groupby(FENCE.sub("\n", text).split("\n"), key=lambda line: line.startswith("    ")):
        if apart:
            yield "\n".join(line.strip() for line in lines)


def lines(text: str) -> Iterator[str]:
    """Whole lines to be typed; one that ends with a backslash goes on in the next."""
    for block in blocks(text):
        yield from re.sub(r"\\\n\s*", " ", block).splitlines()


def spans(text: str) -> Iterator[str]:
    """What a sentence shows as code."""
    yield from (" ".join(span.split()) for span in SPAN.findall(prose(text)))


def links(text: str) -> list[str]:
    """Where the links of a page lead."""
    return [one or other for one, other in LINK.findall(FENCE.sub("\n", text))]


def calls(program: str, line: str) -> Iterator[tuple[str, ...]]:
    """Read what a line calls a program with, once for each time; nothing where the name is only mentioned."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="".join(OPERATORS))
    lexer.whitespace_split = True
    try:
        words = list(lexer)
    except ValueError:  # an apostrophe: a sentence, and no command
        return
    for place, word in enumerate(words):
        if word == program or word.endswith(f"/bin/{program}"):
            yield tuple(takewhile(lambda one: not OPERATORS.issuperset(one), words[place + 1 :]))


def commands() -> list[Command]:
    """Every `saksi ...` of every page, each once."""
    found: dict[tuple[str, ...], Command] = {}
    for page in pages():
        text = page.read_text("utf8")
        for whole, source in ((True, lines(text)), (False, spans(text))):
            for words in (words for line in source for words in calls("saksi", line)):
                if words and re.fullmatch(r"-*[a-z][a-z-]*", words[0]):
                    before = found.get(words)
                    found[words] = Command(name_of(page), words, whole or bool(before and before.whole))
    return sorted(found.values(), key=lambda one: one.words)
