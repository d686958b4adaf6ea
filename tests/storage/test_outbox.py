"""What is owed is given to one courier at a time, in its order, until it has arrived."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, select

from storage import outbox
from storage.committer import Committer
from storage.database import Database
from storage.outbox import LEASE, OWED, Row
from tests.storage.committing import committing

NOW = 1_795_000_000.0
LANE = "telegram"


def owe(tx: Connection, *names: str, due: float = NOW, lane: str = LANE) -> None:
    for place, name in enumerate(names):
        outbox.owe(tx, name, lane, f"words for {name}".encode(), due + place * 1e-4)


def claim(tx: Connection, now: float = NOW, most: int = 100, lanes: Sequence[str] = (LANE,)) -> list[Row]:
    return list(outbox.claim(tx, lanes, now, most))


def names(rows: Sequence[Row]) -> list[str]:
    return [row.id for row in rows]


def test_the_longest_owed_comes_first(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "third", due=NOW - 1)
        owe(tx, "first", due=NOW - 3)
        owe(tx, "second", due=NOW - 2)
        assert names(claim(tx, most=2)) == ["first", "second"]
        assert names(claim(tx)) == ["third"]


def test_bubbles_of_one_turn_keep_their_order(database: Database) -> None:
    spoken = [f"{name:02}" for name in (7, 3, 9, 1, 5, 0, 8, 2, 6, 4)]
    with database.transaction() as tx:
        owe(tx, *spoken, due=NOW - 1)
        assert names(claim(tx)) == spoken


def test_what_is_claimed_is_whole(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one")
        assert claim(tx) == [Row("one", LANE, 1, b"words for one")]


def test_nothing_is_given_before_it_is_due_or_to_another_lane(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "later", due=NOW + 0.5)
        owe(tx, "elsewhere", lane="desk:bawaslu")
        assert claim(tx) == []
        assert names(claim(tx, NOW + 0.5)) == ["later"]
        assert names(claim(tx, lanes=("desk:bawaslu", "news"))) == ["elsewhere"]


def test_a_claimed_row_is_given_again_only_when_its_lease_has_ended(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one")
        assert [row.attempts for row in claim(tx)] == [1]
        assert claim(tx, NOW + LEASE - 0.001) == []
        assert [row.attempts for row in claim(tx, NOW + LEASE)] == [2]


def test_a_claim_that_is_not_committed_never_was(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one")

    def die(tx: Connection) -> None:
        assert names(claim(tx)) == ["one"]
        raise RuntimeError("the courier died")

    with pytest.raises(RuntimeError), database.transaction() as tx:
        die(tx)
    with database.transaction() as tx:
        assert [row.attempts for row in claim(tx)] == [1]


def test_what_has_arrived_is_never_given_again(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one", "two", due=NOW - 1)
        [one, _] = claim(tx)
        outbox.arrive(tx, one)
        assert names(claim(tx, NOW + LEASE)) == ["two"]


def test_the_same_name_again_replaces_what_was_owed_under_it(database: Database) -> None:
    with database.transaction() as tx:
        outbox.owe(tx, "hush", LANE, b"old", NOW)
        outbox.owe(tx, "hush", LANE, b"new", NOW + 1.2)
        assert claim(tx) == []
        assert [row.payload for row in claim(tx, NOW + 1.2)] == [b"new"]


def test_what_is_owed_anew_while_the_old_is_on_its_way_is_still_owed(database: Database) -> None:
    with database.transaction() as tx:
        outbox.owe(tx, "refresh", LANE, b"old", NOW)
        [old] = claim(tx)
        outbox.owe(tx, "refresh", LANE, b"new", NOW)
        for forget in (outbox.arrive, outbox.park):
            forget(tx, old)
        outbox.postpone(tx, old, NOW + 500)
        assert [(row.payload, row.attempts) for row in claim(tx)] == [(b"new", 1)]


def test_what_is_postponed_waits_and_keeps_its_place(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "a", "b", "c", due=NOW - 9)
        for row in claim(tx):
            outbox.postpone(tx, row, NOW + 40)
        owe(tx, "d", due=NOW + 40)
        assert claim(tx, NOW + 39) == []
        assert names(claim(tx, NOW + 40)) == ["a", "b", "c", "d"]


def test_what_was_put_back_untried_counts_as_untouched(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "card")
        [row] = claim(tx)
        assert not outbox.untouched(tx, "card")
        outbox.postpone(tx, row, NOW + 5, tried=False)
        assert outbox.untouched(tx, "card")
        [row] = claim(tx, NOW + 5)
        outbox.postpone(tx, row, NOW + 9)
        assert not outbox.untouched(tx, "card")


def test_what_is_parked_stays_for_the_operator(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one")
        [one] = claim(tx)
        outbox.park(tx, one)
        assert claim(tx, NOW + 9 * LEASE) == []
        assert outbox.next_due(tx, [LANE]) is None
        assert [(one.lane, one.count) for one in outbox.parked(tx)] == [(LANE, 1)]


def test_what_was_handed_over_waits_for_word_in_a_lane_of_its_own(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "good", "for now", "for ever")
        for row in claim(tx, NOW + 1):
            outbox.watch(tx, row, NOW + 9 * LEASE)
        assert claim(tx, NOW + 5 * LEASE) == []
        outbox.settle(tx, ["good"])
        outbox.come_back(tx, "for now", LANE, NOW + 2 * LEASE)
        outbox.strand(tx, "for ever", LANE, NOW + LEASE, 131026)
        assert names(claim(tx, NOW + 2 * LEASE)) == ["for now"]
        assert outbox.attempts(tx, "for now") == 2
        assert outbox.attempts(tx, "good") == 0
        assert outbox.parked(tx) == [outbox.Parked(LANE, 131026, 1, NOW + LEASE)]
        assert outbox.again(tx, "desk:bawaslu") == 0
        assert outbox.again(tx) == 1
        assert names(claim(tx, NOW + 2 * LEASE)) == ["for ever"]


def test_a_thing_is_untouched_until_somebody_has_it(database: Database) -> None:
    with database.transaction() as tx:
        assert not outbox.untouched(tx, "card")
        owe(tx, "card")
        assert outbox.untouched(tx, "card")
        claim(tx)
        assert not outbox.untouched(tx, "card")


def test_settling_names_that_are_not_owed_changes_nothing(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one")
        outbox.settle(tx, [])
        outbox.settle(tx, ["other", "' OR '1'='1"])
        assert names(claim(tx)) == ["one"]


@pytest.mark.parametrize(("claimed_for", "expected"), [(None, NOW + 7), (LEASE, NOW + 7 + LEASE)])
def test_the_next_thing_is_due_when_it_is_due_and_free(
    database: Database, claimed_for: float | None, expected: float
) -> None:
    with database.transaction() as tx:
        assert outbox.next_due(tx, [LANE]) is None
        owe(tx, "elsewhere", lane="news")
        assert outbox.next_due(tx, [LANE]) is None
        owe(tx, "one", due=NOW + 7)
        if claimed_for:
            claim(tx, NOW + 7)
        assert outbox.next_due(tx, [LANE]) == expected
        owe(tx, "two", due=NOW + 100)
        assert outbox.next_due(tx, [LANE, "fetch"]) == min(expected, NOW + 100)


def test_the_soonest_of_many_counts_though_it_was_owed_last(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "leased", due=NOW - 50)
        claim(tx)
        owe(tx, "late", due=NOW + 30)
        owe(tx, "soon", due=NOW + 2)
        assert outbox.next_due(tx, [LANE]) == NOW + 2


def test_whoever_starts_alone_frees_what_the_dead_had_claimed(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "mine")
        owe(tx, "theirs", lane="desk:bawaslu")
        claim(tx, lanes=(LANE, "desk:bawaslu"))
        outbox.release(tx, [LANE])
        assert names(claim(tx, lanes=(LANE, "desk:bawaslu"))) == ["mine"]


def test_two_couriers_never_get_the_same(database: Database, other: Database) -> None:
    crowd = [f"row {number:03}" for number in range(200)]
    with database.transaction() as tx:
        owe(tx, *crowd, due=NOW - 1)
    start = threading.Barrier(4)

    def courier(one: Database) -> list[str]:
        mine: list[str] = []
        start.wait(20)
        while True:
            with one.transaction() as tx:
                rows = claim(tx, most=7)
            if not rows:
                return mine
            mine += names(rows)

    with ThreadPoolExecutor(4) as pool:
        taken = [name for mine in pool.map(courier, [database, other] * 2) for name in mine]
    assert sorted(taken) == crowd


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_a_courier_passes_by_what_another_is_just_claiming(database: Database, other: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one", "two", due=NOW - 1)
    with database.transaction() as slow:
        assert names(claim(slow, most=1)) == ["one"]
        with other.transaction() as quick:
            assert names(claim(quick)) == ["two"]


async def test_two_committers_share_a_lane(committer: Committer, other: Database) -> None:
    await committer.commit(lambda tx: owe(tx, *(f"{number:03}" for number in range(60)), due=NOW - 1))
    async with committing(other) as second:
        mine, theirs = (
            await committer.commit(lambda tx: names(claim(tx, most=30))),
            await second.commit(lambda tx: names(claim(tx, most=30))),
        )
    assert sorted(mine + theirs) == [f"{number:03}" for number in range(60)]


def test_a_row_shows_nothing_but_lane_and_times(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one")
        row = tx.execute(select(OWED)).mappings().one()
    assert set(row) == {"id", "lane", "due", "attempts", "lease", "parked", "payload", "code"}
