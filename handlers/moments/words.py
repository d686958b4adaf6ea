"""The words people write WHEN with, brought to one spelling."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from handlers.moments.spellings import (
    CANON,
    FULL_MONTHS,
    JOINTS,
    MONTHS,
    PARTS,
    PASARAN,
    PRAYERS,
    UNITS,
    WEEKDAYS,
)
from handlers.moments.turns import TURNS
from handlers.spoken import counted, listed

_DROPPED = frozenset({"yang", "nya", "nih", "lah", "sih", "the", "of", "on", "in", "ne", "kok", "deh", "at"})

_AFTER_LAST = frozenset({*WEEKDAYS, "minggu", "bulan", "tahun", "pekan"})  # "last friday"
_ENGLISH_ORDER = {"last": "lalu", "next": "depan", "coming": "depan", "upcoming": "depan", "previous": "lalu"}

_Turn = tuple[tuple[str, ...], tuple[str, ...]]


def _turns_by_head(lines: str) -> Mapping[str, tuple[_Turn, ...]]:
    heads: dict[str, list[_Turn]] = {}
    for line in lines.strip().splitlines():
        said, meant = (tuple(side.split()) for side in line.split(">"))
        heads.setdefault(said[0], []).append((said[1:], meant))
    return {head: tuple(sorted(turns, key=lambda turn: -len(turn[0]))) for head, turns in heads.items()}


_TURNS_OF = _turns_by_head(TURNS)

# Letters written twice: "pagi-pagi", "pagi2". Said of "kemarin" and "isuk" it changes the meaning.
_TWICE: Mapping[str, tuple[str, ...]] = {
    "kemarin": ("beberapa", "hari", "lalu"),
    "isuk": ("pagi",),
    "baru": ("baru", "baru"),
}
_JAVANESE_HOURS = {
    **dict.fromkeys(("bengi", "wengi", "dalu"), "malam"),
    **dict.fromkeys(("esuk", "isuk", "enjing"), "pagi"),
    "awan": "siang",
}
_LOOK_BACK = 24  # characters before a word that say what it counts
_LONG, _NOONS = 2, frozenset({"10", "11", "12"})  # figures of an hour that English may say
_LETTERS_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_SPANS = UNITS - {"malam"}
_ITS = ("nya", "nyo", "ne")
_NAMES = WEEKDAYS.keys() | UNITS | PRAYERS.keys() | frozenset(PARTS) | listed("tanggal lalu awal akhir ini")
# What a part of the day is glued to: "seninpagi", "kmrnmalam".
_HEADS = frozenset({*WEEKDAYS, "kemarin", "tadi", "minggu", "besok"})
_SHORTEST_HEAD = 4
_CONGREGATION = listed("jemaat jemaah jamaat")  # no Friday
_SPAN = 4  # words
_TURNED_AGAIN = 3  # a turn may make the beginning of another
_GLUED = frozenset({"jam", "tanggal", "bulan"})

_TOKEN = re.compile(
    r"[0-9]+(?:[./:\-][0-9]+)*(?=(st|nd|rd|th)\b)?|s[/.]d\b|[^\W\d_]+(?:'[^\W\d_]+)*(?:2(?!\d))?|[-–—&]"  # noqa: RUF001  # people paste them
)
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S*@\S+")
_TAKEN_BACK = re.compile(r"[,.]\s*(?:bukan|bkn|no|salah|dudu)\s*,")  # "tadi pagi, bukan, kemarin pagi"
_ON_THE = re.compile(r"\b(?:on|of|from|since|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?) the $")
_COUNTDOWN = re.compile(r"\bh ?(?P<turn>[-+]) ?(?P<days>\d{1,2})\b")  # "h-1 hari pahlawan"
_FRIDAY = re.compile(r"\bjum[ `\u00b4]at\b")
_WRITTEN_OUT = re.compile(r"(?<![\d-])(?P<day>\d{1,2})-(?P<month>[^\W\d_]{3,9})(?:-(?P<year>\d{2,4}))?(?![\w-])")
_SLASHED = re.compile(r"(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})")  # "senin/selasa"
_STARRED = re.compile(r"\s\*(?=\w+(?:\s|$))")  # "sabtu *minggu" puts a slip right; "*minggu*" is bold
_TWO_LETTERS = re.compile(r"([^\W\d_])\1")
_FEW = 5  # words between "antara" and its "dan"
_DASHES = frozenset("-–—")  # noqa: RUF001  # as above


def words(text: str) -> list[str]:
    """Return the text's words in one spelling; numbers keep their separators ("17/11", "19.30")."""
    said = counted(_spelled(text))
    for _ in range(_TURNED_AGAIN):
        before, said = said, _turned(said)
        if said == before:
            break
    if len(said) > 1 and said[0] == "mau" and said[1] in PARTS and said[2:3] != ["minggu"]:  # "mau sore bar ashar"
        said[0] = "tadi"
    if len(said) > 1 and said[-1] == "mau" and (said[-2] in PARTS or said[-2] in PRAYERS):  # "bar subuhan mau"
        said[-1] = "tadi"
    return _minutes_first(_spanned(said))


