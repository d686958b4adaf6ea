"""Several days in one message brought to one: agreeing ones merge, joined ones span, others are asked about."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import structs

from handlers.moments.line import DAY, WEEK, Day, Line, Span, on
from handlers.moments.spellings import JOINTS, PAIRS

_SINCE = frozenset({"sejak", "dari"})
_NEAR = 2  # words from a range to a day within it


def brought_together(line: Line, found: Sequence[Day]) -> Day:
    """Bring all days named to one: agreeing ones merge, joined ones span, others are all kept to ask with."""
    now = line.now.strftime("%H:%M")
    told = [day for day in found if day.time and day.time != now]
    if told:  # "barusan, sejam lalu"
        found = [structs.replace(day, time="") if day.time == now else day for day in found]
    one = found[0]
    for day in found[1:]:
        one = _merged(one, day) or _spanned(line, one, day) or _both(one, day)
    return _since(line, one) if line.word(one.at - 1) in _SINCE else one


def _since(line: Line, day: Day) -> Day:
    """Read "sejak senin", "dari bulan lalu" up to today."""
    if line.word(day.at - 2) in {"lebih", "kurang"}:  # "lebih dari sebulan lalu"
        return structs.replace(day, doubtful=True)
    joined = any(word in JOINTS or word == "ke" or "-" in word for word in line.words[day.at : day.end])
    if joined or day.others or day.time or day.last > line.today or day.first == line.today:
        return day
    return structs.replace(day, last=line.today, since=True)


def _merged(one: Day, other: Day) -> Day | None:
    for date_said, weekday_said in ((one, other), (other, one)):
        if weekday_said.free is not None and _falls_on(date_said, weekday_said.free):
            return _kept(date_said, weekday_said)
        if weekday_said.free is not None and _is_week(date_said):  # "minggu kemarin ... hari selasa"
            day = date_said.first + DAY * weekday_said.free
            return _kept(structs.replace(date_said, first=day, last=day, others=()), weekday_said)
    for wide, narrow in ((one, other), (other, one)):
        if _holds(wide, narrow) and abs(other.at - one.end) <= _NEAR:  # "akhir pekan lalu, sabtunya"
            return _kept(narrow, wide)
    readings = {(one.first, one.last), *one.others}
    shared = [span for span in ((other.first, other.last), *other.others) if span in readings]
    if not shared:
        return None
    best = one if not one.others else other
    return _kept(structs.replace(best, first=shared[0][0], last=shared[0][1], others=tuple(shared[1:])), other)


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
    between = [word for at, word in enumerate(line.words[one.end : other.at], one.end) if at not in line.taken]
    between = [word for word in between if word not in {"tanggal", "hari", "dengan"}]
    if len(between) == 1 and between[0] in JOINTS and one.others and not other.others:  # "minggu lalu sampai sekarang"
        starts = [first for first, _ in ((one.first, one.last), *one.others) if first <= other.last]
        if not starts:  # it ends before it begins
            return None
        others = tuple(dict.fromkeys((first, other.last) for first in starts[1:] if first != starts[0]))
        return structs.replace(one, end=other.end, first=starts[0], last=other.last, others=others, free=None)
    if len(between) != 1 or one.others:
        return None
    if between[0] in JOINTS and other.others and other.free is not None:  # "senin sampai rabu" said on a Wednesday
        spans = [(one.first - WEEK * back, other.first - WEEK * back) for back in range(2)]
        return structs.replace(one, end=other.end, last=other.first, others=tuple(spans[1:]), free=None)
    if other.others:
        return None
    if line.word(one.at - 1) == "antara" and one.free is not None and other.first - one.last == DAY:
        return None  # "antara senin dan selasa": one of them
    if between[0] in PAIRS and other.first - one.last == DAY:
        return structs.replace(one, end=other.end, last=other.last, free=None, part="")
    led = between[0] == "ke" and line.word(one.at - 1) in _SINCE  # "dari tgl 2 ke tgl 4"
    if between[0] not in JOINTS and not led:
        return None
    first = one.first
    if first > other.last and one.free is not None:  # "selasa sampai kamis" said on a Wednesday
        first -= WEEK
    return structs.replace(one, end=other.end, first=first, last=other.last, free=None) if first <= other.last else None


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
