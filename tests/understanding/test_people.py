"""Who is reported, and who only stood by: what `handlers/bystanders.py` decides, message by message."""

import pytest

from bot.data import tables
from handlers.people import people

PLACES = tables.places()


def told(text: str) -> list[str]:
    return [" ".join(filter(None, (one.title, one.name))) for one in people(text, PLACES)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # Who was silent, waited or suffered, beside who did it.
        ("camatnya sih diam saja, tapi sekcamnya bagi amplop", ["sekcam"]),
        ("danramil sama kapolsek duduk aja, lurah yang bagi kaos", ["lurah"]),
        ("kades cuma nunggu di luar, sekdesnya pasang spanduk calon", ["sekdes"]),
        # Who was ordered, threatened, moved or cut short.
        ("kadis nyuruh pegawai pilih nomor dua", ["kadis"]),
        ("camat ngancam guru honor namanya Wiwik", ["camat"]),
        ("pak lurah yang disuruh pak camat", ["camat"]),
        ("honorer dipotong gajinya oleh kepsek buat kampanye", ["kepsek"]),
        # Whose place, kin or thing it was.
        ("di depan kantor camat ada spanduk, lurah yang pasang", ["lurah"]),
        ("anak camat ikut kampanye bareng kabid", ["kabid"]),
        ("mobil kadis dipakai sekdes kampanye", ["sekdes"]),
        ("di rumah pak camat bubuhannya bagi kaos", ["camat"]),
        # Who heard it, said it, or writes.
        ("seluruh pegawai dengar kadis suruh pilih nomor dua", ["kadis"]),
        ("info dari sopir camat, kadis yang bagi uang", ["kadis"]),
        ("saya guru, kepsek suruh dukung nomor satu", ["kepsek"]),
        ("lurah bilang ke pak Joko satpam suruh pasang baliho", ["lurah"]),
    ],
)  # fmt: skip
def test_only_who_did_it_is_reported(text: str, who: list[str]) -> None:
    assert told(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("camatnya sih bagi amplop", ["camat"]),
        ("guru ikut kampanye", ["guru"]),
        ("kantor kabid dipakai buat rapat timses, kabidnya ikut", ["kabid"]),
        ("atas perintah bu kades semua pasang stiker", ["kades"]),
        ("perintah bu kades semua pasang stiker", ["kades"]),
        ("atasan saya bu lurah bagi sembako", ["lurah"]),
        ("atasan sy kabid suruh dukung nomor satu", ["kabid"]),
        ("disuruh kumpul ktp buat calon oleh pak kasi", ["kasi"]),
    ],
)
def test_words_that_look_so_hide_nobody_who_did(text: str, who: list[str]) -> None:
    assert told(text) == who
