"""SECURITY.md and docs/dpia.md: what they claim is shown by a file, and their days are those that run."""

import re

import bot
from bot.privacy import PUSH_DAYS, promises
from bot.settings import Settings
from tests.docs.pages import ROOT

DPIA = (ROOT / "docs" / "dpia.md").read_text("utf8")
SECURITY = (ROOT / "SECURITY.md").read_text("utf8")
CLAIM = "only root over both can join them"


def section(number: int) -> str:
    return DPIA.partition(f"\n## {number}.")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The rows of a table without its head."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    return found[2:]


def test_every_measure_names_what_shows_it() -> None:
    measures = [*rows(section(4)), *rows(section(3))]
    assert len(measures) > 20
    for *_, measure, shown in measures:
        named = re.findall(r"`([\w/.]+)`", shown)
        assert named, measure
        assert all((ROOT / name).exists() for name in named), shown


def test_most_risks_are_shown_by_tests_and_none_by_words_alone() -> None:
    by_tests = [row for row in rows(section(4)) if "`tests/" in row[-1]]
    assert by_tests == rows(section(4))


def test_its_days_are_those_that_run() -> None:
    said = promises(Settings(_env_file=None))  # type: ignore[call-arg]  # pydantic-settings' own
    text = section(1)
    assert f"after closing ({said.keep} unless set)" in text
    assert f"{PUSH_DAYS} days at most, or until closing" in text
    assert (said.unsent, "two days at most" in text) == (2, True)


def test_what_only_a_person_decides_is_left_open() -> None:
    assert len(re.findall(r"^- \[ \] ", section(7), re.MULTILINE)) >= 8
    assert "- [x]" not in DPIA


def test_the_version_that_is_mended_is_this_one() -> None:
    major, minor, *_ = bot.__version__.split(".")
    assert f"| the newest of {major}.{minor} | yes |" in SECURITY


def test_security_promises_what_the_threat_model_does_and_no_more() -> None:
    model = (ROOT / "docs" / "threat-model.md").read_text("utf8")
    for text in (SECURITY, model):
        assert CLAIM in " ".join(text.split())
    assert not re.search(r"100 ?%|anonymous|guarantee", SECURITY)
