"""Messages by people who had not seen the program, and the judge who reads them."""

from datetime import date
from pathlib import Path

import pytest

from handlers.moments import Ask, Moment
from handlers.people import Person
from handlers.places import Found, Match
from tests.understanding.fresh import judge
from tests.understanding.fresh.folder import HERE, counted, judged

DAY = Moment("day", date(2026, 11, 17), date(2026, 11, 17))
EVENING = Moment("part", date(2026, 11, 17), date(2026, 11, 17), part="malam")
OCTOBER = Moment("range", date(2026, 10, 1), date(2026, 10, 31))
LAST_WEEK = Moment("range", date(2026, 11, 9), date(2026, 11, 15))
SUNDAY = Moment("day", date(2026, 11, 15), date(2026, 11, 15))
FRIDAY = Moment("day", date(2026, 11, 20), date(2026, 11, 20))


def row(kind: str, first: str = "", last: str = "", **rest: str) -> dict[str, str]:
    blank = {"time": "", "part": "", "options": "", "phrase": ""}
    return {**blank, "kind": kind, "from": first, "to": last or first, **rest}


@pytest.mark.parametrize(
    ("answer", "wanted", "verdict"),
    [
        (DAY, row("day", "2026-11-17"), "right"),
        (DAY, row("day", "2026-11-16"), "WRONG"),
        (DAY, row("unknown"), "WRONG"),
        (DAY, row("ask", options="2026-11-17|2026-11-16"), "WRONG"),
        (DAY, row("part", "2026-11-17", part="sore/malam"), "less"),
        (EVENING, row("part", "2026-11-17", part="sore/malam"), "right"),
        (EVENING, row("part", "2026-11-17", part="pagi"), "WRONG"),
        (EVENING, row("time", "2026-11-17", time="19:00", part="malam"), "less"),
        (OCTOBER, row("day", "2026-10-03"), "less"),
        (OCTOBER, row("range", "2026-10-03", "2026-10-31", phrase="akhir oktober"), "right"),
        (OCTOBER, row("range", "2026-10-05", "2026-10-31", phrase="akhir oktober"), "less"),
        (None, row("unknown"), "right"),
        (None, row("day", "2026-11-17"), "asked"),
        (Ask(), row("unknown"), "right"),
        (Ask((DAY,)), row("unknown"), "asked"),
        (Ask((DAY,)), row("day", "2026-11-17"), "asked"),
        (Ask((FRIDAY,)), row("day", "2026-11-20"), "right"),
        (Ask((DAY,)), row("ask", options="2026-11-17|2026-11-16"), "asked"),
        (Ask((LAST_WEEK, SUNDAY)), row("ask", options="2026-11-09|2026-11-15"), "right"),
        (Ask((LAST_WEEK, SUNDAY)), row("ask", options="2026-11-10|2026-11-15"), "asked"),
        (Ask((DAY, OCTOBER)), row("ask/range", "2026-10-01", options="2026-11-17|2026-10-01..2026-10-31"), "right"),
    ],
)
def test_a_moment_is_judged(answer: Moment | Ask | None, wanted: dict[str, str], verdict: str) -> None:
    assert judge.moment(answer, wanted) == verdict


@pytest.mark.parametrize(
    ("codes", "sure", "wanted", "verdict"),
    [
        (("62.71.01",), True, "62.71.01", "right"),
        (("62.71.01",), False, "62.71.01", "right"),
        (("62.71.01",), True, "62.71.01.1001", "less"),
        (("62.71.02",), True, "62.71.01.1001", "WRONG"),
        (("62.71.02",), False, "62.71.01.1001", "asked"),
        (("62.71.02",), True, "-", "WRONG"),
        (("62.71.02",), True, "?62.71.02|62.71.01", "WRONG"),
        (("62.71.02", "62.71.01"), False, "?62.71.02|62.71.01", "right"),
        (("62.71.02",), False, "?62.71.02|62.71.01", "asked"),
        (("62.71.02",), True, "?62.71.02|62.71.01/62.71.02", "right"),
        ((), False, "-", "right"),
        ((), False, "62.71.01", "asked"),
    ],
)
def test_a_place_is_judged(codes: tuple[str, ...], sure: bool, wanted: str, verdict: str) -> None:  # noqa: FBT001  # a table's column
    found = Found(tuple(Match(code, code, 1.0) for code in codes), sure) if codes else None
    assert judge.place(found, wanted) == verdict


