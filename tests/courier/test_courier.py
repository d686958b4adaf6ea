"""The courier's promises: in order, not twice, not too soon, and one broken parcel stops nobody."""

import asyncio
import sqlite3
from collections.abc import Collection

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError
from structlog.testing import capture_logs

from bot.channels.base import Later, Never, TooBig
from bot.courier import AGAIN, AT_ONCE, POISON, SHARE, SLOWEST, UNLOCKED
from bot.logs import places
from bot.pace import Bucket
from storage import outbox
from storage.outbox import LEASE
from storage.vault import new_identity
from storage.wrapping import Wrapper
from tests.courier.street import BESIDE, LANE, Street


async def test_what_is_owed_arrives_once_and_is_owed_no_more(street: Street) -> None:
    await street.owe("a", "b")
    await street.work()
    assert street.doors.arrived == ["a", "b"]
    assert await street.later(9 * LEASE) == []
    assert await street.still_owed() == set()


async def test_words_for_one_person_keep_their_order_though_the_first_is_slow(street: Street) -> None:
    opened = street.doors.hold("a")
    await street.owe("a", "b", "c")
    street.start()
    await street.doors.until(lambda: street.doors.knocked == ["a"])
    await street.owe("d")
    street.courier.wake([LANE])
    opened.set()
    await street.work()
    assert street.doors.knocked == ["a", "b", "c", "d"]


async def test_nobody_waits_for_somebody_elses_slow_phone(street: Street) -> None:
    opened = street.doors.hold("a")
    await street.owe("a", "b", to="Rina")
    await street.owe("x", "y", to="Bagus")
    street.start()
    await street.doors.until(lambda: street.doors.arrived == ["x", "y"])
    opened.set()
    await street.work()
    assert street.doors.arrived == ["x", "y", "a", "b"]


async def test_a_platform_that_says_later_gets_nothing_before_and_then_all_in_order(street: Street) -> None:
    street.doors.troubles["b"] = [Later(5, 429)]
    await street.owe("a", "b", "c")
    await street.work()
    assert street.doors.knocked == ["a", "b"]
    await street.owe("d")
    assert await street.later(4.9) == []
    assert street.doors.knocked == ["a", "b"], "nobody even knocked"
    assert await street.later(0.2) == ["b", "c", "d"]


async def test_later_towards_one_person_is_not_later_towards_another(street: Street) -> None:
    street.doors.troubles["a"] = [Later(300, 429)]
    await street.owe("a", to="Rina")
    await street.owe("x", to="Bagus")
    await street.work()
    assert street.doors.arrived == ["x"]


async def test_an_hour_is_an_hour_if_the_platform_says_so(street: Street) -> None:
    street.doors.troubles["a"] = [Later(3600, 429)]
    await street.owe("a")
    await street.work()
    assert await street.later(3599) == []
    assert await street.later(1.5) == ["a"]


async def test_without_a_time_the_pauses_grow_up_to_the_slowest(street: Street) -> None:
    street.doors.troubles["a"] = [Later(0)] * 14
    await street.owe("a")
    await street.work()
    pauses = []
    while not street.doors.arrived:
        tried, waited = len(street.doors.knocked), 0.0
        while len(street.doors.knocked) == tried:
            await street.later(0.5 if waited < 4 else 25)
            waited += 0.5 if waited < 4 else 25
        pauses.append(waited)
    assert pauses[:4] == [0.5, 1, 2, 4]
    assert pauses == sorted(pauses)
    assert SLOWEST <= pauses[-1] <= SLOWEST + 25
    assert len(pauses) == 14


async def test_after_a_success_the_next_trouble_starts_small_again(street: Street) -> None:
    street.doors.troubles["a"], street.doors.troubles["b"] = [Later(0)] * 5, [Later(0)]
    await street.owe("a")
    await street.work()
    for _ in range(5):
        await street.later(16)
    assert street.doors.arrived == ["a"]
    await street.owe("b")
    await street.work()
    assert await street.later(0.6) == ["b"]


