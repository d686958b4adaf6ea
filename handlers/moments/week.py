"""Weekdays and weeks in a chat message: "jumat lalu", "malam minggu", "minggu kemarin", "akhir pekan"."""

from datetime import date

from msgspec import structs

from handlers.moments.line import DAY, WEEK, Day, Line, Span, vague
from handlers.moments.spellings import AGO, JOINTS, MONTHS, OR, PAIRS, PARTS, PASARAN, SUNDAY, UNITS, WEEKDAYS
from handlers.moments.written import latest, month_at
from handlers.spoken import listed

_AHEAD = frozenset({"depan", "besok", "nanti"})
_WEEKS = frozenset({"minggu", "pekan"})
_PLACES = frozenset({"pasar", "sekolah", "jalan", "jl", "jln", "gang"})
_CALLED = listed("pak bu bapak ibu bang mas mbak bernama namanya nama")
_POINTING = listed("waktu hari sejak dari sampai")
_ORDINALS = listed("kedua pertama ketiga keempat terakhir ke")
_FURTHER = frozenset({"dulu", "lagi"})
_SATURDAY = 5
_PASARAN = tuple(dict.fromkeys(PASARAN.values()))
_LEGI = date(1945, 8, 17)  # a Friday, and Legi: the day Indonesia became independent
_MOST_WEEKS, _DAYS = 60, 31


def _is_ago(line: Line, at: int) -> bool:
    """Tell the "tadi" of "senin tadi", which is last Monday, from that of "senin tadi pagi"."""
    if line.word(at) == "tadi":
        return line.word(at + 1) not in PARTS and at + 1 not in line.taken
    return line.word(at) in {*AGO, "barusan"}


def weekday(line: Line, at: int) -> Day | None:
    """Read "jumat", "jumat lalu", "jumat sore minggu kemarin", "sabtu minggu lalu"."""
    if line.word(at - 1) in _PLACES:
        return None
    index = WEEKDAYS[line.words[at]]
    if line.word(at - 1) in _CALLED and line.word(at + 1) not in {*AGO, *PARTS, "tanggal"}:
        return None
    if index == _SATURDAY and (span := _saturday_and_sunday(line, at)):
        return span
    return _numbered(line, of_week(line, at, index), index)


def _numbered(line: Line, day: Day, index: int) -> Day:
    """Offer both readings of "senin 9": the 9th, when it was a Monday, and the last Monday."""
    number = line.number(day.end, 1, _DAYS)
    dated = None if number is None else latest(line, number)
    if dated is None or dated.weekday() != index or dated == day.first or month_at(line, day.end + 1):
        return day
    if line.word(day.end + 1) in {"bulan", *UNITS}:
        return day
    return structs.replace(day, end=day.end + 1, others=(*day.others, (dated, dated)), free=None)


def of_week(line: Line, at: int, index: int) -> Day:
    """Read which week a weekday belongs to; without a word of it, the nearest past one."""
    day = _placed(line, at, index)
    return structs.replace(day, free=index) if day.end == at + 1 or not day.others else day


def _placed(line: Line, at: int, index: int) -> Day:
    place = at + 1
    if line.word(place) in PARTS and not _is_eve(line, place):
        place += 1
    which, end = _which_week(line, place)
    if which is None:
        return _nearest(line, at, index)
    day = line.monday + WEEK * which + DAY * index
    return Day(at, end, day, day)


def _is_eve(line: Line, place: int) -> bool:
    """Tell the "malam minggu" within "sabtu malam minggu"."""
    return line.word(place) == "malam" and line.word(place + 1) in {*WEEKDAYS, "minggu"}


def _which_week(line: Line, place: int) -> tuple[int | None, int]:
    """Read "minggu lalu", "2 minggu lalu", "minggu ini": (weeks from now or None, place after it)."""
    number = line.number(place, 1, _MOST_WEEKS)
    start = place + (number is not None)
    if line.word(start) not in _WEEKS:
        return None, place
    turn = line.word(start + 1)
    if turn in AGO:
        return -(number or 1), start + 2
    if turn == "ini" and number is None:
        return 0, start + 2
    return (1, start + 2) if turn == "depan" else (None, place)


