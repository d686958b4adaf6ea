"""Keeps to a platform's rate, so that it need not tell us to."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.channels.base import Later

# Telegram: about 20 a minute in a group, where sends, edits and topics all count (Bots FAQ; measured).
GROUP_MOST = 20
MINUTE = 60.0
# The part of a bucket that a cadence leaves to others: one in so many.
RESERVE = 4


@dataclass(slots=True)
class Bucket:
    """At most `most` in any `seconds`; the clock is monotonic seconds."""

    most: int = GROUP_MOST
    seconds: float = MINUTE
    clock: Callable[[], float] = time.monotonic
    _taken: deque[float] = field(default_factory=deque)

    def left(self) -> int:
        """Say how many could be taken now."""
        self._forget(self.clock())
        return self.most - len(self._taken)

    def wait(self) -> float:
        """Seconds until one may be taken."""
        now = self.clock()
        self._forget(now)
        return self._taken[0] + self.seconds - now if len(self._taken) >= self.most else 0.0

    def _forget(self, now: float) -> None:
        while self._taken and self._taken[0] <= now - self.seconds:
            self._taken.popleft()

    def take(self) -> None:
        """Take one, or raise Later with the time until there is one."""
        if wait := self.wait():
            raise Later(wait)
        self._taken.append(self.clock())


@dataclass(slots=True)
class Cadence:
    """What a bucket has but for a reserve, in even steps; after a quiet time a few at once (generic cell rate)."""

    bucket: Bucket
    _paid: float = float("-inf")

    @property
    def every(self) -> float:
        """Seconds between two for as long as they do not end."""
        return self.bucket.seconds / (self.bucket.most - self._reserve)

    @property
    def _reserve(self) -> int:
        return self.bucket.most // RESERVE

    def allows(self) -> bool:
        """Whether one may be taken now. Whoever takes one without being allowed to puts the next ones off."""
        at_once = max(1, self._reserve)
        early = self._paid - self.bucket.clock()
        return self.bucket.left() >= self._reserve and early <= (at_once - 1) * self.every

    def take(self) -> None:
        """Count one; the bucket counts for itself."""
        self._paid = max(self._paid, self.bucket.clock()) + self.every
