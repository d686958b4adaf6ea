"""What is owed is given to one courier at a time, in its order, until it has arrived."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, insert, select, text

from storage import outbox
from storage.committer import Committer
from storage.database import Database
from storage.outbox import LEASE, OWED, Row
from tests.storage.committing import committing

NOW = 1_795_000_000.0
LANE = "telegram"


def owe(tx: Connection, *names: str, due: float = NOW, lane: str = LANE, way: bytes | None = None) -> None:
    for place, name in enumerate(names):
        outbox.owe(tx, name, lane, f"words for {name}".encode(), due + place * 1e-4, way)


def claim(  # of one who claims, all of it
    tx: Connection, now: float = NOW, most: int = 100, lanes: Sequence[str] = (LANE,), holder: str = "me"
) -> list[Row]:
    return list(outbox.claim(tx, lanes, now, most, holder))


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
        assert claim(tx) == [Row("one", LANE, 0, b"words for one")]


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
        assert names(claim(tx)) == ["one"]
        assert claim(tx, NOW + LEASE - 0.001) == []
        assert names(claim(tx, NOW + LEASE)) == ["one"]


def test_a_claim_that_is_not_committed_never_was(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one")

    def die(tx: Connection) -> None:
        assert names(claim(tx)) == ["one"]
        raise RuntimeError("the courier died")

    with pytest.raises(RuntimeError), database.transaction() as tx:
        die(tx)
    with database.transaction() as tx:
        assert outbox.untouched(tx, "one")
        assert names(claim(tx)) == ["one"]


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
        assert [(row.payload, row.failures) for row in claim(tx)] == [(b"new", 0)]


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
        assert outbox.next_due(tx, [LANE], NOW) is None
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
        assert outbox.failures(tx, "for now") == 1
        assert outbox.failures(tx, "good") == 0
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
        assert outbox.next_due(tx, [LANE], NOW) is None
        owe(tx, "elsewhere", lane="news", due=NOW + 1)
        assert outbox.next_due(tx, [LANE], NOW) is None
        owe(tx, "one", due=NOW + 7)
        if claimed_for:
            claim(tx, NOW + 7)
        assert outbox.next_due(tx, [LANE], NOW) == expected
        owe(tx, "two", due=NOW + 100)
        assert outbox.next_due(tx, [LANE, "fetch"], NOW) == min(expected, NOW + 100)


def test_the_soonest_of_many_counts_though_it_was_owed_last(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "leased", due=NOW - 50)
        claim(tx)
        owe(tx, "late", due=NOW + 30)
        owe(tx, "soon", due=NOW + 2)
        assert outbox.next_due(tx, [LANE], NOW) == NOW + 2


def test_what_cannot_be_had_now_is_not_asked_for_again_and_again(database: Database) -> None:
    """Whoever claims has just taken all they can have; what else is due is another's, who says when it is done."""
    with database.transaction() as tx:
        owe(tx, "first", "second", due=NOW - 1, way=b"Rina")
        claim(tx, most=1, holder="other")
        assert claim(tx) == []
        assert outbox.next_due(tx, [LANE], NOW) == NOW + LEASE


def test_whoever_starts_alone_frees_what_the_dead_had_claimed(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "mine")
        owe(tx, "theirs", lane="desk:bawaslu")
        claim(tx, lanes=(LANE, "desk:bawaslu"))
        outbox.release(tx, [LANE])
        assert names(claim(tx, lanes=(LANE, "desk:bawaslu"))) == ["mine"]


def test_what_a_dead_courier_held_is_given_back_and_nothing_of_the_living(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "a", "b", "c", due=NOW - 1)
        claim(tx, most=1, holder="dead")
        [late] = claim(tx, most=1, holder="dead")
        outbox.postpone(tx, late, NOW + 9)
        claim(tx, most=1, holder="living")
        outbox.give_back(tx, ["dead"])
        assert names(claim(tx)) == ["a"]
        assert names(claim(tx, NOW + 9)) == ["b"], "what a platform had put off stays so"


def test_what_is_held_for_longer_than_a_lease_is_nobody_elses(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "slow")
        claim(tx, holder="living")
        outbox.renew(tx, "living", NOW + LEASE / 2)
        assert claim(tx, NOW + LEASE + 1, holder="other") == []
        assert names(claim(tx, NOW + 1.5 * LEASE, holder="other")) == ["slow"]


def test_nothing_overtakes_what_another_courier_has_for_the_same_place(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "a", due=NOW - 3, way=b"Rina")
        assert names(claim(tx, holder="other")) == ["a"]
        owe(tx, "b", due=NOW - 2, way=b"Rina")
        owe(tx, "x", due=NOW - 1, way=b"Bagus")
        owe(tx, "card", due=NOW)
        assert names(claim(tx)) == ["x", "card"]
        outbox.give_back(tx, ["other"])
        assert names(claim(tx)) == ["a", "b"]


