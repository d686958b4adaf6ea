"""The days named in a chat message, found word by word: "kemarin", "tadi malam", "awal oktober"."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import structs

from handlers.moments.dates import after_tanggal, numbered
from handlers.moments.feasts import HEADS, feast
from handlers.moments.line import DAY, WEEK, Day, Line, unknown
from handlers.moments.months import THIRDS, bulan, month, nth_weekday, tahun, third, week_of_month
from handlers.moments.spellings import AGO, JOINTS, MONTHS, OR, PAIRS, PARTS, PRAYERS, SUNDAY, UNITS, WEEKDAYS
from handlers.moments.week import eve, of_week, pekan, week, weekday
from handlers.spoken import listed

_SMALL_HOURS = 4
_EVENING = 18
_NIGHT_ENDS = 6
_BEGINS = {"dini-hari": 0, "subuh": 3, "pagi": 4, "siang": 10, "sore": 15, "malam": 18}
_PAIR = 2  # words of a date
_MOST_DAYS = 30  # before or after another day
_SHORT = 4  # words; "sekarang" and "dulu" mean a time only in a short answer
_RECURRING = frozenset({*WEEKDAYS, *UNITS, *PARTS, *PRAYERS, *THIRDS, "libur"})
_WITHIN = JOINTS | PAIRS | OR | {"habis", "sebelum"}  # "setiap jumat habis jumatan"
_ROUTINES = listed("apel rapat senam upacara pengajian acara kegiatan")


def days(line: Line) -> Iterator[Day]:
    """Yield every day named, in order, none overlapping another."""
    at = 0
    while at < len(line.words):
        day = None if at in line.taken else _named(line, at)
        if day is not None:
            yield day
        at = at + 1 if day is None else max(day.end, at + 1)


def _named(line: Line, at: int) -> Day | None:
    return _with_kemarin(line, _plainly_named(line, at))


def _with_kemarin(line: Line, day: Day | None) -> Day | None:
    """Hear the "kemarin" of "tgl 3 sampai tgl 5 kemarin" as past, and not as yesterday."""
    if day is None or day.vague or day.end - day.at < _PAIR or line.word(day.end) not in AGO:
        return day
    dated = line.words[day.end - 1][0].isdecimal() or line.words[day.end - 1] in MONTHS
    return structs.replace(day, end=day.end + 1) if dated and day.last < line.today else day


def _plainly_named(line: Line, at: int) -> Day | None:
    word = line.words[at]
    if (word in HEADS or word in line.holidays) and (day := feast(line, at)):
        return day
    if (word == "hari" or word[0].isdecimal()) and (day := _days_from(line, at)):
        return day
    rule = _RULES.get(word)
    if rule is not None:
        return rule(line, at)
    return numbered(line, at) if word[0].isdecimal() else None


def _days_from(line: Line, at: int) -> Day | None:
    """Read "1 hari sebelum sumpah pemuda", "hari habis lebaran", "1 minggu habis tgl 10"."""
    number = line.number(at, 1, _MOST_DAYS)
    place = at + (number is not None)
    turn = line.word(place + 1)
    unit = {"hari": DAY, "minggu": WEEK if number else None}.get(line.word(place))
    if line.word(at - 1) == "beberapa" or unit is None or turn not in {"sebelum", "habis"}:
        return None
    if place + 2 >= len(line.words):
        return None
    on_it = [""] * (place + 1) + ["waktu", *line.words[place + 2 :]]  # as "waktu lebaran" is read
    day = _named(structs.replace(line, words=on_it), place + 2)
    if day is None or day.others or day.about or day.vague or day.unknown or day.part:
        return None
    shift = unit * (number or 1) * (-1 if turn == "sebelum" else 1)
    return structs.replace(day, at=at, first=day.first + shift, last=day.last + shift, free=None)


def begins(part: str) -> int:
    """Return the hour a part of the day begins, 0 for none."""
    return _BEGINS.get(part, 0)


def _kemarin(line: Line, at: int) -> Day | None:
    if year := line.number(at - 1, 1990, line.today.year - 1):  # "pilkada 2024 kemarin"
        return Day(at, at + 1, date(year, 1, 1), date(year, 12, 31))
    if line.word(at + 1) == "dulu":
        return _back(line, at, at + 2, 2)
    place = at + 1 + (line.word(at + 1) == "hari")
    if line.word(place) in WEEKDAYS and line.word(at - 1) != "bukan":  # "bukan kemarin, jumat"
        day = of_week(line, place, WEEKDAYS[line.word(place)])
        if day.others:  # "kemarin rabu" said on a Wednesday is the one before
            day = structs.replace(day, first=day.others[0][0], last=day.others[0][1], others=())
        return structs.replace(day, at=at)
    if line.word(at + 1) == "tanggal":
        return after_tanggal(line, at + 1)
    return _back(line, at, at + 1, 1)


def _back(line: Line, at: int, end: int, amount: int, part: str = "") -> Day:
    day = line.today - DAY * amount
    return Day(at, end, day, day, part=part)


def _semalam(line: Line, at: int) -> Day:
    """Read "semalam": last night, and in Malay speech "semalam sore" is yesterday's afternoon."""
    if line.word(at + 1) in PARTS:
        return _back(line, at, at + 1, 1)
    day = _back(line, at, at + 1, 1, "malam")
    return structs.replace(day, tadi=line.now.hour >= _NIGHT_ENDS)


