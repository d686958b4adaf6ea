"""A short run of `make crash`, and proof that it can fail; the whole one has 300 kills on both databases."""

import re
from collections.abc import Iterator

import pytest

from tests.crash.plan import Kill, Plan, drawn
from tests.crash.points import POINTS
from tests.crash.rough import Broken
from tests.crash.run import Asked, crash

# Processes start and are killed, and cores may be busy.
pytestmark = pytest.mark.timeout(600)
SEED, KILLS = 7, 12


def single(error: Exception) -> Iterator[Exception]:
    """List what a group of errors holds, whatever groups are in it."""
    for one in error.exceptions if isinstance(error, ExceptionGroup) else [error]:
        yield from single(one) if isinstance(one, ExceptionGroup) else [one]


def at_random(number: int) -> Kill:
    return Kill(number, "intake", "SIGKILL", after=2.5)


# What is broken on purpose, the kills that find it, seconds until an answer counts as lost, and what is found.
# `premature` takes longer, and is left to whoever runs it by hand.
SABOTAGES = {
    "forgetful": (at_random, 60, "said twice and nobody had died|instead of an answer like"),
    "hasty": (at_random, 15, "no answer like"),
}


def test_the_same_seed_draws_the_same_plan_and_another_seed_another() -> None:
    assert drawn(SEED, 300) == drawn(SEED, 300)
    assert drawn(SEED, 300) != drawn(SEED + 1, 300)


def test_a_whole_plan_comes_to_every_point_by_both_signals() -> None:
    every = drawn(SEED, 300).all
    assert [kill.number for kill in every] == list(range(300))
    assert {(kill.process, kill.point) for kill in every if kill.point} == {
        (process, point) for process, points in POINTS.items() for point in points
    }
    assert {kill.signal for kill in every} == {"SIGKILL", "SIGTERM"}


def test_people_report_while_processes_die_and_nothing_is_lost_or_doubled() -> None:
    figures = crash(Asked("sqlite", drawn(SEED, KILLS), wide=3), lambda _: None)
    assert figures
    assert figures.tips >= 4
    assert figures.points.total() == KILLS


@pytest.mark.parametrize("sabotage", SABOTAGES)
def test_what_is_broken_on_purpose_is_found(sabotage: str) -> None:
    one, silence, found = SABOTAGES[sabotage]
    plan = Plan(SEED, [], [one(number) for number in range(4)])
    with pytest.raises((Broken, ExceptionGroup)) as raised:
        crash(Asked("sqlite", plan, sabotage, silence=silence, wide=6), lambda _: None)
    # Whom the same kill struck may find it too, in the same moment.
    promises = list(single(raised.value))
    assert all(isinstance(one, Broken) and re.search(found, str(one)) for one in promises), promises