def test_nothing_overtakes_what_was_put_off_for_the_same_place(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "a", due=NOW - 3, way=b"Rina")
        [a] = claim(tx)
        outbox.postpone(tx, a, NOW + 30)
        owe(tx, "b", due=NOW - 2, way=b"Rina")
        assert claim(tx) == []
        assert names(claim(tx, NOW + 30)) == ["a", "b"]


def test_who_has_the_older_gets_the_newer_as_well(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "a", due=NOW - 3, way=b"Rina")
        claim(tx)
        owe(tx, "b", due=NOW - 2, way=b"Rina")
        assert names(claim(tx)) == ["b"]


@pytest.mark.parametrize("gone", ["parked", "handed over", "arrived"])
def test_what_is_out_of_the_way_holds_up_nothing(database: Database, gone: str) -> None:
    with database.transaction() as tx:
        owe(tx, "a", due=NOW - 3, way=b"Rina")
        [a] = claim(tx, holder="other")
        owe(tx, "b", due=NOW - 2, way=b"Rina")
        if gone == "parked":
            outbox.park(tx, a)
        elif gone == "handed over":
            outbox.watch(tx, a, NOW + 9 * LEASE)
        else:
            outbox.arrive(tx, a)
        assert names(claim(tx)) == ["b"]
        ways = tx.execute(select(OWED.c.way).where(OWED.c.id == "a")).scalars().all()
        assert set(ways) <= {None}, "and nobody can tell any more to whom it went"


def test_only_what_was_refused_counts_as_a_failure(database: Database) -> None:
    """A process that is killed says nothing of the parcel it had in hand."""
    with database.transaction() as tx:
        owe(tx, "one")
        for _ in range(5):
            [row] = claim(tx, holder="dead")
            assert row.failures == 0
            outbox.give_back(tx, ["dead"])
        assert not outbox.untouched(tx, "one"), "somebody had begun"
        [row] = claim(tx)
        outbox.postpone(tx, row, NOW + 1)
        assert [row.failures for row in claim(tx, NOW + 1)] == [1]


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


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_nothing_overtakes_what_another_is_just_claiming_for_the_same_place(
    database: Database, other: Database
) -> None:
    with database.transaction() as tx:
        owe(tx, "one", "two", due=NOW - 1, way=b"Rina")
        owe(tx, "three", due=NOW - 1, way=b"Bagus")
    with database.transaction() as slow:
        assert names(claim(slow, most=1, holder="slow")) == ["one"]
        with other.transaction() as quick:
            assert names(claim(quick, holder="quick")) == ["three"]
    with database.transaction() as slow:
        assert names(claim(slow, holder="slow")) == ["two"]


async def test_two_committers_share_a_lane(committer: Committer, other: Database) -> None:
    await committer.commit(lambda tx: owe(tx, *(f"{number:03}" for number in range(60)), due=NOW - 1))
    async with committing(other) as second:
        mine, theirs = (
            await committer.commit(lambda tx: names(claim(tx, most=30))),
            await second.commit(lambda tx: names(claim(tx, most=30))),
        )
    assert sorted(mine + theirs) == [f"{number:03}" for number in range(60)]


def read_of_later(tx: Connection, ask: Callable[[], object]) -> int:
    """Ask, and count the rows of `owed` that the database read for it (PostgreSQL), or its steps (SQLite)."""
    if tx.dialect.name == "sqlite":
        steps = [0]

        def step() -> None:
            steps[0] += 1

        driver = tx.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_progress_handler(step, 1)
        ask()
        driver.set_progress_handler(None, 0)
        return steps[0]
    read = text("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'owed'")
    before = tx.execute(read).scalar_one()
    ask()
    return int(tx.execute(read).scalar_one() - before)


@pytest.mark.parametrize("ask", [claim, lambda tx: outbox.next_due(tx, [LANE], NOW)], ids=["claim", "next due"])
def test_what_is_due_later_costs_nothing_now(database: Database, ask: Callable[[Connection], object]) -> None:
    """A day's reminders and what was handed over lie beside the few rows that are due."""
    with database.transaction() as tx:
        owe(tx, "one", due=NOW - 1)
        few = read_of_later(tx, lambda: ask(tx))
        row = {"lane": LANE, "attempts": 0, "parked": False, "payload": b""}
        later = [{**row, "id": f"later {number}", "due": NOW + number, "lease": NOW + number} for number in range(3000)]
        tx.execute(insert(OWED), later)
    with database.transaction() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("ANALYZE owed"))
        assert read_of_later(tx, lambda: ask(tx)) < few + 100


def test_a_row_shows_nothing_but_lane_times_and_what_is_keyed(database: Database) -> None:
    with database.transaction() as tx:
        owe(tx, "one")
        row = tx.execute(select(OWED)).mappings().one()
    known = {"id", "lane", "due", "attempts", "failures", "lease", "parked", "payload", "code", "holder", "way"}
    assert set(row) == known
