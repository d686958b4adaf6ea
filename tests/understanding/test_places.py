"""What people write about WHERE, measured: right first, and never wrongly sure."""

import csv
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.data import tables
from handlers.places import Found, Place, Places
from handlers.spoken import listed

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data"
PLACES = tables.places()
LEAST_RIGHT = 0.95


def rows() -> Iterator[dict[str, str]]:
    with (HERE / "places_own.tsv").open(encoding="utf-8") as lines:
        yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")


def verdict(found: Found | None, wanted: str, sure: str) -> str:
    """Say "right", "missed" or "WRONG" (sure of what was not meant)."""
    if found is None:
        return "right" if wanted == "-" else "missed"
    codes, offered = wanted.split("|"), [match.code for match in found.matches]
    if found.sure and (sure == "ask" or offered[0] not in codes):
        return "WRONG"
    first = offered[0] in codes and set(codes) <= set(offered)
    return "right" if first and (sure != "sure" or found.sure) else "missed"


def test_messy_names_are_found_and_only_exact_ones_are_sure() -> None:
    cases = [(row, PLACES.find(row["phrase"], row["within"] or "")) for row in rows()]
    verdicts = [(verdict(found, row["expect"], row["sure"] or ""), row, found) for row, found in cases]
    right = sum(said == "right" for said, *_ in verdicts)
    wrong = [case for case in verdicts if case[0] == "WRONG"]
    others = [f"{said}: {row['phrase']!r} -> {found}" for said, row, found in verdicts if said != "right"]
    report = "\n".join((f"{right} of {len(cases)} right, {len(wrong)} wrongly sure", *others))
    assert len(cases) >= 100
    assert not wrong, report
    assert right >= LEAST_RIGHT * len(cases), report


def test_every_place_answers_to_its_own_names_and_is_shown_with_its_kecamatan() -> None:
    for row in tables.rows():
        for name in (row.name, row.official):
            found = PLACES.find(f"{row.level} {name}", row.code[:5])
            assert found is not None, name
            assert row.code in [match.code for match in found.matches], name
    assert PLACES.named("62.71.03.1002") == "Kel. Menteng, Kec. Jekan Raya"
    assert PLACES.named("62.71.03") == "Kec. Jekan Raya"
    assert PLACES.named("62.71") == "Kota Palangka Raya"
    assert not PLACES.named("99.99")


def test_a_kelurahan_lies_in_its_kecamatan_and_a_city_in_none() -> None:
    assert PLACES.kecamatan("62.71.03.1002") == "62.71.03"
    assert PLACES.kecamatan("62.71.03") == "62.71.03"
    assert PLACES.kecamatan("62.71") is None


def test_a_poster_in_one_kelurahan_does_not_hide_the_rest_of_the_city() -> None:
    found = PLACES.find("jekan raya", within="62.71.01.1003")
    assert found is not None
    assert found.sure
    assert found.matches[0].code == "62.71.03"


def test_a_village_of_another_deployment_is_shown_as_a_village() -> None:
    places = Places.of(
        [
            Place("11.01.01.2001", "desa", "11.01.01", "Suka Makmur", "Sukamakmur"),
            Place("11.01.01", "kecamatan", "11.01", "Contoh", "Contoh"),
        ]
    )
    assert places.named("11.01.01.2001") == "Desa Suka Makmur, Kec. Contoh"
    found = places.find("kades sukamakmur")
    assert found is not None
    assert found.sure


def test_tips_name_their_place() -> None:
    table = SHARED / "tips.json"
    if not table.exists():
        pytest.skip(f"no tips at {table}")
    asked = 0
    for tip in msgspec.json.decode(table.read_bytes())["tips"]:
        wanted, found = tip["expect"]["where"], PLACES.find(tip["text"])
        if found is None:
            asked += 1
        else:
            assert found.matches[0].code.startswith(wanted), tip["text"]
    assert asked <= 2  # no place is said in these at all


WORDS = sorted(listed("kec kel kota 2 II ilir ulu d iii menteng palangka raya"))


@given(st.one_of(st.text(), st.text("ilr ud123iv/-.kec "), st.lists(st.sampled_from(WORDS)).map(" ".join)))
@settings(max_examples=300)
def test_no_text_at_all_raises(text: str) -> None:
    found = PLACES.find(text, "16.71")
    if found is not None:
        assert 1 <= len(found.matches) <= 5
        assert all(0 < match.score <= 1 for match in found.matches)


def test_finding_is_fast_enough_to_do_on_every_message() -> None:
    phrases = [(row["phrase"], row["within"] or "") for row in rows()]
    took = min(timed(phrases) for _ in range(3)) / len(phrases)
    assert took < 0.005  # ten times the target: a busy machine must not fail the suite


def timed(phrases: list[tuple[str, str]]) -> float:
    begun = time.perf_counter()
    for phrase, within in phrases:
        PLACES.find(phrase, within)
    return time.perf_counter() - begun
