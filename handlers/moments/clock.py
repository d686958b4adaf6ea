"""The hour and the part of the day in a chat message: "jam setengah 8 mlm", "habis maghrib", "9an"."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, structs

from handlers.moments.corrections import is_corrected
from handlers.moments.spellings import JOINTS, MONTHS, PARTS, PRAYERS, WEEKDAYS
from handlers.spoken import listed

ZONES = frozenset({"wib", "wita", "wit"})
NOON, LAST_HOUR, MINUTES = 12, 23, 59

# "no 9 malam", "rt 8 pagi": the number belongs to the word before it.
_OWNERS = listed("no nomor nomer rt rw paslon urut tanggal selama kelas jalan jl jln blok rp hp wa gang gg km")
_PART_OWNERS = listed("pasar makan selamat slamat slmt met jalan koran kelas shift bunga")
_ADDRESSED = listed("pak bu min mimin admin kak gan bang mas mba mbak bapak ibu semua semuanya all sir kakak om pagi")
_DAYS = frozenset({*MONTHS, *WEEKDAYS, *PARTS, "kemarin", "tadi", "besok"})  # before a time without "jam"
_DURATIONS = listed("menit detik jam durasi berdurasi")
_PAIR_WIDTH = 2  # words from "pagi" to "sore" in "pagi dan sore"
_TWO_DIGITS, _FOUR_DIGITS = 2, 4
_EARLY_NIGHT = 5  # before this hour "malam" belongs to the evening before
_QUARTER, _HALF = 15, 30
_FIRST_EVENING_HOUR = 6


class Clock(Struct, frozen=True):
    """A time as it was said. `sure` when the half of the day needs no guess: "08.30", "jam 19"."""

    hour: int
    minute: int = 0
    about: bool = False
    sure: bool = False
    part: str = ""


class Said(Struct, frozen=True):
    """What a message says within a day; `taken` are the places of the words used up."""

    clock: Clock | None = None
    parts: tuple[tuple[int, str], ...] = ()
    zone: str = ""
    taken: frozenset[int] = frozenset()
    many: bool = False

    @property
    def paired(self) -> bool:
        """Tell whether two parts stand together: "pagi dan sore"."""
        places = [at for at, _ in self.parts]
        return any(0 < later - at <= _PAIR_WIDTH for at, later in pairwise(places))


def said(words: Sequence[str]) -> Said:
    """Find the one clock time, the parts of the day and the zone. Two different times leave none."""
    clocks: list[Clock] = []
    parts: list[tuple[int, str]] = []
    taken: set[int] = set()
    zone, at, denied_at = "", 0, -1
    while at < len(words):
        clock, end = _clock(words, at) or (None, at + 1)
        place = at if clock is None else end
        part = _part(words, place) if place < len(words) else ""
        if clock is not None and part and _ends_otherwise(clock, part, words[at:end]):
            part, end, place = "", end + 1, place + 1
        if (clock is not None or part) and is_corrected(words, at):  # "jam 8 eh salah jam 9"
            clocks, parts = ([] if clock is not None else clocks), parts[:-1] if part else parts
        if clock is not None:
            taken.update(range(at, end))
        if clock is not None and not clocks and _word(words, at - 1) in {"sampai", "sd"}:  # "semalam sampai jam 11"
            at = place + bool(part)
            parts += [(place, part)] if part else []
            continue
        if clock is not None and clocks and _word(words, at - 1) == "bukan" and not is_corrected(words, at):
            taken.update(range(at, end))  # "jam 8 bukan jam 9"
            at = end
            continue
        denied = bool(clocks) and denied_at in range(at)  # "bukan jam 8 tapi jam 9"
        clocks = [] if clock is not None and denied else clocks
        denied_at = at if clock is not None and _word(words, at - 1) == "bukan" else denied_at
        if clock is not None and clocks and _word(words, at - 1) in JOINTS:
            clocks[-1] = _spanning(clocks[-1], part)
            taken.update(range(end, end + bool(part)))
        else:
            clocks += [structs.replace(clock, part=part)] if clock is not None else []
            parts += [(place, part)] if part else []
        zone = words[at].upper() if words[at] in ZONES else zone
        at = place + bool(part) if clock is not None else end
    many = len(set(clocks)) > 1
    return Said(None if many or not clocks else clocks[0], tuple(parts), zone, frozenset(taken), many)


def _ends_otherwise(clock: Clock, part: str, words: Sequence[str]) -> bool:
    """Tell that the "siang" of "jam 8 sampai jam 11 siang" is not the part of the day it began in."""
    return not JOINTS.isdisjoint(words) and not _within(clock.hour, clock.minute, part)[1]


def _spanning(first: Clock, last_part: str) -> Clock:
    """Keep the beginning of "jam 8 sampai jam 10 malam"."""
    fitting = last_part and _within(first.hour, first.minute, last_part)[1]  # "jam 8 sampai jam 11 siang"
    return structs.replace(first, about=True, part=first.part or (last_part if fitting else ""))


def times(clock: Clock, part: str) -> tuple[tuple[tuple[int, str], ...], bool]:
    """Return the possible (days later, "HH:MM") and whether the first of them is certain."""
    hour, minute = clock.hour, clock.minute
    if hour > LAST_HOUR:  # "jam 24.00": the midnight before or after, as people differ
        return ((1, "00:00"), (0, "00:00")), False
    if clock.sure and not part:
        return ((0, _written(hour, minute)),), True
    if part:
        return _within(hour, minute, part)
    if 0 < hour <= _FIRST_EVENING_HOUR:  # "jam 3" at night or in the afternoon: nobody can know
        return ((0, _written(hour + NOON, minute)), (0, _written(hour, minute))), False
    return ((0, _written(hour, minute)),), True


def _within(hour: int, minute: int, part: str) -> tuple[tuple[tuple[int, str], ...], bool]:
    if part == "malam" and (hour % NOON < _EARLY_NIGHT and hour <= NOON):
        late = _written(hour % NOON, minute)
        return ((1, late), (0, late)), False
    shifted = hour + NOON if part in _SHIFTED and hour in _SHIFTED[part] else hour
    return ((0, _written(shifted, minute)),), shifted in _HOURS[part]


_SHIFTED = {"siang": range(1, 6), "sore": range(1, 8), "malam": range(6, 12)}
_HOURS = {
    "dini-hari": range(6),
    "subuh": range(3, 8),
    "pagi": range(1, 12),
    "siang": range(9, 18),
    "sore": range(13, 20),
    "malam": range(17, 24),
}


def _written(hour: int, minute: int) -> str:
    return f"{hour:02d}:{minute:02d}"


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _clock(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    word = words[at]
    if word == "jam":
        return _after_jam(words, at + 1)
    if _word(words, at + 1) == "past" or (word == "seperempat" and _word(words, at + 1) == "sampai"):
        return _english(words, at)
    if word == "setengah":
        return _half(words, at)
    if word == "sekitar" and _word(words, at - 1) in PARTS and at + 2 == len(words):  # "last night around 8"
        return _after_jam(words, at + 1)
    if word[0].isdecimal() and _word(words, at - 1) not in _OWNERS:
        return _bare(words, at)
    return None


def _after_jam(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    if _word(words, at) == "setengah":
        return _half(words, at)
    clock = _numeral(_word(words, at))
    if clock is not None and not clock.minute and _is_minutes(words, at + 1):  # "tujuh tiga puluh malam"
        return _refined(structs.replace(clock, minute=int(words[at + 1])), words, at + 2)
    return None if clock is None else _refined(clock, words, at + 1)


def _is_minutes(words: Sequence[str], at: int) -> bool:
    word = _word(words, at)
    ends = at + 1 >= len(words) or words[at + 1] in PARTS or words[at + 1] in ZONES or words[at + 1] == "pm"
    return ends and word.isdecimal() and len(word) == _TWO_DIGITS and int(word) <= MINUTES


def _english(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    """Read "half past seven", "ten past 8", and "quarter to nine", whose "to" is spelt "sampai"."""
    minute, hour = {"setengah": _HALF}.get(words[at]) or _minutes(words[at]), _word(words, at + 2)
    if not minute or not hour.isdecimal() or not 0 < int(hour) <= NOON:
        return None
    if words[at + 1] == "past":
        return Clock(int(hour), minute), at + 3
    return Clock((int(hour) - 1) or NOON, MINUTES + 1 - minute), at + 3


def _half(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    """Read "setengah 8": half an hour TO eight."""
    number = _word(words, at + 1)
    if not number.isdecimal() or not 0 < int(number) <= NOON or _word(words, at + 2) in {"juta", "jam", "kg"}:
        return None
    turn, amount = _word(words, at + 2), _minutes(_word(words, at + 3))
    if turn in {"kurang", "lewat", "lebih"} and 0 < amount < _HALF:  # "setengah sembilan kurang lima"
        return Clock(int(number) - 1 or NOON, _HALF + (-amount if turn == "kurang" else amount)), at + 4
    about = _about(words, at + 2)
    return Clock(int(number) - 1 or NOON, _HALF, about=about > 0), at + 2 + about


def _bare(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    word, follower = words[at], _word(words, at + 1)
    clock = _numeral(word)
    if clock is None or follower in _DURATIONS or _word(words, at - 1) in _DURATIONS:
        return None
    told = (
        follower in ZONES or follower in {"pm", "o'clock"} or (follower in PARTS and not _is_evenings(word, follower))
    ) or _is_about_part(words, at, clock)
    if (":" in word and "-" not in word) or told:
        return _refined(clock, words, at + 1)
    hinted = _about(words, at + 1) or _word(words, at - 1) == "sekitar" or _is_behind_day(words, at, clock)
    if hinted and ("." in word or len(word) == _FOUR_DIGITS):
        return _refined(clock, words, at + 1)
    return None


def _is_about_part(words: Sequence[str], at: int, clock: Clock) -> bool:
    """Hear the hour of "9an pagi", "9an tadi pagi", "10 lewat seperempat"."""
    if _word(words, at + 1) in {"lewat", "kurang", "lebih"} and _word(words, at + 2) == "seperempat":
        return clock.hour <= NOON
    about = _about(words, at + 1)
    place = at + 1 + about + (_word(words, at + 1 + about) in {"tadi", "kemarin"})
    return about > 0 and clock.hour <= NOON and _word(words, place) in PARTS


def _is_behind_day(words: Sequence[str], at: int, clock: Clock) -> bool:
    """Tell "12 november 26 19.30", "senin 08.00" from the 12th of November of "senin 12.11"."""
    before = _word(words, at - 1)
    if words[at][0] == "0" and len(words[at]) == _FOUR_DIGITS and words[at].isdecimal():  # "senin 0930"
        return before in _DAYS
    if words[at].count(".") == 1 and "-" not in words[at] and (before == "tadi" or before in PARTS):
        return True
    if words[at].count(".") != 1 or "-" in words[at] or (0 < clock.minute <= NOON and clock.hour <= NOON):
        return False
    year = before.isdecimal() and _word(words, at - 2) in MONTHS
    return year or before in _DAYS or (before[:1].isdecimal() and ("/" in before or before.count("-") > 1))


def _is_evenings(word: str, follower: str) -> bool:
    """Tell "2 malam", two nights, from "8 malam"."""
    return follower == "malam" and word.isdecimal() and int(word) < _FIRST_EVENING_HOUR


def _numeral(word: str) -> Clock | None:
    if len(word) == _FOUR_DIGITS and word.isdecimal() and word[0] == "0":  # "0930"
        word = f"{word[:2]}.{word[2:]}"
    first, dash, _ = word.partition("-")
    hour, _, minute = first.replace(":", ".").partition(".")
    minute, _, second = minute.partition(".")
    if not 0 < len(hour) <= _TWO_DIGITS or not {len(minute), len(second)} <= {0, _TWO_DIGITS}:
        return None
    if not hour.isdecimal():
        return None
    h, m = int(hour), int(minute or 0)
    if m > MINUTES or h > LAST_HOUR + (m == 0):
        return None
    return Clock(h, m, about=bool(dash), sure=h > NOON or hour[0] == "0")


def _refined(clock: Clock, words: Sequence[str], at: int) -> tuple[Clock, int]:
    hour, minute, about, sure = clock.hour, clock.minute, clock.about, clock.sure
    turn, amount = _word(words, at), _minutes(_word(words, at + 1))
    if turn == "kurang" and amount:
        hour, minute, at = (hour - 1) % 24, MINUTES + 1 - amount, at + 2
    elif turn in {"lewat", "lebih"} and amount:
        minute, at = amount, at + 2
    elif turn == "seperempat":
        minute, at = _QUARTER, at + 1
    elif turn == "pm":
        hour, sure, at = hour % NOON + NOON, True, at + 1
    elif turn == "o'clock":
        at += 1
    if suffix := _about(words, at):
        about, at = True, at + suffix
    if _word(words, at) in JOINTS and (span := _span_end(words, at + 1)):
        about, at = True, span
    return Clock(hour, minute, about, sure), at


def _span_end(words: Sequence[str], at: int) -> int:
    """Return the place after the "10" of "jam 8 sampai jam 10", or 0."""
    at += _word(words, at) == "jam"
    number = _word(words, at)
    return at + 1 if _numeral(number) else 0


def _minutes(word: str) -> int:
    if word == "seperempat":
        return _QUARTER
    return int(word) if word.isdecimal() and 0 < int(word) <= MINUTES else 0


def _about(words: Sequence[str], at: int) -> int:
    """Return how many words the "an" of "10an", "10-an" takes."""
    if _word(words, at) == "an":
        return 1
    return 2 if _word(words, at) == "-" and _word(words, at + 1) == "an" else 0


def _part(words: Sequence[str], at: int) -> str:
    word, before = words[at], _word(words, at - 1)
    if word in PRAYERS:
        return PRAYERS[word][before == "sebelum"]
    if word not in PARTS or before in _PART_OWNERS or _is_greeting(words, at):
        return ""
    return "dini-hari" if word == "subuh" and before == "sebelum" else word


def _is_greeting(words: Sequence[str], at: int) -> bool:
    """Hear "malam pak, ..." as a greeting and not as a time."""
    return at == 0 and _word(words, 1) in _ADDRESSED
