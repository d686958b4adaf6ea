"""Whole conversations, as a person reads them on a phone."""

from difflib import unified_diff
from pathlib import Path

import pytest

from tests.dialogue.player import BadChat, play
from tests.dialogue.record import CHATS

FILES = sorted(CHATS.glob("*.chat"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_conversation_reads_as_it_was_recorded(path: Path) -> None:
    written = path.read_text("utf8")
    played = play(written)
    diff = "\n".join(unified_diff(written.splitlines(), played.splitlines(), "recorded", "played now", lineterm=""))
    if diff:
        pytest.fail(f"{path.name} reads differently:\n{diff}", pytrace=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_conversation_says_what_it_is_about(path: Path) -> None:
    first = path.read_text("utf8").splitlines()[0]
    assert first.startswith("# Siapa: ")


def test_there_are_conversations() -> None:
    assert len(FILES) >= 30


@pytest.mark.parametrize("line", ["> [Tidak pernah ada]", "> <kapal>", "* hujan", "* status: hilang", "bahasa"])
def test_a_line_that_cannot_be_played_is_an_error(line: str) -> None:
    with pytest.raises((BadChat, ValueError)):
        play(f"# Siapa: salah tulis\n{line}\n")
