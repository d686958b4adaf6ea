"""Finds the words by which reporters give THEMSELVES away, so that the summary can mark them; blocks nothing.

The person reported is told of in the third person, so names, posts and accounts alone are never marked: only what
stands with "saya" and its like, and numbers that belong to one person.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

LONGEST = 30_000  # characters looked at: more than a report may have


def _any(words: str) -> str:
    """Return a pattern for one of the words, in any case; "_" stands for a space."""
    return f"(?i:{'|'.join(words.replace('_', chr(92) + 's').split())})"


_SELF = _any("saya aku sy gue gua gw kami ulun unda")
# A name ends with its line.
_NAME = r"[A-Z][\w'.-]{1,30}(?:[^\S\n](?:bin[^\S\n]|binti[^\S\n])?[A-Z][\w'.-]{1,30}){0,4}"
_COLON = r"\s?[:,]?\s?"
_REST = r"[^.,;\n]{0,60}"

_MY_NAME = rf"\b(?:{_any('nama nama_lengkap')}\s{_SELF}|{_SELF}\s{_any('bernama')})"
_CALL_ME = rf"\b(?:{_any('panggil_aja panggil_saja dipanggil biasa_dipanggil')}|{_any('panggil')}\s{_SELF}(?:\saja)?)"
_GREETING = rf"\b{_any('perkenalkan perkenalkan, perkenalkan_nama')}(?:\s{_SELF})?"
_SIGNED = (
    rf"(?m)^{_any('hormat_saya hormat_kami salam salam_hormat ttd tertanda terima_kasih')}[,.:\s]{{0,5}}\n\s{{0,5}}"
)
_AM = _any("ini adalah selaku sebagai juga cuma hanya")
_ROLE = _any(
    "bekerja kerja bertugas dinas staf pegawai guru honorer pppk pns asn perawat bidan bendahara sekretaris ajudan "
    "sopir supir kasi kabid kepala ketua tetangga istri suami anak keponakan adik kakak saudara sepupu bawahan "
    "wali_murid"
)
_MINE = _any(
    "atasan pimpinan bos suami istri ayah bapak ibu anak adik kakak paman bibi tetangga saudara teman_kantor rekan "
    "rekan_kerja kantor ruangan meja sekolah kelas rumah rt"
)
_HOME = rf"{_any('rumah')}\s{_SELF}\s{_any('di')}"
_LIVING = rf"(?:{_any('alamat')}(?:\s{_SELF}|ku)?|{_SELF}\s{_any('tinggal_di')}|{_HOME})"
_STREET = _any("jl jln jalan gang gg blok rt di")
_SITES = _any("ig instagram fb facebook tiktok telegram twitter akun")
_ONLY = _any("cuma hanya cuma_ada hanya_ada")
_LONELY = _any("sendirian satu-satunya")
_BANK = _any("no_rek nomor_rek no._rek no_rekening nomor_rekening rekening rek")
_VEHICLE = rf"{_any('motor mobil plat nopol')}\s{_SELF}\b"

# One pattern a line; the group, where there is one, is what gives the person away.
_PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("name", rf"(?:{_MY_NAME}|{_GREETING}){_COLON}({_NAME})"),
        ("name", rf"(?:{_MY_NAME}|{_CALL_ME}){_COLON}(\w{{2,30}})"),
        ("name", rf"\b{_SELF},?\s({_NAME})\s?,"),
        ("signature", rf"{_SIGNED}\(?({_NAME})\)?\s{{0,5}}$"),
        ("role", rf"\b{_SELF}\s(?:{_AM}\s)?{_ROLE}\b{_REST}"),
        ("relation", rf"\b{_MINE}\s{_SELF}\b"),
        ("alone", rf"\b(?:{_ONLY}\s{_SELF}|{_SELF}\s{_LONELY})\b{_REST}"),
        ("address", rf"\b{_LIVING}\s?:?\s?{_STREET}\b\.?{_REST}"),
        ("account", rf"\b{_SITES}\s{_SELF}\b\s?:?\s?(@?[\w.]{{3,30}})"),
        ("plate", rf"\b{_VEHICLE}[^\n]{{0,20}}?\b[A-Za-z]{{1,2}}\s?\d{{1,4}}\s?[A-Za-z]{{1,3}}\b"),
        ("bank", rf"\b{_BANK}\b[^\d\n]{{0,12}}(\d[\d\s-]{{7,18}}\d)"),
        ("email", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    )
)

# A NIK is 16 digits: region, day of birth (plus 40 for women), month, year, number. A NIP has 18 and is the reported
# official's; it is not marked.
_NIK = re.compile(
    r"(?<!\d)\d{6}[ .-]?(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{2}[ .-]?\d{4}(?!\d)"
)
_PHONE = re.compile(r"(?<![\d/])(?:\+?62|0)[\s.-]?8(?:[\s.-]?[\dxX]){7,11}(?![\dxX])")


class Span(Struct, frozen=True):
    """The characters `start` to `end` of a text that give its writer away.

    `kind` is name, signature, role, relation, alone, address, account, plate, bank, email, nik or phone.
    """

    start: int
    end: int
    kind: str


def find(text: str) -> tuple[Span, ...]:
    """Return what gives the writer away, in order, none overlapping another. Never raises."""
    spans: list[Span] = []
    for span in sorted(_all(text[:LONGEST]), key=lambda span: (span.start, -span.end)):
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return tuple(spans)


def _all(text: str) -> Iterator[Span]:
    for kind, pattern in (*_PATTERNS, ("nik", _NIK), ("phone", _PHONE)):
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            yield Span(match.start(group), match.end(group), kind)
