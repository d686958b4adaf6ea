"""What a chat message says about WHEN: one moment, a choice to ask about, or nothing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct, structs

from handlers.moments.clock import Said, said, times
from handlers.moments.corrections import of_the_event, standing
from handlers.moments.days import begins, days
from handlers.moments.hours import Clock
from handlers.moments.line import DAY, Day, Feasts, Line, Span
from handlers.moments.several import brought_together
from handlers.moments.words import words
from handlers.spoken import listed

LONGEST = 4000  # characters read; a story's time stands near its beginning
_MOST_OPTIONS = 5
_SHORT = 5  # words: an answer and not a story
_ALONE = 3
_EARLY = 5  # before this hour most people sleep

_LATE = "16:00"  # from then on nobody says "siang"
_HOUR = timedelta(hours=1)
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
_TIMES = frozenset({"tanggal", "hari", "kapan", "waktu", "jam", "bulan"})
_DAYS = frozenset({"hari", "tanggal"})
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
        kept = of_the_event(line, known)
        told = _without_parts_of(told, [day for day in known if day not in kept])
        return _settled(line, brought_together(line, kept), told)
    if any(day.vague for day in found):
        return Ask()
    if found:
        return _nobody_knows(line, next((day.part for day in found if day.part), ""))
    return _without_day(line, told)


def _zone_of(now: datetime) -> str:
    ahead = now.utcoffset()
    return _ZONES.get(ahead // _HOUR, "") if ahead else ""


# --- day and hour -----------------------------------------------------------------------------------------


def _settled(line: Line, day: Day, told: Said) -> Moment | Ask:
    part = "" if day.since else day.part or _part_of(told, day)
    if day.time and part and day.time == line.now.strftime("%H:%M"):  # "masih berlangsung sejak pagi"
        part = ""
    about = day.about or _is_doubted(line, day, told)
    readings, sure = _readings(line, day, told, part)
    moments = [_moment(span, time, part, told.zone, about=about) for span, time in readings]
    past = [moment for moment in moments if not _is_ahead(line, moment)]
    if len(moments) == 1 and past and sure and not day.doubtful:
        return moments[0]
    if len(past) == 1 and part and not day.part and not told.clock and day.free is not None and not day.doubtful:
        return past[0]  # "rabu malam" said on a Wednesday afternoon
    clocked = len(readings) == 1 and readings[0][1]
    if not past and day.tadi and part == "malam" and clocked:  # "tadi jam 10 malam" was last night
        return _moment((day.first - DAY, day.first - DAY), readings[0][1], part, told.zone, about=about)
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


def _without_parts_of(told: Said, others: Sequence[Day]) -> Said:
    """Leave out the morning of "baru tahu tadi pagi, kejadiannya tgl 10"."""
    parts = [one for one in told.parts if not any(day.at <= one[0] <= day.end for day in others)]
    return structs.replace(told, parts=tuple(parts))


def _readings(line: Line, day: Day, told: Said, part: str) -> tuple[list[tuple[Span, str]], bool]:
    spans = ((day.first, day.last), *day.others)
    if told.clock is None or day.since:
        return [(span, day.time) for span in spans], len(spans) == 1
    clocks, sure = times(told.clock, part)
    if (
        day.tadi and not part and not sure and _is_just_past(line, told.clock, clocks[0][1])
    ):  # "tadi jam 1", said at half past two
        clocks, sure = clocks[:1], True
    if day.tadi and part == "malam" and not day.others and clocks[0][0]:  # "tadi malam jam 2" is early today
        clocks, sure = clocks[:1], True
    read_as = [(spans[0], day.time)] if day.time else []
    read_as += [((first + DAY * later, last + DAY * later), time) for first, last in spans for later, time in clocks]
    return read_as, sure and len(read_as) == 1


def _is_just_past(line: Line, clock: Clock, afternoon: str) -> bool:
    return 0 < clock.hour < _EARLY and afternoon <= line.now.strftime("%H:%M")


def _moment(span: Span, time: str, part: str, zone: str, *, about: bool) -> Moment:
    first, last = span
    part = "sore" if part == "siang" and time >= _LATE else part  # "4 in the afternoon"
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
    if (
        told.clock is not None and _is_forgotten(line.words) and not _DAYS.isdisjoint(line.words)
    ):  # "lupa harinya, jam 9"
        return _nobody_knows(line, _part_of(told, Day(0, 0, line.today, line.today)))
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
