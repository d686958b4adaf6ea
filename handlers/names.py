"""The names of people in a story: behind "pak" or "namanya", or two full names with "dan" between them."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from handlers.given_names import is_borne
from handlers.holders import holders
from handlers.name_forms import AND, CALLED, CAPITAL, FULL, HONORIFIC, SIR, are_people
from handlers.places import Places
from handlers.spoken import listed
from handlers.titles import Post, is_title

SELF = listed("saya aku sy kami kito kita ulun unda kulo kula awak sayo gue gw aq ak i we")
"""How people say "I" and "we"."""

_LOWER = r"[a-z]{3,20}"
_HEDGE = (
    r"(?i:(?:kalau|kalo|klo|kl|klw|nek|lamun|kalu)\s(?:tidak|tdk|ga|gak|g|gk|ora|kada|dak|nggak|ngga)\s(?:salah|keliru)"
    r"|kayaknya|kyknya|sepertinya|mungkin|maybe)"
)
_NAME = re.compile(
    rf"\b(?i:{CALLED})\W{{1,2}}(?:{_HEDGE}\s)?(?:(?i:{SIR})\s)?(?P<named>{CAPITAL}|(?<!,\s)(?<!nama\s){_LOWER})"
    rf"|(?P<before>{FULL})\s(?i:namanya|namane|jenenge)\b"
    rf"|\b(?i:inisial(?:nya)?)\W{{1,2}}(?P<initials>[A-Z](?:\.?[A-Z]){{0,3}}\b|[a-z]{{1,3}}\b)"
    rf"|\b(?i:teman|temen|kawan|rekan|atasan|bos|boss|tetangga|pimpinan)(?:\s\w+)?\s(?i:saya|kami|sy|aku|kita)\s"
    rf"(?=(?P<known>{CAPITAL}))"
    rf"|\b(?i:an\.|a\.n\.?|a/n)\s?(?P<signed>{CAPITAL})"
    rf"|\b(?i:{SIR})\.?\s(?=(?P<called>{CAPITAL}))"
)
_ALSO_NAMED = re.compile(rf"\s{AND}\s(?P<also>{CAPITAL})")
_PAIR = re.compile(rf"(?P<one>{FULL})\s{AND}\s(?P<other>{FULL})")
_SMALL = re.compile(rf"\b(?i:(?:{SIR}|{CALLED}))\s(?:(?:{SIR})\s)?(?P<low>[a-z]{{2,20}}\b)")
_BESIDE = re.compile(r"\s(?P<low>[a-z]{2,20}\b)")
_SMALL_WORDS = re.compile(r"[a-z]+(?: [a-z]+){0,2}")
_SELF_NAMED = re.compile(
    r"(?i:\bnama\s(?:lengkap\s)?(?:saya|aku|kami|sy)|panggil\w*\s(?:saja|aja|sj|ae|saya|aku|sy)"
    r"|perkenalkan)\W*(?:\w+\W+)?$"
)
_UNKNOWN = re.compile(
    r"\b(?i:(?:tidak|tdk|tak|ga|gak|nggak|ngga|dak|idak|kada|ora|nda|ndak|belum|blm|kurang|don't|dont)\s"
    r"(?:tau|tahu|ngerti|eruh|weruh|kenal|inget|ingat|eling|hafal|hapal|know|remember)|lupa|lali|entah|gatau|gtau)"
    r"(?i:\s(?:siapa|persis|pasti|lagi|his|her|their|the))*\s$"
)
# Whose names these are: of candidates, their party, and those who were only spoken to.
_OF_OTHERS = re.compile(
    r"\b(?i:(?:calon|caleg|cawali|cabup|cagub|cawalkot|paslon|bacalon|bapaslon)(?:\s\w+){0,2}?|(?:timses|relawan|partai)"
    r"(?:\s\w+)?|ke|kepada)\s$"
)
_OF_MINE = re.compile(  # "bareng bu Ratmi tetangga saya"
    r"\W+(?i:(?:tetangga|teman|temen|kawan|istri|suami|anak|kakak|adik|sepupu|saudara)\W*(?:saya|sy|aku|ku|kami|nya))\b"
)
_OR_OTHER = re.compile(r"\s(?i:apa|atau|ato|opo|or|utowo)\s[A-Z]")  # "Endang apa Enny"
_LOOK_BACK = 40  # characters
_NO_NAMES = SELF | listed(
    "yang di nya itu ini calon partai tidak lupa siapa dan atau juga ikut lengkap jalan orang orangnya mau tolong",
    "mohon kemarin tadi semalam ada apa saat waktu selamat maaf terima jangan ke dari pada rt rw haji dia mereka kalau",
    "klo kl klw kalo kalu gak g gk nggak ndak kagak kyk kayak kayaknya seperti mungkin cuma hanya pasti harus"
    " boleh dilarang",
    "disebut sebut dirahasiakan rahasiakan tuh nih deh dong lah loh lho kok kan aja pun udah dah dengan dgn"
    " sendiri if but",
    "sudah belum saja baru lagi hari malam senin selasa rabu kamis jumat sabtu minggu sama warga tetangga kantor dinas",
    "kota kelurahan kecamatan desa puskesmas sekolah masjid pasar jl gang grup ga gak tdk tau tahu ya sih not unknown",
)


def names(text: str, posts: Sequence[Post], places: Places, within: str) -> Iterator[tuple[int, str]]:
    """Yield the names in a text and where each stands; the writer's own is none of them.

    `posts` are what `titled` found in it.
    """
    called = list(_NAME.finditer(text))
    found = [(*_placed(match), match.start()) for match in called]
    small = dict(_lowered(text, posts, places, within))
    found = [(start, small.pop(start, name), said_from) for start, name, said_from in found]
    beside = [*_pairs(text, places, within), *dict(holders(text, posts, places, within)).items(), *small.items()]
    beside += [one for match in called for one in _also(text, match, places, within)]
    found += [(*one, one[0]) for one in beside if all(one[1] not in told for _, told, _ in found)]
    for start, name, said_from in sorted(found):
        own = _SELF_NAMED.search(text, max(0, said_from - _LOOK_BACK), said_from)
        unknown = said_from != start and _UNKNOWN.search(text, max(0, said_from - _LOOK_BACK), said_from)
        other = _OF_OTHERS.search(text, max(0, said_from - _LOOK_BACK), said_from) or _OF_MINE.match(
            text, start + len(name)
        )
        doubtful = other or _OR_OTHER.match(text, start + len(name)) or _is_no_name(text, start, name, places)
        if not own and not unknown and not doubtful:
            yield start, name.rstrip(".'-")


def _placed(match: re.Match[str]) -> tuple[int, str]:
    group = str(match.lastgroup)
    return match.start(group), match[group]


def _pairs(text: str, places: Places, within: str) -> Iterator[tuple[int, str]]:
    for match in _PAIR.finditer(text):
        if are_people(match.groups(), places, within):
            yield from ((match.start(group), match[group]) for group in ("one", "other"))


def _also(text: str, match: re.Match[str], places: Places, within: str) -> Iterator[tuple[int, str]]:
    """Yield the second name of "namanya Deni sama Wati"."""
    also = _ALSO_NAMED.match(text, match.end())
    if also and are_people(also.groups(), places, within):
        yield also.start("also"), also["also"]


def _lowered(text: str, posts: Sequence[Post], places: Places, within: str) -> Iterator[tuple[int, str]]:
    """Yield "Joko Susilo" for "pak joko susilo": names without a capital, if people bear them."""
    starts = [match.start("low") for match in _SMALL.finditer(text)]
    starts += [match.start("low") for _, end, _ in posts if (match := _BESIDE.match(text, end))]
    for start in starts:
        words = takewhile(is_borne, _SMALL_WORDS.match(text, start)[0].split(" "))  # type: ignore[index]  # at least one
        name = " ".join(words).title()
        if name and are_people((name,), places, within):
            yield start, name


def _is_no_name(text: str, start: int, name: str, places: Places) -> bool:
    """Tell titles ("Wali kota"), forms of address ("Drs.") and places ("Ning Kediri") from names."""
    if name.split(maxsplit=1)[0].lower() in _NO_NAMES or is_title(name) or is_title(text[start : start + _LOOK_BACK]):
        return True
    return HONORIFIC.match(f"{name} ") is not None or (" " not in name and places.surely(name) != "")