def _nearest(line: Line, at: int, index: int) -> Day:
    place = at + 1 + (line.word(at + 1) in PARTS and not _is_eve(line, at + 1))
    turn = line.word(place)
    back = (line.today.weekday() - index) % 7
    if turn in _AHEAD:
        ahead = line.today + DAY * ((-back) % 7 or 7)
        either = turn == "depan" and ahead.weekday() > line.today.weekday()  # "kamis depan" said on a Wednesday
        return Day(at, place + 1, ahead, ahead, others=((ahead + WEEK, ahead + WEEK),) if either else ())
    if turn == "ini":
        day = line.monday + DAY * index
        return Day(at, place + 1, day, day)
    recent = line.today - DAY * back
    if turn == "sebelumnya":  # "jumat kemarin dan jumat sebelumnya"
        return Day(at, place + 1, recent - WEEK, recent - WEEK, doubtful=True)
    if line.word(at - 1) in PASARAN:
        named = _on_pasaran(recent, line.word(at - 1))
        return Day(at, place + (turn in AGO), named, named, others=() if named == recent else ((recent, recent),))
    if _is_ago(line, place) or (back and turn == "tadi"):  # Banjar: "ahad tadi tangah hari"
        if not back and turn == "tadi" and place == at + 1:  # "rabu tadi" said on a Wednesday
            return Day(at, place + 1, recent, recent, others=((recent - WEEK, recent - WEEK),), free=index)
        recent = recent if back or turn in {"barusan", "tadi"} else recent - WEEK
        return _or_before(line, Day(at, place + 1, recent, recent, free=index))
    others = () if back else ((recent - WEEK, recent - WEEK),)
    return Day(at, at + 1, recent, recent, others=others, free=index)


def _on_pasaran(weekday: date, name: str) -> date:
    """Return the last such weekday that was also this day of the Javanese week of five."""
    while (weekday - _LEGI).days % len(_PASARAN) != _PASARAN.index(name):
        weekday -= WEEK
    return weekday


def _or_before(line: Line, day: Day) -> Day:
    """Offer the week before as well for "senin kemarin dulu", "malam minggu kemarin lusa"."""
    if line.word(day.end) not in _FURTHER:
        return day
    before = (day.first - WEEK, day.last - WEEK)
    return structs.replace(day, end=day.end + 1, others=(*day.others, before), free=None)


def _saturday_and_sunday(line: Line, at: int) -> Day | None:
    """Read "sabtu dan minggu kemarin" as both days; "sabtu minggu lalu" may be either: ask."""
    joint = line.word(at + 1) in {"dan", "-"}
    place = at + 1 + joint
    if line.word(place) not in {"minggu", "ahad"} or line.word(place + 1) in {"ini", "depan"}:
        return None
    ago = line.word(place + 1) in AGO
    first, last = _weekend(line.today)
    if not joint and ago:
        saturday = line.monday - DAY * 2
        return Day(at, place + 2, saturday, saturday, others=((saturday, saturday + DAY),))
    return Day(at, place + 1 + ago, first, last)


def _weekend(today: date) -> Span:
    """Return the last Saturday and Sunday that have both begun."""
    sunday = today - DAY * ((today.weekday() - SUNDAY) % 7)
    return sunday - DAY, sunday


def eve(line: Line, at: int) -> Day | None:
    """Read "malam minggu" as Saturday evening: a day begins at sunset in this way of speaking."""
    named_hari = line.word(at + 1) == "hari"
    place = at + 1 + named_hari
    sunday, turn = line.word(place) == "minggu", line.word(place + 1)
    index = SUNDAY if sunday else WEEKDAYS.get(line.word(place))
    if index is None or (sunday and turn in {"ini", "depan"}):
        return None
    which, end = _which_week(line, place + 1)
    if line.word(at - 1) in PASARAN:  # "malam jumat kliwon"
        last = _latest_eve(line, index, recent=True)[0]
        evening = _on_pasaran(last + DAY, line.word(at - 1)) - DAY
        either = () if evening == last else ((last, last),)
        return Day(at, place + 1 + _is_ago(line, place + 1), evening, evening, others=either, part="malam")
    if which is not None:
        evening = line.monday + WEEK * which + DAY * (index - 1)
        return Day(at, end, evening, evening, part="malam")
    ago = _is_ago(line, place + 1)
    count = line.number(at - 1, 2, _MOST_WEEKS) if ago and line.word(at - 2) != "jam" else None
    evening, others = _latest_eve(line, index, recent=ago)
    if count:  # "2 malam minggu lalu"
        evening -= WEEK * (count - 1)
    if named_hari:  # "malam hari senin" is rather the evening of Monday itself
        others = ((evening + DAY, evening + DAY),)
    end = place + 1 + ago
    day = Day(at, end, evening, evening, others=others, part="malam", free=(index - 1) % 7)
    return _or_before(line, day) if ago else day


