"""Holidays in a chat message: "lebaran kemarin", "malam tahun baru", "pas hari pahlawan"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import structs

from handlers.moments.line import DAY, Day, Feasts, Line, is_ahead, on, vague
from handlers.moments.spellings import AGO, PARTS
from handlers.moments.words import words
from handlers.spoken import listed

FIXED: Mapping[tuple[str, ...], tuple[int, int]] = {
    ("hari", "pahlawan"): (11, 10),
    ("hari", "guru"): (11, 25),
    ("hut", "korpri"): (11, 29),
    ("sumpah", "pemuda"): (10, 28),
    ("hari", "santri"): (10, 22),
    ("hari", "kartini"): (4, 21),
    ("hari", "ibu"): (12, 22),
    ("hari", "buruh"): (5, 1),
    ("hari", "kemerdekaan"): (8, 17),
    ("hut", "ri"): (8, 17),
    ("hari", "korpri"): (11, 29),
    ("hari", "pancasila"): (6, 1),
    ("hari", "lahir", "pancasila"): (6, 1),
    ("kesaktian", "pancasila"): (10, 1),
    ("hari", "pendidikan", "nasional"): (5, 2),
    ("hari", "pendidikan"): (5, 2),
    ("hardiknas",): (5, 2),
    ("hari", "kesehatan", "nasional"): (11, 12),
    ("hari", "kebangkitan", "nasional"): (5, 20),
    ("harkitnas",): (5, 20),
    ("hari", "anti", "korupsi"): (12, 9),
    ("hari", "batik"): (10, 2),
    ("may", "day"): (5, 1),
    ("natal",): (12, 25),
    ("natalan",): (12, 25),
    ("christmas",): (12, 25),
    ("tahun", "baru"): (1, 1),
    ("new", "year"): (1, 1),
    ("new", "year's", "hari"): (1, 1),
    ("independence", "hari"): (8, 17),
    ("heroes", "hari"): (11, 10),
    ("heroes'", "hari"): (11, 10),
    ("teachers", "hari"): (11, 25),
    ("teacher's", "hari"): (11, 25),
    ("youth", "pledge"): (10, 28),
    ("kartini", "hari"): (4, 21),
    ("labour", "hari"): (5, 1),
    ("agustusan",): (8, 17),
    ("kartinian",): (4, 21),
    ("tahun", "baruan"): (1, 1),
}
# Feasts that wander through the year, and events whose "kemarin" means the last one and not yesterday.
WANDERING = listed(
    "lebaran idulfitri iduladha idul imlek nyepi waisak maulid isra muharram ramadan ramadhan romadhon paskah ",
    "takbiran pilkada pemilu pileg pilpres pilgub pilwako pilwali pilbup puasa semester musim liburan libur",
    "suro suroan asyura",
)
_LONG = frozenset({"puasa", "semester", "musim", "liburan", "libur"})  # these are nothing without "kemarin"
_OF_HOLIDAYS = frozenset({"sekolah", "panjang", "semester", "nasional", "nabi", "miraj", "mi'raj"})
_NEW_YEARS = listed("imlek islam hijriah hijriyah saka")
_POINTING = listed(
    "waktu hari raya malam habis sebelum sejak dari selama jelang di libur upacara peringatan memperingati perayaan",
    "merayakan rangka acara apel lomba karnaval pawai syukuran saat malamnya momen during",
)
_WISHING = frozenset({"selamat", "slamat", "met", "happy", "ucapan"})
_NAMING = frozenset({"hari", "malam"})
_AROUND = frozenset({"sebelum", "habis"})
# A table of feasts that ended longer ago than this knows nothing of the last one.
_OUTDATED = timedelta(days=400)


def feasts(days: Mapping[str, Iterable[date]]) -> Feasts:
    """Make ready the days of feasts that move, by their everyday names ("lebaran"); longer names are heard first."""
    made: defaultdict[str, list[tuple[tuple[str, ...], tuple[date, ...]]]] = defaultdict(list)
    for name, known in sorted(days.items(), key=lambda one: -len(one[0])):
        said = tuple(words(name))
        made[said[0]].append((said, tuple(sorted(known))))
    return made


def feast(line: Line, at: int) -> Day | None:
    """Read a holiday: one whose date is handed in, one fixed in the calendar, or one nobody can date here."""
    for said, days in line.holidays.get(line.words[at], ()):
        if _stands(line, at, said):
            return _last(line, at, at + len(said), days)
    return _fixed(line, at) or _wandering(line, at)


def _last(line: Line, at: int, end: int, days: Iterable[date]) -> Day | None:
    year, end = _year(line, end)
    passed = [day for day in days if day <= line.today and (day.year == year if year else line.today - _OUTDATED < day)]
    if not passed:
        return vague(line, at, end) if year else None
    if line.words[at] == "malam":
        return Day(at, end + (line.word(end) in AGO), passed[-1], passed[-1], part="malam", about=True)
    return _held(line, at, end, passed[-1], about=True)


def _year(line: Line, end: int) -> tuple[int, int]:
    """Read the year after a feast: "lebaran 2025", "lebaran tahun lalu"; 0 where none is said."""
    named = end + (line.word(end) == "tahun")
    if (year := line.number(named, 1990, 2100)) is not None:
        return year, named + 1
    if named > end and line.word(named) in AGO:
        return line.today.year - 1, named + 1
    return 0, end


def _stands(line: Line, at: int, said: tuple[str, ...]) -> bool:
    end = at + len(said)
    if line.words[at] != said[0] or tuple(line.words[at:end]) != said or line.word(at - 1) in _WISHING:
        return False
    return _is_pointed_at(line, at, end) or _year(line, end)[0] > 0


def _fixed(line: Line, at: int) -> Day | None:
    for said, (month, number) in FIXED.items():
        if _stands(line, at, said) and line.word(at + len(said)) not in _NEW_YEARS:
            year, end = _year(line, at + len(said))
            year = year or line.today.year - ((month, number) > (line.today.month, line.today.day))
            day = date(year, month, number)
            held = _held(line, at, end, day) if day <= line.today else vague(line, at, end)
            coming = on(day.year + 1, month, number)
            if coming and not held.vague and is_ahead(line, at, end):  # "hari guru nanti"
                return structs.replace(held, others=((coming, coming),))
            return held
    return None


def _held(line: Line, at: int, end: int, day: date, *, about: bool = False) -> Day:
    end += line.word(end) in AGO
    if line.word(at - 1) in _AROUND:
        return vague(line, at, end)
    if line.word(at - 1) == "malam":
        return Day(at, end, day - DAY, day - DAY, part="malam", about=about)
    return Day(at, end, day, day, about=about)


def _wandering(line: Line, at: int) -> Day | None:
    if line.words[at] == "tahun" and line.word(at + 2) in _NEW_YEARS:
        return vague(line, at, at + 3)
    if line.words[at] not in WANDERING:
        return None
    end = min(at + 1 + (line.words[at] == "idul" or line.word(at + 1) in _OF_HOLIDAYS), len(line.words))
    recent = line.word(end) in AGO
    yesterday = recent and (line.word(end + 1) in PARTS or end + 1 in line.taken)
    if yesterday or not _is_pointed_at(line, at, end) or (line.words[at] in _LONG and not recent):
        return None
    return vague(line, at, end + recent)


def _is_pointed_at(line: Line, at: int, end: int) -> bool:
    """Tell "pas natal" and "natal kemarin" from "ucapan natal untuk warga"."""
    few = len(line.words) <= end - at + 1
    named = not _NAMING.isdisjoint((line.words[at], line.words[end - 1]))
    return few or named or line.word(at - 1) in _POINTING or line.word(end) in AGO | {"tahun", "ke"}  # "hut ri ke 81"


HEADS = frozenset({said[0] for said in FIXED}) | WANDERING
