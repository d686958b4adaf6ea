"""Tips that may tell of the same event: gathered, a few at a time, and never what is linked already."""

from datetime import date

from handlers.desk import Card, Twin
from handlers.desk.likeness import MOST_TOGETHER, groups

DAY = date(2026, 11, 18)


def card(name: str, *twins: str) -> Card:
    linked = tuple(Twin(twin, twin) for twin in twins)
    gist = ("62.71.01", DAY.isoformat(), "ratmi")
    return Card(name, "uang", "Pahandut", DAY, items=0, known=DAY, twins=linked, gist=gist)


def test_as_many_as_a_group_holds_are_gathered_and_the_rest_apart() -> None:
    names = [f"tip-{number}" for number in range(MOST_TOGETHER + 2)]
    found = groups({name: card(name) for name in names})
    assert [len(together) for together in found] == [MOST_TOGETHER, 2]
    assert sorted(name for together in found for name in together) == names


def test_what_is_linked_is_not_offered_again() -> None:
    assert groups({"one": card("one"), "two": card("two")}) == [("one", "two")]
    assert groups({"one": card("one", "two"), "two": card("two", "one")}) == []