def _latest_eve(line: Line, index: int, *, recent: bool) -> tuple[date, tuple[Span, ...]]:
    """Return last week's eve when tonight is one too, and tonight to choose from unless "kemarin" was said."""
    back = (line.today.weekday() - (index - 1)) % 7
    tonight = () if back or recent else ((line.today, line.today),)
    return line.today - DAY * (back or 7), tonight


def week(line: Line, at: int) -> Day | None:
    """Read "minggu": a week ("minggu lalu"), a Sunday ("minggu pagi"), or either ("minggu kemarin": ask)."""
    if line.word(at - 1) in _PLACES:
        return None
    turn = line.word(at + 1)
    if turn in _ORDINALS:
        return vague(line, at, at + 2)
    joined = line.word(at - 1) in JOINTS | PAIRS | OR and line.word(at - 2) in WEEKDAYS
    if line.word(at - 1) == "hari" or line.words[at] == "ahad" or joined:
        return _numbered(line, of_week(line, at, SUNDAY), SUNDAY)
    if _is_ago(line, at + 1) or turn in {"ini", "depan"}:
        return _whole(line, at, turn)
    dated = turn == "tanggal" or turn[:1].isdecimal() or turn in MONTHS or at + 1 in line.taken
    short = len(line.words) - len(line.taken) == 1
    beside = not WEEKDAYS.keys().isdisjoint(line.words[:at]) and not line.word(at - 1)[:1].isdecimal()
    if turn in PARTS or dated or short or line.word(at - 1) in _POINTING or (beside and turn != "sekali"):
        return of_week(line, at, SUNDAY)
    return None


def _whole(line: Line, at: int, turn: str) -> Day:
    offset = {"ini": 0, "depan": 1}.get(turn, -1)
    place = at + 2 + (line.word(at + 2) == "hari")
    index = WEEKDAYS.get(line.word(place))
    monday = line.monday + WEEK * offset
    if index is not None:
        return Day(at, place + 1, monday + DAY * index, monday + DAY * index)
    if offset < 0 and line.words[at] == "minggu":
        sunday = _nearest(line, at, SUNDAY).first
        sunday = sunday if sunday < line.today else sunday - WEEK
        return _or_before(line, Day(at, at + 2, monday, monday + DAY * 6, others=((sunday, sunday),)))
    return Day(at, at + 2, monday, monday + DAY * 6)


def pekan(line: Line, at: int) -> Day | None:
    """Read "pekan lalu": always a week."""
    turn = line.word(at + 1)
    if turn not in AGO and turn not in {"ini", "depan"}:
        return None
    return _whole(line, at, turn)


def weekend(line: Line, at: int, end: int) -> Day:
    """Read "akhir pekan kemarin"; the one that is still to come, or goes on, is offered beside the last one."""
    first, last = _weekend(line.today)
    turn = line.word(end)
    coming = (first + WEEK, last + WEEK)
    saturday = coming[0] == line.today
    if turn == "depan":
        first, last = (coming[0] + WEEK, coming[1] + WEEK) if saturday else coming
    elif turn == "ini" and saturday:
        first, last = coming
    elif turn in AGO and last == line.today:
        first, last = first - WEEK, last - WEEK
    doubtful = last != line.today and (turn == "ini" or saturday) and first < line.today and turn not in AGO
    told = end + (turn in {*AGO, "ini", "depan"})
    return Day(at, told, first, last, others=(coming,) if doubtful else ())
