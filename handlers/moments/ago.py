"""How long ago, in a chat message: "2 hari lalu", "2-3 minggu lalu", "setengah jam lalu", "3 hari lagi"."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from msgspec import Struct, structs

from handlers.moments.line import DAY, WEEK, Day, Line, on
from handlers.moments.spellings import AGO, JOINTS, OR, WEEKDAYS

_MOST = 999
_MONTHS = 12
_CLOCKED = {"jam": timedelta(hours=1), "menit": timedelta(minutes=1)}


class _Amount(Struct, frozen=True):
    """So many of a unit: "2-3 minggu", "semingguan" (about); `end` is the place after it."""

    low: int
    high: int
    unit: str
    about: bool
    end: int
    either: bool = False


def ago(line: Line, at: int) -> Day | None:
    """Read "3 hari lalu", "2-3 hari lalu", "2 mingguan lalu", "3 hari terakhir", "3 hari lagi"."""
    amount = _amount(line, at)
    if amount is None:
        return None
    if either := _either(line, at, amount):
        return either
    turn, end = line.word(amount.end), amount.end + 1
    if turn in AGO or (turn == "tadi" and amount.unit not in _CLOCKED):
        return _past(line, at, structs.replace(amount, end=end))
    if amount.unit not in _STEPS or amount.unit == "malam":
        return None
    then = _STEPS[amount.unit](line.today, amount.high)
    if turn in {"terakhir", "belakangan", "ini"}:
        return Day(at, end, then, line.today, about=True)
    if line.word(at - 1) == "sudah" and amount.unit in {"hari", "minggu", "pekan", "bulan"}:  # "sudah 2 minggu"
        return Day(at, amount.end, then, line.today, about=True, doubtful=True)
    if turn == "lagi":
        ahead = line.today + (line.today - then)
        return Day(at, end, ahead, ahead)
    return None


def _either(line: Line, at: int, amount: _Amount) -> Day | None:
    """Read "1 minggu atau 2 minggu lalu"."""
    other = _amount(line, amount.end + 1) if line.word(amount.end) in OR and line.word(amount.end + 1) else None
    if other is None or line.word(other.end) not in AGO:
        return None
    end = other.end + 1
    first, second = (_past(line, at, structs.replace(one, end=end)) for one in (amount, other))
    return structs.replace(first, others=((second.first, second.last),))


def _amount(line: Line, at: int) -> _Amount | None:
    low, high, place = _numbers(line, at)
    unit = line.word(place)
    if not low or not high or (unit not in _STEPS and unit not in _CLOCKED):
        return None
    about = line.word(place + 1) == "an"
    either = low != high and line.word(at + 1) in OR
    return _Amount(min(low, high), max(low, high), unit, about, place + 1 + about, either)


def _numbers(line: Line, at: int) -> tuple[int | None, int | None, int]:
    """Read "3", "2-3", "2 atau 3", "2 3": (least, most, the place after them)."""
    first, dash, second = line.words[at].partition("-")
    if dash and first.isdecimal() and second.isdecimal():
        return int(first[:3]), int(second[:3]), at + 1
    low = line.number(at, 1, _MOST)
    place = at + 1 + (line.word(at + 1) in JOINTS | OR)
    high = line.number(place, 1, _MOST)
    return (low, high, place + 1) if high else (low, low, at + 1)


def _past(line: Line, at: int, amount: _Amount) -> Day:
    if amount.unit in _CLOCKED:
        then = line.now - _CLOCKED[amount.unit] * amount.low
        return Day(at, amount.end, then.date(), then.date(), time=then.strftime("%H:%M"), about=True)
    step = _STEPS[amount.unit]
    if amount.either:  # "2 atau 3 hari lalu"
        first, second = step(line.today, amount.low), step(line.today, amount.high)
        return Day(at, amount.end, first, first, others=((second, second),))
    if amount.low != amount.high:
        return Day(at, amount.end, step(line.today, amount.high), step(line.today, amount.low), about=True)
    if amount.unit == "tahun":
        year = line.today.year - amount.low
        return Day(at, amount.end, date(year, 1, 1), date(year, 12, 31), about=True)
    day = _that_weekday(line, at, amount) or _that_day(line, at, amount)
    if amount.unit == "bulan" and amount.low > _MONTHS:  # "20 bulan lalu" is rather the 20th of last month
        last = _months_back(line.today, 1).replace(day=1)
        other = on(last.year, last.month, amount.low)
        return structs.replace(day, others=((other, other),)) if other else day
    return day


def _that_weekday(line: Line, at: int, amount: _Amount) -> Day | None:
    """Read "2 minggu lalu hari jumat"."""
    place = amount.end + (line.word(amount.end) == "hari")
    index = WEEKDAYS.get(line.word(place))
    if index is None or amount.unit not in {"minggu", "pekan"}:
        return None
    day = line.monday - WEEK * amount.low + DAY * index
    return Day(at, place + 1, day, day)


def _that_day(line: Line, at: int, amount: _Amount) -> Day:
    """Read "2 minggu lalu" as about that day: nobody counts weeks to the day."""
    day = _STEPS[amount.unit](line.today, amount.low)
    nights = amount.unit == "malam"
    about = amount.about or not (nights or amount.unit == "hari")
    return Day(at, amount.end, day, day, about=about, part="malam" if nights else "")


def _days_back(today: date, amount: int) -> date:
    return today - DAY * amount


def _weeks_back(today: date, amount: int) -> date:
    return today - WEEK * amount


def _months_back(today: date, amount: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - amount, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _years_back(today: date, amount: int) -> date:
    return _months_back(today, amount * 12)


_STEPS: Mapping[str, Callable[[date, int], date]] = {
    "hari": _days_back,
    "malam": _days_back,
    "minggu": _weeks_back,
    "pekan": _weeks_back,
    "bulan": _months_back,
    "tahun": _years_back,
}
