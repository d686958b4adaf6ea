"""Several days in one message brought to one: agreeing ones merge, joined ones span, others are asked about."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import structs

from handlers.moments.line import DAY, WEEK, Day, Line, Span, on
from handlers.moments.spellings import JOINTS, PAIRS, PARTS

_SINCE = frozenset({"sejak", "dari"})
_NEAR_LENGTH, _MOST_DAYS = 6, 31  # words from a length to what it begins with; days
_NEAR = 2  # words from a range to a day within it


def brought_together(line: Line, found: Sequence[Day]) -> Day:
    """Bring all days named to one: agreeing ones merge, joined ones span, others are all kept to ask with."""
    now = line.now.strftime("%H:%M")
    told = [day for day in found if day.time and day.time != now]
    if told:  # "barusan, sejam lalu"
        found = [structs.replace(day, time="") if day.time == now else day for day in found]
    one, *rest = _weekdays_dated(found)
    for day in rest:
        one = _merged(one, day) or _spanned(line, one, day) or _both(one, day)
    return _since(line, one) if line.word(one.at - 1) in _SINCE else one


def _weekdays_dated(found: Sequence[Day]) -> list[Day]:
    """Take "senin (9/11)" for one day before "senin (9/11) sampai rabu (11/11)" is read."""
    dated: list[Day] = []
    for day in found:
        before = dated[-1] if dated else None
        fits = before and before.free is not None and day.free is None and _falls_on(day, before.free)
        if before and fits and day.at - before.end <= 1:
            dated[-1] = _kept(day, before)
        else:
            dated.append(day)
    return dated


def _since(line: Line, day: Day) -> Day:
    """Read "sejak senin", "dari bulan lalu" up to today, "selama 3 hari mulai tgl 10" for three days."""
    if line.word(day.at - 2) in {"lebih", "kurang"}:  # "lebih dari sebulan lalu"
        return structs.replace(day, doubtful=True)
    joined = any(word in JOINTS or word == "ke" or "-" in word for word in line.words[day.at : day.end])
    if joined or day.others or day.time or day.last > line.today or day.first == line.today:
        return day
    length = _length(line, day.at)
    last = min(day.first + DAY * (length - 1), line.today) if length else line.today
    return structs.replace(day, last=last, since=True)


def _length(line: Line, at: int) -> int:
    """Return the days of "selama 3 hari mulai ..." before a word, or 0."""
    counts = (line.number(place, 1, _MOST_DAYS) for place in range(max(0, at - _NEAR_LENGTH), at - 1))
    counted = zip(counts, line.words[max(0, at - _NEAR_LENGTH) + 1 :], strict=False)
    return next((count for count, unit in counted if count and unit == "hari"), 0)


def _merged(one: Day, other: Day) -> Day | None:
    for date_said, weekday_said in ((one, other), (other, one)):
        if weekday_said.free is not None and not weekday_said.doubtful and _falls_on(date_said, weekday_said.free):
            return _kept(date_said, weekday_said)
        if weekday_said.free is not None and _is_week(date_said):  # "minggu kemarin ... hari selasa"
            day = date_said.first + DAY * weekday_said.free
            return _kept(structs.replace(date_said, first=day, last=day, others=()), weekday_said)
    for wide, narrow in ((one, other), (other, one)):
        if _holds(wide, narrow) and abs(other.at - one.end) <= _NEAR:  # "akhir pekan lalu, sabtunya"
            rough = narrow.about and not narrow.time  # "2 bulan lalu, september"
            return _kept(wide, narrow) if rough else _kept(narrow, wide)
    for year, month in ((one, other), (other, one)):
        if _is_whole(year, 12) and _is_whole(month, 1) and not (year.others or month.others):  # "tahun lalu bulan mei"
            first, last = (on(year.first.year, day.month, day.day) for day in (month.first, month.last))
            return _kept(structs.replace(month, first=first or month.first, last=last or month.last), year)
    readings = {(one.first, one.last), *one.others}
    shared = [span for span in ((other.first, other.last), *other.others) if span in readings]
    if not shared:
        return None
    best = one if not one.others else other
    return _kept(structs.replace(best, first=shared[0][0], last=shared[0][1], others=tuple(shared[1:])), other)


def _is_whole(day: Day, months: int) -> bool:
    """Tell a span of whole months, of a year for instance."""
    whole = day.first.day == 1 and (day.last + DAY).day == 1
    return whole and (day.last.year - day.first.year) * 12 + day.last.month - day.first.month + 1 == months


def _holds(wide: Day, narrow: Day) -> bool:
    single = narrow.first == narrow.last and not narrow.others
    return single and wide.first < wide.last and not wide.others and wide.first <= narrow.first <= wide.last


def _is_week(day: Day) -> bool:
    return day.last - day.first == WEEK - DAY and day.first.weekday() == 0


def _falls_on(day: Day, weekday: int) -> bool:
    return day.first == day.last and not day.others and day.first.weekday() == weekday


def _kept(day: Day, beside: Day) -> Day:
    return structs.replace(
        day,
        at=min(day.at, beside.at),
        end=max(day.end, beside.end),
        part=day.part or beside.part,
        time=day.time or beside.time,
        about=day.about or beside.about,
        tadi=day.tadi or beside.tadi,
    )


def _spanned(line: Line, one: Day, other: Day) -> Day | None:
    between = _between(line, one, other)
    if not between:
        return _neighbours(one, other)
    if len(between) > 1:
        return None
    if line.word(one.at - 1) == "antara" and (either := _one_of_two(one, other)):
        return either
    if one.others or other.others:
        return _doubtfully_spanned(one, other) if between[0] in JOINTS else None
    if between[0] in PAIRS and other.first - one.last == DAY:
        return structs.replace(one, end=other.end, last=other.last, free=None, part="")
    led = between[0] == "ke" and line.word(one.at - 1) in _SINCE  # "dari tgl 2 ke tgl 4"
    if between[0] not in JOINTS and not led:
        return None
    first = one.first
    if first > other.last and one.free is not None:  # "selasa sampai kamis" said on a Wednesday
        first -= WEEK
    return structs.replace(one, end=other.end, first=first, last=other.last, free=None) if first <= other.last else None


def _between(line: Line, one: Day, other: Day) -> list[str]:
    """Return the words that tell how two days belong together."""
    words = [word for at, word in enumerate(line.words[one.end : other.at], one.end) if at not in line.taken]
    words = [word for word in words if word not in {"tanggal", "hari", "dengan"}]
    spans = not JOINTS.isdisjoint(words)  # "jumat malam sampai minggu"
    return [word for word in words if word not in PARTS] if spans else words


def _neighbours(one: Day, other: Day) -> Day | None:
    """Read "senin selasa kemarin"; not "senin tgl 17", which contradicts itself."""
    weekdays = one.free is not None and other.free is not None and not (one.others or other.others)
    if not weekdays or other.first - one.last != DAY:
        return None
    return structs.replace(one, end=other.end, last=other.last, free=None)


def _one_of_two(one: Day, other: Day) -> Day | None:
    """Read "antara rabu dan kamis minggu lalu": one of them, and not both."""
    starts = [first for first, _ in ((one.first, one.last), *one.others) if other.first - first == DAY]
    if one.free is None or other.others or not starts:
        return None
    span = (other.first, other.last)
    return structs.replace(one, end=other.end, first=starts[0], last=starts[0], others=(span,), free=None)


def _doubtfully_spanned(one: Day, other: Day) -> Day | None:
    if not other.others:  # "minggu lalu sampai sekarang"
        starts = [first for first, _ in ((one.first, one.last), *one.others) if first <= other.last]
        if not starts:  # it ends before it begins
            return None
        others = tuple(dict.fromkeys((first, other.last) for first in starts[1:] if first != starts[0]))
        return structs.replace(one, end=other.end, first=starts[0], last=other.last, others=others, free=None)
    if one.others or other.free is None:
        return None
    spans = [(one.first - WEEK * back, other.first - WEEK * back) for back in range(2)]
    return structs.replace(one, end=other.end, last=other.first, others=tuple(spans[1:]), free=None)  # "senin-rabu"


def _both(one: Day, other: Day) -> Day:
    others = (*one.others, (other.first, other.last), *other.others, *_same_date_that_weekday(one, other))
    return structs.replace(one, end=other.end, others=others, part="", time="", free=None)


def _same_date_that_weekday(one: Day, other: Day) -> Iterable[Span]:
    """Offer, for "jumat tgl 16" or "Rabu (21/8)", that weekday beside the date, and earlier dates of both."""
    for day, weekday in ((one, other.free), (other, one.free)):
        if weekday is None or day.free is not None or day.first != day.last:
            continue
        near = day.first - DAY * ((day.first.weekday() - weekday) % 7)
        first, *rest = [earlier for earlier in _earlier(day.first) if earlier.weekday() == weekday] or [near]
        yield from ((when, when) for when in (first, near, near + WEEK, *rest))


def _earlier(day: date) -> Iterable[date]:
    """Yield the same date of earlier months and years."""
    for back in range(1, 4):
        yield from filter(None, (_month_before(day, back), _year_before(day, back)))


def _month_before(day: date, back: int) -> date | None:
    months = day.year * 12 + day.month - 1 - back
    return on(months // 12, months % 12 + 1, day.day)


def _year_before(day: date, back: int) -> date | None:
    return on(day.year - back, day.month, day.day)
