"""What a seed says: whom to kill, when and how, and what the platforms do wrong meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.crash.points import POINTS

# Of so many starts one is cold, through an interpreter of its own.
COLD = 12
# Statements of a whole migration.
STATEMENTS = 29
# Of so many kills one happens while the tables are made.
MIGRATING = 25
SENDING = ("sendMessage", "editMessageText", "sendMediaGroup", "sendPhoto", "sendVoice", "deleteMessages")
Faults = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Kill:
    """One kill: at a point, for the so-manyth time, or, without one, after `after` seconds; `down` seconds long."""

    number: int
    process: str
    signal: str
    point: str = ""
    times: int = 1
    after: float = 0.0
    down: float = 0.0
    cold: bool = False
    faults: Faults = field(default_factory=dict)

    @property
    def order(self) -> str:
        """As the process reads it."""
        return f"{self.point} {self.times} {self.signal}"

    def __str__(self) -> str:
        where = f"at {self.point}, time {self.times}" if self.point else f"after {self.after:.2f} s"
        return f"{self.process} {self.signal} {where}"


@dataclass(frozen=True)
class Plan:
    """All of it, in order: first the kills of migrations, then those of intake and desk."""

    seed: int
    migrating: list[Kill]
    kills: list[Kill]

    @property
    def all(self) -> list[Kill]:
        return [*self.migrating, *self.kills]


def drawn(seed: int, kills: int) -> Plan:
    """Draw a plan; the same seed and number, the same plan."""
    random = Random(seed)  # noqa: S311  # nothing secret
    first = max(1, kills // MIGRATING)
    migrating = [
        Kill(number, "migrate", _signal(random), "mid-migration", random.randint(1, STATEMENTS))
        for number in range(first)
    ]
    return Plan(seed, migrating, [_kill(random, number) for number in range(first, kills)])


def _signal(random: Random) -> str:
    return random.choice(("SIGKILL", "SIGKILL", "SIGTERM"))


def _kill(random: Random, number: int) -> Kill:
    process = random.choice(("intake", "intake", "desk"))
    at_point = random.random() < 0.7
    return Kill(
        number,
        process,
        _signal(random),
        random.choice(POINTS[process]) if at_point else "",
        random.choice((1, 1, 2, 3, 5)),
        random.uniform(0.05, 1.5),
        random.choice((0.0, 0.0, 0.3, 1.0)),
        cold=number % COLD == 0,
        faults=_faults(random),
    )


def _faults(random: Random) -> Faults:
    """Half of the time the platforms are well; else each does something wrong, until the next kill."""
    if random.random() < 0.5:
        return {}
    return {"telegram": random.choice(TELEGRAM)(random), "whatsapp": random.choice(WHATSAPP)(random)}


def _few(random: Random, **more: Any) -> dict[str, Any]:
    return {"times": random.randint(1, 3), **more}


def _in_telegram(name: str, **more: Any) -> Callable[[Random], dict[str, Any]]:
    return lambda random: {name: _few(random, methods=list(SENDING), **more)}


def _in_whatsapp(name: str, **more: Any) -> Callable[[Random], dict[str, Any]]:
    return lambda random: {name: _few(random, methods=["POST messages"], **more)}


def _slow(random: Random) -> dict[str, Any]:
    return {"delay": round(random.uniform(0.1, 0.8), 2)}


TELEGRAM: tuple[Callable[[Random], dict[str, Any]], ...] = (
    _in_telegram("fail", status=429, retry_after=1),
    _in_telegram("fail", status=502),
    _in_telegram("swallow"),
    lambda random: {"swallow": _few(random, methods=["getUpdates"])},
    lambda random: {"files": _few(random)},
    _slow,
)
WHATSAPP: tuple[Callable[[Random], dict[str, Any]], ...] = (
    _in_whatsapp("fail", status=400, code=131056),
    _in_whatsapp("fail", status=503),
    _in_whatsapp("swallow"),
    lambda random: {"files": _few(random)},
    lambda random: {"repeat": random.randint(1, 2)},
    lambda _: {"reverse": True},
    lambda random: {"batch": random.randint(2, 4), "repeat": 1},
    _slow,
)
