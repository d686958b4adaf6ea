"""Which days of a message stand: not those taken back, nor those of the report itself or of hearing about it."""

from collections.abc import Sequence

from msgspec import structs

from handlers.moments.line import DAY, Day, Line, on
from handlers.moments.spellings import JOINTS, PARTS
from handlers.spoken import listed

_MEANT = listed("maksudku maksudnya maksud mksd mksdnya mksud mksudnya maksute maksudnyo mangsute")
_MARKS = _MEANT | listed(
    "maaf eh ralat koreksi keliru deng ding wait sorry salah kliru klentu typo revisi harusnya mustinya"
)
_MEANT_BEFORE = _MEANT | listed("deng ding dink nding")  # "jumat maksudku", "jumat ding"
_BETWEEN = listed(
    "bukan salah saya aku sy ku pak bu min maaf mas mbak kak itu yang hari tanggal jam waktu kayaknya bener tepatnya",
    "dink ya yo i mean no not harusnya maaf maksudku maksudnya maksud tadi sebenarnya sebetulnya nding tp tapi pada",
    "ketik tulis ngetik nulis sebut ngomong inget ingat yg benar kan deng ding dudu nde iku melainkan it was",
)
_SINCE = frozenset({"sejak", "dari"})
_HAPPENED = listed("kejadian kejadiannya kejadiane kejadiannyo terjadi terjadinya happened peristiwanya acaranya")
_LEARNT = listed(
    "tahu tahunya dengar denger dengarnya dikabari dikabarin heard dikirimi videonya rekamannya beritanya viral"
)
_SLIPS = listed("salah keliru kliru typo kirim ngirim")
_ANSWERS = listed("ditanggapi ditanggepin ditanggapin digubris dibalas direspon dijawab tanggapan balasan kabar")
_REPORTS = listed("lapor melapor melaporkan laporan laporkan lapornya report reporting")
_LATE = listed("lapor melapor melaporkan report reporting nulis tulis ketik ngetik cerita ngadu sempat telat")
_OWN_MATTERS = listed("lagi lg masih ada kerja sibuk telat hp hape sinyal ketiduran")  # "tadi lagi masak"
_EXCEPT = frozenset({"selain", "kecuali", "except"})
_IF = listed("kalau kalo klo kalu kalok nek if")
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
        if _is_denied(line, day, found[at + 1 : at + 2]):
            meant = not _MEANT.isdisjoint(line.words[max(0, day.at - 3) : day.at])  # "kamis maksud saya bukan jumat"
            left = left[:-1] if corrected and not meant else left  # "kemarin malam eh bukan kemarin, jumat malam"
            continue
        if corrected or _is_meant(line, day, found[at + 1 : at + 2]):
            if corrected and left and (turned := _of_that_month(day, left[-1])):
                left[-1] = turned
                continue
            left = left[: -_dated_weekday(left, day)] if corrected else []
        elif _is_aside(line, day):
            continue
        left.append(day)
    return left


def _dated_weekday(left: Sequence[Day], day: Day) -> int:
    """Count two for "senin tgl 10 eh selasa tgl 10": the whole of what was said is taken back."""
    pair = len(left) > 1 and left[-2].free is not None and left[-1].at - left[-2].end <= 1
    return 1 + (pair and day.free is not None)


def _of_that_month(day: Day, before: Day) -> Day | None:
    """Read "tgl 3 oktober eh november": what is put right is the month alone."""
    month_alone = day.end - day.at == 1 and day.first.day == 1 and (day.last + DAY).day == 1 and day.first < day.last
    if not month_alone or before.first != before.last or before.others:
        return None
    right = on(day.first.year, day.first.month, before.first.day)
    return structs.replace(before, end=day.end, first=right, last=right) if right else None


def _is_denied(line: Line, day: Day, following: Sequence[Day]) -> bool:
    """Tell the Tuesday of "bukan selasa, rabu" and "rabu bukan selasa" from that of "senin eh bukan, selasa"."""
    if line.word(day.at - 1) in _EXCEPT:
        return True
    if line.word(day.at - 1) not in {"bukan", "not"} or line.word(day.at - 2) in _IF:  # "kalau bukan senin ya selasa"
        return False
    between = line.words[day.end : following[0].at] if following else ["?"]
    taken_over = all(word in _BETWEEN or word in _MARKS or word in PARTS for word in between)
    meant = _MEANT.intersection(line.words[max(0, day.at - 3) : day.at])  # "kamis maksud saya bukan jumat"
    return taken_over or bool(meant) or not is_corrected(line.words, day.at)


def _is_meant(line: Line, day: Day, following: Sequence[Day]) -> bool:
    """Hear that "kemarin kan selasa ya, jumat maksudku" means Friday."""
    marked = line.word(day.end) in _MEANT_BEFORE or (line.word(day.end) in PARTS and line.word(day.end + 1) in _MEANT)
    taken_over = following and is_corrected(line.words, following[0].at)
    return marked and not (taken_over and line.word(following[0].at - 1) != "bukan")


def of_the_event(line: Line, left: list[Day]) -> list[Day]:
    """Keep of several days the one it happened on, and not those of hearing of it, or of the writer's own doings."""
    if len(left) < 2:  # noqa: PLR2004  # several
        return left
    happened = [at for at, day in enumerate(left) if _HAPPENED.intersection(line.words[max(0, day.at - 3) : day.at])]
    if happened:
        left = left[happened[0] :]
    return [day for day in left if not _is_of_the_writer(line, day)] or left


def _is_of_the_writer(line: Line, day: Day) -> bool:
    before, after = line.words[max(0, day.at - 3) : day.at], line.words[day.end : day.end + 3]
    if line.word(day.end) in JOINTS:
        return False
    if _LEARNT.intersection(before) or (day.first == line.today and _LATE.intersection(before)):
        return True
    alone = day.tadi and not day.part and day.end - day.at == 1
    return alone and (bool((_LEARNT | _LATE).intersection(after)) or line.word(day.end) in _OWN_MATTERS)


def _is_aside(line: Line, day: Day) -> bool:
    """Hear past "laporan saya yang kemarin" and "hari ini saya mau lapor"."""
    if line.word(day.at - 1) in _SINCE and line.word(day.at - 2) in _REPORTS and _ANSWERS.intersection(line.words):
        return True
    if day.end - day.at == 1 and {"laporan", "laporanku"}.intersection(line.words[max(0, day.at - 2) : day.at]):
        return True
    if day.tadi and day.end - day.at == 1 and not day.part and line.word(day.end) in _SLIPS:  # "tadi salah tulis"
        return True
    reported = line.words[day.end : day.end + 3]
    return line.words[day.at] == "hari" and line.word(day.at + 1) == "ini" and bool(_REPORTS.intersection(reported))
