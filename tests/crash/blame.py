"""Whether a message that stands there twice was in flight when its process died, or when its answer was lost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.crash.phones import ANEW, Twice
from tests.crash.plan import Faults
from tests.crash.rough import Broken, Life

# Seconds by which two clocks' readings of one moment may differ: the simulator's, and that of whoever notices a death.
SLACK = 0.1
# Deaths and losses that are told of where nothing excuses it.
NEAREST = 6
# What loses an answer to something that was taken.
LOSING = "swallow"


@dataclass(frozen=True)
class Lost:
    """While a platform lost answers, in seconds since 1970."""

    side: str
    since: float
    until: float


@dataclass
class Blame:
    """Everything that may excuse a message for being there twice."""

    deaths: list[Life] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    _faults: Faults = field(default_factory=dict)
    _since: float = 0.0
    _anew: set[tuple[str, str, float]] = field(default_factory=set)
    _excused: Counter[tuple[str, int]] = field(default_factory=Counter)

    def faulty(self, faults: Faults, now: float) -> None:
        """Remember which platforms lose answers from now on, and that those before have ceased to."""
        self.lost += [Lost(side, self._since, now) for side, fault in self._faults.items() if LOSING in fault]
        self._faults, self._since = faults, now

    def check(self, every: Iterable[Twice]) -> int:
        """Count them. Raises Broken for one that nothing excuses, or for two in one place by one death."""
        excused = 0
        for twice in every:
            if self._by_death(twice) or self._by_platform(twice):
                excused += 1
            elif not self._by_right(twice):
                text = twice.text[:60]
                raise Broken(f"{twice.where}: said twice and nobody had died: {text!r} ({self._near(twice)})")
        return excused

    def _by_right(self, twice: Twice) -> bool:
        """Whether files were counted anew: once for each time that files came, and without a look at who died."""
        anew = ANEW.search(twice.text) is not None and (twice.where, twice.text, twice.first) not in self._anew
        self._anew |= {(twice.where, twice.text, twice.second)} if anew else set()
        return anew

    def _by_death(self, twice: Twice) -> bool:
        process = "desk" if twice.where.startswith("telegram group") else "intake"
        for life in self.deaths:
            between = twice.first - SLACK <= life.ended <= twice.second + SLACK
            at_it = between and any(since <= twice.first + SLACK for since in life.flights)
            if life.name == process and at_it and not self._excused[twice.where, life.pid]:
                self._excused[twice.where, life.pid] += 1
                return True
        return False

    def _by_platform(self, twice: Twice) -> bool:
        side = twice.where.partition(" ")[0]
        return any(one.side == side and one.since - 1 <= twice.first <= one.until + 1 for one in self.lost)

    def _near(self, twice: Twice) -> str:
        when = [
            (life.ended - twice.first, f"{life.name} died with {len(life.flights)} on their way")
            for life in self.deaths
        ]
        when += [(one.since - twice.first, f"{one.side} began to lose answers") for one in self.lost]
        nearest = sorted(when, key=lambda one: abs(one[0]))[:NEAREST]
        told = ", ".join(f"{what} at {at:+.2f} s" for at, what in nearest)
        return f"the second {twice.second - twice.first:.2f} s after the first; {told}"
