"""What a chat message says about WHEN: one moment, a choice to ask about, or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct, structs

from handlers.moments.clock import Said, said, times
from handlers.moments.corrections import standing
from handlers.moments.days import begins, days
from handlers.moments.line import DAY, WEEK, Day, Feasts, Line, Span, on
from handlers.moments.spellings import JOINTS, PAIRS
from handlers.moments.words import words
from handlers.spoken import listed

LONGEST = 4000  # characters read; a story's time stands near its beginning
_MOST_OPTIONS = 5
_SHORT = 5  # words: an answer and not a story
_ALONE = 3

_HOUR = timedelta(hours=1)
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
_SINCE = frozenset({"sejak", "dari"})
_TIMES = frozenset({"tanggal", "hari", "kapan", "waktu", "jam", "bulan"})
_OTHER_MATTERS = listed(
    "nama namanya siapa orangnya orang dimana mana tempat tempatnya alamat alamatnya apa jabatan jabatannya"
)
_FORGOTTEN = frozenset({"lupa", "entah"})
_LONG_AGO = frozenset({"lama", "dulu", "mbiyen", "bahari"})


class Moment(Struct, frozen=True):
    """When something happened, as far as it was said.

    `kind` is day, part, time, range or unknown; `time` is "HH:MM" on a 24-hour clock in the zone said, or else
    that of the reporter's clock (`zone`: WIB, WITA, WIT, or "" outside Indonesia); `part` is dini-hari, subuh, pagi,
    siang, sore, malam or "".
    `about` marks what was said to be about ("sekitar", "jam 10an", "2 minggu lalu"). An unknown moment spans
    every day up to today.
    """

    kind: str
    first: date
    last: date
    time: str = ""
    part: str = ""
    zone: str = ""
    about: bool = False


class Ask(Struct, frozen=True):
    """A time was meant but is doubtful: ask, with at most five options, never guess.

    No options: it was meant but cannot be told from the words ("lebaran kemarin", 31/11). One option: it is
    understood but unlikely, above all because it lies in the future ("besok"), and needs a yes.
    """

    options: tuple[Moment, ...] = ()


def read(text: str, now: datetime, holidays: Feasts | None = None) -> Moment | Ask | None:
    """Return what `text` says about when, seen from `now` (the reporter's local time); None if nothing.

    Dates are day first; without a year or month the nearest past one is meant. `holidays`, made by `feasts`, gives
    the days of feasts that move. Never raises.
    """
    line_words = words(text[:LONGEST])
    if not line_words:
        return None
    told = said(line_words)
    told = structs.replace(told, zone=told.zone or _zone_of(now))
    line = Line(line_words, now, told.taken, holidays or {})
    found = standing(line, list(days(line)))
    known = [day for day in found if not day.vague and not day.unknown]
    if known:
        return _settled(line, _one(line, known), told)
    if any(day.vague for day in found):
        return Ask()
    if found:
        return _nobody_knows(line, next((day.part for day in found if day.part), ""))
    return _without_day(line, told)


def _zone_of(now: datetime) -> str:
    ahead = now.utcoffset()
    return _ZONES.get(ahead // _HOUR, "") if ahead else ""


# --- several days in one message --------------------------------------------------------------------------


def _one(line: Line, found: Sequence[Day]) -> Day:
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
    """Read "sejak senin" up to today; "dari bulan lalu" may end with that month or go on: ask."""
    if line.word(day.at - 2) in {"lebih", "kurang"}:  # "lebih dari sebulan lalu"
        return structs.replace(day, doubtful=True)
    joined = any(word in JOINTS or "-" in word for word in line.words[day.at : day.end])
    if joined or day.others or day.time or day.last > line.today or day.first == line.today:
        return day
    if day.first == day.last:
        return structs.replace(day, last=line.today, since=True)
    return structs.replace(day, others=((day.first, line.today),), since=True)


def _merged(one: Day, other: Day) -> Day | None:
    for date_said, weekday_said in ((one, other), (other, one)):
        if weekday_said.free is not None and _falls_on(date_said, weekday_said.free):
            return _kept(date_said, weekday_said)
        if weekday_said.free is not None and _is_week(date_said):  # "minggu kemarin ... hari selasa"
            day = date_said.first + DAY * weekday_said.free
            return _kept(structs.replace(date_said, first=day, last=day, others=()), weekday_said)
    readings = {(one.first, one.last), *one.others}
    shared = [span for span in ((other.first, other.last), *other.others) if span in readings]
    if not shared:
        return None
    best = one if not one.others else other
    return _kept(structs.replace(best, first=shared[0][0], last=shared[0][1], others=tuple(shared[1:])), other)


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
        others = tuple(dict.fromkeys((first, other.last) for first in starts[1:] if first != starts[0]))
        return structs.replace(one, end=other.end, first=starts[0], last=other.last, others=others, free=None)
    if len(between) != 1 or one.others:
        return None
    if between[0] in JOINTS and other.others and other.free is not None:  # "senin sampai rabu" said on a Wednesday
        spans = [(one.first - WEEK * back, other.first - WEEK * back) for back in range(2)]
        return structs.replace(one, end=other.end, last=other.first, others=tuple(spans[1:]), free=None)
    if other.others:
        return None
    if between[0] in PAIRS and other.first - one.last == DAY:
        return structs.replace(one, end=other.end, last=other.last, free=None, part="")
    if between[0] not in JOINTS:
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


# --- day and hour -----------------------------------------------------------------------------------------


def _settled(line: Line, day: Day, told: Said) -> Moment | Ask:
    part = "" if day.since else day.part or _part_of(told, day)
    about = day.about or _is_doubted(line, day, told)
    readings, sure = _readings(day, told, part)
    moments = [_moment(span, time, part, told.zone, about=about) for span, time in readings]
    past = [moment for moment in moments if not _is_ahead(line, moment)]
    if len(moments) == 1 and past and sure and not day.doubtful:
        return moments[0]
    if not past and day.tadi:
        yesterday = (day.first - DAY, day.first - DAY)
        moments += [_moment(yesterday, time, part, told.zone, about=about) for _, time in readings]
    return Ask(tuple(dict.fromkeys([*past, *moments]))[:_MOST_OPTIONS])


def _part_of(told: Said, day: Day) -> str:
    """Return the part of the day said with the hour, or nearest to the day; "" if they differ."""
    if told.many:
        return ""
    if told.clock is not None and told.clock.part:
        return told.clock.part
    if len({part for _, part in told.parts}) == 1:
        return told.parts[0][1]
    if told.paired:
        return ""
    near = {part for at, part in told.parts if day.at - 1 <= at <= day.end}
    return near.pop() if len(near) == 1 else ""


def _readings(day: Day, told: Said, part: str) -> tuple[list[tuple[Span, str]], bool]:
    spans = ((day.first, day.last), *day.others)
    if told.clock is None or day.since:
        return [(span, day.time) for span in spans], len(spans) == 1
    clocks, sure = times(told.clock, part)
    if day.tadi and part == "malam" and not day.others and clocks[0][0]:  # "tadi malam jam 2" is early today
        clocks, sure = clocks[:1], True
    read_as = [(spans[0], day.time)] if day.time else []
    read_as += [((first + DAY * later, last + DAY * later), time) for first, last in spans for later, time in clocks]
    return read_as, sure and len(read_as) == 1


def _moment(span: Span, time: str, part: str, zone: str, *, about: bool) -> Moment:
    first, last = span
    kind = "range" if first != last else "time" if time else "part" if part else "day"
    return Moment(kind, first, last, time, part, zone if time else "", about)


def _is_ahead(line: Line, moment: Moment) -> bool:
    if moment.first != line.today:
        return moment.first > line.today
    if moment.kind == "range":
        return False
    if moment.time:
        return moment.time > line.now.strftime("%H:%M")
    return begins(moment.part) > line.now.hour


def _is_doubted(line: Line, day: Day, told: Said) -> bool:
    if told.clock is not None and told.clock.about:
        return True
    if "kayaknya" in line.words:
        return True
    starts = [day.at, *([min(told.taken)] if told.taken else [])]
    return any(line.words[at - 1] == "sekitar" for at in starts if at > 0)


# --- no day named -----------------------------------------------------------------------------------------


def _nobody_knows(line: Line, part: str = "") -> Moment:
    return Moment("unknown", date.min, line.today, part=part)


def _without_day(line: Line, told: Said) -> Moment | Ask | None:
    if told.clock is not None or (told.parts and len(line.words) <= _ALONE):
        today = Day(0, 0, line.today, line.today, others=((line.today - DAY, line.today - DAY),))
        asked = _settled(line, today, told)
        return Ask(tuple(one for one in asked.options if not _is_ahead(line, one))) if isinstance(asked, Ask) else asked
    return _nobody_knows(line) if _is_forgotten(line.words) else None


def _is_forgotten(said_words: Sequence[str]) -> bool:
    """Hear "lupa", "tidak ingat tanggalnya", "sudah lama"; not "tidak tahu namanya" nor a story's "tunggu dulu"."""
    if _OTHER_MATTERS.intersection(said_words):
        return False
    for at, word in enumerate(said_words):
        denied = word in {"ingat", "tahu"} and said_words[at - 1] == "tidak" and at > 0
        if word in _FORGOTTEN or denied:
            near = said_words[max(0, at - 3) : at + 4]
            if len(said_words) <= _SHORT or _TIMES.intersection(near):
                return True
    long_ago = _LONG_AGO.intersection(said_words) and not {"tunggu", "lagi"}.intersection(said_words)
    return bool(long_ago or "kapan" in said_words[:1]) and len(said_words) < _SHORT
