"""The hour and the part of the day in a chat message: "jam setengah 8 mlm", "habis maghrib", "9an"."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, structs

from handlers.moments.corrections import is_corrected
from handlers.moments.hours import FIRST_EVENING_HOUR, LAST_HOUR, NOON, ZONES, Clock, hour_at, part_at, word_at
from handlers.moments.spellings import JOINTS

_PAIR_WIDTH = 2  # words from "pagi" to "sore" in "pagi dan sore"
_EARLY_NIGHT = 5  # before this hour "malam" belongs to the evening before


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
        clock, end = hour_at(words, at) or (None, at + 1)
        place = at if clock is None else end
        part = part_at(words, place) if place < len(words) else ""
        if clock is not None and part and _ends_otherwise(clock, part, words[at:end]):
            part, end, place = "", end + 1, place + 1
        if (clock is not None or part) and is_corrected(words, at):  # "jam 8 eh salah jam 9"
            clocks, parts = ([] if clock is not None else clocks), parts[:-1] if part else parts
        if clock is not None:
            taken.update(range(at, end))
        if clock is not None and not clocks and word_at(words, at - 1) in {"sampai", "sd"}:  # "semalam sampai jam 11"
            at = place + bool(part)
            parts += [(place, part)] if part else []
            continue
        if clock is not None and clocks and word_at(words, at - 1) == "bukan" and not is_corrected(words, at):
            taken.update(range(at, end))  # "jam 8 bukan jam 9"
            at = end
            continue
        denied = bool(clocks) and denied_at in range(at)  # "bukan jam 8 tapi jam 9"
        clocks = [] if clock is not None and denied else clocks
        denied_at = at if clock is not None and word_at(words, at - 1) == "bukan" else denied_at
        if clock is not None and clocks and word_at(words, at - 1) in JOINTS:
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
    if 0 < hour <= FIRST_EVENING_HOUR:  # "jam 3" at night or in the afternoon: nobody can know
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