def _minutes_first(said: list[str]) -> list[str]:
    """Write "jam 11 siang kurang 10" as "jam 11 kurang 10 siang"."""
    for at in range(1, len(said) - 2):
        behind = said[at] in PARTS and said[at + 1] in {"kurang", "lewat", "lebih"} and said[at - 1][0].isdecimal()
        if behind and (said[at + 2].isdecimal() or said[at + 2] == "seperempat"):
            said[at : at + 3] = [said[at + 1], said[at + 2], said[at]]
    return said


def _spanned(said: list[str]) -> list[str]:
    """Write "antara 2 dan 6 november" as "antara 2 sampai 6 november"."""
    for at in (at for at, word in enumerate(said) if word == "antara"):
        joint = next((place for place in range(at + 2, min(at + 2 + _FEW, len(said))) if said[place] == "dan"), 0)
        if joint:
            said[joint] = "sampai"
            last = said[joint + 1 : joint + 3]
            if said[joint - 1].isdecimal() and last[:1] and last[0].isdecimal() and {"pm", *PARTS}.intersection(last):
                said.insert(joint, last[1])  # "antara 8 dan 9 malam"
    return said


def _spelled(text: str) -> list[str]:
    said: list[str] = []
    ordinal = ""
    plain_text = normalize("NFKC", text).lower().replace("\u2019", "'")
    plain_text = _STARRED.sub(" eh ", plain_text)
    plain_text = _SLASHED.sub(" atau ", plain_text)
    plain_text = _WRITTEN_OUT.sub(_spaced, plain_text)
    plain_text = _COUNTDOWN.sub(_counted_down, _FRIDAY.sub("jumat", plain_text))
    plain_text = _TAKEN_BACK.sub(" eh ", _LINK.sub(" ", plain_text))
    plain_text = _LETTERS_DRAWN_OUT.sub(r"\1", plain_text)  # "kemariiin"
    for match in _TOKEN.finditer(plain_text):
        word = match[0]
        if word == ordinal:
            ordinal = ""
            continue
        ordinal = match[1] or ""
        if cue := _cue(plain_text[max(0, match.start() - _LOOK_BACK) : match.start()], word, ordinal):
            said.append(cue)
        if not _beside(said, word):
            for plain in _plain(word):
                _add(said, plain)
        if ordinal or _is_on_month(said, plain_text, match.start()):
            _month_last(said)
    return said


def _spaced(match: re.Match[str]) -> str:
    """Write "6-nov-26" as "6 nov 26"."""
    known = match["month"] in MONTHS
    return " ".join(filter(None, match.group("day", "month", "year"))) if known else match[0]


def _counted_down(match: re.Match[str]) -> str:
    return f"{match['days']} hari {'sebelum' if match['turn'] == '-' else 'habis'}"


def _beside(said: list[str], word: str) -> bool:
    """Take words that mean a time only behind another: "mau bengi", "9 a.m.", "jumat wage"."""
    before = said[-1] if said else ""
    if word in _JAVANESE_HOURS and before == "mau":  # "mau" is "want" in Indonesian
        said[-1:] = ["tadi", _JAVANESE_HOURS[word]]
        return True
    told = said[-3] if len(said) > 2 and said[-2] == "jam" else ""  # noqa: PLR2004  # "kemarin jam 8"
    if word == "isuk" and (told in {"kemarin", "tadi"} or told in WEEKDAYS):  # alone it may be tomorrow
        said.append("pagi")
        return True
    if word == "m" and before in {"a", "p"} and said[-2:-1] and said[-2][0].isdecimal():
        said[-1] = "pagi" if before == "a" else "pm"
        return True
    if word == "1/2" and before == "jam":
        said.append("setengah")
        return True
    if word == "am" and before[:1].isdecimal():  # "I am" is no morning
        said.append("pagi")
        return True
    if word in PASARAN and (before in WEEKDAYS or before == "minggu"):
        said.insert(len(said) - 1 - (said[-2:-1] == ["malam"]), PASARAN[word])
        return True
    return False


