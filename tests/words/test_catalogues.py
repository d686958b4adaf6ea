import json
from pathlib import Path

import pytest

from handlers.report import WHAT
from locales import LANGUAGES, catalogue
from tests.words.pages import pages
from tests.words.sayings import FAMILIES, ROOT, Saying, expanded, read, sayable, sayings

EVERYTHING_SAID = sorted(sayings(), key=lambda saying: saying.place)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_loads_and_holds_what_is_on_its_pages(language: str) -> None:
    assert catalogue(language).keys == set(pages(language))


def test_the_languages_say_the_same_things_on_the_same_pages() -> None:
    where = [{key: entry.page for key, entry in pages(language).items()} for language in LANGUAGES]
    assert all(one == where[0] for one in where)


def test_a_key_waits_for_the_same_words_in_every_language() -> None:
    waiting = [{key: entry.waits_for for key, entry in pages(language).items()} for language in LANGUAGES]
    assert all(one == waiting[0] for one in waiting)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_code_may_say_there_are_words_for_it(language: str) -> None:
    assert sayable() - set(pages(language)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_lie_about_that_nobody_says(language: str) -> None:
    said = sayable()
    unsaid = {key for key in pages(language) if key.removesuffix(".about") not in said}
    assert unsaid == set()


@pytest.mark.parametrize("saying", EVERYTHING_SAID, ids=lambda saying: saying.place)
def test_a_key_put_together_while_running_belongs_to_a_known_family(saying: Saying) -> None:
    strangers = {pattern for pattern in saying.patterns if not expanded(pattern) and pattern not in FAMILIES}
    assert strangers == set(), "name what it can become in FAMILIES"


@pytest.mark.parametrize("saying", EVERYTHING_SAID, ids=lambda saying: saying.place)
def test_whoever_says_something_hands_over_the_words_it_waits_for(saying: Saying) -> None:
    if saying.words is None or saying.call == "Line":
        return
    for key in saying.keys.union(*(FAMILIES.get(pattern, ()) for pattern in saying.patterns)):
        assert pages("id")[key].waits_for <= saying.words, key


def test_the_code_was_really_read() -> None:
    assert {"notice", "notice-kept", "bye-by-hand", "moment-about", "toast-held", "desk-asks"} <= sayable()
    assert len(EVERYTHING_SAID) > 100


def test_a_new_saying_does_not_go_unnoticed() -> None:
    source = """
def f(late, day):
    key = "one" if late else f"two-{day}"
    words = {"day": day}
    return Say(key, words), Say(g()), Option("s", "v", "four"), words.say("five", more)

def g():
    return "three"
"""
    found = list(read(Path("new.py"), source))
    said = [(it.call, set(it.keys), set(it.patterns), it.words) for it in found]
    assert sorted(said, key=str) == [
        ("Option", {"four"}, set(), frozenset()),
        ("Say", {"one"}, {"two-{}"}, frozenset({"day"})),
        ("Say", {"three"}, set(), frozenset()),
        ("say", {"five"}, set(), None),
    ]
    assert expanded("two-{}") == set()


def test_what_may_be_reported_is_named_as_in_the_table_of_violations() -> None:
    menu = json.loads((ROOT / "bot" / "data" / "violations.json").read_text("utf8"))["menu"]
    words = catalogue("id")
    named = {row["id"]: (row["title_id"], row["desc_id"]) for row in menu}
    assert {it: (words.say(f"what-{it}"), words.say(f"what-{it}.about")) for it in WHAT.values} == named
