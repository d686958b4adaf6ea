"""How much of what people write is understood, asked about, or silently wrong; and what that costs a message."""

import importlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.table import Table
from handlers import moments
from handlers.moments import Moment
from handlers.places import Found
from handlers.understand import understand
from tests.understanding import test_moments as dates
from tests.understanding import test_places as places
from tests.understanding import test_understand as tips
from tests.understanding.fresh import folder as fresh

PEERS = Path(__file__).parents[1] / "build" / "peers"
ROUNDS = 3
OTHERS = {
    "by others": fresh.HERE,
    "by others, third": fresh.HERE / "third",
    "by others, fourth": fresh.HERE / "fourth",
    "by others, fifth": fresh.HERE / "fifth",
    "by others, sixth": fresh.HERE / "sixth",
    "by others, seventh": fresh.HERE / "seventh",
    "by others, eighth": fresh.HERE / "eighth",
    "by others, ninth": fresh.HERE / "ninth",
}
Case = tuple[dates.Answer, dates.Answer]


def measured() -> list[Table]:
    return [_quality(), _dates_beside(), _speed()]


def _quality() -> Table:
    table = Table("Understanding", ("what", "lines", "right", "asked", "poorer, but true", "silently wrong"))
    _add(table, "dates, ours", [dates.verdict(*case) for case in _own_dates()])
    if (dates.SHARED / "dates.tsv").exists():
        _add(table, "dates, shared", [dates.verdict(*case) for case in _shared_dates()])
    else:
        table.notes.append(f"The shared table of dates is not on this machine ({dates.SHARED.name}/dates.tsv).")
    _add(table, "places, ours", [_place(row) for row in places.rows()])
    _add(table, "tips, ours: category", [_category(row) for row in tips.rows()])
    _add(table, "tips, ours: posts", [_same(tips.told(tips.read(row["text"]))[1], row["posts"]) for row in tips.rows()])
    _add(table, "tips, ours: names", [_same(tips.told(tips.read(row["text"]))[2], row["names"]) for row in tips.rows()])
    if (tips.SHARED / "tips.json").exists():
        for slot, said in _shared_tips().items():
            _add(table, f"tips, shared: {slot}", said)
    else:
        table.notes.append(f"The shared tips are not on this machine ({tips.SHARED.name}/tips.json).")
    for who, folder in OTHERS.items():
        for name, verdicts in fresh.counted(fresh.judged(folder)).items():
            _add(table, f"{who}: {name}", verdicts.elements())
    return table


def _add(table: Table, name: str, verdicts: Iterable[str]) -> None:
    found = Counter(verdicts)
    asked = found["asked"] + found["missed"]
    table.add(name, found.total(), found["right"], asked, found["less"], found["WRONG"])


def _own_dates() -> list[Case]:
    found = dates.rows(dates.HERE / "dates_own.tsv")
    return [
        (moments.read(row["phrase"], dates.NOWS[row["now"]], dates.HOLIDAYS), dates.expected(row["expect"]))
        for row in found
    ]


def _shared_dates() -> list[Case]:
    cases = []
    for row in dates.rows(dates.SHARED / "dates.tsv"):
        wanted = dates.shared_answer(row)
        read = moments.read(row["phrase"], dates.NOWS["A"], dates.HOLIDAYS)
        cases.append((dates.shared_verdict_of(read, wanted), wanted))
    return cases


def _place(row: dict[str, str]) -> str:
    return places.verdict(places.PLACES.find(row["phrase"], row["within"] or ""), row["expect"], row["sure"] or "")


def _category(row: dict[str, str]) -> str:
    return _same(tips.told(tips.read(row["text"]))[0], row["category"])


def _same(told: str, wanted: str) -> str:
    """What is not there is asked for; what is shown and wrong is corrected by a tap, but counts as wrong."""
    return "right" if told == wanted else "asked" if told == "-" else "WRONG"


def _shared_tips() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"category": [], "place": [], "time": []}
    for tip in msgspec.json.decode((tips.SHARED / "tips.json").read_bytes())["tips"]:
        read, wanted = tips.read(tip["text"]), tip["expect"]
        found["category"].append(_same(read.category or "-", wanted["category"]))
        found["place"].append(_near(read.where, wanted["where"]))
        found["time"].append(dates.verdict(read.when, dates.tip_answer(wanted["when"])))
    return found


def _near(where: Found | None, wanted: str) -> str:
    if where and where.matches[0].code.startswith(wanted):
        return "right"
    return "WRONG" if where and where.sure else "asked"


def _dates_beside() -> Table:
    table = Table(
        "The same dates with dateparser", ("reader", "lines", "right day", "another day", "nothing", "µs a line")
    )
    lines = [(row, dates.expected(row["expect"])) for row in dates.rows(dates.HERE / "dates_own.tsv")]
    single = [(row, one.first) for row, one in lines if isinstance(one, Moment) and date.min != one.first == one.last]
    phrases, wanted = [(row["phrase"], dates.NOWS[row["now"]]) for row, _ in single], [day for _, day in single]
    readers: dict[str, Callable[[str, datetime], Any]] = {"Saksi": _ours}
    try:
        readers["dateparser"] = _dateparser()
    except ImportError as error:
        table.missing.append(f"dateparser ({error}): `make build/peers` installs it from requirements-bench.lock")
    for name, read in readers.items():
        found, took = _timed(read, phrases)
        right = sum(day == want for day, want in zip(found, wanted, strict=True))
        nothing = sum(day is None for day in found)
        table.add(name, len(found), right, len(found) - right - nothing, nothing, took)
    table.notes.append(
        "Lines that mean one day. Nothing: it is asked; another day: silently wrong. Fastest of three rounds."
    )
    return table


def _ours(phrase: str, now: datetime) -> Any:
    found = moments.read(phrase, now, dates.HOLIDAYS)
    return found.first if isinstance(found, Moment) and found.kind != "unknown" else None


def _dateparser() -> Callable[[str, datetime], Any]:
    """As a careful user calls it: Indonesian first, the past preferred, day before month. Raises ImportError."""
    sys.path.append(str(PEERS))
    library = importlib.import_module("dateparser")

    def read(phrase: str, now: datetime) -> Any:
        settings = {"PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY", "RELATIVE_BASE": now.replace(tzinfo=None)}
        found = library.parse(phrase, languages=["id", "en"], settings=settings)
        return found.date() if found else None

    return read


def _timed(read: Callable[[str, datetime], Any], lines: Sequence[tuple[str, datetime]]) -> tuple[list[Any], float]:
    best, said = float("inf"), list[Any]()
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        said = [read(phrase, now) for phrase, now in lines]
        best = min(best, time.perf_counter() - begun)
    return said, best / len(lines) * 1e6


def _speed() -> Table:
    table = Table("What understanding a whole message costs", ("messages", "characters", "µs a message", "slowest, µs"))
    texts = [row["text"] for row in tips.rows()] + sorted(_others_tips())
    now = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)
    each = [min(_once(text, now) for _ in range(ROUNDS)) for text in texts]
    table.add(len(texts), sum(map(len, texts)) // len(texts), sum(each) / len(each), max(each))
    return table


def _others_tips() -> set[str]:
    lines = (line for folder in OTHERS.values() for line in fresh.judged(folder))
    return {line.text for line in lines if line.what.startswith("tips")}


def _once(text: str, now: datetime) -> float:
    begun = time.perf_counter()
    understand(text, now, tips.PLACES)
    return (time.perf_counter() - begun) * 1e6
