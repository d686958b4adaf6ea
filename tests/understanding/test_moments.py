"""What people write about WHEN, measured: right, asked, and never silently wrong."""

import csv
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.data import tables
from handlers.moments import Ask, Moment, read
from handlers.spoken import listed

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data"
JAKARTA = timezone(timedelta(hours=7))
NOWS = {
    "A": datetime(2026, 11, 18, 14, 30, tzinfo=JAKARTA),
    "B": datetime(2027, 1, 4, 8, 5, tzinfo=JAKARTA),
    "C": datetime(2026, 11, 1, 0, 40, tzinfo=JAKARTA),
}
HOLIDAYS = tables.holidays()
LEAST_RIGHT = 0.97

Answer = Moment | Ask | None


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")


def expected(written: str) -> Answer:
    """Read the right-hand column of dates_own.tsv; "ask" options are told as days."""
    words = written.split()
    if words[0] == "none":
        return None
    if words[0] == "unknown":
        return Moment("unknown", date.min, date.min, part=" ".join(words[1:]))
    if words[0] == "ask":
        dates = [date.fromisoformat(day) for day in words[1].split("|")] if words[1:] else []
        return Ask(tuple(Moment("day", day, day) for day in dates))
    first, _, last = words[0].partition("..")
    rest = words[1:]
    time = next((word for word in rest if ":" in word), "")
    return Moment(
        "",
        date.fromisoformat(first),
        date.fromisoformat(last or first),
        time=time,
        part=next((word for word in rest if word.islower()), ""),
        zone=next((word for word in rest if word.isupper()), "WIB" if time else ""),
        about="~" in rest,
    )


def verdict(answer: Answer, wanted: Answer) -> str:
    """Say "right", "asked" (or nothing understood), "less" (true but poorer) or "WRONG" (silently)."""
    match answer, wanted:
        case None, None:
            return "right"
        case Ask(), Ask():
            offered = {option.first for option in answer.options}
            return "right" if all(option.first in offered for option in wanted.options) else "asked"
        case ((None | Ask()), _):
            return "asked"
        case Moment(), Moment():
            return compared(answer, wanted)
        case _:
            return "WRONG"


def compared(answer: Moment, wanted: Moment) -> str:
    if "unknown" in (answer.kind, wanted.kind):
        same = answer.kind == wanted.kind
        return "right" if same and answer.part == wanted.part else "asked" if answer.kind == "unknown" else "WRONG"
    if (answer.first, answer.last) != (wanted.first, wanted.last):
        return "WRONG"
    told = [(answer.time, wanted.time), (answer.part, wanted.part), (answer.zone, wanted.zone)]
    if any(mine and mine != theirs for mine, theirs in told):
        return "WRONG"
    complete = all(mine == theirs for mine, theirs in told) and answer.about >= wanted.about
    return "right" if complete else "less"


def check(name: str, cases: list[tuple[str, Answer, Answer]]) -> None:
    verdicts = [(verdict(answer, wanted), phrase, answer, wanted) for phrase, answer, wanted in cases]
    right = sum(found == "right" for found, *_ in verdicts)
    wrong = [case for case in verdicts if case[0] == "WRONG"]
    others = [f"{found}: {phrase!r} -> {answer}" for found, phrase, answer, _ in verdicts if found != "right"]
    report = "\n".join((f"{name}: {right} of {len(cases)} right, {len(wrong)} silently wrong", *others))
    assert not wrong, report
    assert right >= LEAST_RIGHT * len(cases), report


def test_messy_phrases_of_our_own_are_understood_or_asked_about() -> None:
    cases = [
        (row["phrase"], read(row["phrase"], NOWS[row["now"]], HOLIDAYS), expected(row["expect"]))
        for row in rows(HERE / "dates_own.tsv")
    ]
    assert len(cases) >= 150
    check("dates_own.tsv", cases)


CARRIERS = (
    "pak lurah bagi sembako {} di kantor kelurahan",
    "ass. mau lapor, {} bu camat suruh pilih no 2",
    "{}, pegawai dinas foto bareng paslon rt 03/05",
    "kejadian {} ada 12 orang asn dapat 100rb per orang",
)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_phrase_within_a_story_is_never_read_wrongly(carrier: str) -> None:
    for row in rows(HERE / "dates_own.tsv"):
        wanted = expected(row["expect"])
        if wanted is None or (isinstance(wanted, Moment) and wanted.kind == "unknown") or row["phrase"].count(" ") > 6:
            continue
        story = carrier.format(row["phrase"])
        answer = read(story, NOWS[row["now"]], HOLIDAYS)
        assert verdict(answer, wanted) != "WRONG", (story, answer, wanted)


