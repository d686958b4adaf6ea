"""What officers' buttons carry fits Telegram, and every card has a name of its own."""

import secrets
from itertools import islice

import pytest

from bot.buttons import Buttons
from bot.data import tables
from bot.references import THINGS, TIMES, TRIES, references
from handlers.desk import Book, Card, Menu, Officer, Role, Twin, actions
from handlers.status import Status
from locales import LANGUAGES, catalogue
from tests.desk.office import TODAY

# https://core.telegram.org/bots/api#inlinekeyboardbutton
MOST_BYTES = 64
LONGEST = "-".join((max(THINGS, key=len), max(TIMES, key=len), max(TIMES, key=len)))
TIP = secrets.token_urlsafe(12)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("menu", Menu)
@pytest.mark.parametrize("status", Status)
def test_every_button_fits_into_what_telegram_carries_and_is_read_again(
    menu: Menu, status: Status, language: str
) -> None:
    buttons = Buttons("bawaslu", bytes(32), catalogue(language))
    codes = tuple(rule.code for rule in tables.violations().legal)
    book = Book((Officer("Rina " * 20, Role.OFFICER),), codes, (Twin("tip-2", LONGEST),))
    card = Card(LONGEST, "uang", "", TODAY, 0, menu=menu)
    rows = buttons.below(TIP, card, status, book, private=True)
    assert [len(row) for row in rows][: len(actions(card, status, book))] == [
        len(row) for row in actions(card, status, book) if row
    ]
    for button in (button for row in rows for button in row):
        assert len(button.data.encode()) <= MOST_BYTES
        pointed = buttons.read(button.data)
        assert pointed is not None
        tip, action = pointed
        assert buttons.fits(button.data, tip, action, "" if action.startswith("list-") else status)


def test_a_third_word_follows_when_pairs_run_out() -> None:
    drawn = list(islice(references(lambda _below: 0), TRIES + 2))
    assert drawn[TRIES - 1] == f"{THINGS[0]}-{TIMES[0]}"
    assert drawn[TRIES] == f"{THINGS[0]}-{TIMES[0]}-{TIMES[0]}"
    assert not set(THINGS) & set(TIMES)
