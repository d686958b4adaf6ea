"""The attack of a thief: pair the rows of two tables by whatever can be put in order, or is equal in both.

Statistics. Under no leak every pairing is as likely as any other, so a guess that pairs each row with another one has
at least k right with a probability of at most 1/k! (the expected number of sets of k rows that are all right). Where
only the order shows through, Spearman's rank correlation of n true pairs, times the root of n - 1, is nearly normal.
A guess is a find where chance alone makes any guess of the whole attack that good with a probability below ALPHA
(Bonferroni): of two hundred pairs about fourteen right ones, or a correlation of about a half.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from random import Random

# Ids are drawn anew in each run, and dozens of attacks are made: none may cry wolf in years of runs.
ALPHA = 1e-7

Value = int | float | str | bytes | None
Rows = Mapping[str, Mapping[str, Value]]
"""What is known of each row, by the name of the row and of the feature."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Two features by which rows were paired, how, and how well: pairs that are right, or hundredths of correlation."""

    left: str
    right: str
    how: str
    score: int
    chance: float

    def __str__(self) -> str:
        return f"{self.left} with {self.right}, {self.how}: {self.score} (by chance: {self.chance:.1e})"


def attack(left: Rows, right: Rows, truth: Mapping[str, str], random: Random) -> list[Guess]:
    """Guess in every way; return the guesses that are better than chance, the best first."""
    guesses = list(_guesses(left, right, truth, random))
    found = (one for one in guesses if one.chance * len(guesses) < ALPHA)
    return sorted(found, key=lambda one: (one.chance, -one.score))


def _guesses(left: Rows, right: Rows, truth: Mapping[str, str], random: Random) -> Iterator[Guess]:
    names = list(truth)
    random.shuffle(names)
    ours, theirs = ({name: left[name] for name in names}, {truth[name]: right[truth[name]] for name in names})
    for one in _features(ours):
        for other in _features(theirs):
            pair = Pair({name: row.get(one) for name, row in ours.items()},
                        {name: row.get(other) for name, row in theirs.items()}, truth, random)  # fmt: skip
            yield Guess(one, other, "in order", *pair.in_order())
            yield Guess(one, other, "in reverse", *pair.in_order(backwards=True))
            yield Guess(one, other, "equal", *pair.equal())
            yield Guess(one, other, "correlated", *pair.correlated())


def _features(rows: Rows) -> list[str]:
    """Name what differs between the rows."""
    every = sorted({feature for row in rows.values() for feature in row})
    return [feature for feature in every if len({row.get(feature) for row in rows.values()}) > 1]


@dataclass(frozen=True, slots=True)
class Pair:
    """One feature of the rows on each side, and whose they are."""

    left: Mapping[str, Value]
    right: Mapping[str, Value]
    truth: Mapping[str, str]
    random: Random

    def in_order(self, *, backwards: bool = False) -> tuple[int, float]:
        """Pair first with first and last with last; return how many are right, and how unlikely that is by chance."""
        ours, theirs = self._sorted(self.left), self._sorted(self.right)
        if backwards:
            theirs.reverse()
        return _judged(sum(self.truth[one] == other for one, other in zip(ours, theirs, strict=True)))

    def equal(self) -> tuple[int, float]:
        """Pair each with one that has the same value."""
        same: dict[object, list[str]] = {}
        for name, value in self.right.items():
            same.setdefault((type(value), value), []).append(name)
        known = {name: same.get((type(value), value)) for name, value in self.left.items()}
        return _judged(sum(self.truth[one] == self.random.choice(found) for one, found in known.items() if found))

    def correlated(self) -> tuple[int, float]:
        """Look whether the true pairs stand in the same order, roughly; return the correlation in hundredths."""
        ours, theirs = (_ranks(side) for side in (self.left, self.right))
        mean = (len(ours) - 1) / 2
        spread = [sum((rank - mean) ** 2 for rank in side.values()) for side in (ours, theirs)]
        together = sum((ours[one] - mean) * (theirs[other] - mean) for one, other in self.truth.items() if one in ours)
        rho = together / math.sqrt(spread[0] * spread[1])
        return round(100 * rho), math.erfc(abs(rho) * math.sqrt((len(ours) - 1) / 2))

    def _sorted(self, side: Mapping[str, Value]) -> list[str]:
        """Put rows in order; those that are alike in a random one."""
        names = list(side)
        self.random.shuffle(names)
        return sorted(names, key=lambda name: _comparable(side[name]))


def _judged(right: int) -> tuple[int, float]:
    return right, 1 / math.factorial(right)


def _ranks(side: Mapping[str, Value]) -> dict[str, float]:
    """Number rows in their order; those that are alike share the mean of their numbers."""
    order = sorted(side, key=lambda name: _comparable(side[name]))
    ranks: dict[str, float] = {}
    for _, alike in groupby(enumerate(order), key=lambda at: _comparable(side[at[1]])):
        group = list(alike)
        mean = sum(place for place, _ in group) / len(group)
        ranks |= {name: mean for _, name in group}
    return ranks


def _comparable(value: Value) -> tuple[str, float, bytes]:
    """Make what can be put in order with anything: nothing, numbers, text, bytes."""
    match value:
        case None:
            return "", 0, b""
        case int() | float():
            return "number", value, b""
        case str():
            return "text", 0, value.encode()
        case bytes():
            return "text", 0, value
