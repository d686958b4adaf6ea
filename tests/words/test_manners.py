import re

import pytest

from locales import catalogue
from tests.words.manners import (
    MOST_LINES,
    complaints,
    complaints_of_bubbles,
    complaints_of_reporters,
    lines,
    sentences,
)
from tests.words.pages import everywhere
from tests.words.sayings import bubbles, for_officers

ALL = [
    pytest.param(language, key, text, id=f"{language}-{key}")
    for language, key, entry in everywhere()
    for text in entry.texts
]
TO_REPORTERS = [it for it in ALL if not for_officers(str(it.values[1]))]
BUBBLES = [it for it in ALL if it.values[1] in bubbles()]
REFUSALS = [
    it
    for it in BUBBLES
    if re.match(r"(not|odd|file|lost|no|too)-|ticket-(mistyped|unknown|tired)|our-fault", str(it.values[1]))
]
LONGER = {
    "notice-whole": "read by choice, and it has to be whole",
    "rules": "read by choice",
    "rule-card": "read by choice, and it has to be whole",
    "about": "read by choice",
    "help": "a list of words to type, one a line",
    "ask-send": "every answer stands on a line of its own",
    "heard": "every answer stands on a line of its own, with the next question below",
    "ticket": "the code stands on a line of its own, or a narrow phone breaks it",
    "card": "the clocks stand on a line of their own",
    "desk-numbers": "a table, asked for",
    "desk-posters": "a table, asked for, with how it is to be read",
    "desk-chart-inflow": "a picture in words",
    "desk-chart-work": "a picture in words",
    "desk-tip": "officers read the whole report",
    "desk-transcript-proof": "what was written is read over before the voice goes for good",
}


@pytest.mark.parametrize(("language", "key", "text"), ALL)
def test_people_are_spoken_to_plainly(language: str, key: str, text: str) -> None:
    assert list(complaints(text, language)) == [], key


@pytest.mark.parametrize(("language", "key", "text"), ALL)
def test_nothing_is_longer_than_three_lines_without_a_reason(language: str, key: str, text: str) -> None:
    assert (len(lines(text)) > MOST_LINES) == (key in LONGER), language


@pytest.mark.parametrize(("language", "key", "text"), TO_REPORTERS)
def test_reporters_read_no_colours_no_numbers_and_no_unknown_commands(language: str, key: str, text: str) -> None:
    assert list(complaints_of_reporters(text, language)) == [], key


@pytest.mark.parametrize(("language", "key", "text"), BUBBLES)
def test_a_lock_screen_tells_a_stranger_nothing(language: str, key: str, text: str) -> None:
    assert list(complaints_of_bubbles(text, language)) == [], key


@pytest.mark.parametrize(("language", "key", "text"), REFUSALS)
def test_a_refusal_says_why_and_what_would_do(language: str, key: str, text: str) -> None:
    assert len(sentences(text)) >= 2, f"{language} {key}"


def test_the_refusals_were_really_found() -> None:
    assert {"odd-sticker", "lost-gone", "file-document", "not-a-moment", "too-long"} <= {
        it.values[1] for it in REFUSALS
    }


@pytest.mark.parametrize("key", ["ask-story", "ask-story-files", "ask-evidence"])
@pytest.mark.parametrize(("language", "out"), [("id", ("KEMBALI", "BATAL")), ("en", ("BACK", "CANCEL"))])
def test_long_questions_show_the_way_out(key: str, language: str, out: tuple[str, ...]) -> None:
    said = catalogue(language).say(key)
    assert all(word in said.splitlines()[-1] for word in out)


@pytest.mark.parametrize(
    ("language", "text", "fault"),
    [
        ("id", "Apa yang kamu lihat?", "says kamu"),
        ("id", "Tulis nama oknum itu.", "calls somebody guilty"),
        ("id", "Tulis nama pelaku.", "calls somebody guilty"),
        ("id", "Laporan ini 100 % anonim.", "promises too much"),
        ("id", "Format tidak valid.", "blames"),
        ("id", "Langkah 2 dari 5", "counts the steps"),
        ("id", "Silahkan tulis.", "too official"),
        ("id", "Terima kasih 👍", "an emoji"),
        ("id", "Tulis *tebal* saja.", "formatting"),
        ("id", "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua belas.", "13 words"),
        ("en", "You stay anonymous.", "promises too much"),
        ("en", "Name the culprits.", "calls somebody guilty"),
        ("en", "Step 2 of 5", "counts the steps"),
        ("en", "One two three four five six seven eight nine ten eleven twelve thirteen", "13 words"),
    ],
)
def test_bad_manners_are_noticed(language: str, text: str, fault: str) -> None:
    assert any(fault in complaint for complaint in complaints(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Baju kuning."),
        ("id", "Pilih no 2."),
        ("id", "Ketik TERSERAH."),
        ("en", "Type WHATEVER."),
        ("en", "A red shirt."),
    ],
)
def test_colours_numbers_and_unknown_commands_are_noticed(language: str, text: str) -> None:
    assert list(complaints_of_reporters(text, language))


@pytest.mark.parametrize(("language", "text"), [("id", "Laporan Anda tentang camat"), ("en", "Your report was read")])
def test_a_telling_lock_screen_is_noticed(language: str, text: str) -> None:
    assert list(complaints_of_bubbles(text, language))


def test_good_manners_pass() -> None:
    text = "Maaf, kami belum paham tanggalnya. Contoh: kemarin sore, atau 12 November."
    assert not [*complaints(text, "id"), *complaints_of_reporters(text, "id"), *complaints_of_bubbles(text, "id")]