async def test_a_busy_group_gets_every_card_in_order_as_fast_as_the_platform_allows(street: Street) -> None:
    bucket = Bucket(clock=street.clock.seconds)
    street.doors.before = bucket.take
    cards = [f"{number:03}" for number in range(100)]
    await street.owe(*cards, to="group")
    await street.work()
    minutes = [len(street.doors.arrived)]
    for _ in range(4):
        for _ in range(12):
            await street.later(5.1)
        minutes.append(len(street.doors.arrived))
    assert street.doors.arrived == cards
    assert minutes == [20, 40, 60, 80, 100]


async def test_waiting_behind_others_is_not_a_try(street: Street) -> None:
    street.doors.troubles["a"] = [Later(10)]
    await street.owe("a", "b")
    await street.work()
    assert not await street.committer.commit(lambda tx: outbox.untouched(tx, "Rina a"))
    assert await street.committer.commit(lambda tx: outbox.untouched(tx, "Rina b")), "it may still be taken back"


async def test_what_can_never_arrive_waits_for_the_operator_and_holds_up_nobody(street: Street) -> None:
    street.doors.troubles["a"] = [Never(403)]
    await street.owe("a", "b")
    await street.work()
    assert street.doors.arrived == ["b"]
    assert await street.parked() == {"Rina a"}


@pytest.mark.parametrize("error", [Never(403), Never(401, halt=True), TooBig()], ids=repr)
async def test_a_carrier_may_know_what_to_do_with_what_cannot_arrive(street: Street, error: Exception) -> None:
    def instead(tx: Connection) -> Collection[str]:
        outbox.owe(tx, "instead", "desk:bawaslu", b"", 0)
        return ("desk:bawaslu",)

    street.doors.failing = instead
    street.doors.troubles["a"] = [error]
    await street.owe("a")
    await street.work()
    assert await street.parked() == set()
    assert street.rung == ["desk:bawaslu"]
    await street.close()
    assert await street.still_owed() == {"instead"}


async def test_a_prompt_whose_draft_key_is_gone_is_dropped(street: Street) -> None:
    await street.owe("a")
    assert await street.later(3 * 86_400) == []
    assert await street.still_owed() == set()


async def test_a_ticket_that_cannot_be_opened_is_kept_for_the_operator(street: Street) -> None:
    street.recipient = new_identity()[1]
    await street.owe("ticket", lasting=True)
    await street.work()
    assert await street.parked() == {"Rina ticket"}


async def test_while_the_key_is_locked_its_rows_wait_and_then_arrive(street: Street) -> None:
    await street.owe("ticket", lasting=True)
    await street.owe("prompt")
    unlocked, street.courier._wrapper = street.wrapper, Wrapper()  # noqa: SLF001  # before the operator came
    await street.work()
    street.courier._wrapper = unlocked  # noqa: SLF001  # and after
    assert await street.later(UNLOCKED) == ["ticket"]


@pytest.mark.parametrize("payload", [b"", b"d", b"a", b"zzz", b"d" + bytes(1024)], ids=repr)
async def test_no_bytes_in_a_row_stop_the_lane(street: Street, payload: bytes) -> None:
    await street.committer.commit(lambda tx: outbox.owe(tx, "junk", LANE, payload, street.clock.seconds() - 1))
    await street.owe("a")
    await street.work()
    assert street.doors.arrived == ["a"]


async def test_a_parcel_of_another_version_is_tried_and_then_set_aside(street: Street) -> None:
    sealed = street.wrapper.to(street.recipient, b"\x81\xa4type\xa6Pigeon")
    await street.committer.commit(lambda tx: outbox.owe(tx, "pigeon", LANE, sealed, street.clock.seconds()))
    await street.owe("a")
    await street.work()
    for _ in range(POISON):
        await street.later(AGAIN)
    assert street.doors.arrived == ["a"]
    assert await street.parked() == {"pigeon"}


