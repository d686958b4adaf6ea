"""One hour as it is written ("jam setengah 8", "9an tadi pagi", "20.15", "ten past 8"), and the part of the day."""

from collections.abc import Sequence

from msgspec import Struct, structs

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
_TWO_DIGITS, _FOUR_DIGITS = 2, 4
_QUARTER, _HALF = 15, 30
FIRST_EVENING_HOUR = 6


class Clock(Struct, frozen=True):
    """A time as it was said. `sure` when the half of the day needs no guess: "08.30", "jam 19"."""

    hour: int
    minute: int = 0
    about: bool = False
    sure: bool = False
    part: str = ""


def word_at(words: Sequence[str], at: int) -> str:
    """Return the word at a place, or "" outside the message."""
    return words[at] if 0 <= at < len(words) else ""


def hour_at(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    """Return the time that begins at a word, and the place after it; None where none does."""
    word = words[at]
    if word == "jam":
        return _after_jam(words, at + 1)
    if word_at(words, at + 1) == "past" or (word == "seperempat" and word_at(words, at + 1) == "sampai"):
        return _english(words, at)
    if word == "setengah":
        return _half(words, at)
    if word == "sekitar" and word_at(words, at - 1) in PARTS and at + 2 == len(words):  # "last night around 8"
        return _after_jam(words, at + 1)
    if word[0].isdecimal() and word_at(words, at - 1) not in _OWNERS:
        return _bare(words, at)
    return None


def _after_jam(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    if word_at(words, at) == "setengah":
        return _half(words, at)
    clock = _numeral(word_at(words, at))
    if clock is not None and not clock.minute and _is_minutes(words, at + 1):  # "tujuh tiga puluh malam"
        return _refined(structs.replace(clock, minute=int(words[at + 1])), words, at + 2)
    return None if clock is None else _refined(clock, words, at + 1)


def _is_minutes(words: Sequence[str], at: int) -> bool:
    word = word_at(words, at)
    ends = at + 1 >= len(words) or words[at + 1] in PARTS or words[at + 1] in ZONES or words[at + 1] == "pm"
    return ends and word.isdecimal() and len(word) == _TWO_DIGITS and int(word) <= MINUTES


def _english(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    """Read "half past seven", "ten past 8", and "quarter to nine", whose "to" is spelt "sampai"."""
    minute, hour = {"setengah": _HALF}.get(words[at]) or _minutes(words[at]), word_at(words, at + 2)
    if not minute or not hour.isdecimal() or not 0 < int(hour) <= NOON:
        return None
    if words[at + 1] == "past":
        return Clock(int(hour), minute), at + 3
    return Clock((int(hour) - 1) or NOON, MINUTES + 1 - minute), at + 3


def _half(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    """Read "setengah 8": half an hour TO eight."""
    number = word_at(words, at + 1)
    if not number.isdecimal() or not 0 < int(number) <= NOON or word_at(words, at + 2) in {"juta", "jam", "kg"}:
        return None
    turn, amount = word_at(words, at + 2), _minutes(word_at(words, at + 3))
    if turn in {"kurang", "lewat", "lebih"} and 0 < amount < _HALF:  # "setengah sembilan kurang lima"
        return Clock(int(number) - 1 or NOON, _HALF + (-amount if turn == "kurang" else amount)), at + 4
    about = _about(words, at + 2)
    return Clock(int(number) - 1 or NOON, _HALF, about=about > 0), at + 2 + about


def _bare(words: Sequence[str], at: int) -> tuple[Clock, int] | None:
    word, follower = words[at], word_at(words, at + 1)
    clock = _numeral(word)
    if clock is None or follower in _DURATIONS or word_at(words, at - 1) in _DURATIONS:
        return None
    told = (
        follower in ZONES or follower in {"pm", "o'clock"} or (follower in PARTS and not _is_evenings(word, follower))
    ) or _is_about_part(words, at, clock)
    if (":" in word and "-" not in word) or told:
        return _refined(clock, words, at + 1)
    hinted = _about(words, at + 1) or word_at(words, at - 1) == "sekitar" or _is_behind_day(words, at, clock)
    if hinted and ("." in word or len(word) == _FOUR_DIGITS):
        return _refined(clock, words, at + 1)
    return None


def _is_about_part(words: Sequence[str], at: int, clock: Clock) -> bool:
    """Hear the hour of "9an pagi", "9an tadi pagi", "10 lewat seperempat"."""
    if word_at(words, at + 1) in {"lewat", "kurang", "lebih"} and word_at(words, at + 2) == "seperempat":
        return clock.hour <= NOON
    about = _about(words, at + 1)
    place = at + 1 + about + (word_at(words, at + 1 + about) in {"tadi", "kemarin"})
    return about > 0 and clock.hour <= NOON and word_at(words, place) in PARTS


def _is_behind_day(words: Sequence[str], at: int, clock: Clock) -> bool:
    """Tell "12 november 26 19.30", "senin 08.00" from the 12th of November of "senin 12.11"."""
    before = word_at(words, at - 1)
    if words[at][0] == "0" and len(words[at]) == _FOUR_DIGITS and words[at].isdecimal():  # "senin 0930"
        return before in _DAYS
    if words[at].count(".") == 1 and "-" not in words[at] and (before == "tadi" or before in PARTS):
        return True
    if words[at].count(".") != 1 or "-" in words[at] or (0 < clock.minute <= NOON and clock.hour <= NOON):
        return False
    year = before.isdecimal() and word_at(words, at - 2) in MONTHS
    return year or before in _DAYS or (before[:1].isdecimal() and ("/" in before or before.count("-") > 1))


def _is_evenings(word: str, follower: str) -> bool:
    """Tell "2 malam", two nights, from "8 malam"."""
    return follower == "malam" and word.isdecimal() and int(word) < FIRST_EVENING_HOUR


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
    turn, amount = word_at(words, at), _minutes(word_at(words, at + 1))
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
    if word_at(words, at) in JOINTS and (span := _span_end(words, at + 1)):
        about, at = True, span
    return Clock(hour, minute, about, sure), at


def _span_end(words: Sequence[str], at: int) -> int:
    """Return the place after the "10" of "jam 8 sampai jam 10", or 0."""
    at += word_at(words, at) == "jam"
    number = word_at(words, at)
    return at + 1 if _numeral(number) else 0


def _minutes(word: str) -> int:
    if word == "seperempat":
        return _QUARTER
    return int(word) if word.isdecimal() and 0 < int(word) <= MINUTES else 0


def _about(words: Sequence[str], at: int) -> int:
    """Return how many words the "an" of "10an", "10-an" takes."""
    if word_at(words, at) == "an":
        return 1
    return 2 if word_at(words, at) == "-" and word_at(words, at + 1) == "an" else 0


def part_at(words: Sequence[str], at: int) -> str:
    """Return the part of the day that a word tells, or ""."""
    word, before = words[at], word_at(words, at - 1)
    if word in PRAYERS:
        return PRAYERS[word][before == "sebelum"]
    if word not in PARTS or before in _PART_OWNERS or _is_greeting(words, at):
        return ""
    return "dini-hari" if word == "subuh" and before == "sebelum" else word


def _is_greeting(words: Sequence[str], at: int) -> bool:
    """Hear "malam pak, ..." as a greeting and not as a time."""
    return at == 0 and word_at(words, 1) in _ADDRESSED
