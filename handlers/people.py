"""Who a story tells of: posts ("bu camat", "pegawai dinas"), names behind "pak" or "namanya", and offices."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, structs

from handlers.places import Places
from handlers.spoken import listed

# The posts as the report's question offers them.
_TITLES: Mapping[str, str] = {
    "head": "kepala dinas|kadis|kepala badan|kaban|sekda|sekretaris daerah|kepala bkpsdm|kepala satpol pp|kasatpol",
    "district": "camat|sekcam|sekretaris camat|lurah|seklur|sekretaris lurah",
    "school": "kepala sekolah|kepsek|guru|dosen|kepala puskesmas|kapus|dokter|bidan|perawat|nakes|pengawas sekolah",
    "official": (
        "wakil walikota|wakil wali kota|walikota|wali kota|wakil bupati|bupati|gubernur|kabid|kepala bidang|kasi"
        "|kepala seksi|kabag|kepala bagian|asisten|staf ahli|pejabat"
    ),
    "village": "kades|kepala desa|sekdes|perangkat desa|kadus|kepala dusun|bpd",
    "forces": (
        "tni|polri|polisi|kapolsek|kapolres|koramil|danramil|babinsa|bhabinkamtibmas|babinkamtibmas|tentara"
        "|komandan koramil|dandim"
    ),
    "staff": "staf|staff|pegawai|honorer|pppk|asn|pns|satpol pp|anggota satpol pp|ajudan|sopir|supir",
}
_POST_OF = {title: post for post, titles in _TITLES.items() for title in titles.split("|")}
_LONGEST_FIRST = "|".join(sorted(_POST_OF, key=len, reverse=True))
_TITLE = re.compile(rf"\b(?i:{_LONGEST_FIRST})(?:nya)?\b")

# Before a title these make it a place, somebody acted upon, a candidacy, or the writer.
_NOT_ACTING = listed(
    "kantor rumah dinas depan calon cawali jadi ke kepada untuk buat saya aku sy kami guru pemerintah seleksi formasi",
)
_ORDERED = re.compile(
    "suruh|nyuruh|minta|ajak|anc[ae]m|paksa|maksa|kumpul|ngumpul|undang|arahkan|mutasi|nonjob|copot|dukung|larang"
    "|perintah|merintah|wajib|himbau|imbau|pecat"
)
_KIN = listed("anak istri suami keluarga adik kakak menantu keponakan saudara")
_HONORIFICS = listed("pak bu bapak ibu pa bpk")
_COUNTS = listed("semua para seluruh beberapa banyak orang org")
_ACTED_UPON = re.compile(rf"\W*(?i:(?:yg |yang )?di(?:{_ORDERED.pattern}|beri|kasih|janji))")
_NEAR_TITLES = 2  # characters between "polisi bhabinkamtibmas": one person
_AFTER, _BEFORE = 60, 30  # characters from a title to its holder's name

_CAPITAL = r"[A-Z][a-z'.-]+(?:\s[A-Z][a-z'.-]+){0,3}"
_LOWER = r"(?!(?:saya|aku|kami|sy)\b)[a-z]{3,20}"
_NAME = re.compile(
    rf"\b(?i:namanya|bernama|nama)\s(?:(?i:pak|bu|bapak|ibu)\s)?(?P<named>{_CAPITAL}|{_LOWER})"
    rf"|\b(?i:pak|pa|bu|bapak|ibu|haji|hj\.?)\s(?P<called>{_CAPITAL})"
)
_SELF_NAMED = re.compile(r"(?i:\bnama\s(?:lengkap\s)?(?:saya|aku|kami|sy)|panggil\w*|perkenalkan)\W*(?:\w+\W+)?$")
_NO_NAMES = listed("yang di nya itu ini calon partai tidak lupa siapa dan atau juga ikut lengkap jalan orang orangnya")
_LOOK_BACK = 40  # characters

_UNIT = re.compile(
    r"(?i:\bdinas (?:pendidikan|kesehatan|sosial|perhubungan|pupr|pu|pertanian|perdagangan|kominfo|pariwisata"
    r"|perkim|lingkungan hidup|perikanan|ketahanan pangan|pemuda dan olahraga|dukcapil|koperasi|tenaga kerja)"
    r"|\b(?:bappeda|bpkad|bapenda|bkpsdm|inspektorat|rsud|puskesmas \w+|sdn \d+(?: \w+)?|smpn \d+|sman \d+|smkn \d+))\b"
)
_UNIT_REACH = 30  # characters from a title to its office
_DISTRICT_WORDS = 5


class Person(Struct, frozen=True):
    """Somebody reported: `post` as in the report's question or "", the rest as far and in the words it was said."""

    post: str = ""
    name: str = ""
    office: str = ""
    title: str = ""


