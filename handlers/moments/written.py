"""A day, a month and a year as they are written, and the date that is meant where one of them is left out."""

from datetime import date, timedelta

from msgspec import Struct

from handlers.moments.line import DAY, Day, Line, is_ahead, on, vague
from handlers.moments.spellings import AGO, FULL_MONTHS, MONTHS, PARTS

_DAYS, _CENTURY = 31, 100
OLDEST_YEARS = 10  # "lahir 12-05-1990", "17/8/45": a year so far back is no event to report
_SOON = timedelta(days=14)  # "20 november" said on the 18th: two days ahead, or a year ago?
_SHORT_YEAR = 2  # digits
_LONG_MONTH = 6  # letters, from which on a slip of the pen still shows the month
_NO_COUNT = frozenset({*PARTS, "di", "waktu"})  # after these "12 nov 26" is a year and not 26 people


class Written(Struct, frozen=True):
    """Day, month and maybe year, as written at the words `at` to `end`."""

    at: int
    end: int
    number: int
    month: int
    year: int | None = None


def dated(line: Line, written: Written) -> Day | None:
    """Make a day of what is written; without a year the nearest past one."""
    today, year = line.today, written.year
    if year is not None and year < today.year - OLDEST_YEARS:
        return None
    near = on(year or today.year, written.month, written.number)
    past = near if year is not None or (near and near <= today) else on(today.year - 1, written.month, written.number)
    if near is None or past is None:
        return vague(line, written.at, written.end)
    coming = near if near > today else on(today.year + 1, written.month, written.number)
    soon = year is None and coming and (coming <= today + _SOON or is_ahead(line, written.at, written.end))
    others = ((coming, coming),) if soon and coming else ()
    return Day(written.at, written.end, past, past, others=others)


def year_after(line: Line, at: int) -> tuple[int | None, int]:
    """Read the year after a month: (year or None, the place after it)."""
    this = line.today.year
    named = line.word(at) == "tahun"
    full = line.number(at + named, 1900, this + 5)
    if full is not None:
        return full, at + named + 1
    if named and line.word(at + 1) in {"lalu", "kemarin", "ini"}:
        return this - (line.word(at + 1) != "ini"), at + 2
    short = line.number(at, this % _CENTURY - 2, this % _CENTURY + 1)
    if short is not None and len(line.word(at)) == _SHORT_YEAR and _ends_date(line, at + 1):
        return this // _CENTURY * _CENTURY + short, at + 1
    return None, at + (line.word(at) in AGO)


def _ends_date(line: Line, at: int) -> bool:
    return at >= len(line.words) or at in line.taken or line.word(at) in _NO_COUNT


def month_at(line: Line, at: int) -> int | None:
    """Return the month named at a place, misspelt a little or not."""
    word = line.word(at)
    return MONTHS.get(word) or (_misspelt_month(word) if len(word) >= _LONG_MONTH else None)


def _misspelt_month(word: str) -> int | None:
    """Read "novmber", "septemmber": the head and the tail are right, and a letter or two is wrong between."""
    for month in FULL_MONTHS:
        alike = len(month) >= _LONG_MONTH and word[:2] == month[:2] and word[-3:] == month[-3:]
        if alike and -2 <= len(month) - len(word) <= 2:  # noqa: PLR2004  # a letter or two
            return MONTHS[month]
    return None


def latest(line: Line, number: int) -> date:
    """Return the last day of that number up to today; "tgl 31" skips the months without one."""
    month = line.today.replace(day=1)
    while True:
        day = on(month.year, month.month, number)
        if day is not None and day <= line.today:
            return day
        month = (month - DAY).replace(day=1)


def coming_on(line: Line, number: int) -> date | None:
    """Return the next day of that number, within this month and the next."""
    month = line.today.replace(day=1)
    following = (month + DAY * _DAYS).replace(day=1)
    days = (on(one.year, one.month, number) for one in (month, following))
    return next((day for day in days if day is not None and day > line.today), None)
