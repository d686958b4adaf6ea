"""Tickets lie ready for as many as may be under way, and whoever waits comes first."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest

from bot import tickets
from bot.tickets import FEW, LATELY, MESSAGES, MOST, Bustle, Tickets
from handlers.ticket import Code
from storage.tickets import Opened, Ticket, derive, issue


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.at = 10 * LATELY

    def __call__(self) -> float:
        return self.at


class Argon:
    """Looks on while Argon2 works: counts, and holds it up where it is told to."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    def issue(self) -> Ticket:
        assert threading.current_thread() is not threading.main_thread()
        self.gate.wait(10)
        self.done.append("drawn")
        return issue()

    def derive(self, code: Code) -> Opened:
        assert threading.current_thread() is not threading.main_thread()
        self.done.append("opened")
        return derive(code)


@pytest.fixture
def argon(monkeypatch: pytest.MonkeyPatch) -> Argon:
    argon = Argon()
    monkeypatch.setattr(tickets, "issue", argon.issue)
    monkeypatch.setattr(tickets, "derive", argon.derive)
    return argon


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def kept(argon: Argon, clock: Clock) -> AsyncIterator[Tickets]:
    assert argon.gate.is_set()
    kept = Tickets(clock)
    drawing = asyncio.create_task(kept.keep())
    yield kept
    argon.gate.set()
    drawing.cancel()
    await asyncio.gather(drawing, return_exceptions=True)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  # threads work meanwhile
            await asyncio.sleep(0.001)


async def rest(argon: Argon) -> None:
    """Wait until nothing is drawn any more."""
    drawn = -1
    while drawn != len(argon.done):
        drawn = len(argon.done)
        await asyncio.sleep(0.05)


async def test_when_nobody_writes_a_few_lie_ready_and_no_more(kept: Tickets, argon: Argon) -> None:
    await until(lambda: kept.ahead == FEW)
    await rest(argon)
    assert kept.ahead == FEW


async def test_no_ticket_is_given_twice(kept: Tickets) -> None:
    given = await asyncio.gather(*(kept.take() for _ in range(5 * FEW)))
    assert len({ticket.code for ticket in given}) == 5 * FEW


async def test_the_more_are_under_way_the_more_lie_ready_up_to_a_bound(kept: Tickets, argon: Argon) -> None:
    for _ in range(MESSAGES * 10):
        kept.heard()
    await until(lambda: kept.ahead == FEW + 10)
    await rest(argon)
    assert kept.ahead == FEW + 10
    for _ in range(MESSAGES * 2 * MOST):
        kept.heard()
    assert kept.wanted == MOST


async def test_what_a_bustle_left_is_forgotten(kept: Tickets, clock: Clock) -> None:
    for _ in range(MESSAGES * 10):
        kept.heard()
    await until(lambda: kept.ahead == FEW + 10)
    clock.at += LATELY
    kept.forget()
    assert kept.ahead == FEW + 10, "they may still be under way"
    clock.at += LATELY
    kept.forget()
    assert kept.ahead == FEW


async def test_nothing_is_drawn_ahead_while_a_code_waits_to_be_opened(kept: Tickets, argon: Argon) -> None:
    await until(lambda: kept.ahead == FEW)
    argon.gate.clear()
    for _ in range(MESSAGES * 10):
        kept.heard()
    codes = [Code(f"code {number}") for number in range(10)]
    opening = asyncio.gather(*(kept.open(code) for code in codes))
    await asyncio.sleep(0)
    argon.gate.set()
    opened = await opening
    last = len(argon.done) - argon.done[::-1].index("opened")
    assert argon.done[FEW:last].count("drawn") <= 1, "what was begun before the first code came"
    assert [one.lookup for one in opened] == [derive(code).lookup for code in codes]
    await until(lambda: kept.ahead == FEW + 10)


async def test_whoever_waits_for_a_ticket_is_not_behind_codes(kept: Tickets, argon: Argon) -> None:
    for _ in range(FEW):
        await kept.take()
    opening = asyncio.gather(*(kept.open(Code(f"code {number}")) for number in range(20)))
    await kept.take()
    assert argon.done.count("opened") < 20
    await opening


async def test_whoever_stops_waiting_takes_nothing(kept: Tickets, argon: Argon) -> None:
    await until(lambda: kept.ahead == FEW)
    argon.gate.clear()
    waiting = [asyncio.create_task(kept.take()) for _ in range(2 * FEW)]
    await asyncio.sleep(0.05)
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    argon.gate.set()
    await until(lambda: kept.ahead >= FEW)


@pytest.mark.parametrize(("later", "counted"), [(0.0, 7), (LATELY - 1, 7), (LATELY, 7), (2 * LATELY, 0)])
def test_a_message_counts_for_a_while(clock: Clock, later: float, counted: int) -> None:
    bustle = Bustle(clock)
    for _ in range(7):
        bustle.heard()
    clock.at += later
    assert bustle.lately() == counted
