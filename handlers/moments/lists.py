"""Two or more days that share a month: "10-14 oktober", "tgl 3, 10 dan 17", "tgl 7-9 bulan ini"."""

from collections.abc import Sequence
from datetime import date

from msgspec import structs

from handlers.moments.line import DAY, Day, Line, on, vague
from handlers.moments.spellings import AGO, JOINTS, OR, PAIRS
from handlers.moments.written import Written, dated, latest, month_at, year_after

_DAYS = 31
_LIST = 3  # numbers


def span_of(line: Line, at: int, end: int, numbers: tuple[int, int]) -> Day:
    """Read days of the month up to the latest of the second number: "tgl 28 sampai 2" crosses a month."""
    first, second = numbers
    last = latest(line, second)
    month = last if first <= second else last.replace(day=1) - DAY
    return Day(at, end, on(month.year, month.month, first) or month, last)


def two_numbers(line: Line, at: int) -> tuple[tuple[int, int], int] | None:
    """Read the numbers of "10 sampai tgl 14", "3 dan 4", "8 atau 9": (both, the place after them)."""
    place = at + 2 + (line.word(at + 2) == "tanggal")
    first, second = line.number(at, 1, _DAYS), line.number(place, 1, _DAYS)
    joined = line.word(at + 1) in JOINTS | PAIRS | OR
    return ((first, second), place + 1) if first and second and joined else None


def numbers_in_month(line: Line, at: int) -> Day | None:
    numbers = two_numbers(line, at)
    return numbers and two_in_month(line, at, at, *numbers)


def two_in_month(line: Line, at: int, start: int, numbers: tuple[int, int], end: int) -> Day | None:
    """Read "10-14 november", "3 dan 9 november"."""
    month = month_at(line, end)
    if not month:
        return None
    year, end = year_after(line, end + 1)
    days = [dated(line, Written(start, end, number, month, year)) for number in numbers]
    return joined(line, days, line.word(at + 1) if line.words[at].isdecimal() else "-")


def joined(line: Line, days: Sequence[Day | None], joint: str) -> Day | None:
    first, second = days
    if first is None or second is None:
        return None
    if first.vague or second.vague:
        return vague(line, first.at, first.end)
    if joint in OR or (joint in PAIRS and second.first - first.last != DAY):
        return structs.replace(first, others=((second.first, second.last),))
    return structs.replace(first, last=second.last, others=()) if first.first <= second.last else None


def in_turned_month(line: Line, number: int, turn: str) -> date | None:
    month = line.today if turn == "ini" else line.today.replace(day=1) - DAY
    return on(month.year, month.month, number)


def two_in_turned_month(line: Line, at: int) -> Day | None:
    """Read "tgl 7-9 bulan ini", "tgl 7 sampai 9 bulan kemarin"."""
    first, dash, second = line.word(at + 1).partition("-")
    dashed = dash and first.isdecimal() and second.isdecimal()
    found = ((int(first), int(second)), at + 2) if dashed else two_numbers(line, at + 1)
    if found is None:
        return None
    numbers, end = found
    turn = line.word(end + 1)
    if line.word(end) != "bulan" or turn not in {*AGO, "ini"}:
        return None
    days = [in_turned_month(line, number, turn) for number in numbers]
    made = [Day(at, end + 2, day, day) if day else vague(line, at, end + 2) for day in days]
    return joined(line, made, "-" if dashed else line.word(at + 2))


def many(line: Line, at: int) -> Day | None:
    """Read "tgl 14, 15 dan 16", "tgl 3, 10 dan 17 november": the days from the first to the last, or each of them."""
    numbers: list[int] = []
    end = at + 1
    while (number := line.number(end, 1, _DAYS)) and (not numbers or number > numbers[-1]):
        numbers.append(number)
        end += 1 + (line.word(end + 1) in PAIRS and line.number(end + 2, 1, _DAYS) is not None)
    if len(numbers) < _LIST:
        return None
    month, (year, after) = month_at(line, end), year_after(line, end + 1)
    made = (
        [dated(line, Written(at, after, number, month, year)) for number in numbers]
        if month
        else [Day(at, end, day, day) for day in (latest(line, number) for number in numbers)]
    )
    days = [day for day in made if day and not day.vague]
    if len(days) < len(numbers):
        return vague(line, at, end)
    if days[-1].first - days[0].first == DAY * (len(days) - 1):
        return structs.replace(days[0], last=days[-1].last, others=())
    return structs.replace(days[0], others=tuple((day.first, day.last) for day in days[1:]))


def two_latest(line: Line, at: int) -> Day | None:
    numbers = two_numbers(line, at + 1)
    if numbers is None:
        return None
    (first, second), end = numbers
    joint = line.word(at + 2)
    if joint in JOINTS:
        return span_of(line, at, end, (first, second))
    return joined(line, [Day(at, end, day, day) for day in (latest(line, first), latest(line, second))], joint)
