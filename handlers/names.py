"""The names of people in a story: behind "pak" or "namanya", or two full names with "dan" between them."""

import re
from collections.abc import Iterable, Iterator

from handlers.places import Places
from handlers.spoken import listed
from handlers.titles import is_title

SELF = listed("saya aku sy kami kito kita ulun unda kulo kula awak sayo gue gw aq ak i we")
"""How people say "I" and "we"."""

_CAPITAL = r"[A-Z][a-z'.-]+(?:\s[A-Z][a-z'.-]+){0,3}"
_FULL = r"[A-Z][a-z'.-]+(?:\s[A-Z][a-z'.-]+){1,3}"
_LOWER = r"[a-z]{3,20}"
_SIR = (
    r"pak|pa|bu|bapak|ibu|bpk|bp|buk|haji|hj\.?|h\.|mas|mbak|mba|bang|abah|kang|cak|mang|cek|yuk|gus|ning"
    r"|mr\.?|mrs\.?|ms\.?|miss|sdr\.?|sdri\.?|saudara|ustadz?|kiai|kyai"
)
_CALLED = (
    "namanya|namonyo|namane|namanyo|jenenge|jenengnya|jenengane|ngarannya|ngarannyo|asmane|asmanipun|arane"
    "|bernama|atas nama|nama|named|name is"
)
_NAME = re.compile(
    rf"\b(?i:{_CALLED})\W{{1,2}}(?:(?i:{_SIR})\s)?(?P<named>{_CAPITAL}|{_LOWER})"
    rf"|\b(?i:{_SIR})\s(?P<called>{_CAPITAL})"
)
_PAIR = re.compile(rf"(?P<one>{_FULL})\s(?:dan|sama|samo|karo|wan|and|lan|&)\s(?P<other>{_FULL})")
_HONORIFIC = re.compile(rf"\b(?i:{_SIR})\s")
_SELF_NAMED = re.compile(r"(?i:\bnama\s(?:lengkap\s)?(?:saya|aku|kami|sy)|panggil\w*|perkenalkan)\W*(?:\w+\W+)?$")
_LOOK_BACK = 40  # characters
_NO_NAMES = SELF | listed(
    "yang di nya itu ini calon partai tidak lupa siapa dan atau juga ikut lengkap jalan orang orangnya mau tolong",
    "mohon kemarin tadi semalam ada apa saat waktu selamat maaf terima jangan ke dari pada rt rw haji dia mereka kalau",
    "sudah belum saja baru lagi hari malam senin selasa rabu kamis jumat sabtu minggu sama warga tetangga kantor dinas",
    "kota kelurahan kecamatan desa puskesmas sekolah masjid pasar jl gang grup ga gak tdk tau tahu ya sih not unknown",
)
# Words of offices, which are written with a capital too.
_OFFICIAL = listed(
    "dinas kesehatan pendidikan sosial perhubungan negeri kota kabupaten kecamatan kelurahan desa badan kantor balai",
    "aula gedung wali bupati pilkada kampanye civil servants district office hall the school health education",
)


def names(text: str, places: Places, within: str) -> Iterator[tuple[int, str]]:
    """Yield the names in a text and where each stands; the writer's own is none of them."""
    found = [(*_placed(match), match.start()) for match in _NAME.finditer(text)]
    found += [(*one, one[0]) for one in _pairs(text, places, within) if all(one[1] not in told for _, told, _ in found)]
    for start, name, said_from in sorted(found):
        own = _SELF_NAMED.search(text, max(0, said_from - _LOOK_BACK), said_from)
        if not own and not _is_no_name(name):
            yield start, name.rstrip(".'-")


def _placed(match: re.Match[str]) -> tuple[int, str]:
    group = "named" if match["named"] else "called"
    return match.start(group), match[group]


def _pairs(text: str, places: Places, within: str) -> Iterator[tuple[int, str]]:
    for match in _PAIR.finditer(text):
        if _are_people(match.groups(), places, within):
            yield from ((match.start(group), match[group]) for group in ("one", "other"))


def _is_no_name(name: str) -> bool:
    return name.split(maxsplit=1)[0].lower() in _NO_NAMES or is_title(name)


def _are_people(said: Iterable[str], places: Places, within: str) -> bool:
    """Tell "Rina Contoh dan Tuti Contoh" from two places or two offices."""
    return not any(
        _OFFICIAL.intersection(name.lower().split()) or _HONORIFIC.search(name) or places.find(name, within)
        for name in said
    )
