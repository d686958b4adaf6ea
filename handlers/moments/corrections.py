"""Hears a correction in a chat message: "kemarin eh bukan, senin", "jam 8 eh salah jam 9", "bukan kemarin"."""

from collections.abc import Sequence

from handlers.moments.line import Day, Line
from handlers.moments.spellings import PARTS, WEEKDAYS
from handlers.spoken import listed

_MARKS = listed(
    "eh ralat koreksi keliru deng ding wait sorry maksudku maksudnya maksud salah kliru klentu mksd mksdnya"
)
_BETWEEN = listed(
    "bukan salah saya aku sy ku pak bu min maaf mas mbak kak itu yang hari tanggal jam waktu kayaknya bener tepatnya",
    "dink ya yo i mean no not harusnya maaf maksudku maksudnya maksud tadi sebenarnya sebetulnya nding tp tapi pada",
)
_SINCE = frozenset({"sejak", "dari"})
_ANSWERS = listed("ditanggapi dibalas direspon dijawab tanggapan balasan kabar")
_REPORTS = listed("lapor melapor melaporkan laporan laporkan")
_REACH = 6  # words between the mark of a correction and what is right


def is_corrected(words: Sequence[str], at: int) -> bool:
    """Tell whether what begins at a word takes back what was said before: only small words part it from an "eh"."""
    for back in range(at - 1, max(-1, at - 1 - _REACH), -1):
        word = words[back]
        if word in _MARKS and not (word == "salah" and words[back + 1] == "satu"):
            return back > 0
        if word not in _BETWEEN:
            return False
    return False


def standing(line: Line, found: Sequence[Day]) -> list[Day]:
    """Return the days that still stand: what was taken back, and what was said of another matter, is left out."""
    left: list[Day] = []
    for at, day in enumerate(found):
        corrected = is_corrected(line.words, day.at)
        if corrected and _is_repeated(line, day, found[at + 1 : at + 2], left):
            continue  # "kemarin malam eh bukan kemarin, jumat malam"
        if corrected or _takes_over(line, day, left):
            left = left[:-1]
        elif _is_aside(line, day):
            continue
        left.append(day)
    return left


def _is_repeated(line: Line, day: Day, following: Sequence[Day], before: Sequence[Day]) -> bool:
    return bool(before and following) and line.words[before[-1].at] == line.words[day.at]


def _takes_over(line: Line, day: Day, before: Sequence[Day]) -> bool:
    """Hear that "bukan kemarin, jumat malam" behind an "eh" leaves Friday alone."""
    if not before:
        return False
    between = line.words[before[-1].end : day.at]
    denied = [at for at, word in enumerate(between) if word == "bukan"]
    marked = any(word in _MARKS for word in between[: denied[-1]]) if denied else False
    return marked and set(between[denied[-1] + 1 :]) <= {*_BETWEEN, "kemarin", *PARTS, *WEEKDAYS}


def _is_aside(line: Line, day: Day) -> bool:
    """Hear past "bukan kemarin", "laporan saya yang kemarin" and "hari ini saya mau lapor"."""
    if line.word(day.at - 1) == "bukan":
        return True
    if line.word(day.at - 1) in _SINCE and line.word(day.at - 2) in _REPORTS and _ANSWERS.intersection(line.words):
        return True
    if day.end - day.at == 1 and {"laporan", "laporanku"}.intersection(line.words[max(0, day.at - 2) : day.at]):
        return True
    reported = line.words[day.end : day.end + 3]
    return line.words[day.at] == "hari" and line.word(day.at + 1) == "ini" and bool(_REPORTS.intersection(reported))
