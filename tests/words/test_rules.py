"""What civil servants may and may not do: words from the catalogue, laws, sanctions and the day from the table."""

import re
from datetime import date

import pytest
from babel.dates import format_date
from msgspec.structs import replace

from bot import render
from bot.channels.whatsapp import LIMITS as WHATSAPP
from bot.citations import SANCTIONS, laws, rules, sanctions
from bot.data import tables
from bot.data.tables import Rule
from handlers import lobby
from handlers.answers import Draft
from handlers.keywords import command
from handlers.messages import Chose, Said, Say
from handlers.report import REPORT
from handlers.rules import CATEGORIES
from locales import LANGUAGES, catalogue
from tests.words.scenes import fresh, up_to

MENU = {one.id: one for one in tables.violations().menu}
KNOWN = {rule.code: rule for rule in tables.violations().legal}
PAGE = "aturan"


def rule(text: str, sanction: str = "berat", confidence: str = "V") -> Rule:
    return Rule("DS1", "apa", "what", "ASN", "calon", text, sanction, confidence, "sumber")


def shown(incoming: Said | Chose, language: str, draft: Draft | None = None) -> str:
    """Read what somebody who reports nothing gets to see, on WhatsApp and in one bubble."""
    before = draft or Draft(language=language)
    turn = lobby.turn(before, incoming, fresh("WhatsApp"))
    # That the rules are the newest thing in the chat, and when, is all that is remembered of it.
    assert (replace(turn.draft, aside=before.aside, touched=before.touched), turn.effects) == (before, ())
    [say] = turn.says
    [bubble] = render.show(say, catalogue(language), WHATSAPP)
    return bubble.text


def day(language: str) -> str:
    return str(format_date(tables.violations().checked, format="long", locale=language))


def test_there_is_a_card_for_whatever_may_be_reported() -> None:
    assert set(CATEGORIES) == {name for name, one in MENU.items() if one.legal_codes}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_card_cites_the_laws_of_the_table_and_no_others(category: str, language: str) -> None:
    text = shown(Chose("rules", category), language)
    verified = [KNOWN[code] for code in MENU[category].legal_codes if KNOWN[code].confidence.startswith("V")]
    assert verified
    cited = set(re.findall(r"(?:UU|PP) \d+/\d{4}", text))
    assert cited <= set(re.findall(r"(?:UU|PP) \d+/\d{4}", " ".join(one.rule for one in verified)))
    assert all(re.findall(r"(?:UU|PP) \d+/\d{4}", one.rule)[0] in cited for one in verified)
    assert all(f"{number}" in text for one in verified for number in re.findall(r"Ps (\d+)", one.rule.split("(")[0]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_card_says_what_may_follow_as_the_table_has_it(category: str, language: str) -> None:
    text, words = shown(Chose("rules", category), language), catalogue(language)
    told = [name for name in SANCTIONS if words.say(f"sanction-{name}") in text]
    known = " ".join(one.sanction for one in rules(category) if "R" not in one.confidence)
    assert told == [name for name, mark in SANCTIONS.items() if mark in known]
    assert told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("read", [Said(PAGE), *(Chose("rules", name) for name in CATEGORIES)], ids=str)
def test_whoever_reads_the_rules_reads_on_which_day_they_were_looked_up(read: Said | Chose, language: str) -> None:
    assert day(language) in shown(read, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_money_card_warns_whoever_took_some(language: str) -> None:
    assert KNOWN["PD4"].code in MENU["uang"].legal_codes
    assert "penerima" in KNOWN["PD4"].label_id.casefold()
    warned = {"id": ("pemberi dan penerima", "diri Anda"), "en": ("giving and taking", "yourself")}[language]
    assert all(words in shown(Chose("rules", "uang"), language) for words in warned)


@pytest.mark.parametrize(("language", "word"), [("id", "ARTI"), ("en", "MEANING")])
def test_the_question_about_the_category_names_a_word_that_opens_the_rules(language: str, word: str) -> None:
    question = catalogue(language).say("ask-what")
    assert question.splitlines()[-1].endswith(f" {word}.")
    assert command(word) == "rules"
    assert shown(Said(word), language, up_to("what")) == shown(Said(PAGE), language)


@pytest.mark.parametrize("value", ["", "lain", "all", "x" * 50])
def test_a_card_that_there_is_not_leads_to_the_page(value: str) -> None:
    assert shown(Chose("rules", value), "id") == shown(Said(PAGE), "id")


def test_the_way_back_is_always_there() -> None:
    for draft, back in ((Draft(), "lobby:report"), (up_to("what"), "lobby:on")):
        for value in ("all", *CATEGORIES):
            [say] = lobby.turn(draft, Chose("rules", value), fresh()).says
            assert back in {f"{option.step}:{option.value}" for option in say.options}
    assert lobby.turn(up_to("what"), Chose("lobby", "on"), fresh()).says == (REPORT.prompt(up_to("what"), fresh()),)


def test_below_the_whole_notice_a_button_opens_the_rules() -> None:
    [say] = lobby.turn(Draft(), Chose("notice", "read"), fresh()).says
    [rules_button] = [option for option in say.options if option.step == "rules"]
    [page] = lobby.turn(Draft(), Chose("rules", rules_button.value), fresh()).says
    assert isinstance(page, Say)
    assert page.key == "rules"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("PP 42/2004 Ps 11 huruf c", {"PP 42/2004": ["11"]}),
        ("PP 94/2021", {"PP 94/2021": [""]}),
        ("PP 94/2021 Ps 5 huruf n; Ps 14 huruf i", {"PP 94/2021": ["5", "14"]}),
        ("UU 20/2023 Ps 52(3)j,(4) (was UU 5/2014 Ps 87(4)c)", {"UU 20/2023": ["52"]}),
        ("UU 7/2017 Ps 304 (list of facilities); Ps 280(1)h jo 521 (R)", {"UU 7/2017": ["304"]}),
        ("UU 10/2016 Ps 73(4); Ps 187A", {"UU 10/2016": ["73", "187A"]}),
        ("UU 10/2016 Ps 71(1) jo UU 1/2015 Ps 188 (MK 136)", {"UU 10/2016": ["71"], "UU 1/2015": ["188"]}),
        ("UU 7/2017 Ps 280(1)j, 523(1)-(3)", {"UU 7/2017": ["280", "523"]}),
    ],
)
def test_laws_and_articles_are_read_out_of_the_table(text: str, cited: dict[str, list[str]]) -> None:
    assert laws([rule(text)]) == {law: [one for one in articles if one] for law, articles in cited.items()}


def test_what_is_only_remembered_is_not_said_to_the_public() -> None:
    assert sanctions([rule("x", "pidana / diskualifikasi", "R"), rule("x", "berat", "V (the second part R)")]) == ()
    assert "PD3" not in {one.code for one in rules("fasilitas")}
    assert "521" not in shown(Chose("rules", "fasilitas"), "id")


def test_the_table_was_looked_up_on_a_day_that_has_come() -> None:
    assert tables.violations().checked >= date(2026, 11, 21)
