import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posters import PosterError, telegram_link, whatsapp_link
from bot.posters.links import number_digits, number_shown
from bot.posters.poster import ways_in
from tests.posters.orders import order


def test_a_poster_leads_to_telegram_and_whatsapp() -> None:
    telegram, whatsapp = ways_in(order())
    assert telegram.link == "https://t.me/saksi_contoh_bot?start=p-6271"
    assert telegram.address == "@saksi_contoh_bot"
    assert whatsapp.link == "https://wa.me/6280000000000?text=Halo%20dari%20poster%206271"
    assert whatsapp.address == "0800-0000-0000"


def test_an_english_poster_greets_in_english() -> None:
    assert ways_in(order(language="en", telegram=None))[0].link.endswith("?text=Hi%20from%20poster%206271")


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"place": "62.71.01"}, "finer than a kabupaten or kota"),
        ({"place": "62.71.01.1001"}, "could unmask a reporter"),
        ({"place": "Palangka Raya"}, "should look like 62.71"),
        ({"place_name": ""}, "name of the place"),
        ({"place_name": "Kota\nPalembang"}, "name of the place"),
        ({"place_name": "巨港"}, "name of the place"),
        ({"place_name": "x" * 61}, "name of the place"),
        ({"reader": "Bawaslu 🗳"}, "name of the reader"),
        ({"telegram": "abot"}, "no name of a Telegram bot"),
        ({"telegram": "saksi"}, "no name of a Telegram bot"),
        ({"telegram": "saksi-contoh-bot"}, "no name of a Telegram bot"),
        ({"telegram": "x" * 30 + "bot"}, "no name of a Telegram bot"),
        ({"telegram": ""}, "no name of a Telegram bot"),
        ({"whatsapp": ""}, "no phone number"),
        ({"whatsapp": "081"}, "no phone number"),
        ({"whatsapp": "0800-0000-0000-0000-0"}, "no phone number"),
        ({"whatsapp": "nol delapan"}, "no phone number"),
        ({"whatsapp": "٠٨٠٠٠٠٠٠٠٠٠"}, "no phone number"),
        ({"telegram": None, "whatsapp": None}, "needs a way in"),
        ({"language": "jv"}, "no language of a poster; choose from id, en"),
        ({"size": "a0"}, "no size of a poster; choose from a3, a4, a5, story, stickers"),
        ({"look": "blue"}, "no look of a poster; choose from light, dark"),
        ({"greeting": "x" * 41}, "cannot be printed as a greeting"),
        ({"greeting": "ꦱꦸꦒꦼꦁ"}, "cannot be printed as a greeting"),
        ({"greeting": "#pagebreak()"}, "cannot be printed as a greeting"),
        ({"format": "docx"}, "no format of a poster; choose from pdf, png"),
    ],
)
def test_an_order_that_cannot_be_printed_is_refused_with_its_reason(changes: dict[str, object], answer: str) -> None:
    with pytest.raises(PosterError, match=answer):
        order(**changes)


@pytest.mark.parametrize(
    "written",
    [
        "080000000000",
        "0800-0000-0000",
        "+62 800 0000 0000",
        "62 800.0000.0000",
        "+62 (0)800-0000-0000",
        "0062 80000000000",
    ],
)
def test_a_number_may_be_written_in_every_usual_way(written: str) -> None:
    assert number_digits(written) == "6280000000000"


def test_a_number_from_abroad_is_shown_with_its_plus() -> None:
    assert number_shown("+65 8000 0000") == "+65 8000 0000"


@given(st.text() | st.text("0123456789+-. ()"))
def test_every_odd_number_is_taken_or_refused(written: str) -> None:
    try:
        digits = number_digits(written)
    except PosterError:
        return
    assert re.fullmatch("[1-9][0-9]{7,14}", digits)


@pytest.mark.parametrize("start", ["", "x" * 65, "p 6271", "p.6271", "posterā"])
def test_a_start_that_telegram_would_drop_is_refused(start: str) -> None:
    with pytest.raises(PosterError, match="1 to 64 letters, digits, _ or -"):
        telegram_link("saksi_contoh_bot", start)


def test_the_longest_start_is_still_taken() -> None:
    assert telegram_link("@saksi_contoh_bot", "x" * 64).endswith("?start=" + "x" * 64)


def test_a_greeting_too_long_for_whatsapp_is_refused() -> None:
    with pytest.raises(PosterError, match="141 characters; 140 is the most"):
        whatsapp_link("0800-0000-0000", "x" * 141)


def test_an_empty_greeting_is_refused() -> None:
    with pytest.raises(PosterError, match="empty"):
        whatsapp_link("0800-0000-0000", " \n")


def test_a_greeting_cannot_break_out_of_its_link() -> None:
    link = whatsapp_link("0800-0000-0000", "a&b=c#d?e/f\n")
    assert link == "https://wa.me/6280000000000?text=a%26b%3Dc%23d%3Fe%2Ff%0A"
