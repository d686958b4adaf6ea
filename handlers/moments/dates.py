"""Dates that hold a number: "17/11", "tgl 5", "12 november", "10-14 oktober", "17an"."""

import re
from datetime import date

from msgspec import structs

from handlers.moments.ago import ago
from handlers.moments.line import DAY, Day, Line, is_ahead, on, vague
from handlers.moments.lists import (
    in_turned_month,
    joined,
    many,
    numbers_in_month,
    span_of,
    two_in_month,
    two_in_turned_month,
    two_latest,
)
from handlers.moments.spellings import AGO, JOINTS, PARTS, WEEKDAYS
from handlers.moments.written import Written, coming_on, dated, latest, month_at, year_after
from handlers.spoken import listed

_DAYS, _MONTHS, _CENTURY = 31, 12, 100  # the most a month, a year, a short year may count
_FEAST = (8, 17)
_SPAN = re.compile(
    r"(?P<first>[0-3]?\d)(?:/(?P<before>[01]?\d))?-(?P<last>[0-3]?\d)/(?P<month>0?[1-9]|1[0-2])(?:/(?P<year>20\d\d))?"
)
_VIGIL = listed("tirakatan tirakat renungan lek-lekan lekan tasyakuran syukuran")
_LONG_YEAR = 4  # digits
_TENS = {"belas": 11, "20": 20}  # "tgl belasan", "tgl 20an": where they begin

# Words whose number is no date: "no 3/4", "jl 10 november", "rt 03/05".
OWNERS = listed(
    "no nomor nomer rt rw jalan jl jln gang gg blok km kav pasal ayat uu pp pkpu perbawaslu perda sk surat",
    "paslon urut sd sdn smp smpn sma sman smk tk universitas univ lapangan stadion gedung masjid perumahan",
    "perum jembatan rsud simpang kelas nilai skor rp hp wa telp tlp nik nip kode pos pasar sekolah bank hotel",
    "taman tugu monumen",
)
COUNTED = listed(
    "orang org ulu ilir juta jt rb ribu kg kilo porsi bagian gelas kali x persen liter lembar warga rumah kk",
    "amplop kaos sembako kupon spanduk baliho stiker",
    "tps suara jari jam menit dus dos kardus karton karung sak pak bungkus lusin ons gram gr ton buah botol meter",
)
_BESIDE = listed("sekitar di depan dekat deket ada waktu habis sebelum itu kejadian kejadiannya") | {*AGO, *PARTS}
_TOLD = frozenset({*WEEKDAYS, *AGO, "nya", "kejadian", "kejadiannya", "itu", "pas", "waktu", "berapa", "brp"})


def numbered(line: Line, at: int) -> Day | None:
    """Read what begins with a digit: 17/11, 12 november, 10-14 november, 2 minggu lalu."""
    owned = line.word(at - 1) in OWNERS or "lahir" in (line.word(at - 1), line.word(at - 2))
    if line.words[at].isdecimal():
        return None if owned else ago(line, at) or _plain_date(line, at)
    return None if owned else _written_date(line, at) or ago(line, at)


def _plain_date(line: Line, at: int) -> Day | None:
    number = line.number(at, 1, _DAYS)
    if number is None:
        return None
    if number == _FEAST[1] and line.word(at + 1 + (line.word(at + 1) == "-")) in {"an", "agustusan"}:
        return _seventeenth(line, at)
    return _with_month(line, at, number) or numbers_in_month(line, at)


def _with_month(line: Line, at: int, number: int) -> Day | None:
    """Read "17 november", "17 11 2026", "5 bulan 10"."""
    place = at + 2 + (line.word(at + 1) == "an")  # "10an november"
    month = month_at(line, place - 1)
    if not month and line.word(at + 1) == "bulan":
        month, place = line.number(at + 2, 1, _MONTHS), at + 3
    elif not month and len(line.word(at + 2)) == _LONG_YEAR and line.number(at + 2, 2000, line.today.year + 5):
        month = line.number(at + 1, 1, _MONTHS)
    if not month:
        return None
    year, end = year_after(line, place)
    day = dated(line, Written(at, end, number, month, year))
    if day and (month, number) == _FEAST and _is_behind_night(line, at):  # the vigil is on the evening before
        return _vigil(line, day)
    return day and _or_short_year(line, day, place, (number, month))


