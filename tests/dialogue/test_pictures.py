"""docs/conversation.md shows what the bot really says; `python -m tests.dialogue.pictures` makes it so again."""

import re
from html import unescape

import pytest

from tests.dialogue.drawn import LOOKS, SIZE, measured, wrapped
from tests.dialogue.pictures import DOCS, FOLDER, document, drawings, met
from tests.words.sayings import bubbles

AGAIN = "run: python -m tests.dialogue.pictures"
DRAWN = drawings()


def texts(drawing: str) -> str:
    """Return all that a picture says; where its lines break is the typeface's business."""
    return "".join(unescape("".join(re.findall(r">([^<>]*)</text>", drawing))).split())


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_picture_says_what_the_bot_says(name: str) -> None:
    assert texts((FOLDER / name).read_text("utf8")) == texts(DRAWN[name]), AGAIN


def test_the_page_is_up_to_date() -> None:
    assert (DOCS / "conversation.md").read_text("utf8") == document(), AGAIN


def test_no_picture_lies_about_that_is_not_drawn_any_more() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(DRAWN), AGAIN


def test_every_message_stands_on_the_page() -> None:
    page = document()
    cards = {key for _, key in met() if key.startswith("rule-")}
    assert len(cards) == 9
    assert {key for key in (bubbles() - {"rule-card"}) | cards if f"`{key}`" not in page} == set()


def test_messages_come_from_conversations_and_nearly_all_stand_on_both_platforms() -> None:
    by_chat = {key for (_, key), one in met().items() if one.chat}
    assert len(by_chat) > 80
    alone = {key for _, key in met() if not all((name, key) in met() for name in LOOKS)}
    assert alone <= {"bye", "bye-by-hand"}


def test_a_changed_word_is_noticed() -> None:
    drawing = DRAWN["lobby-id.svg"]
    assert "Sedang memakai wifi" in drawing
    assert texts(drawing) != texts(drawing.replace("wifi", "Wi-Fi"))
    assert texts(drawing) == texts(drawing.replace("wifi ", "wifi</text><text>"))


@pytest.mark.parametrize("text", ["satu dua tiga " * 30, "https://" + "x" * 300, "", "a"])
def test_no_line_is_wider_than_its_bubble_and_no_word_is_lost(text: str) -> None:
    lines = wrapped(text, 300, SIZE)
    assert all(measured(line, SIZE) <= 300 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