class _Titled(Struct, frozen=True):
    start: int
    end: int
    person: Person


def people(text: str, places: Places, within: str = "") -> tuple[Person, ...]:
    """Return the people a story reports, in order; nobody who was only ordered, threatened or invited."""
    titled = [*_titled(text, places, within)]
    nameless: list[Person] = []
    for start, name in _names(text):
        near = _nearest(titled, start)
        if near is None:
            nameless.append(Person(name=name))
        else:
            titled[near] = structs.replace(titled[near], person=structs.replace(titled[near].person, name=name))
    return tuple(dict.fromkeys([one.person for one in titled] + nameless))


def _titled(text: str, places: Places, within: str) -> Iterator[_Titled]:
    last = -_NEAR_TITLES - 1
    for match in _TITLE.finditer(text):
        beside = match.start() - last <= _NEAR_TITLES
        last = match.end()
        if beside or not _is_acting(text, match.start(), match.end()):
            continue
        title = match[0].lower().removesuffix("nya")
        post = _POST_OF[title]
        unit = _UNIT.search(text, match.start(), match.end() + _UNIT_REACH)
        office = unit[0] if unit else _district(text[match.start() :], places, within) if post == "district" else ""
        yield _Titled(match.start(), match.end(), Person(post, office=office, title=title))


def _is_acting(text: str, start: int, end: int) -> bool:
    before = re.findall(r"[^\W_]+", text[max(0, start - _LOOK_BACK) : start].lower())
    while before and (before[-1] in _COUNTS or before[-1] in _HONORIFICS or before[-1].isdecimal()):
        before.pop()
    return not (before and _is_of_another(before[-1])) and not _ACTED_UPON.match(text, end)


def _is_of_another(word: str) -> bool:
    """Tell the camat of "kantor camat", "anak camat", "suruh camat" from that of "disuruh camat", who orders."""
    ordered = _ORDERED.search(word) is not None and not word.startswith("di")
    return word in _NOT_ACTING or word in _KIN or ordered


def _district(said: str, places: Places, within: str) -> str:
    """Return the district of "camat jekan raya ..." if its name is certain."""
    found = places.find(" ".join(said[:_AFTER].split()[:_DISTRICT_WORDS]), within)
    return places.named(found.matches[0].code) if found and found.sure else ""


def _names(text: str) -> Iterator[tuple[int, str]]:
    for match in _NAME.finditer(text):
        name = match["named"] or match["called"]
        first = name.split()[0].lower()
        titled = _TITLE.match(name) is not None
        if first in _NO_NAMES or titled or _SELF_NAMED.search(text, max(0, match.start() - _LOOK_BACK), match.start()):
            continue
        yield match.start(), name


def _nearest(titled: list[_Titled], start: int) -> int | None:
    before = [at for at, one in enumerate(titled) if 0 <= start - one.end <= _AFTER and not one.person.name]
    if before:
        return before[-1]
    after = [at for at, one in enumerate(titled) if 0 <= one.start - start <= _BEFORE and not one.person.name]
    return after[0] if after else None