def _is_behind_night(line: Line, at: int) -> bool:
    """Hear the "malam" before "17 agustus", with "tanggal" or the vigil's name between."""
    back = at - 1
    while line.word(back) in _VIGIL or line.word(back) in {"tanggal", "hari"}:
        back -= 1
    return line.word(back) == "malam"


def _vigil(line: Line, feast: Day) -> Day:
    """Read "malam 17 agustus": the evening before if its vigil is named, else that or the evening of the feast."""
    others = () if _VIGIL.intersection(line.words) else (*feast.others, (feast.first, feast.last))
    return structs.replace(feast, first=feast.first - DAY, last=feast.last - DAY, others=others)


def _or_short_year(line: Line, day: Day, place: int, numbers: tuple[int, int]) -> Day:
    """Offer 2025 as well for "12 okt 25 pegawai ...", which may be a year or a count."""
    this = line.today.year
    short = line.number(place, this % _CENTURY - 2, this % _CENTURY - 1)
    if short is None or day.end > place or day.vague or line.word(place + 1) in COUNTED:
        return day
    other = on(this // _CENTURY * _CENTURY + short, numbers[1], numbers[0])
    return structs.replace(day, others=(*day.others, (other, other))) if other else day


def _seventeenth(line: Line, at: int) -> Day:
    """Read "17an": the feast of August, or the roll call civil servants hold on every 17th."""
    end = at + 2 + (line.word(at + 1) == "-")
    feast = date(line.today.year - ((line.today.month, line.today.day) < _FEAST), *_FEAST)
    rollcall = latest(line, _FEAST[1])
    if _is_behind_night(line, at):
        return structs.replace(_vigil(line, Day(at, end, feast, feast)), part="malam")
    others = () if line.words[end - 1] == "agustusan" else ((rollcall, rollcall),)
    return Day(at, end + (line.word(end) in AGO), feast, feast, others=others)


# --- with separators --------------------------------------------------------------------------------------


def _written_date(line: Line, at: int) -> Day | None:
    """Read 17/11/2026, 17-11-26, 2026-11-17, 17/11, 10-14 november."""
    word = line.words[at]
    if ":" in word:
        return None
    if span := _two_written(line, at):
        return span
    match [int(piece) for piece in word.replace("/", ".").replace("-", ".").split(".")]:
        case [first, second, third]:
            return _full_date(line, at, (first, second, third))
        case [first, second] if "/" in word and month_at(line, at + 1) and first < second <= _DAYS:  # "14/15 november"
            either = two_in_month(line, at, at, (first, second), at + 1)
            return either and structs.replace(either, last=either.first, others=((either.last, either.last),))
        case [first, second]:
            in_month = "-" in word and two_in_month(line, at, at, (first, second), at + 1)
            return in_month or _day_and_month(line, at, first, second)
        case _:
            return None


def _two_written(line: Line, at: int) -> Day | None:
    """Read "7-9/11", "7/11-9/11", "28/10-2/11/2026"."""
    match = _SPAN.fullmatch(line.words[at])
    if match is None:
        return None
    month, year = int(match["month"]), int(match["year"]) if match["year"] else None
    first = dated(line, Written(at, at + 1, int(match["first"]), int(match["before"] or month), year))
    last = dated(line, Written(at, at + 1, int(match["last"]), month, year))
    return joined(line, [first, last], "-")


def _full_date(line: Line, at: int, pieces: tuple[int, int, int]) -> Day | None:
    number, month, year = pieces if pieces[2] >= pieces[0] or pieces[0] <= _DAYS else pieces[::-1]
    year += line.today.year // _CENTURY * _CENTURY if year < _CENTURY else 0
    if year > line.today.year + 1 or not 0 < number <= _DAYS or not 0 < month <= _DAYS:
        return None
    if month <= _MONTHS:
        return dated(line, Written(at, at + 1, number, month, year))
    if number > _MONTHS:
        return None
    turned = dated(line, Written(at, at + 1, month, number, year))  # month first, as no Indonesian writes
    return turned and structs.replace(turned, doubtful=True)


def _day_and_month(line: Line, at: int, first: int, second: int) -> Day | None:
    """Read 17/11; a dash, or no word of time beside it, makes it doubtful or nothing at all."""
    word, before, after = line.words[at], line.word(at - 1), line.word(at + 1)
    cued = before == "tanggal" or before in WEEKDAYS or before == "minggu"
    spanned = before in JOINTS or after in JOINTS
    alone = len(line.words) == 1
    if not 0 < first <= _DAYS or (after in COUNTED and not cued):  # "senin 9/11 jam apel"
        return None
    if "-" in word and before == "tanggal" and first < second <= _DAYS:
        return _numbers_or_month(line, at, first, second)
    if not 0 < second <= _MONTHS or not (cued or "/" in word or (alone and "-" in word)):
        return None
    day = dated(line, Written(at, at + 1, first, second))
    if day is None or day.vague:
        return day if cued or alone else None
    beside = alone or after in _BESIDE or at + 1 in line.taken or at + 1 == len(line.words)
    return structs.replace(day, doubtful=not (cued or ((beside or spanned) and "/" in word)))


def _numbers_or_month(line: Line, at: int, first: int, second: int) -> Day:
    """Read "tgl 10-14", and "tgl 10-12", which may also be the 10th of December: ask."""
    span = span_of(line, at, at + 1, (first, second))
    in_month = dated(line, Written(at, at + 1, first, second)) if second <= _MONTHS else None
    if in_month and in_month.first < span.first and line.word(at + 1) in AGO:  # "tgl 9-12 kemarin" was no December
        return span
    if in_month is None or in_month.vague:
        return span
    return structs.replace(span, others=((in_month.first, in_month.last),))


# --- behind "tanggal" -------------------------------------------------------------------------------------


def after_tanggal(line: Line, at: int) -> Day | None:
    """Read "tanggal 5", "tgl 5 bulan lalu", "tgl 10-14", "tgl 17/11"."""
    word = line.word(at + 1)
    if tens := _tens(line, at):
        return tens
    if several := two_in_turned_month(line, at) or many(line, at):
        return several
    if not word[:1].isdecimal():  # "tanggal ??? kemarin" is some day, and hardly yesterday
        return vague(line, at, at + 3) if word and word not in _TOLD and line.word(at + 2) in AGO else None
    if not word.isdecimal():
        day = _written_date(line, at + 1)
        return day and structs.replace(day, at=at)
    number = line.number(at + 1, 1, _DAYS)
    if number is None:
        return None
    whole = _in_month(line, at, number) or ago(line, at + 1) or _plain_date(line, at + 1) or two_latest(line, at)
    if whole is not None:
        return structs.replace(whole, at=at)
    day_said, end = latest(line, number), at + 2 + (line.word(at + 2) in AGO)
    coming = coming_on(line, number) if is_ahead(line, at, end) else None
    return Day(at, end, day_said, day_said, others=((coming, coming),) if coming else ())


def _tens(line: Line, at: int) -> Day | None:
    """Read "tgl 20an", "tgl belasan oktober": nine or ten days of a month."""
    first = _TENS.get(line.word(at + 1))
    place = at + 2 + (line.word(at + 2) == "-")
    if first is None or line.word(place) != "an":
        return None
    last, end = first // 10 * 10 + 9, place + 1
    if line.word(end) == "bulan" and line.word(end + 1) in {*AGO, "ini"}:
        days = [in_turned_month(line, number, line.word(end + 1)) for number in (first, last)]
        return Day(at, end + 2, days[0], days[1]) if days[0] and days[1] else vague(line, at, end + 2)
    if month := month_at(line, end):
        year, end = year_after(line, end + 1)
        return joined(line, [dated(line, Written(at, end, number, month, year)) for number in (first, last)], "-")
    return span_of(line, at, end, (first, last))


def _in_month(line: Line, at: int, number: int) -> Day | None:
    """Read "tgl 5 bulan lalu": the 5th of last month, and not five months ago."""
    which = line.word(at + 3)
    if line.word(at + 2) != "bulan" or which not in {*AGO, "ini"}:
        return None
    day = in_turned_month(line, number, which)
    return Day(at, at + 4, day, day) if day else vague(line, at, at + 4)
