"""The posts people name, as the report's question sorts them: everyday, short, local and English words."""

import re
from collections.abc import Iterable, Iterator, Mapping

from handlers.spoken import listed

_OFFICES = listed(
    "dinas badan bkpsdm bkd bappeda bapenda bpkad kesbangpol bpbd inspektorat disdik dinkes dinsos dishub kominfo",
)
_PEOPLE = listed("orang wong urang uluh")
_HALLS = listed("pemkot pemda pemkab pemko")
_CHIEFS = ("direktur", "wakil direktur", "wadir", "dirut", "direktur utama")
_HOUSES = ("rsud", "rs", "rumah sakit", "pdam", "bumd", "perumda")
_TITLES: Mapping[str, tuple[str, ...]] = {
    "head": (
        "kadis|kadin|kadisdik|kadindik|kadinkes|kadiskes|kadishub|kadinsos|kadinsos|kadispora|kadisperindag|kadispar",
        "kadiskominfo|kadistan|kadisnaker|kadispenduk|kadisdukcapil|kasat pol pp|kaban|sekwan|sekda",
        "sekretaris daerah|kasatpol pp|kasatpol",
        "kepala satpol pp",
        *(f"kepala {office}" for office in _OFFICES),
    ),
    "district": (
        "sekkel|camat|sekcam|sekretaris camat|sekretaris kecamatan|lurah|seklur|sekretaris lurah|sekretaris kelurahan",
        "carik|kepala kelurahan|subdistrict head|urban village head|district head|sub-district head",
        "subdistrict secretary|sub-district secretary|district secretary|urban village secretary",
    ),
    "school": (
        "kepala sekolah|kapala sakulah|kepsek|kasek|wakil kepala sekolah|wakasek|waka kesiswaan|guru",
        "wali kelas",
        "penilik sekolah",
        "dosen|rektor|dekan|kepala puskesmas|kapus|kapuskes|kepala sd|kepala smp|kepala sma|kepala smk|kepala tk",
        "kepala sdn|kepala smpn|kepala sman|kepala smkn",
        "kepala paud|dokter|bidan|perawat|mantri|nakes|tenaga kesehatan|pengawas sekolah",
        "teacher|teachers|principal|school principal|headmaster|headmistress|lecturer|nurse|nurses|midwife|doctor",
    ),
    "official": (
        "wakil walikota|wakil wali kota|wawali|walikota|wali kota|walkot|wakil bupati|wabup|bupati|wakil gubernur",
        "gubernur|kabid|kepala bidang|kasi|kepala seksi|kabag|kepala bagian|kasubag|kasubbag|kepala sub bagian",
        "kasubbid|kasubid|kepala uptd|ka uptd|kepala upt|sekretaris dinas|sekdis|sekdin|sekretaris badan|sekban",
        "asisten",
        "sekretaris dprd|kepala kua|kepala pasar|kepala terminal|kepala lapas|kepala rutan|kepala samsat",
        "kepala cabang dinas|kacabdin",
        "kepala ruangan|kepala tata usaha|kepala tu|kasubag tu|korwil|kanit|kepala unit|penghulu|pejabat fungsional",
        *(f"{chief} {house}" for chief in _CHIEFS for house in _HOUSES),
        "hospital director|school director",
        "staf ahli|pejabat|deputy mayor|mayor|regent|governor|head of department|head of division|head of section",
    ),
    "village": (
        "kades|kepala kampung|kepala lingkungan|kaling|kepala desa|kepala deso|perangkat deso|pambakal|pembakal",
        "sekdes|sekretaris desa|perangkat desa|kadus",
        "kepala dusun|bpd|pamong desa|kaur desa|bayan|modin|kamituwo|kasun|jogoboyo|kebayan|kaur",
        "kasi pemerintahan desa|village head|village secretary|ketua rt|ketua rw",
    ),
    "forces": (
        "anggota koramil|anggota polri|anggota tni|anggota polsek|bhabin|komandan regu|danru",
        "tni|polri|polisi|kapolsek|kapolres|koramil|danramil|babinsa|bhabinkamtibmas|babinkamtibmas|tentara",
        "komandan koramil|dandim|police officer|policeman|soldier",
    ),
    "staff": (
        "perangkat kelurahan|aparat kelurahan|aparat kecamatan|aparat desa|aparatur desa",
        "staf|staff|pegawai|pegawe|pagawai|pegawean|honorer|tenaga honorer|pppk|p3k|asn|pns|satpol pp",
        "petugas pkh|pendamping pkh|pendamping desa|petugas kebersihan|satpam|penjaga sekolah|petugas puskesmas|plkb",
        "ppl",
        "petugas dishub|petugas dukcapil|petugas kelurahan|petugas kecamatan|petugas loket|pegawe honor|tata usaha",
        "anggota satpol pp|satpol|ajudan|sopir|supir|driver|bendahara|operator desa|operator sekolah|penyuluh",
        *(f"{people} {office}" for people in _PEOPLE for office in (*_OFFICES, *_HALLS)),
        "civil servant|civil servants|government official|government employee|government officer",
    ),
}
_POST_OF = {title: post for post, titles in _TITLES.items() for line in titles for title in line.split("|")}
_BANJAR = {title.replace("kepala", "kapala"): title for title in _POST_OF if title.startswith("kepala")}


