"""docs/legal.md names every rule that Saksi goes by, as the tables have it, and every sentence without one."""

import re
from pathlib import Path

import pytest

from bot.data import tables
from locales import LANGUAGES
from tests.docs.law import LINE, PAGE, head, written
from tests.docs.pages import ROOT

TEXT = PAGE.read_text("utf8")
CITED = re.compile(r"(?:UU|PP|Perpu|Perbawaslu|PKPU) \d+/\d{4}")
CODE = [path for folder in ("bot", "handlers", "storage") for path in (ROOT / folder).rglob("*.py")]
# What is parsed and not cited: an example in a docstring.
EXAMPLES = {"bot/citations.py"}


def test_the_tables_of_the_page_are_those_that_run() -> None:
    assert head() + LINE + "\n" + written() == TEXT, "python -m tests.docs.law"


def test_another_rule_would_be_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    before, known = written(), tables.violations()
    monkeypatch.setattr(tables, "violations", lambda: known.__class__(known.checked, known.menu, known.legal[1:]))
    assert written() != before


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_whatever_the_code_cites_is_on_the_page(path: Path) -> None:
    cited = set(CITED.findall(path.read_text("utf8")))
    assert path.relative_to(ROOT).as_posix() in EXAMPLES or {one for one in cited if one not in TEXT} == set()


def test_what_is_only_remembered_is_marked_so() -> None:
    remembered = [rule for rule in tables.violations().legal if not rule.confidence.startswith("V")]
    assert remembered
    for rule in remembered:
        assert re.search(rf"^\| {rule.code} \|.*\| {re.escape(rule.confidence)} \| ", TEXT, re.MULTILINE)


# Where words of ours state a rule, a law or what a platform does, without a row in a table.
STATED = {
    "id": r"laporan resmi|bisa dihukum|dipidana|punya aturan sendiri|Undang-Undang|sampai 30 hari|di TPS",
    "en": r"formal report|can be punished|both be punished|rules of their own|Law 27|up to 30 days",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_states_a_rule_is_to_be_confirmed(language: str) -> None:
    stating = set()
    for page in (ROOT / "locales" / language).glob("*.ftl"):
        for entry in re.split(r"\n(?=[a-z])", page.read_text("utf8")):
            if re.search(STATED[language], entry):
                stating.add(entry.partition(" =")[0])
    assert stating >= {"ask-send", "platform-whatsapp"}
    # Cards of the desk count by the table of deadlines; the others are named on the page one by one.
    told = {
        "card-clock-open",
        "card-clock-near",
        "card-clock-past",
        "privacy-law",
        "about",
        "rule-ajakan",
        "rule-partai",
    }
    assert {key for key in stating - told if f"`{key}`" not in head()} == set()


def test_everything_to_be_confirmed_can_be_ticked() -> None:
    assert len(re.findall(r"^- \[ \] ", head(), re.MULTILINE)) >= 14
    assert "- [x]" not in head()
