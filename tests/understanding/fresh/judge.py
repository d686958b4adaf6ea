"""Four verdicts on what was understood: right, asked (or left for the next question), less (true but poorer), WRONG.

A field may hold alternatives with "/"; what a field leaves empty is not judged.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import product

from handlers.moments import Ask, Moment
from handlers.people import Person
from handlers.places import Found

RIGHT, ASKED, LESS, WRONG = "right", "asked", "less", "WRONG"
VERDICTS = (RIGHT, ASKED, LESS, WRONG)
_BEST_FIRST = {verdict: rank for rank, verdict in enumerate(VERDICTS)}
_UNDATED = frozenset({"unknown", "-", "ask"})
TODAY = date(2026, 11, 18)

_FUZZY = re.compile(r"\b(?:awal|tengah|pertengahan|akhir|early|mid|late|end of)\b")
_SOME_DAYS = timedelta(days=3)
_WEEK = timedelta(days=6)  # from its first day to its last
# One post, written long or short, or in English.
_SAME_POST: Mapping[str, str] = {
    "kadis": "kepala dinas",
    "kepsek": "kepala sekolah",
    "kapus": "kepala puskesmas",
    "kapuskes": "kepala puskesmas",
    "sekcam": "sekretaris camat",
    "seklur": "sekretaris lurah",
    "kabid": "kepala bidang",
    "kasi": "kepala seksi",
    "kabag": "kepala bagian",
    "kades": "kepala desa",
    "staff": "staf",
    "servants": "servant",
    "teachers": "teacher",
}


def best(verdicts: Iterable[str]) -> str:
    """Return the kindest of the verdicts that alternatives give."""
    return min(verdicts, key=_BEST_FIRST.__getitem__)


# --- when ---------------------------------------------------------------------------------------------------------


def moment(answer: Moment | Ask | None, row: Mapping[str, str]) -> str:
    """Judge by a row with kind, from, to, time, part, options; `phrase` tells whether a range was a rough one."""
    each = product(*(row[name].split("/") for name in ("kind", "from", "to")))
    rows = [{**row, "kind": kind, "from": first, "to": last} for kind, first, last in each if first <= last]
    dated = [one for one in rows if one["from"] or one["kind"] in _UNDATED]  # "ask/day" may name no day
    return best(_moment(answer, one["kind"], one) for one in dated)


def _moment(answer: Moment | Ask | None, kind: str, row: Mapping[str, str]) -> str:
    if isinstance(answer, Moment) and answer.kind == "unknown":
        answer = None
    match kind:
        case "unknown" | "-":
            unclear = answer is None or (isinstance(answer, Ask) and not answer.options)
            return RIGHT if unclear else WRONG if isinstance(answer, Moment) else ASKED
        case "ask":
            return _asked(answer, row["options"])
        case _ if isinstance(answer, Moment):
            return _told(answer, kind, row)
        case _:
            return RIGHT if answer is not None and _lies_ahead(answer, date.fromisoformat(row["from"])) else ASKED


def _lies_ahead(answer: Ask, day: date) -> bool:
    """Tell whether a day to come, or a later hour of today, was asked about: only what is past is never asked."""
    return day > TODAY or (day == TODAY and [option.first for option in answer.options] == [TODAY])


def _asked(answer: Moment | Ask | None, options: str) -> str:
    if not isinstance(answer, Ask):
        return WRONG if answer else ASKED
    offered = {(option.first, option.last) for option in answer.options}
    wanted = [_span(*option.split("..")) for option in options.split("|") if option]
    weeks = {(first, first) for first, last in offered if last - first == _WEEK}  # a set may name a week by its Monday
    return RIGHT if offered | weeks >= set(wanted) else ASKED


def _span(first: str, last: str = "") -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last or first)


def _told(answer: Moment, kind: str, row: Mapping[str, str]) -> str:
    first, last = _span(row["from"], row["to"])
    if _FUZZY.search(row["phrase"].lower()) and first != last:
        same = abs(answer.first - first) <= _SOME_DAYS and abs(answer.last - last) <= _SOME_DAYS
    else:
        same = (answer.first, answer.last) == (first, last)
    if not same:
        return LESS if answer.first <= first and last <= answer.last else WRONG
    hour_told = bool(row["time"] and answer.time)
    return max(
        _said(answer.time, row["time"], implied=kind == "day"),  # "part/day": the day alone will do
        _said(answer.part.replace("dini-hari", "subuh"), row["part"], implied=kind == "day" or hour_told),
        key=_BEST_FIRST.__getitem__,
    )


def _said(mine: str, wanted: str, *, implied: bool = False) -> str:
    if not wanted or mine in wanted.split("/"):
        return RIGHT
    return WRONG if mine else RIGHT if implied else LESS


# --- where --------------------------------------------------------------------------------------------------------


def place(found: Found | None, wanted: str) -> str:
    """Judge by a code, "-" for no place of the table, or "?" and codes that must all be offered and none be sure."""
    return best(_place(found, one) for one in wanted.split("/"))


def _place(found: Found | None, wanted: str) -> str:
    if found is None:
        return RIGHT if wanted == "-" else ASKED
    offered = [match.code for match in found.matches]
    if wanted.startswith("?"):
        return WRONG if found.sure else RIGHT if set(wanted[1:].split("|")) <= set(offered) else ASKED
    if offered[0] == wanted:
        return RIGHT
    if not found.sure:
        return ASKED
    return LESS if wanted.startswith(offered[0] + ".") else WRONG


# --- what, who, links ---------------------------------------------------------------------------------------------


def category(answer: str | None, wanted: str) -> str:
    """Judge by categories that are equally right, with "|" or "/" between; "-" for none."""
    allowed = wanted.replace("tekanan", "jabatan").replace("/", "|").split("|")
    if answer is None:
        return RIGHT if "-" in allowed else ASKED
    return RIGHT if answer in allowed else WRONG


def posts(who: Sequence[Person], wanted: str) -> str:
    """Judge the posts in order; a shorter word for one ("pegawai" for "pegawai kelurahan") will do."""
    told = [_words_of(one.title) for one in who if one.title]
    return _listed(told, [[_words_of(post) for post in one] for one in _lists(wanted)])


def _words_of(post: str) -> frozenset[str]:
    said = post.lower()
    return frozenset(" ".join(_SAME_POST.get(word, word) for word in said.split()).split())


def names(who: Sequence[Person], wanted: str) -> str:
    """Judge the names in order; a part of a name is poorer, but true."""
    told = [frozenset(one.name.lower().split()) for one in who if one.name]
    lists = [[frozenset(name.lower().split()) for name in one] for one in _lists(wanted)]
    verdict = _listed(told, lists)
    return LESS if verdict == RIGHT and told not in lists else verdict


def links(told: Sequence[str], wanted: str) -> str:
    one = [] if wanted == "-" else wanted.split(";")  # a link holds slashes of its own
    return _listed([frozenset({link}) for link in told], [[frozenset({link}) for link in one]])


def _lists(wanted: str) -> list[list[str]]:
    """Read "a;b/c" as either list, or as a and then b or c: a set's "/" may mean one of the people or all."""
    whole = [[] if one == "-" else one.split(";") for one in wanted.split("/")]
    each = product(*(one.split("/") for one in wanted.split(";"))) if ";" in wanted else ()
    return [*whole, *map(list, each)]


def _listed(told: Sequence[frozenset[str]], lists: Sequence[Sequence[frozenset[str]]]) -> str:
    return best(_compared(told, wanted) for wanted in lists)


def _compared(told: Sequence[frozenset[str]], wanted: Sequence[frozenset[str]]) -> str:
    left = list(wanted)
    for one in told:
        fitting = [other for other in left if one <= other]
        if not fitting:
            return WRONG
        left.remove(fitting[0])
    return RIGHT if not left else LESS if told else ASKED
