"""Every number and every platform that people read of in a notice is one of the settings, and none is missing."""

import re
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot import render
from bot.privacy import PUSH_DAYS, Notice, channels, promises
from bot.settings import Settings, TelegramSettings, WhatsAppSettings
from handlers import languages, lobby, reminder
from handlers.answers import Draft
from handlers.messages import Chose
from locales import LANGUAGES, catalogue
from storage import drafts
from tests.words.scenes import NOW, fresh, up_to

PAGE = Path(__file__).parents[2] / "docs" / "privacy-notice.md"
OFFICE = "Bawaslu Kota Palangka Raya"
# How long WhatsApp's Cloud API may keep a message, in days: Meta's promise, and none of ours.
META_DAYS = 30
LAW = {27, 2022}
# The hours between which somebody may be reminded, on the clock of the place.
BY_DAY = {7, 21}
TELEGRAM = TelegramSettings.model_validate({"token": "100:abc"})
WHATSAPP = WhatsAppSettings.model_validate(
    {"token": "t" * 20, "phone_id": "100000000000001", "app_secret": "s" * 20, "verify_token": "v" * 20}
)


def settings(*, keep_days: int = 90, telegram: bool = True, whatsapp: bool = True) -> Settings:
    return Settings.model_construct(
        keep_days=keep_days, telegram=TELEGRAM if telegram else None, whatsapp=WHATSAPP if whatsapp else None
    )


def numbers(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text)}


def swept() -> dict[str, int]:
    """The longest each row can stay, as the sweep itself decides."""
    return {name: days + 1 for name, days in drafts.DAYS.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("keep", [90, 45])
def test_the_whole_notice_says_what_the_settings_say(language: str, keep: int) -> None:
    given = settings(keep_days=keep)
    said = Notice(promises(given), [OFFICE], channels(given)).written(language)
    assert numbers(said) == {keep, PUSH_DAYS, *swept().values(), META_DAYS} | BY_DAY | LAW
    assert OFFICE in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("on", "off"), [("Telegram", "WhatsApp"), ("WhatsApp", "Telegram")])
def test_the_whole_notice_names_the_platforms_that_are_on_and_no_other(language: str, on: str, off: str) -> None:
    given = settings(telegram=on == "Telegram", whatsapp=on == "WhatsApp")
    said = Notice(promises(given), [OFFICE], channels(given)).written(language)
    assert on in said
    assert off not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("channel", "other"), [("Telegram", "WhatsApp"), ("WhatsApp", "Telegram")])
def test_the_notice_in_the_chat_says_what_the_settings_say(language: str, channel: str, other: str) -> None:
    here = fresh(channel)
    here = replace(here, scene=replace(here.scene, promises=promises(settings(keep_days=45))))
    [say] = lobby.turn(Draft(language=language), Chose("notice", "read"), here).says
    said = render.said(say.key, say.words, catalogue(language))
    meta = {META_DAYS} if channel == "WhatsApp" else set()
    assert numbers(said) == {PUSH_DAYS, 45, swept()["draft"]} | meta
    assert channel in said
    assert other not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_tells_of_the_reminder_and_of_edited_and_deleted_messages(language: str) -> None:
    said = Notice(promises(settings()), [OFFICE], ["Telegram"]).written(language)
    told = {
        "id": ("kami ingatkan sekali saja", "akun Anda ikut terkunci", "Anda ubah di obrolan", "hanya Anda hapus"),
        "en": (
            "we remind you once",
            "your account is locked beside them",
            "a message you edit",
            "only delete in",
        ),
    }[language]
    assert all(words in said for words in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_in_the_chat_tells_of_the_reminder(language: str) -> None:
    [say] = lobby.turn(Draft(language=language), Chose("notice", "read"), fresh()).says
    said = render.said(say.key, say.words, catalogue(language))
    assert {"id": "kami ingatkan sekali", "en": "We remind you once"}[language] in said
    assert {"id": "Sesudah dikirim, akun Anda disimpan", "en": "After sending, your account"}[language] in said


@pytest.mark.parametrize("hour", range(24))
def test_somebody_is_reminded_in_the_hours_that_the_notice_names_and_in_no_other(hour: int) -> None:
    said, night = promises(settings()), datetime(2026, 11, 18, hour, 30, tzinfo=NOW.tzinfo)
    assert {said.dawn, said.night} == BY_DAY
    touched = int((night - timedelta(hours=12)).timestamp()) // 60
    draft = replace(up_to("what"), touched=touched)
    assert (reminder.remind(draft, touched, replace(fresh(), now=night)) is not None) is (
        said.dawn <= hour < said.night
    )


def test_other_hours_of_reminding_are_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminder, "FIRST", time(8))
    monkeypatch.setattr(reminder, "NIGHT", time(19))
    said = Notice(promises(settings()), [OFFICE], ["Telegram"]).written("id")
    assert "antara pukul 8 dan 19" in said


def test_the_page_in_the_docs_is_what_a_deployment_prints_today() -> None:
    given, spoken = settings(), (one.code for one in languages.LANGUAGES.values())
    pages = (Notice(promises(given), [OFFICE], channels(given)).written(language) for language in spoken)
    assert PAGE.read_text("utf8") == "\n".join(pages)