@pytest.mark.parametrize(
    ("titles", "wanted", "verdict"),
    [
        (("kadis",), "kepala dinas", "right"),
        (("pegawai",), "pegawai kelurahan", "right"),
        (("pegawai kelurahan",), "pegawai", "WRONG"),
        (("lurah",), "lurah;sekretaris", "less"),
        (("lurah", "guru"), "lurah", "WRONG"),
        (("lurah",), "-", "WRONG"),
        ((), "lurah/-", "right"),
        ((), "lurah", "asked"),
        (("ketua rt", "pegawai"), "ketua rt/rt;pegawai", "right"),
        (("ketua rt", "guru"), "ketua rt/rt;pegawai", "WRONG"),
    ],
)
def test_posts_are_judged(titles: tuple[str, ...], wanted: str, verdict: str) -> None:
    assert judge.posts([Person(title=title) for title in titles], wanted) == verdict


@pytest.mark.parametrize(
    ("told", "wanted", "verdict"),
    [
        (("Ani Contoh",), "Ani Contoh", "right"),
        (("Ani",), "Ani Contoh", "less"),
        (("Ani Contoh Jelas",), "Ani Contoh", "WRONG"),
        (("Ani", "Budi"), "Ani;Budi", "right"),
        ((), "Ani", "asked"),
        (("Ani",), "-", "WRONG"),
    ],
)
def test_names_are_judged(told: tuple[str, ...], wanted: str, verdict: str) -> None:
    assert judge.names([Person(name=name) for name in told], wanted) == verdict


def test_categories_and_links_are_judged() -> None:
    assert judge.category("jabatan", "ajakan|tekanan") == "right"
    assert judge.category("uang", "ajakan|tekanan") == "WRONG"
    assert judge.category(None, "-") == "right"
    assert judge.links(("https://contoh.invalid/a", "@b"), "https://contoh.invalid/a") == "WRONG"
    assert judge.links(("@b",), "https://contoh.invalid/a;@b") == "less"


@pytest.mark.parametrize(
    ("folder", "dates", "places", "tips"),
    [
        (HERE, 170, 120, 70),
        (HERE / "third", 170, 121, 70),
        (HERE / "fourth", 150, 100, 60),
        (HERE / "fifth", 200, 110, 80),
        (HERE / "sixth", 160, 105, 66),
        (HERE / "seventh", 160, 105, 66),
        (HERE / "eighth", 150, 100, 60),
        (HERE / "ninth", 155, 102, 62),
    ],
    ids=["first", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"],
)
def test_every_line_of_a_set_by_others_is_judged(folder: Path, dates: int, places: int, tips: int) -> None:
    table = counted(judged(folder))
    slots = [verdicts.total() for name, verdicts in table.items() if name.startswith("tips")]
    assert (table["dates"].total(), table["places"].total(), sum(slots)) == (dates, places, tips * 6)


def test_a_folder_without_tables_is_no_set(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        judged(tmp_path)


LEAST = {"dates": 0.97, "places": 0.95}
LEAST_OF_TIPS = 0.9


LATER = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
MENDED = [HERE, *(HERE / name for name in LATER)]


@pytest.mark.parametrize("folder", MENDED, ids=lambda folder: folder.name)
def test_a_set_is_understood_and_nothing_is_silently_wrong(folder: Path) -> None:
    lines = judged(folder)
    assert not [line for line in lines if line.verdict == judge.WRONG]
    for name, verdicts in counted(lines).items():
        assert verdicts[judge.RIGHT] >= LEAST.get(name, LEAST_OF_TIPS) * verdicts.total(), name


def test_of_a_set_that_tries_every_turn_of_speech_little_is_read_wrongly() -> None:
    lines = judged(HERE / "school")
    wrong = [line for line in lines if line.verdict == judge.WRONG]
    assert len(wrong) <= 0.015 * len(lines), wrong
    table = counted(lines)
    assert table["dates"][judge.RIGHT] >= 0.95 * table["dates"].total()
