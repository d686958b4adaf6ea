import re

import pytest

from bot.data import tables
from bot.posters import PosterError, find_place
from handlers.posters import payload, place_code, read_payload
from tests.posters.orders import order

PLACES = tables.regencies()


def test_the_whole_country_is_there() -> None:
    kota = [code for code in PLACES if code[3] == "7"]
    assert (len(PLACES), len(kota), len({code[:2] for code in PLACES})) == (514, 98, 38)
    assert len(set(PLACES.values())) == 514


@pytest.mark.parametrize(
    "code", ["11.01", "31.01", "31.71", "53.71", "65.71", "71.09", "91.71", "93.01", "95.08", "96.71"]
)
def test_every_end_of_the_country_has_its_name(code: str) -> None:
    assert find_place(code, PLACES) == (code, PLACES[code])
    assert PLACES[code].startswith(("Kota ", "Kabupaten "))


def test_every_place_can_be_ordered_printed_and_read_back() -> None:
    for code, name in PLACES.items():
        assert place_code(code) == code
        assert read_payload(payload(code)) == code
        assert find_place(name, PLACES) == (code, name)
        assert order(place=code, place_name=name).place_name == name


def test_the_pilots_are_spelled_as_their_people_spell_them() -> None:
    assert PLACES["62.71"] == "Kota Palangka Raya"


@pytest.mark.parametrize("wanted", ["62.71", "6271", "Kota Palangka Raya", " kota  palangka raya ", "palangka raya"])
def test_a_place_is_found_by_code_or_name(wanted: str) -> None:
    assert find_place(wanted, PLACES) == ("62.71", "Kota Palangka Raya")


def test_a_name_of_two_places_is_not_guessed() -> None:
    with pytest.raises(PosterError, match=re.escape("35.06 (Kabupaten Kediri), 35.71 (Kota Kediri); name the code")):
        find_place("kediri", PLACES)


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        ("Palembnag", r"Did you mean 16\.71 \(Kota Palembang\)"),
        ("62.29", r"province 62 has 62\.01 .*62\.71 \(Kota Palangka Raya\)"),
        ("97.01", "there is no province 97"),
        ("62.99", r"should look like 62\.71"),
        ("\u0666\u0662.71", "should look like"),
        ("xyzzy", r"should look like 62\.71"),
        ("62.71.01", "finer than a kabupaten or kota"),
        ("62.71.01.1001", "unmask"),
        ("62", "should look like"),
    ],
)
def test_a_place_that_is_not_there_is_refused_with_what_would_do(wanted: str, answer: str) -> None:
    with pytest.raises(PosterError, match=answer):
        find_place(wanted, PLACES)


def test_a_new_kota_may_be_named() -> None:
    assert find_place("33.79", PLACES, "Kota Baru") == ("33.79", "Kota Baru")


def test_a_village_stays_unprinted_even_if_the_table_knows_it() -> None:
    with pytest.raises(PosterError, match="unmask"):
        find_place("Panarung", {**PLACES, "62.71.01.1002": "Kelurahan Panarung"})
    with pytest.raises(PosterError, match="unmask"):
        find_place("62.71.01.1002", PLACES, "Panarung")
