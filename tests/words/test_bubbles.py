from datetime import date

import pytest

from bot import render
from bot.channels.base import Limits
from bot.channels.whatsapp import LIMITS as WHATSAPP
from handlers import desk
from handlers.desk import Card
from handlers.messages import Say, Term
from handlers.moments import Moment, read
from handlers.report import REPORT
from handlers.status import Status
from locales import LANGUAGES, catalogue
from tests.words.pages import GAP
from tests.words.sayings import bubbles
from tests.words.scenes import AT_NINE, CHANNELS, CODE, DAYS, FRIDAY, NOW, OFFICE, OPEN, fresh
from tests.words.walk import everything_said

SAID = [pytest.param(say, id=name) for name, say in everything_said().items()]
# What a notification shows of a message at most, on the phones we know.
NOTIFICATION = 90


def words_of(say: Say, language: str, limits: Limits = WHATSAPP) -> str:
    """Say something in one bubble, or fail."""
    [shown] = render.show(say, catalogue(language), limits)
    return shown.text


def test_the_walk_meets_every_bubble_that_the_code_can_say() -> None:
    met = {say.key for say in everything_said().values()}
    assert bubbles() - met == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("say", SAID)
def test_everything_said_is_one_whole_bubble(say: Say, channel: str, language: str) -> None:
    limits = CHANNELS[channel]
    shown = render.show(say, catalogue(language), limits)
    allowed = 1 if say.key != "whole-story" else 3
    assert 1 <= len(shown) <= allowed
    assert all(one.text.strip() == one.text and "{" not in one.text for one in shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_shows_every_answer_beside_its_buttons(language: str) -> None:
    text = words_of(REPORT.prompt(OPEN["send"], fresh("WhatsApp")), language)
    assert len(text) <= WHATSAPP.text_with_buttons
    assert OFFICE in text
    assert "panjang " * 29 + "selesai." in text
    assert "Kepala dinas yang baru dilantik" in text


@pytest.mark.parametrize(
    ("language", "honest"),
    [
        ("id", ("informasi awal", "identitas", "Bawaslu", "tujuh hari", "tidak menyimpan akun")),
        ("en", ("first information", "identity", "Bawaslu", "seven days", "keeps no account")),
    ],
)
def test_before_sending_people_read_what_this_is_and_is_not(language: str, honest: tuple[str, ...]) -> None:
    text = words_of(everything_said()["send"], language)
    assert [promise for promise in honest if promise not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("channel", "truth"), [("Telegram", "Telegram"), ("WhatsApp", "30")])
def test_the_notice_names_what_the_platform_knows(channel: str, truth: str, language: str) -> None:
    whole = words_of(everything_said()[f"notice-whole, {channel} (notice-whole)"], language)
    assert truth in whole
    assert OFFICE in whole
    assert "90" in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notification_does_not_show_the_code(language: str) -> None:
    text = words_of(everything_said()["ticket (ticket)"], language)
    assert text.index(CODE) > NOTIFICATION
    assert text.count(CODE) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_push_tells_no_status(language: str) -> None:
    words = catalogue(language)
    push = words.say("push").casefold()
    assert not [status for status in Status if words.say(f"status-{status}").casefold() in push]


@pytest.mark.parametrize(
    ("language", "when", "said"),
    [
        ("id", AT_NINE, "Jumat, 13 November 2026, sekitar pukul 09.00 WIB"),
        ("en", AT_NINE, "Friday, November 13, 2026, around 09.00 WIB"),
        ("id", Moment("time", FRIDAY, FRIDAY, time="19:30", zone="WITA"), "Jumat, 13 November 2026, pukul 19.30 WITA"),
        ("en", Moment("time", FRIDAY, FRIDAY, time="19:30", zone="WITA"), "Friday, November 13, 2026, 19.30 WITA"),
        ("id", Moment("part", FRIDAY, FRIDAY, part="dini-hari"), "Jumat, 13 November 2026, dini hari"),
        ("en", Moment("part", FRIDAY, FRIDAY, part="dini-hari"), "Friday, November 13, 2026, before dawn"),
        ("id", DAYS[1], "9 November 2026 sampai 15 November 2026"),
        ("en", DAYS[1], "November 9, 2026 to November 15, 2026"),
        ("id", Moment("unknown", FRIDAY, FRIDAY), "tidak ingat"),
        ("en", Moment("unknown", FRIDAY, FRIDAY), "not remembered"),
    ],
)
def test_a_moment_is_said_in_full(language: str, when: Moment, said: str) -> None:
    assert render.moment(when, catalogue(language)) == said


@pytest.mark.parametrize("key", ["ask-when", "not-a-moment"])
@pytest.mark.parametrize(
    ("language", "example", "between"), [("id", "Contoh: ", ", atau "), ("en", "Example: ", ", or ")]
)
def test_every_example_of_a_time_is_understood(key: str, language: str, example: str, between: str) -> None:
    shown = catalogue(language).say(key).partition(example)[2].partition(".")[0]
    examples = shown.split(between)
    assert len(examples) == 2
    assert all(isinstance(read(one, NOW, {}), Moment) for one in examples)


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("ask-send", "send-send"),
        ("ask-send", "send-push"),
        ("already-sent", "lobby-report"),
        ("desk-welcome", "desk-open"),
        ("desk-help", "desk-take"),
        ("desk-help", "desk-open"),
        ("desk-help", "desk-status"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_is_called_by_the_name_it_bears(key: str, label: str, language: str) -> None:
    words = catalogue(language)
    gaps = dict.fromkeys(("office", *OPEN), GAP)
    assert words.say(label) in words.say(key, gaps)


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("id", "rotan-fajar · SEDANG BERLANGSUNG · ADA JAWABAN"),
        ("en", "rotan-fajar · HAPPENING NOW · NEW ANSWER"),
    ],
)
def test_a_card_is_three_lines_whatever_stands_on_it(language: str, first: str) -> None:
    calm = Card("rotan-fajar", "uang", "", FRIDAY, 0)
    busy = Card("rotan-fajar", "uang", "Pahandut", FRIDAY, 3, live=True, holder="sari", answered=True)
    texts = [words_of(desk.summary(card, Status.TRACING), language) for card in (calm, busy)]
    assert [text.splitlines()[0] for text in texts] == ["rotan-fajar", first]
    assert all(len(text.splitlines()) == 3 for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("items", [3, Term("desk-files-missing", {"here": 1, "count": 2})])
def test_an_opened_report_shows_all_of_it_and_how_long(items: int | Term, language: str) -> None:
    words = {name: f"<{name}>" for name in ("reference", "post", "who", "place", "known", "story", "conflict", "live")}
    letters = ("satu", "dua")
    words |= {"notes": "<notes>", "twins": "<twins>"}
    say = Say(
        "desk-tip",
        {**words, "what": Term("what-uang"), "when": AT_NINE, "letters": letters, "items": items, "expires": 15},
    )
    text = words_of(say, language)
    assert [name for name in words if f"<{name}>" not in text] == []
    assert "satu\ndua" in text
    assert "15" in text


def test_a_day_is_written_out() -> None:
    line = Term("timeline-line", {"day": date(2026, 11, 20), "what": Term("status-acknowledged")})
    assert render.resolve({"line": line}, catalogue("id")) == {"line": "20 November 2026: Dibaca petugas"}
