"""A ticket survives how people type, and nothing else is taken for one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handlers.ticket import ALPHABET, SYMBOLS, Code, Mistyped, read, recognisable, shown, spell

CODE = Code("7KQ2M9XT0CVB4RHP")
SYMBOL = st.integers(0, len(ALPHABET) - 1)
CODES = (
    st.lists(SYMBOL, min_size=SYMBOLS, max_size=SYMBOLS)
    .map(lambda symbols: Code(spell(symbols).replace("-", "")))
    .filter(recognisable)
)


@given(CODES)
def test_a_code_is_read_back_in_every_usual_writing(code: Code) -> None:
    displayed = shown(code)
    writings = [
        displayed,
        code,
        displayed.lower(),
        displayed.replace("-", " "),
        displayed.replace("-", "."),
        displayed.replace("-", "\u2013"),
        displayed.replace("-", " - "),
        displayed.replace("0", "o").replace("1", "l"),
        displayed.replace("0", "O").replace("1", "I"),
        f"{code[:8]} {code[8:]}",
        " ".join(code),
    ]
    assert {read(writing) for writing in writings} == {code}


@pytest.mark.parametrize(
    "text",
    [
        "kode 7KQ2-M9XT-0CVB-4RHP",
        "Kode saya: 7KQ2-M9XT-0CVB-4RHP.",
        "/cek 7kq2 m9xt ocvb 4rhp",
        "Cek tiket 7KQ2M9XT0CVB4RHP!",
        "CODE = 7KQ2-M9XT-0CVB-4RHP",
        "`7KQ2-M9XT-0CVB-4RHP`",
        "\u201c7KQ2-M9XT-0CVB-4RHP\u201d",
        "\n 7KQ2-M9XT-\n0CVB-4RHP\u200b ",
        "\uff17\uff2b\uff31\uff12-M9XT-0CVB-4RHP",
    ],
)
def test_a_code_is_read_within_a_few_words_and_marks(text: str) -> None:
    assert read(text) == CODE


@given(CODES, st.integers(0, SYMBOLS), st.sampled_from(ALPHABET + "U"))
def test_every_single_typo_is_told(code: Code, place: int, symbol: str) -> None:
    assume(code[place] != symbol)
    assert read(shown(Code(code[:place] + symbol + code[place + 1 :]))) == Mistyped()


@given(CODES, st.integers(0, SYMBOLS - 1))
def test_swapped_neighbours_are_told_unless_they_are_0_and_z(code: Code, place: int) -> None:
    left, right = code[place], code[place + 1]
    swapped = Code(code[:place] + right + left + code[place + 2 :])
    unnoticed = left == right or {left, right} == {"0", "Z"}
    assert isinstance(read(shown(swapped)), Mistyped) is not unnoticed


def test_no_code_is_given_out_that_a_swap_would_make_look_like_no_code() -> None:
    assert not recognisable(Code("000000A20A02E799"))


@given(CODES, st.integers(0, SYMBOLS), st.sampled_from(ALPHABET))
def test_a_symbol_too_many_or_too_few_is_told(code: Code, place: int, symbol: str) -> None:
    assert read(shown(Code(code[:SYMBOLS]))) == Mistyped()
    assert read(code[:place] + symbol + code[place:]) in (Mistyped(), None)
    assert read(code[:place] + code[place + 1 :]) in (Mistyped(), None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kode",
        "-",
        "...",
        "6271000000000001",
        "kode 6271000000000001",
        "6271 0000 0000 0001",
        "08xx-0000-0000",
        "+62 800-0000-0000-0000",
        "628000000000",
        "19700000 199000 1 000",
        "adakadeskampanye",
        "Ada kades kampanye",
        "Tanggal 12 jam 9 pagi",
        "besok 12 november 2026",
        "Sabtu 13-02-2027 jam 9",
        "RT03 RW05 Semampir",
        "RT03 RW05 Desa Arab",
        "KH 1234 AB dan DA 99 C",
        "Camat bagi 50 ribu per kepala",
        "https://s.id/7KQ2M9XT0C",
        "\U0001f600" * 16,
        "7" * 100_000,
        "7KQ2-M9XT-0CVB-4RHP sudah saya kirim kemarin",
    ],
)
def test_what_people_answer_is_no_ticket(text: str) -> None:
    assert read(text) is None


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    found = read(text)
    assert found is None or isinstance(found, Mistyped) or read(shown(found)) == found


@given(st.text("0123456789 -.", max_size=40))
def test_digits_alone_are_never_a_ticket(text: str) -> None:
    assert read(text) is None


@given(st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ,.", max_size=40))
def test_words_alone_are_never_a_ticket(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("symbols", [[], [0] * 14, [0] * 16, [*[0] * 14, 32], [*[0] * 14, -1]])
def test_only_fifteen_symbols_are_spelled(symbols: list[int]) -> None:
    with pytest.raises(ValueError, match="15 numbers from 0 to 31"):
        spell(symbols)


@pytest.mark.parametrize("code", ["6271000000000001", "ADAKADESKAMPANYE", "7KQ2M9XT00000000"])
def test_plain_codes_are_never_issued(code: str) -> None:
    assert not recognisable(Code(code))