def _samalam(line: Line, at: int) -> Day:
    return _back(line, at, at + 1, 1)


def _tadi(line: Line, at: int) -> Day:
    after = line.word(at + 1)
    named = at + 1 + (after == "hari")
    if line.word(named) in WEEKDAYS and (day := weekday(line, named)):  # "tadi hari senin"
        return structs.replace(day, at=at)
    if after in PARTS:
        return _just_past(line, at, at + 2, after)
    others = ((line.today - DAY, line.today - DAY),) if line.now.hour < _SMALL_HOURS else ()
    return Day(at, at + 1, line.today, line.today, others=others, tadi=True)


def _just_past(line: Line, at: int, end: int, part: str) -> Day:
    """Read "tadi malam", "sore tadi"."""
    yesterday = (line.today - DAY, line.today - DAY)
    if part == "malam":
        others = ((line.today, line.today),) if line.now.hour > _EVENING else ()
        return Day(at, end, *yesterday, others=others, part=part, tadi=line.now.hour >= _NIGHT_ENDS)
    if line.now.hour < _BEGINS[part]:
        return Day(at, end, line.today, line.today, others=(yesterday,), part=part, tadi=True)
    return Day(at, end, line.today, line.today, part=part, tadi=True)


def _part(line: Line, at: int) -> Day | None:
    """Read "malam minggu", "sore tadi", "pagi ini"."""
    word, after = line.words[at], line.word(at + 1)
    if word == "malam" and (day := eve(line, at)):
        return day
    if after == "tadi":
        return _just_past(line, at, at + 2, word)
    if after != "ini" or line.word(at - 1) in {"selamat", "slamat", "met"}:  # "selamat siang, ini benar nomornya?"
        return None
    late = word == "malam" and line.now.hour < _SMALL_HOURS
    others = ((line.today - DAY, line.today - DAY),) if late else ()
    return Day(at, at + 2, line.today, line.today, others=others, part=word)


def _hari(line: Line, at: int) -> Day | None:
    after = line.word(at + 1)
    if after == "ini":
        return Day(at, at + 2, line.today, line.today)
    if after == "minggu":
        return structs.replace(of_week(line, at + 1, SUNDAY), at=at)
    if after in WEEKDAYS:
        day = weekday(line, at + 1)
        return day and structs.replace(day, at=at)
    return None


def _barusan(line: Line, at: int) -> Day:
    if line.taken:  # "barusan tadi jam 2"
        return Day(at, at + 1, line.today, line.today, tadi=True)
    return Day(at, at + 1, line.today, line.today, time=line.now.strftime("%H:%M"), about=True)


def _sekarang(line: Line, at: int) -> Day | None:
    """Read "sekarang", but not the "daftar sekarang juga" of an advertisement."""
    if line.word(at - 1) in JOINTS and line.word(at - 2) in {"dulu", "lama"}:
        return unknown(line, at, at + 1)
    if line.word(at - 1) in JOINTS:
        return Day(at, at + 1, line.today, line.today)
    near, after = (line.word(at - 2), line.word(at - 1), line.word(at + 1)), line.words[at + 1 : at + 4]
    going_on = {"berlangsung", "lagi", "sedang", "masih"}.intersection(near) or "masih" in after
    return _barusan(line, at) if going_on or len(line.words) < _SHORT else None