def shared_answer(row: dict[str, str]) -> Answer:
    """Bring a row of the shared table to our terms: prayers fall in parts, a future day is asked about."""
    part = {"dini hari": "dini-hari", "maghrib": "malam", "isya": "malam"}.get(row["part"], row["part"])
    if row["kind"] == "unknown":
        return Moment("unknown", date.min, date.min, part=part)
    first, last = date.fromisoformat(row["date_from"]), date.fromisoformat(row["date_to"])
    if row["ambiguous"] == "1" or (first > NOWS["A"].date()):
        dates = [first] + ([date.fromisoformat(row["alt"])] if row["alt"] else [])
        return Ask(tuple(Moment("day", day, day) for day in dates))
    return Moment("", first, last, row["time"], part, row["tz"] or ("WIB" if row["time"] else ""))


def shared_verdict_of(answer: Answer, wanted: Answer) -> Answer:
    """Take "about the 11th" for the doubt it tells of."""
    if isinstance(answer, Moment) and answer.about and isinstance(wanted, Ask):
        return Ask((answer,))
    return answer


def test_the_shared_table_of_phrases_is_understood_or_asked_about() -> None:
    table = SHARED / "dates.tsv"
    if not table.exists():
        pytest.skip(f"no table at {table}")
    cases = []
    for row in rows(table):
        wanted = shared_answer(row)
        answer = shared_verdict_of(read(row["phrase"], NOWS["A"], HOLIDAYS), wanted)
        cases.append((row["phrase"], answer, wanted))
    check("dates.tsv", cases)


def test_tips_are_read_for_their_time_and_never_wrongly() -> None:
    table = SHARED / "tips.json"
    if not table.exists():
        pytest.skip(f"no tips at {table}")
    tips = msgspec.json.decode(table.read_bytes())
    cases = []
    for tip in tips["tips"] + tips["problem"]:
        wanted = tip_answer(tip["expect"]["when"])
        cases.append((tip["text"], read(tip["text"], NOWS["A"], HOLIDAYS), wanted))
    check("tips.json", cases)


def tip_answer(when: dict[str, str] | None) -> Answer:
    if when is None:
        return None
    first = date.fromisoformat(when.get("date") or when["from"])
    last = date.fromisoformat(when.get("date") or when["to"])
    if when.get("ambiguous"):
        return Ask((Moment("", first, last),))
    return Moment("", first, last, when.get("time", ""), when.get("part", ""), when.get("tz", ""))


FRAGMENTS = st.sampled_from(
    sorted(
        listed(
            "tgl 31 17/11 10-14 2026-02-31 29/2 kemarin tadi malam minggu lalu jam setengah 8 kurang 15 an sampai dan",
            "awal akhir bulan oktober feb sejak setiap lebaran natal besok jumat 0 99 24.00 12.30-14 s/d 2 hari menit",
            "tahun nov ²³ ٣ 12/13/14/15 .",
            "idul sebelum h-1 h+2 pertama terakhir nanti bukan eh maksudku 7-9/11 28/10-2/11 14/15 ke tadi past last",
            "des 17an",
        )
    )
)
NOW = st.integers(0, 3_000_000_000).map(lambda second: datetime.fromtimestamp(second, JAKARTA))


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=12).map(" ".join)), NOW)
@settings(max_examples=400)
def test_no_text_at_all_raises_and_no_moment_lies_ahead(text: str, now: datetime) -> None:
    answer = read(text, now, HOLIDAYS)
    if isinstance(answer, Moment):
        assert answer.first <= answer.last
        assert answer.first <= now.date()
        assert answer.kind in {"day", "part", "time", "range", "unknown"}
    if isinstance(answer, Ask):
        assert len(answer.options) <= 5
        assert len(set(answer.options)) == len(answer.options)


def test_reading_is_fast_enough_to_do_on_every_message() -> None:
    phrases = [row["phrase"] for row in rows(HERE / "dates_own.tsv")]
    took = min(timed(phrases) for _ in range(3)) / len(phrases)
    assert took < 0.003  # ten times the target: a busy machine must not fail the suite


def timed(phrases: list[str]) -> float:
    begun = time.perf_counter()
    for phrase in phrases:
        read(phrase, NOWS["A"], HOLIDAYS)
    return time.perf_counter() - begun


def test_a_huge_message_costs_no_more_than_a_long_one() -> None:
    begun = time.perf_counter()
    read("kemarin 12/11 jam 8 " * 100_000, NOWS["A"])
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    ("phrase", "first"),
    [("akhir pekan ini", "2026-11-21"), ("akhir pekan lalu", "2026-11-14"), ("akhir pekan depan", "2026-11-28")],
)
def test_on_a_saturday_the_weekend_has_begun(phrase: str, first: str) -> None:
    answer = read(phrase, datetime.fromisoformat("2026-11-21T10:00:00+07:00"), HOLIDAYS)
    said = answer if isinstance(answer, Moment) else answer.options[0] if isinstance(answer, Ask) else None
    assert said is not None
    assert said.first.isoformat() == first