async def test_a_parcel_that_breaks_its_carrier_is_set_aside_and_the_lane_goes_on(street: Street) -> None:
    street.doors.troubles["a"] = [KeyError("Camat Jekan Raya")] * 9
    await street.owe("a", "b")
    with capture_logs() as logged:
        await street.work()
        assert street.doors.arrived == ["b"]
        for _ in range(9):
            await street.later(AGAIN)
    assert street.doors.knocked.count("a") == POISON
    assert await street.parked() == {"Rina a"}
    failures = [entry for entry in logged if entry["event"] == "owed-failed"]
    assert [entry["attempts"] for entry in failures] == [1, 2, 3]
    assert all("Camat" not in places(entry["error"]) for entry in failures)
    assert "street.py" in places(failures[0]["error"])


async def test_a_carrier_that_stumbles_once_delivers_the_next_time(street: Street) -> None:
    street.doors.troubles["a"] = [KeyError("once")]
    await street.owe("a")
    await street.work()
    assert await street.later(AGAIN) == ["a"]
    assert await street.still_owed() == set()


async def test_a_parcel_for_nowhere_is_set_aside(street: Street) -> None:
    await street.owe("a", to="nowhere")
    await street.owe("b")
    await street.work()
    for _ in range(POISON):
        await street.later(AGAIN)
    assert await street.parked() == {"nowhere a"}
    assert street.doors.arrived == ["b"]


@pytest.mark.parametrize("part", ["then", "failing"])
async def test_what_cannot_be_written_after_a_delivery_is_set_aside_as_well(street: Street, part: str) -> None:
    def broken(_tx: Connection) -> Collection[str]:
        raise ValueError("a bug")

    setattr(street.doors, part, broken)
    street.doors.troubles["a"] = [Never()] * 9 if part == "failing" else []
    await street.owe("a")
    await street.work()
    for _ in range(POISON):
        await street.later(AGAIN)
    assert await street.parked() == {"Rina a"}
    assert street.courier._ways == {}, "no queue is left behind"  # noqa: SLF001  # it would grow for ever


