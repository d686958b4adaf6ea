"""The demo page is whole and keeps to itself: every file it names is there, and none leads to another host."""

import re
from pathlib import Path

import pytest

import simulator

PAGE = Path(simulator.__file__).parent / "page"
SHEETS_AND_SCRIPTS = sorted(path for path in PAGE.iterdir() if path.suffix in {".html", ".css", ".js", ".svg"})
NAMED = re.compile(r"""["'(](?:/page/|\./)([\w.-]+)["')]""")
# A name that looks like an address and is never fetched: what makes a file an SVG at all.
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
ELSEWHERE = re.compile(r"""(?:https?:|wss?:)?//[\w-]+(?:\.[\w-]+)+|@import|\bimport\s*\(""")


def words_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace(SVG_NAMESPACE, "")


@pytest.mark.parametrize("path", SHEETS_AND_SCRIPTS, ids=lambda path: path.name)
def test_everything_a_file_of_the_page_names_is_beside_it(path: Path) -> None:
    missing = [name for name in NAMED.findall(words_of(path)) if not (PAGE / name).is_file()]
    assert missing == []


def test_every_file_of_the_page_is_reached_from_its_front() -> None:
    reached, waiting = {"OFL.txt"}, ["index.html"]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        if (PAGE / name) in SHEETS_AND_SCRIPTS:
            waiting += [one for one in NAMED.findall(words_of(PAGE / name)) if one not in reached]
    assert reached == {path.name for path in PAGE.iterdir()}


@pytest.mark.parametrize("path", SHEETS_AND_SCRIPTS, ids=lambda path: path.name)
def test_no_file_of_the_page_leads_to_another_host(path: Path) -> None:
    assert ELSEWHERE.findall(words_of(path)) == []


def test_an_address_elsewhere_would_be_noticed() -> None:
    for line in ('src="https://cdn.example/x.js"', 'url("//fonts.example/x")', "import('x')", "wss://a.example"):
        assert ELSEWHERE.search(line), line


def test_nothing_anybody_types_can_become_markup() -> None:
    interpreters = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser")
    guilty = [path.name for path in SHEETS_AND_SCRIPTS if interpreters.search(words_of(path))]
    assert guilty == []


def test_both_tongues_say_the_same_things() -> None:
    source = (PAGE / "words.js").read_text(encoding="utf-8")
    indonesian, english = (
        re.findall(r"^  (\w+): ", table, re.MULTILINE)
        for table in re.findall(r"const (?:INDONESIAN|ENGLISH) = \{(.*?)^\};", source, re.MULTILINE | re.DOTALL)
    )
    assert indonesian == english
    asked = {key for path in SHEETS_AND_SCRIPTS for key in re.findall(r'\bsay\("(\w+)"', words_of(path))}
    asked |= set(re.findall(r'data-say(?:-label|-title|-placeholder)?="(\w+)"', words_of(PAGE / "index.html")))
    assert asked <= set(indonesian)
