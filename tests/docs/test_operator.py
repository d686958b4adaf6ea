"""docs/operator.md: every line of the doctor that it leans on is one that the doctor says; settings and pages exist."""

import ast
import re
from collections.abc import Iterator

import pytest

from bot.settings import BESIDE, Settings
from tests.docs.pages import ROOT
from tests.test_house import settings

TEXT = (ROOT / "docs" / "operator.md").read_text("utf8")
DOCTOR = ROOT / "bot" / "doctor"
HOLE = "…"


def said() -> Iterator[str]:
    """Everything in the doctor's source that could be said, with a hole for what is filled in."""
    for path in DOCTOR.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            match node:
                case ast.JoinedStr(values=parts):
                    yield "".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in parts)
                case ast.Constant(value=str(text)):
                    yield text.replace("`", "")
                case _:
                    pass


SAID = frozenset(said())


def lines() -> list[str]:
    """What the page says that the doctor says: italics with a colon after what it is about."""
    italics = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", TEXT)
    return sorted(
        {line for line in italics if re.match(r"(Telegram|WhatsApp|officers' group|settings|disk)\b.*: ", line)}
    )


def known(line: str) -> bool:
    about, _, found = line.partition(": ")
    return about in SAID and found in SAID


@pytest.mark.parametrize("line", lines())
def test_the_doctor_says_the_line(line: str) -> None:
    assert known(line)


@pytest.mark.parametrize(
    "slip", ["officers' group: it is pubic: anybody can read it", "officer's group: it is public: anybody can read it"]
)
def test_a_letter_wrong_would_be_seen(slip: str) -> None:
    assert not known(slip)


def test_a_switch_says_what_watches_it_or_that_nobody_does() -> None:
    tables = [
        row.split("|") for row in TEXT.partition("## The switches")[2].partition("**The template")[0].splitlines()
    ]
    cells = [row[-2].strip() for row in tables if len(row) > 5 and not row[1].startswith("-")]
    watched = [cell for cell in cells if not cell.startswith("`saksi doctor`")]
    assert len(watched) > 20
    assert all(cell == "nobody" or known(cell.strip("*")) for cell in watched), watched


def test_every_setting_that_is_named_exists() -> None:
    named = set(re.findall(r"\bSAKSI_[A-Z0-9_]*[A-Z0-9]", TEXT))
    assert named <= settings(Settings) | BESIDE


@pytest.mark.parametrize(
    "emergency",
    ["phone is lost", "leaked token", "key is compromised", "seized", "subpoena", "false alarm", "bans", "flood"],
)
def test_there_is_a_plan_for_it(emergency: str) -> None:
    heads = [line for line in TEXT.splitlines() if line.startswith("### ")]
    [head] = [line for line in heads if emergency in line]
    assert len(TEXT.partition(head)[2].partition("\n##")[0].strip()) > 200
