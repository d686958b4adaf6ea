import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posters.words import WORDS
from handlers.posters import PosterError, beyond_payload, payload, place_code, read_payload, short

FULLWIDTH = {letter: letter + 0xFEE0 for letter in range(0x21, 0x7F)}
BOLD = {ord(digit): 0x1D7EC + int(digit) for digit in string.digits}
REGENCIES = [*range(1, 30), *range(71, 80)]
PLACES = st.builds("{}{}.{:02}".format, st.integers(1, 9), st.integers(1, 9), st.sampled_from(REGENCIES))
GAPS = st.text(" \t\n", min_size=1, max_size=4)
NOISE = st.lists(st.sampled_from([*string.punctuation, " ", "\n", "🙏", "👍🏽", "…"]), max_size=4).map("".join)
OPENINGS = st.sampled_from(["", "Halo dari ", "ass. mau lapor dari ", "hi from the ", "Saya lihat\n"])


def any_case(text: str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from([letter.lower(), letter.upper()]) for letter in text)).map("".join)


@given(PLACES)
def test_a_start_link_brings_its_place_back(place: str) -> None:
    assert read_payload(payload(place)) == place


@given(st.data(), PLACES)
def test_a_start_typed_by_hand_brings_its_place_back(data: st.DataObject, place: str) -> None:
    typed = data.draw(any_case("p")) + data.draw(NOISE) + short(place)
    assert read_payload(data.draw(NOISE) + typed + data.draw(NOISE)) == place


@given(st.data(), PLACES)
def test_an_edited_greeting_brings_its_place_back(data: st.DataObject, place: str) -> None:
    code = data.draw(st.sampled_from([place, short(place), place.replace(".", " "), place.replace(".", "-")]))
    words = data.draw(OPENINGS) + data.draw(any_case("poster")) + data.draw(GAPS) + code
    assert read_payload(data.draw(NOISE) + words + data.draw(NOISE)) == place


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_printed_greeting_brings_its_place_back_and_is_no_story(language: str) -> None:
    greeting = WORDS[language].greeting.format(code="6271")  # type: ignore[index]  # parametrize knows str only
    assert read_payload(greeting) == "62.71"
    assert beyond_payload(greeting) == ""


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("/start p-6271", "62.71"),
        ("https://t.me/saksi_contoh_bot?start=p-6271", "62.71"),
        ("halo dr poster 6271 pak lurah kampanye", "62.71"),
        ("poster Kota Palangka Raya (6271)", "62.71"),
        ("Lapor dari poster 62.71!\n3 orang", "62.71"),
        ("Halo dari 6271 🙏", "62.71"),
        ("6271", "62.71"),
        ("poster 6271".translate(FULLWIDTH), "62.71"),
        ("poster 6271".translate(BOLD), "62.71"),
    ],
)
def test_what_people_make_of_it_is_understood(written: str, place: str) -> None:
    assert read_payload(written) == place


@pytest.mark.parametrize(
    "written",
    [
        "",
        "p",
        "poster",
        "ada poster lurah dukung no 2",
        "poster 2024 masih terpasang",
        "poster dipasang lurah jam 19.15",
        "hubungi 081262710000",
        "NIP 196271012000121001",
        "poster 6271011001",
        "poster 62.71.01",
        "p-9900",
        "pak camat di apel 6271 orang",
    ],
)
def test_other_numbers_are_no_posters(written: str) -> None:
    assert read_payload(written) is None
    assert beyond_payload(written) == written


@given(st.text())
def test_no_text_is_too_odd_to_read(text: str) -> None:
    place = read_payload(text)
    assert place is None or place_code(place) == place
    assert place is not None or beyond_payload(text) == text


@pytest.mark.timeout(5)
@pytest.mark.parametrize("piece", ["poster ", "p", "halo", "6271", "\n", "_", "halo dari ", "p 62"])
def test_a_wall_of_text_is_read_at_once(piece: str) -> None:
    wall = piece * 200_000
    assert len(beyond_payload(wall)) <= len(wall)


@pytest.mark.parametrize(
    ("written", "story"),
    [
        ("Halo dari poster 6271. Pak lurah bagi uang", "Pak lurah bagi uang"),
        ("Halo dari poster 6271\nada 3 orang", "ada 3 orang"),
        ("Ibu guru diancam! Halo dari poster 6271", "Ibu guru diancam!"),
        ("poster di kantor lurah 6271 dicopot camat", "poster di kantor lurah dicopot camat"),
        ("Halo dari poster 6271 🙏", ""),
        ("/start p-6271", ""),
    ],
)
def test_a_story_told_beside_the_greeting_is_kept(written: str, story: str) -> None:
    assert read_payload(written) == "62.71"
    assert beyond_payload(written) == story


@pytest.mark.parametrize("code", ["6271", "62.71", " 62.71 "])
def test_a_place_may_be_written_with_or_without_its_dot(code: str) -> None:
    assert place_code(code) == "62.71"
    assert payload(code) == "p-6271"


@pytest.mark.parametrize("code", ["62.71.01", "6271011001", "62.71.01.1001"])
def test_a_code_finer_than_a_city_is_never_made(code: str) -> None:
    with pytest.raises(PosterError, match="unmask a reporter"):
        payload(code)


@pytest.mark.parametrize("code", ["", "62", "627", "62.99", "00.71", "Palembang", "62,71", "\u0666\u0662.\u0667\u0661"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(PosterError, match=r"should look like 62\.71"):
        payload(code)