def _cue(before: str, number: str, ordinal: str) -> str:
    """Return what English says with a small word: "at 8" is an hour, "on the 5th" a date, "in october" a month."""
    if number in FULL_MONTHS and f" {before}".endswith((" in ", " during ")):
        return "bulan"
    if not number[0].isdecimal():
        return ""
    if before.endswith(" at ") and (len(number) < _LONG or not number.isdecimal() or number in _NOONS):
        return "jam"
    return "tanggal" if ordinal and _ON_THE.search(before) else ""


def _is_on_month(said: list[str], text: str, at: int) -> bool:
    """Tell the date of "on november 3" from the twelve people of "november 12 orang"."""
    month_said = said[-2] if len(said) > 1 else ""
    return month_said in MONTHS and said[-1].isdecimal() and f" on {month_said}" in f" {text[:at]}"


def _month_last(said: list[str]) -> None:
    """Write "nov 3rd" as "3 nov"."""
    if len(said) > 1 and said[-2] in MONTHS:
        said[-2:] = [said[-1], said[-2]]


def _plain(word: str) -> tuple[str, ...]:
    if word[0].isdecimal():
        return (word,)
    if word in _DASHES:
        return ("-",)
    known = CANON.get(word)
    if known is not None:
        return known
    if word.endswith("2"):
        return _doubled(word[:-1])
    bare = next((word.removesuffix(its) for its in _ITS if word.endswith(its)), "")
    if bare in CANON or bare in _NAMES:
        return CANON.get(bare, (bare,))
    return _slipped(word) or (word,)


def _slipped(word: str) -> tuple[str, ...]:
    """Read "lallu" and "seninpagi"; nothing where it is no slip of the thumb."""
    single = _TWO_LETTERS.sub(r"\1", word)
    if single != word and word not in _CONGREGATION and (single in CANON or single in _NAMES):
        return CANON.get(single, (single,))
    part = next((part for part in (*PARTS, "mlm") if word.endswith(part)), "")
    head = word.removesuffix(part)
    plain = CANON.get(head, (head,))
    if part and len(head) >= _SHORTEST_HEAD and len(plain) == 1 and plain[0] in _HEADS:
        return (*plain, *CANON.get(part, (part,)))
    return ()


def _doubled(word: str) -> tuple[str, ...]:
    plain = CANON.get(word, (word,))
    if plain[-1] in _GLUED:
        return (*plain, "2")
    return _TWICE.get(plain[-1], plain)


def _add(said: list[str], word: str) -> None:
    if word in _DROPPED:
        return
    if len(said) > 1 and said[-1] == "-" and said[-2] == word and not word[0].isdecimal():
        del said[-2:]
        said.extend(_TWICE.get(word, (word,)))
        return
    said.append(word)


def _turned(said: list[str]) -> list[str]:
    turned: list[str] = []
    at = 0
    while at < len(said):
        meant, at = _turn(said, at)
        turned.extend(meant)
    return turned


def _turn(said: list[str], at: int) -> tuple[tuple[str, ...], int]:
    word = said[at]
    for rest, meant in _TURNS_OF.get(word, ()):
        if tuple(said[at + 1 : at + 1 + len(rest)]) == rest:
            return meant, at + 1 + len(rest)
    if word in {"past", "last"} and at + 2 < len(said) and said[at + 1].isdecimal() and said[at + 2] in _SPANS:
        return (said[at + 1], said[at + 2], "terakhir"), at + 3  # "for the past 2 weeks"
    if word == "tengah" and at + 1 < len(said) and said[at + 1] in MONTHS:
        return ("pertengahan",), at + 1
    span = said[at + 1 : at + 5]  # "nov 6 to nov 7"
    if word in MONTHS and len(span) == _SPAN and span[0].isdecimal() and span[1] in JOINTS and span[2] in MONTHS:
        return (span[0], word, span[1], span[3], span[2]), at + 5
    if word in _ENGLISH_ORDER and at + 1 < len(said) and said[at + 1] in _AFTER_LAST:
        return (said[at + 1], _ENGLISH_ORDER[word]), at + 2
    return (word,), at + 1
