"""What one message says at once: category, people, place, time and links."""

import csv
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.data import tables
from handlers.moments import Moment
from handlers.understand import Person, Understood, understand

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data"
PLACES = tables.places()
NOW = datetime(2026, 11, 18, 14, 30, tzinfo=timezone(timedelta(hours=7)))
LEAST_RIGHT = 0.95


def read(text: str) -> Understood:
    return understand(text, NOW, PLACES)


def rows() -> Iterator[dict[str, str]]:
    with (HERE / "tips_own.tsv").open(encoding="utf-8") as lines:
        yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")


def joined(words: Iterator[str]) -> str:
    return "|".join(word for word in words if word) or "-"


def told(understood: Understood) -> tuple[str, str, str]:
    who = understood.who
    return understood.category or "-", joined(one.post for one in who), joined(one.name for one in who)


def test_messy_tips_are_understood_and_no_category_is_silently_wrong() -> None:
    cases = [(row["text"], told(read(row["text"])), (row["category"], row["posts"], row["names"])) for row in rows()]
    wrong = [case for case in cases if case[1][0] not in {"-", case[2][0]}]
    right = sum(answer == wanted for _, answer, wanted in cases)
    assert not wrong
    assert right >= LEAST_RIGHT * len(cases), [case for case in cases if case[1] != case[2]]


def test_a_whole_report_in_one_message_leaves_nothing_to_ask() -> None:
    understood = read(
        "ass. mau lapor pak camat jekan raya itu pa Rudi Contoh td malam di grup wa rt suruh pilih no 2. "
        "ada sc nya https://contoh.invalid/abc, akun @contoh.akun"
    )
    assert understood.category == "ajakan"
    assert understood.who == (Person("district", "Rudi Contoh", "Kec. Jekan Raya", "camat"),)
    assert understood.where is not None
    assert understood.where.sure
    assert understood.where.matches[0].code == "62.71.03"
    assert isinstance(understood.when, Moment)
    assert (understood.when.first.isoformat(), understood.when.part) == ("2026-11-17", "malam")
    assert understood.links == ("https://contoh.invalid/abc", "@contoh.akun")


def test_the_writers_own_name_is_no_reported_person() -> None:
    assert read("nama saya Dewi Contoh, panggil saja Bu Dewi. pak lurah kampanye").who == (
        Person("district", title="lurah"),
    )


def test_those_who_were_ordered_or_threatened_are_not_reported() -> None:
    assert read("guru disuruh pilih no 1 oleh kepala dinas pendidikan").who == (
        Person("head", office="dinas pendidikan", title="kepala dinas"),
    )


def test_several_people_in_one_message_are_kept() -> None:
    who = read("Camat Plaju Pak Anton Contoh dan Lurah Plaju Ulu Bu Sri Contoh hadir di deklarasi").who
    assert [(one.post, one.name) for one in who] == [("district", "Anton Contoh"), ("district", "Sri Contoh")]


@pytest.mark.parametrize("text", ["", "halo", "test", "👍", "tidak tahu", "https://contoh.invalid", "2", "no 2"])
def test_small_talk_says_nothing_of_who_or_what(text: str) -> None:
    assert read(text).category is None
    assert read(text).who == ()


def test_the_shared_tips_are_never_given_a_wrong_category() -> None:
    table = SHARED / "tips.json"
    if not table.exists():
        pytest.skip(f"no tips at {table}")
    tips = msgspec.json.decode(table.read_bytes())
    for tip in tips["tips"] + tips["problem"]:
        assert read(tip["text"]).category in {None, tip["expect"]["category"]}, tip["text"]


@given(st.one_of(st.text(), st.lists(st.sampled_from([row["text"] for row in rows()]), max_size=3).map(" ".join)))
def test_any_text_is_read_the_same_way_twice(text: str) -> None:
    assert read(text) == read(text)


@pytest.mark.parametrize("piece", ["suruh ", "bagi ", "pak Budi ", "mobil dinas ", "a", "@a.", "like ", "camat 2 ulu "])
def test_no_text_makes_the_reading_slow(piece: str) -> None:
    begun = time.perf_counter()
    read(piece * 5_000)
    assert time.perf_counter() - begun < 1