Post = tuple[int, int, str]  # where it begins and ends, and the title


def _by_letter(titles: Iterable[str]) -> str:
    """Return a pattern for any title, the longest first; apart by first letters, so that most are never tried."""
    heads: dict[str, list[str]] = {}
    for title in sorted(titles, key=len, reverse=True):
        heads.setdefault(title[:2], []).append(title[2:])
    return "|".join(f"{head}(?:{'|'.join(tails)})" for head, tails in heads.items())


_LONGEST_FIRST = _by_letter({*_POST_OF, *_BANJAR})
# "the head of Menteng subdistrict office"; "sekretarisnya" is of the one told of before.
_AREA = (
    r"subdistrict|sub-district|district|village|ward|hamlet|school|health cent\w+|hospital|office|agency|department"
    r"|division|section"
)
_HEAD_OF = rf"head of (?:(?:the|my|our) )?(?:\w+ ){{0,2}}?(?P<area>{_AREA})(?: office)?"
_THEIRS = r"sekretaris(?=ny[ao]\b|ne\b)"
_NO_STATE_POST = r"(?! (?:partai|paslon|tim|dpc|dpd|dpw|pac|ranting|ngaji|les|candidate|calon)\b)"
_PATTERN = re.compile(
    rf"(?<![@./_])\b(?i:(?P<title>{_HEAD_OF}|{_THEIRS}|{_LONGEST_FIRST})(?:nya|nyo|ne|ku|e|s)?\b{_NO_STATE_POST})"
)
_PLAINLY: Mapping[str, str] = {
    **_BANJAR,
    "kapala sakulah": "kepala sekolah",
    "pagawai": "pegawai",
    "pegawe": "pegawai",
    "pegawean": "pegawai",
    "teachers": "teacher",
    "nurses": "nurse",
    "civil servants": "civil servant",
}
_AREAS: Mapping[str, str] = {
    **dict.fromkeys(("office", "agency", "department"), "head"),
    **dict.fromkeys(("division", "section"), "official"),
    "village": "village",
    "school": "school",
}


def titled(text: str) -> Iterator[Post]:
    """Yield where each title stands in a text, and the title without "-nya" in its plain spelling."""
    for match in _PATTERN.finditer(text):
        title = _without_place(match["title"]) if match["area"] else match["title"].lower()
        yield match.start(), match.end(), _PLAINLY.get(title, title)


def _without_place(title: str) -> str:
    """Write "Head of Burengan ward" as "head of ward", and leave "head of the health office" as it is."""
    first, *rest = title.split()
    return " ".join([first, *(word for word in rest if not word[0].isupper())]).lower()


def is_title(text: str) -> bool:
    """Tell whether a text begins with a title."""
    return _PATTERN.match(text) is not None


def post_of(title: str) -> str:
    """Return the post, as the report's question has them, that a title belongs to."""
    if title in _POST_OF:
        return _POST_OF[title]
    if title == "sekretaris":
        return "official"
    match = _PATTERN.match(title)
    area = match["area"] if match else ""
    return _AREAS.get(area, "school" if area.startswith("health") else "district")
