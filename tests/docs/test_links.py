"""Where a page leads there is something, and what it names by its path is there."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from tests.docs.pages import ROOT, blocks, links, name_of, pages, prose, spans

PAGES = pages()
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
OURS = ("bot", "handlers", "storage", "locales", "simulator", "tests", "docs", "deploy", "benchmarks", ".ci")
# A path into one of our folders, or a file of ours by its name alone.
INTO = re.compile(rf"(?<![\w./<-])(?:{'|'.join(map(re.escape, OURS))})/[\w./*{{}},-]*[\w*}}]")
ALONE = re.compile(r"[\w-]+\.(?:py|ftl|typ|chat|desk|toml|yaml|lock)")


class Target(NamedTuple):
    """Where a link of a page leads."""

    page: Path
    link: str


def relative() -> list[Target]:
    return [
        Target(page, link) for page in PAGES for link in links(page.read_text("utf8")) if not re.match(r"[a-z]+:", link)
    ]


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them (GitHub's way)."""
    heads = (re.sub(r"[`*_\[\]]|\(.*?\)", "", head) for head in HEADING.findall(page.read_text("utf8")))
    return {re.sub(r"[^\w\- ]", "", head.strip().lower()).replace(" ", "-") for head in heads}


# What a how-to of CONTRIBUTING.md has people make; tests/howto makes it.
MADE = {"bot/app/lines.py"}


def spread(pattern: str) -> Iterator[str]:
    """Carry out `{a,b}`."""
    parts = [part.split(",") for part in re.findall(r"\{([^}]*)\}", pattern)]
    shape = re.sub(r"\{[^}]*\}", "\0", pattern)
    for chosen in product(*parts):
        found = shape
        for one in chosen:
            found = found.replace("\0", one, 1)
        yield found


def is_there(name: str) -> bool:
    return all(any(ROOT.glob(one)) for one in spread(name))


def named(page: Path) -> set[str]:
    """What a page names by its path, in sentences, in tables and in what is to be typed."""
    text = page.read_text("utf8")
    return {name for source in (prose(text), *blocks(text)) for name in INTO.findall(_unlinked(source))}


def _unlinked(text: str) -> str:
    return re.sub(r"\]\([^)]*\)|(?:src|href)=\"[^\"]*\"|https?://\S+", "]", text)


@pytest.mark.parametrize("target", relative(), ids=lambda one: f"{name_of(one.page)}:{one.link}")
def test_a_link_leads_somewhere(target: Target) -> None:
    path, _, anchor = target.link.partition("#")
    led = (target.page.parent / unquote(path)).resolve() if path else target.page
    assert led.exists()
    assert ROOT in led.parents
    if anchor:
        assert anchor in anchors(led)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_is_named_by_its_path_is_there(page: Path) -> None:
    assert {name for name in named(page) - MADE if not is_there(name)} == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_file_that_is_named_alone_is_somewhere(page: Path) -> None:
    ours = {path.name for folder in OURS for path in (ROOT / folder).rglob("*")} | {one.name for one in ROOT.iterdir()}
    told = {span for span in spans(page.read_text("utf8")) if ALONE.fullmatch(span)}
    assert told - ours == set()


def test_a_slip_would_be_seen() -> None:
    assert not is_there("bot/turnz.py")
    assert is_there("handlers/{steps,report}.py")
    assert not is_there("handlers/{steps,rapport}.py")
    assert is_there("locales/*/report.ftl")
    assert INTO.findall("see handlers/steps.py, bot/cli/. and x/bot/nothing") == ["handlers/steps.py", "bot/cli"]
    assert anchors(ROOT / "docs/keys.md") >= {"keys", "two-users"}
    assert links('[a](b.md#c) and <img src="d.png">') == ["b.md#c", "d.png"]
    assert list(blocks("a\n\n    b\n\n```sh\nc\n```\n")) == ["c\n", "b"]


def test_many_were_looked_at() -> None:
    assert len(relative()) > 100
    assert sum(len(named(page)) for page in PAGES) > 100
