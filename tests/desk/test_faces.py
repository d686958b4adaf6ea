"""Every card is as long as every other: what stands on it cannot be told from how long it is."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.data import tables
from bot.faces import LENGTH, UNSEEN, blank, face
from handlers.desk import Card, Deadlines, Pending, clock
from handlers.report import WHAT
from handlers.status import Status
from locales import LANGUAGES, catalogue

NAMES = st.text(min_size=1, max_size=60).filter(lambda name: bool(name.split()))
CARDS = st.builds(
    Card,
    reference=st.from_regex(r"[a-z]{4,9}-[a-z]{4,9}(-[a-z]{4,9})?", fullmatch=True),
    what=st.sampled_from(WHAT.values),
    place=st.just("") | NAMES,
    day=st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    items=st.integers(0, 999),
    live=st.booleans(),
    holder=st.just("") | NAMES,
    answered=st.booleans(),
    awaiting=st.booleans(),
    pending=st.none() | st.just(Pending("Apa?", "Rina")),
    known=st.none() | st.dates(date(2020, 1, 1), date(2029, 12, 31)),
)


CONTEXTS = [*tables.calendar().contexts.values()]


@given(CARDS, st.sampled_from(Status), st.sampled_from(LANGUAGES), st.sampled_from(CONTEXTS))
def test_every_card_has_the_same_length_for_people_and_for_telegram(
    card: Card, status: Status, language: str, deadlines: Deadlines
) -> None:
    counted = clock(card, date(2030, 12, 31), deadlines)
    text = face(card, status, catalogue(language), counted)
    assert len(text) == LENGTH
    assert len(text.encode("utf-16-le")) == 2 * LENGTH
    assert text.strip() == text
    # Telegram cuts what is unseen at an end; nobody copies it with the reference.
    lines = text.splitlines()
    assert [UNSEEN in line for line in lines].index(True) == 1
    assert lines[0].split(" ")[0] == card.reference


@given(CARDS, st.sampled_from(Status))
def test_a_card_says_no_hour(card: Card, status: Status) -> None:
    text = face(card, status, catalogue("id"))
    assert "pukul" not in text
    assert ":0" not in text


def test_a_card_that_shows_nothing_is_as_long() -> None:
    assert {len(blank(catalogue(language))) for language in LANGUAGES} == {LENGTH}
