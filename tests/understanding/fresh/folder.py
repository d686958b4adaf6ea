"""Reads a folder with dates.tsv, places.tsv and tips.tsv and has every line judged."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from msgspec import Struct

from bot.data import tables
from handlers.moments import read
from handlers.understand import understand
from tests.understanding.fresh import judge

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 18, 14, 30, tzinfo=timezone(timedelta(hours=7)))
PLACES = tables.places()
HOLIDAYS = tables.holidays()
SLOTS = ("category", "posts", "names", "place", "when", "links")
_WHEN = ("kind", "from", "to", "time", "part", "options")


class Judged(Struct, frozen=True):
    """One line, or one slot of a line: `said` tells whether the text holds what is looked for at all."""

    what: str
    text: str
    verdict: str
    answer: str
    wanted: str
    said: bool = True


def judged(folder: Path) -> list[Judged]:
    """Judge all three tables. Raises OSError where one is missing."""
    return [*_dates(folder), *_places(folder), *_tips(folder)]


def counted(lines: Sequence[Judged]) -> dict[str, Counter[str]]:
    """Count the verdicts of each table and slot; slots that a message does not hold are a row of their own."""
    table: dict[str, Counter[str]] = {}
    for line in lines:
        name = line.what if line.said else "tips: what is not said"
        table.setdefault(name, Counter())[line.verdict] += 1
    return table


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {name: value or "" for name, value in row.items()}


def _dates(folder: Path) -> Iterator[Judged]:
    for row in _rows(folder / "dates.tsv"):
        answer = read(row["phrase"], NOW, HOLIDAYS)
        wanted = " ".join(row[name] for name in _WHEN if row[name])
        yield Judged("dates", row["phrase"], judge.moment(answer, row), str(answer), wanted)


def _places(folder: Path) -> Iterator[Judged]:
    for row in _rows(folder / "places.tsv"):
        answer = PLACES.find(row["phrase"], row["within"])
        yield Judged("places", row["phrase"], judge.place(answer, row["expect"]), str(answer), row["expect"])


def _tips(folder: Path) -> Iterator[Judged]:
    for row in _rows(folder / "tips.tsv"):
        yield from _slots(row)


def _slots(row: Mapping[str, str]) -> Iterator[Judged]:
    told = understand(row["text"], NOW, PLACES, holidays=HOLIDAYS)
    answers: Mapping[str, tuple[str, object]] = {
        "category": (judge.category(told.category, row["category"]), told.categories),
        "posts": (judge.posts(told.who, row["posts"]), told.who),
        "names": (judge.names(told.who, row["names"]), told.who),
        "place": (judge.place(told.where, row["place"]), told.where),
        "when": (judge.moment(told.when, _when(row)), told.when),
        "links": (judge.links(told.links, row["links"]), told.links),
    }
    for slot, (verdict, answer) in answers.items():
        wanted = row[slot]
        yield Judged(f"tips: {slot}", row["text"], verdict, str(answer), wanted, said=not wanted.startswith("-"))


def _when(row: Mapping[str, str]) -> dict[str, str]:
    fields = ["" if field == "-" else field for field in row["when"].split()]
    fields += [""] * (len(_WHEN) - len(fields))
    return {"phrase": row["text"], **dict(zip(_WHEN, fields, strict=True)), "kind": row["when"].split()[0]}
