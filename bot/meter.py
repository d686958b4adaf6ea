"""Counts what happens, so coarsely and so seldom shown that nobody can read from it who wrote, or when.

What people cause is shown as it stood at the last full quarter of an hour since the start: nothing tells the minutes
apart within it. Messages are shown in tens, everything else as a size (none, one or more, ten or more ...).
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

# Seconds between two looks, and to what counts are rounded down.
QUARTER = 900.0
STEP = 10
# Sizes that are told apart, as the least that counts as one; below the first it is 0.
SIZES = (1, 10, 100, 1000, 10_000)
# Ages that are told apart, in seconds. What is younger than the first is on its way.
AGES = (900, 3600, 21_600, 86_400)
# Files whose cleaning is remembered, and how few of them say nothing.
FILES, FEW = 100, 10

DELIVERY = frozenset({"owed-later", "owed-never", "owed-failed", "owed-unreadable", "sent-failed"})
LOUD = frozenset({"warning", "error"})


def rounded(count: int) -> int:
    """Round a count down to tens."""
    return count - count % STEP


def bucket(value: float, steps: tuple[int, ...]) -> int:
    """Give the largest step that is reached, 0 where none is."""
    return max((step for step in steps if value >= step), default=0)


@dataclass(slots=True)
class Meter:
    """What one process counts; nothing in here names anybody."""

    turns: int = 0
    errors: Counter[tuple[str, str]] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    seconds: deque[float] = field(default_factory=lambda: deque(maxlen=FILES))

    def turned(self) -> None:
        """One message was handled."""
        self.turns += 1

    def heard(self, event: Mapping[str, object]) -> None:
        """Count what the log says: its events are fixed words, its codes the platforms' own."""
        name = str(event.get("event", ""))
        if name in DELIVERY:
            lane = event.get("lane") or event.get("channel") or ""
            self.errors[str(lane), str(event.get("code", ""))] += 1
        if event.get("level") in LOUD:
            self.alarms[name] += 1

    @contextmanager
    def cleaning(self) -> Iterator[None]:
        """Take the time of one file, whether it could be cleaned or not."""
        began = monotonic()
        try:
            yield
        finally:
            self.seconds.append(monotonic() - began)

    def slowness(self) -> dict[str, float]:
        """Say how many seconds half and nearly all of the last files took at most; nothing of a few files."""
        if len(self.seconds) < FEW:
            return {}
        sorted_ = sorted(self.seconds)
        return {str(part): round(sorted_[int(part * (len(sorted_) - 1))], 1) for part in (0.5, 0.95)}


meter = Meter()
