"""Counts how often posters are followed, so that no count can be tied to a tip or an hour.

Counts are gathered in memory. Each night it is drawn by lot whose are written, and of those only full fives: who sees
the table every day learns neither that nobody scanned, nor when somebody did.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date

from storage.scans import FULL, Poster

# How likely a poster's count is written in a night.
LOT = 0.5


class Tally:
    """What one intake has counted and not yet written. What is left of a five when it ends is never written."""

    def __init__(self, draw: Callable[[], float] | None = None) -> None:
        """`draw` gives a number from 0 to 1."""
        self._draw = draw or random.SystemRandom().random
        self._scans = Counter[Poster]()

    def heard(self, code: str, today: date) -> None:
        """Count one conversation that a poster began."""
        self._scans[code, f"{today:%Y-%m}"] += 1

    def drawn(self) -> dict[Poster, int]:
        """Return what is to be written this night."""
        return {poster: many for poster, many in self.all().items() if self._draw() < LOT}

    def all(self) -> dict[Poster, int]:
        """Return all full fives."""
        return {poster: many // FULL * FULL for poster, many in self._scans.items() if many >= FULL}

    def written(self, scans: dict[Poster, int]) -> None:
        """Forget what is written."""
        self._scans -= Counter(scans)
