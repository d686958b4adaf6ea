"""One message being read for its days, and a day found in it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from msgspec import Struct, field

from handlers.spoken import listed

_NEAR = 3  # words between a date and what says that it lies ahead
_AHEAD = listed(
    "nanti besok mendatang rencana rencananya rencanane akan insyaallah undangan undangannya lusa",
    "dijadwalkan jadwalnya will upcoming planned",
)
_PLANNED = listed("ada diadakan diadain digelar kampanye hadir datang acara dibikin ngadain")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_LONGEST_NUMBER = 4  # digits: a year

Span = tuple[date, date]
# Feasts that move: their names, as words, by the first of these; with the days of each.
Feasts = Mapping[str, Sequence[tuple[tuple[str, ...], Sequence[date]]]]


class Day(Struct, frozen=True):
    """Days a message names, at the words `at` to `end`.

    `others` are equally good readings; `free` is a weekday that any date on it may stand for; `tadi` leans to the
    hours just past; `since` marks a beginning ("sejak senin"); `doubtful` needs a yes; `vague` is a time that was
    meant but cannot be told from the words, `unknown` one the person cannot tell.
    """

    at: int
    end: int
    first: date
    last: date
    others: tuple[Span, ...] = ()
    part: str = ""
    time: str = ""
    about: bool = False
    free: int | None = None
    tadi: bool = False
    since: bool = False
    doubtful: bool = False
    vague: bool = False
    unknown: bool = False


class Line(Struct, frozen=True):
    """One message: its words in one spelling, when it was said, and the places of the words a clock time took."""

    words: Sequence[str]
    now: datetime
    taken: frozenset[int] = frozenset()
    holidays: Feasts = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def monday(self) -> date:
        return self.today - DAY * self.today.weekday()

    def word(self, at: int) -> str:
        """Return the word at a place, or "" outside the message and where a clock time stands."""
        return self.words[at] if 0 <= at < len(self.words) and at not in self.taken else ""

    def number(self, at: int, low: int, high: int) -> int | None:
        """Return the number at a place if it lies within the bounds."""
        word = self.word(at)
        small = word.isdecimal() and len(word) <= _LONGEST_NUMBER
        return int(word) if small and low <= int(word) <= high else None


def vague(line: Line, at: int, end: int) -> Day:
    """Return a time that was meant but that nobody could tell from these words: 31/11, "lebaran kemarin"."""
    return Day(at, end, line.today, line.today, vague=True)


def unknown(line: Line, at: int, end: int, part: str = "") -> Day:
    """Return a time the person cannot tell: "beberapa hari lalu", "setiap senin"."""
    return Day(at, end, line.today, line.today, part=part, unknown=True)


def is_ahead(line: Line, at: int, end: int) -> bool:
    """Tell whether words of the future stand beside a date: "nanti tgl 25", "tgl 28 mau ada deklarasi"."""
    before, after = line.words[max(0, at - _NEAR) : at], line.words[end : end + _NEAR]
    if _AHEAD.intersection(before) or _AHEAD.intersection(after):
        return True
    return any(one == "mau" and other in _PLANNED for one, other in pairwise((*before, *after)))


def on(year: int, month: int, number: int) -> date | None:
    """Return the date, or None where the calendar has none."""
    try:
        return date(year, month, number)
    except ValueError:
        return None