def _berlangsung(line: Line, at: int) -> Day | None:
    return _barusan(line, at) if line.word(at - 1) in {"sedang", "lagi", "masih", "sekarang"} else None


def _ini(line: Line, at: int) -> Day | None:
    """Read "ini lagi dibagi", said of what is seen while it is written."""
    return _barusan(line, at) if at == 0 and line.word(1) in {"lagi", "sedang", "masih"} else None


def _besok(line: Line, at: int) -> Day:
    """Read "besok", and "besok minggu", which is the Sunday to come."""
    named = at + 1 + (line.word(at + 1) == "hari")
    index = SUNDAY if line.word(named) == "minggu" else WEEKDAYS.get(line.word(named))
    if index is not None:
        ahead = line.today + DAY * (((index - line.today.weekday() - 1) % 7) + 1)
        return Day(at, named + 1, ahead, ahead)
    return _back(line, at, at + 1, -1)


def _lusa(line: Line, at: int) -> Day:
    return _back(line, at, at + 1, -2)


def _isuk(line: Line, at: int) -> Day:
    """Read "isuk": this morning in Javanese, tomorrow in Banjar: ask."""
    tomorrow = line.today + DAY
    return Day(at, at + 1, tomorrow, tomorrow, others=((line.today, line.today),))


def _nanti(line: Line, at: int) -> Day | None:
    """Read "nanti malam" and "habis isya nanti"."""
    part, before = line.word(at + 1), line.word(at - 1)
    if at + 1 in line.taken:  # "nanti jam 8 malam"
        return Day(at, at + 1, line.today, line.today)
    if part not in PARTS and (before in PARTS or before in PRAYERS):
        return Day(at, at + 1, line.today, line.today, part=before if before in PARTS else PRAYERS[before][0])
    return Day(at, at + 2, line.today, line.today, part=part) if part in PARTS else None


def _beberapa(line: Line, at: int) -> Day | None:
    turned = line.word(at + 1) in UNITS and line.word(at + 2) in {*AGO, "terakhir", "ini", "belakangan"}
    return unknown(line, at, at + 3) if turned else None


def _jumatan(line: Line, at: int) -> Day:
    """Read "habis jumatan", which is on a Friday and on no other day."""
    return of_week(line, at, WEEKDAYS["jumat"])


def _setiap(line: Line, at: int) -> Day | None:
    """Read "setiap senin pagi": it recurs, so no one day is meant; the part of the day is kept."""
    end = at + 1 + (line.word(at + 1) in _ROUTINES)
    end += line.word(end) in {"habis", "sebelum", "jumatan"}
    while line.word(end) in _RECURRING or (line.word(end) in _WITHIN and line.word(end + 1) in _RECURRING):
        end += 1
    if line.word(end) == "tanggal" and line.word(end + 1).isdecimal():
        end += 2
    parts = (PRAYERS[word][0] if word in PRAYERS else word for word in line.words[at:end])
    part = next((part for part in parts if part in PARTS), "")
    return unknown(line, at, end, part) if end > at + 1 else None


def _week(line: Line, at: int) -> Day | None:
    return week_of_month(line, at) or week(line, at)


def _weekday(line: Line, at: int) -> Day | None:
    return nth_weekday(line, at) or weekday(line, at)


def _pekan(line: Line, at: int) -> Day | None:
    return week_of_month(line, at) or pekan(line, at)


_Rule = Callable[[Line, int], Day | None]

_RULES: Mapping[str, _Rule] = {
    **dict.fromkeys(WEEKDAYS, _weekday),
    **dict.fromkeys(MONTHS, month),
    **dict.fromkeys(PARTS, _part),
    **dict.fromkeys(THIRDS, third),
    "ahad": week,
    "minggu": _week,
    "pekan": _pekan,
    "jumatan": _jumatan,
    "tanggal": after_tanggal,
    "kemarin": _kemarin,
    "semalam": _semalam,
    "samalam": _samalam,
    "tadi": _tadi,
    "hari": _hari,
    "barusan": _barusan,
    "sekarang": _sekarang,
    "berlangsung": _berlangsung,
    "ini": _ini,
    "besok": _besok,
    "lusa": _lusa,
    "isuk": _isuk,
    "nanti": _nanti,
    "beberapa": _beberapa,
    "setiap": _setiap,
    "bulan": bulan,
    "tahun": tahun,
}