async def test_while_nothing_can_be_written_the_courier_waits_and_sends_nothing_twice(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outage.AGAIN", 0.01)
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    failing, over, loop = [OperationalError("", {}, full)] * 3, asyncio.Event(), asyncio.get_running_loop()

    def down(_tx: Connection) -> Collection[str]:
        if failing:
            raise failing.pop()
        loop.call_soon_threadsafe(over.set)
        return ()

    street.doors.then = down
    await street.owe("a")
    street.start()
    await over.wait()
    while await street.still_owed():
        pass  # each look is a commit of its own, behind those of the courier
    assert street.doors.knocked == ["a"]


async def test_a_database_that_holds_something_impossible_ends_the_courier_and_nothing_is_lost(street: Street) -> None:
    def odd(_tx: Connection) -> Collection[str]:
        raise IntegrityError("", {}, Exception("no such row"))

    street.doors.then = odd
    await street.owe("a")
    street.start()
    with pytest.raises(ExceptionGroup) as raised:
        await street.ended()
    assert raised.group_contains(IntegrityError)
    assert await street.still_owed() == {"Rina a"}


async def test_who_dies_while_delivering_delivers_again_after_the_lease(street: Street) -> None:
    street.doors.hold("a")
    await street.owe("a", "b")
    street.start()
    await street.doors.until(lambda: street.doors.knocked == ["a"])
    street.clock.move(1)
    await street.restart()
    street.doors.held.clear()
    assert await street.later(LEASE - 2) == []
    assert await street.later(2) == ["a", "b"]
    assert await street.still_owed() == set()


async def test_who_is_alone_need_not_wait_for_the_dead(street: Street) -> None:
    street.doors.hold("a")
    await street.owe("a", "b")
    street.start()
    await street.doors.until(lambda: street.doors.knocked == ["a"])
    await street.restart(alone=True)
    street.doors.held.clear()
    await street.doors.until(lambda: street.doors.arrived == ["a", "b"])


async def test_what_takes_longer_than_its_lease_is_not_begun_twice(street: Street) -> None:
    opened = street.doors.hold("big file")
    await street.owe("big file")
    street.start()
    await street.doors.until(lambda: street.doors.knocked == ["big file"])
    for number in range(3):
        street.clock.move(LEASE + 1)
        await street.owe(f"{number}", to="Bagus")
        street.courier.wake()
        await street.doors.until(lambda number=number: f"{number}" in street.doors.arrived)  # type: ignore[misc]  # bound now
    opened.set()
    await street.work()
    assert street.doors.knocked.count("big file") == 1
    assert await street.still_owed() == set()


async def test_what_is_owed_anew_while_it_is_delivered_is_delivered_again(street: Street) -> None:
    opened = street.doors.hold("card")
    await street.owe("card")
    street.start()
    await street.doors.until(lambda: street.doors.knocked == ["card"])
    await street.owe("card")
    opened.set()
    await street.work()
    assert street.doors.arrived == ["card", "card"]
    assert await street.still_owed() == set()


async def test_a_crowd_is_served_so_many_at_once_and_all_of_it(street: Street) -> None:
    crowd = [f"{number:03}" for number in range(3 * AT_ONCE)]
    opened = street.doors.hold(*crowd)
    for name in crowd:
        await street.owe(name, to=name)
    street.start()
    await street.doors.until(lambda: len(street.doors.knocked) >= SHARE)
    street.courier.wake()
    await asyncio.gather(*(street.committer.commit(lambda _tx: None) for _ in range(20)))
    assert len(street.doors.knocked) == SHARE
    opened.set()
    await street.work()
    assert sorted(street.doors.arrived) == crowd


async def test_a_platform_that_is_slow_to_answer_leaves_room_for_the_other(street: Street) -> None:
    slow, quick = [f"{number:03}" for number in range(3 * AT_ONCE)], [f"{number}" for number in range(AT_ONCE)]
    opened = street.doors.hold(*slow)
    for name in slow:
        await street.owe(name, to=name)
    street.start()
    await street.doors.until(lambda: len(street.doors.knocked) >= SHARE)
    for name in quick:
        await street.owe(name, to=name, lane=BESIDE)
    street.courier.wake([BESIDE])
    await street.beside.until(lambda: len(street.beside.arrived) == len(quick))
    assert (len(street.doors.knocked), street.doors.arrived) == (SHARE, [])
    opened.set()
    await street.work()
    assert sorted(street.doors.arrived) == slow


async def test_what_a_delivery_owes_in_turn_wakes_whoever_delivers_it(street: Street) -> None:
    def more(tx: Connection) -> Collection[str]:
        outbox.owe(tx, "card", "desk:bawaslu", b"", 0)
        return ("desk:bawaslu", LANE)

    street.doors.then = more
    await street.owe("a")
    await street.work()
    assert street.rung == ["desk:bawaslu"]


async def test_only_other_processes_are_rung_for(street: Street) -> None:
    street.courier.wake([LANE])
    street.courier.wake([])
    assert street.rung == []
    street.courier.wake(["news", LANE, "desk:bawaslu"])
    assert street.rung == ["news", "desk:bawaslu"]


async def test_a_courier_stops_when_told_to_though_it_is_woken_at_that_moment(street: Street) -> None:
    for _ in range(20):
        street.start()
        await street.committer.commit(lambda _tx: None)
        await street.committer.commit(lambda _tx: None)
        street.courier.wake()
        await asyncio.wait_for(street.close(), 5)


async def test_what_nobody_was_woken_for_is_found_by_the_net(street: Street) -> None:
    street.start()
    await street.owe("a")
    await street.doors.until(lambda: street.doors.arrived == ["a"])


async def test_a_bubble_of_the_near_future_is_not_early(street: Street) -> None:
    await street.owe("push", after=300)
    await street.work()
    assert await street.later(299) == []
    assert await street.later(1) == ["push"]
