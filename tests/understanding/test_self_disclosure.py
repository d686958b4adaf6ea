"""What gives reporters themselves away is marked; what they tell of others is not."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.self_disclosure import find


def marked(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nama saya Dewi Anggraini, mau lapor", [("name", "Dewi Anggraini")]),
        ("nama saya budi", [("name", "budi")]),
        ("perkenalkan saya Slamet Contoh dari kediri", [("name", "Slamet Contoh")]),
        ("WA saya aja di 0813-0000-0000 biar enak, panggil aja Budi", [("phone", "0813-0000-0000"), ("name", "Budi")]),
        ("NIK 6271036203900000 hp 0812 0000 0000", [("nik", "6271036203900000"), ("phone", "0812 0000 0000")]),
        ("hubungi +62 812-0000-0000", [("phone", "+62 812-0000-0000")]),
        ("alamat jl mawar no 3, pak lurah kampanye", [("address", "alamat jl mawar no 3")]),
        ("kirim ke contoh@example.invalid", [("email", "contoh@example.invalid")]),
        ("ig saya @contoh.akun", [("account", "@contoh.akun")]),
        ("kepala kantor saya yang suruh", [("relation", "kantor saya")]),
        ("bapak saya kenal lurahnya", [("relation", "bapak saya")]),
        ("Lurah kampanye.\n\nHormat saya,\nSiti Contoh", [("signature", "Siti Contoh")]),
        ("motor saya KH 1234 AX ada di situ", [("plate", "motor saya KH 1234 AX")]),
    ],
)  # fmt: skip
def test_words_that_name_the_writer_are_marked(text: str, wanted: list[tuple[str, str]]) -> None:
    assert marked(text) == wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("saya guru honorer di sdn contoh", "role"),
        ("saya bekerja di dinas yang sama", "role"),
        ("aku bawahan beliau", "role"),
        ("yang tahu cuma saya", "alone"),
    ],
)
def test_a_post_or_a_standing_of_the_writer_is_marked(text: str, kind: str) -> None:
    assert [span.kind for span in find(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "pak camat jekan raya itu pa Rudi Hartawan td malam di grup wa rt suruh pilih no 2",
        "akun @contoh.akun milik pegawai dinas pendidikan",
        "guru sdn 3 ikut kampanye, namanya Yanto",
        "NIP 198501012010011001 camat gandus",
        "mobil dinas KH 1xxx AX angkut baliho",
        "saya lihat camat kampanye",
        "kejadiannya 12-11-2026 jam 19.00",
        "bagi uang 500.000 ke 20 orang",
        "ketua rt suruh pilih no 1",
        "",
    ],
)
def test_what_is_told_of_others_is_not_marked(text: str) -> None:
    assert marked(text) == []


@given(st.text())
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    spans = find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("piece", ["saya ", "0812", "a.", "Nama saya A", "alamat jl ", "@a.b", "1-"])
def test_no_text_makes_the_search_slow(piece: str) -> None:
    begun = time.perf_counter()
    find(piece * 20_000)
    assert time.perf_counter() - begun < 1
