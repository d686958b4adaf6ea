"""Months, their thirds, and years in a chat message: "bulan lalu", "awal oktober", "November 12", "tahun lalu"."""

from calendar import monthrange
from datetime import date

from msgspec import structs

from handlers.moments.dates import COUNTED, OWNERS, numbered
from handlers.moments.line import DAY, WEEK, Day, Line, Span, on, vague
from handlers.moments.spellings import AGO, FULL_MONTHS, JOINTS, MONTHS, OR, PAIRS, WEEKDAYS
from handlers.moments.week import weekend
from handlers.moments.written import OLDEST_YEARS, Written, dated, month_at, year_after
from handlers.spoken import listed

_DAYS, _MONTHS = 31, 12
_LAST, _WEEKS = 0, 4
_ORDINALS = {"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "terakhir": _LAST}
_FASTING = frozenset({"puasa", "ramadan", "ramadhan"})
_SHORT = 6  # words, among which "November 12" is a date and not "in November, twelve people"
_POINTING = listed("waktu pada sejak dari di selama sekitar kayaknya ingat ingatku seingat seingatku lama") | JOINTS
_NO_MONTH = listed("gaji tpp honor tunjangan insentif edisi angkatan kelahiran pak bu bapak ibu mas mbak bang jalan jl")
_ONLY_MONTHS = frozenset({1, 2, 8, 9, 10, 11, 12})  # March is no name either, but marching; May, June and July are
THIRDS = {"awal": (1, 10), "pertengahan": (11, 20), "akhir": (21, 31)}


def _whole(line: Line, at: int, end: int, month_said: int, year: int | None) -> Day | None:
    """Make a month of its number; without a year the nearest that has begun."""
    today = line.today
    year = year or today.year - (month_said > today.month)
    first = date(year, month_said, 1)
    return Day(at, end, first, _last_of(first)) if year >= today.year - OLDEST_YEARS else None


def _last_of(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def bulan(line: Line, at: int) -> Day | None:
    """Read "bulan lalu", "bulan ini", "bulan kemarin tanggal 5", "bulan agustus", "bulan 8"."""
    turn, end = line.word(at + 1), at + 2
    if turn not in {*AGO, "ini", "depan"}:
        return _named_month(line, at)
    first = _turned_month(line, turn)
    number = line.number(end + 1, 1, _DAYS) if line.word(end) == "tanggal" else None
    if number is None:
        return Day(at, end, first, _last_of(first))
    day = on(first.year, first.month, number)
    return Day(at, end + 2, day, day) if day else vague(line, at, end + 2)


def _turned_month(line: Line, turn: str) -> date:
    first = line.today.replace(day=1)
    if turn in AGO:
        return (first - DAY).replace(day=1)
    return _last_of(first) + DAY if turn == "depan" else first


def _named_month(line: Line, at: int) -> Day | None:
    if line.word(at + 1) in _FASTING:
        return vague(line, at, at + 2 + (line.word(at + 2) in AGO))
    month_said = line.number(at + 1, 1, _MONTHS) or month_at(line, at + 1)
    if month_said is None or line.word(at + 2) in COUNTED or line.word(at - 1)[:1].isdecimal():
        return None
    year, end = year_after(line, at + 2)
    return _told_dated(line, at, end, month_said, year) or _whole(line, at, end, month_said, year)


def _told_dated(line: Line, at: int, end: int, month_said: int, year: int | None) -> Day | None:
    """Read "oktober tanggal 12"."""
    number = line.number(end + 1, 1, _DAYS) if line.word(end) == "tanggal" else None
    if number is None:
        return None
    turned = [*line.words[:at], str(number), "bulan", str(month_said), *([str(year)] if year else [])]
    day = numbered(structs.replace(line, words=turned, taken=frozenset()), at)
    return day and structs.replace(day, end=end + 2)


def month(line: Line, at: int) -> Day | None:
    """Read "oktober 2025", "agustus lalu", "November 12"; an unmarked name of a month may be a person's."""
    year, end = year_after(line, at + 1)
    if line.number(at + 1, 1, _DAYS) is not None and year is None and _stands_alone(line, at):
        return _swapped(line, at)
    if line.number(at + 1, 1, _DAYS) is not None and year is None and not line.word(at - 1)[:1].isdecimal():
        return _doubtfully_swapped(line, at)
    joined = _is_joined(line, at)
    if line.words[at] not in FULL_MONTHS and end > at + 1 and not line.word(at - 1)[:1].isdecimal():
        return _short(line, at, end, year)
    if (line.words[at] not in FULL_MONTHS and not joined) or line.word(at - 1)[:1].isdecimal():
        return None
    if day := _told_dated(line, at, end, MONTHS[line.words[at]], year):
        return day
    ini = line.word(end) == "ini"
    hedged = line.word(at - 1) in _POINTING or line.word(end) in {"kayaknya", "an"}
    clear = MONTHS[line.words[at]] in _ONLY_MONTHS and line.word(at - 1) not in _NO_MONTH
    if joined or hedged or clear or end + ini > at + 1 or len(line.words) == 1:
        return _whole(line, at, end + ini, MONTHS[line.words[at]], year)
    return None


def _short(line: Line, at: int, end: int, year: int | None) -> Day | None:
    """Read "okt lalu", "nov 2026"; "feb kemarin" may be Feb's doing of yesterday: ask."""
    whole = _whole(line, at, end, MONTHS[line.words[at]], year)
    number = line.number(at + 1, 1, _DAYS)
    if whole and number and (day := dated(line, Written(at, end, number, MONTHS[line.words[at]]))) and not day.vague:
        return structs.replace(whole, others=((day.first, day.last), *day.others))  # "des 25": that day, or of 2025
    yesterday = line.today - DAY
    doubtful = whole is not None and year is None and line.word(at + 1) == "kemarin"
    return structs.replace(whole, others=((yesterday, yesterday),)) if whole and doubtful else whole


def _is_joined(line: Line, at: int) -> bool:
    """Tell whether a name of a month begins or ends "sept s/d okt"."""
    joints = JOINTS | PAIRS | OR
    begins = line.word(at + 1) in joints and line.word(at + 2 + (line.word(at + 2) == "bulan")) in MONTHS
    return begins or (line.word(at - 1) in joints and line.word(at - 2) in MONTHS)


def _stands_alone(line: Line, at: int) -> bool:
    return len(line.words) - len(line.taken) <= _SHORT or year_after(line, at + 2)[0] is not None


def _swapped(line: Line, at: int) -> Day | None:
    """Read the English order, "November 12, 2026", as if it were said the other way round."""
    turned = [*line.words[:at], line.words[at + 1], line.words[at], *line.words[at + 2 :]]
    return numbered(structs.replace(line, words=turned), at)


def week_of_month(line: Line, at: int) -> Day | None:
    """Read "minggu kedua oktober": nobody counts these alike, so its days and its calendar week are both offered."""
    counted_on = line.word(at + 1) == "ke"
    count = line.number(at + 2, 1, 5) if counted_on else _ORDINALS.get(line.word(at + 1))
    place = at + 2 + counted_on
    place += line.word(place) == "bulan"
    month_said, turn = month_at(line, place), line.word(place)
    if count is None or not (month_said or turn in {*AGO, "ini"}):
        return None
    year, end = year_after(line, place + 1) if month_said else (None, place + 1)
    whole = _whole(line, at, end, month_said, year) if month_said else Day(at, end, *_span_of(line, turn))
    if whole is None:
        return None
    last = count == _LAST or count > _WEEKS
    first = whole.last - DAY * 6 if last else whole.first + WEEK * (count - 1)
    monday = first - DAY * first.weekday() if last else first + DAY * (-first.weekday() % 7)
    return structs.replace(whole, first=first, last=first + DAY * 6, others=((monday, monday + DAY * 6),))


def nth_weekday(line: Line, at: int) -> Day | None:
    """Read "jumat pertama bulan ini", "senin kedua november", "sabtu terakhir bulan lalu"."""
    count, place = _ORDINALS.get(line.word(at + 1)), at + 2
    place += line.word(place) == "bulan"
    month_said, turn = month_at(line, place), line.word(place)
    if count is None or not (month_said or turn in {*AGO, "ini"}):
        return None
    year, end = year_after(line, place + 1) if month_said else (None, place + 1)
    whole = _whole(line, at, end, month_said, year) if month_said else Day(at, end, *_span_of(line, turn))
    if whole is None:
        return None
    index = WEEKDAYS[line.words[at]]
    first = whole.first + DAY * ((index - whole.first.weekday()) % 7) + WEEK * (count - 1)
    if count == _LAST:
        first = whole.last - DAY * ((whole.last.weekday() - index) % 7)
    return structs.replace(whole, first=first, last=first)


def _span_of(line: Line, turn: str) -> Span:
    first = _turned_month(line, turn)
    return first, _last_of(first)


def _doubtfully_swapped(line: Line, at: int) -> Day | None:
    """Offer, of "november 10 di kantor", that day and the month: it may be ten of something."""
    whole = _whole(line, at, at + 1, MONTHS[line.words[at]], None)
    day = _swapped(line, at)
    if line.words[at] not in FULL_MONTHS or line.word(at + 2) in COUNTED or whole is None or day is None or day.vague:
        return None
    return structs.replace(day, others=(*day.others, (whole.first, whole.last)))


def third(line: Line, at: int) -> Day | None:
    """Read "awal bulan ini", "akhir oktober": ten days, the last third to the month's end."""
    which, place = line.words[at], at + 1 + (line.word(at + 1) == "-")  # "mid-october"
    if line.word(place) == "pekan" and which == "akhir":
        return weekend(line, at, place + 1)
    if line.word(place) in {"tahun", "pekan"}:
        return vague(line, at, place + 1 + (line.word(place + 1) in {*AGO, "ini"}))
    named = line.word(place) == "bulan"
    month_said = month_at(line, place + named)
    if month_said:
        year, end = year_after(line, place + named + 1)
        whole = _whole(line, at, end, month_said, year)
        return whole and _third_of(whole, which)
    return _third_of_turned(line, at, place + 1) if named else None


def _third_of_turned(line: Line, at: int, place: int) -> Day:
    """Read "akhir bulan": this month's if it has begun, else last month's."""
    turn = line.word(place)
    begun = line.today.day >= THIRDS[line.words[at]][0]
    told = turn in {*AGO, "ini", "depan"}
    first = _turned_month(line, turn if told or begun else "lalu")
    return _third_of(Day(at, place + told, first, _last_of(first)), line.words[at])


def _third_of(whole: Day, which: str) -> Day:
    low, high = THIRDS[which]
    last = whole.last if which == "akhir" else whole.first.replace(day=high)
    return structs.replace(whole, first=whole.first.replace(day=low), last=last)


def tahun(line: Line, at: int) -> Day | None:
    """Read "tahun lalu", "tahun 2025"."""
    turn, this = line.word(at + 1), line.today.year
    if line.word(at - 1).isdecimal() and line.word(at - 2) in OWNERS:  # "uu no 10 tahun 2016"
        return None
    year = line.number(at + 1, this - OLDEST_YEARS, this + 1)
    if turn in AGO:
        year = this - 1
    elif turn in {"ini", "depan"}:
        year = this + (turn == "depan")
    return Day(at, at + 2, date(year, 1, 1), date(year, 12, 31)) if year else None
