"""Looks, once a second, at what waits, at what PostgreSQL's sessions do, and at who uses the processors."""

import os
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import text

from benchmarks import plot
from storage import gauges
from storage.database import Database

TICK = 1.0
HERTZ = os.sysconf("SC_CLK_TCK")
# LISTENing sessions do nothing else; the others are committers.
SESSIONS = text(
    "SELECT pid, state, wait_event_type FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND query NOT LIKE 'LISTEN%'"
)


@dataclass(slots=True)
class Machine:
    """How much of all processors was used, and how much of it by others, as parts of one."""

    busy: float = 0.0
    others: float = 0.0


@dataclass(slots=True)
class Watch:
    """A thread that looks until it is left."""

    url: str
    pids: Mapping[str, int]
    machine: Machine = field(default_factory=Machine)
    seconds: float = 0.0
    ages: dict[str, list[float]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)
    cores: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sessions: dict[int, float] = field(default_factory=dict)
    waits: dict[int, float] = field(default_factory=dict)
    marks: list[tuple[float, str]] = field(default_factory=list)
    _before: dict[str, float] = field(default_factory=dict)
    _after: dict[str, float] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _begun: float = 0.0
    _looks: int = 0
    _seen: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    _total: tuple[float, float] = (0.0, 0.0)

    def __enter__(self) -> Self:
        self._begun, self._before, self._total = time.monotonic(), self._used(), _processors()
        self._thread = threading.Thread(target=self._look, name="watch")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()
        self.seconds, self._after = time.monotonic() - self._begun, self._used()
        busy, every = (now - before for now, before in zip(_processors(), self._total, strict=True))
        ours = sum(self.cpu().values()) * HERTZ
        self.machine = Machine(busy / every, max(0.0, busy - ours) / every)
        self.sessions = {pid: seen / self._looks for pid, seen in self._seen["held"].items()}
        self.waits = {pid: seen / self._looks for pid, seen in self._seen["waits"].items()}

    def mark(self, words: str) -> None:
        self.marks.append((time.monotonic() - self._begun, words))

    def due(self) -> bool:
        """Say whether anything was due at the last look."""
        return any(counts[-1] for counts in self.counts.values())

    def cpu(self) -> dict[str, float]:
        """Seconds of processor time that each took."""
        return {name: self._after[name] - self._before.get(name, 0.0) for name in self._after}

    def drawn(self) -> str:
        """Draw how old the oldest was, lane by lane, and how much of a core each process took."""
        marks = ", ".join(f"{words} after {at:,.0f} s" for at, words in self.marks)
        span = f"{self.seconds:,.0f} s from left to right; {marks}"
        return plot.lines(self.ages, "s", span) + "\n\n" + plot.lines(self.cores, "of a core", span)

    def _used(self) -> dict[str, float]:
        used = {name: _cpu(pid) for name, pid in self.pids.items()}
        return {**used, "PostgreSQL": sum(map(_cpu, _servers(self.url)))}

    def _look(self) -> None:
        database = Database.at(self.url)
        before, since = self._before, self._begun
        while not self._stop.wait(TICK):
            with database.snapshot() as tx:
                lanes = {lane.name: lane for lane in gauges.overdue(tx, time.time())}
                sessions = tx.execute(SESSIONS).all()
            self._looks += 1
            for name in {*lanes, *self.ages}:
                ages, counts = self.ages.setdefault(name, []), self.counts.setdefault(name, [])
                ages += [0.0] * (self._looks - 1 - len(ages))
                counts += [0] * (self._looks - 1 - len(counts))
                ages.append(max(0.0, time.time() - lanes[name].since) if name in lanes else 0.0)
                counts.append(lanes[name].count if name in lanes else 0)
            now, at = self._used(), time.monotonic()
            for name, used in now.items():
                self.cores[name].append((used - before[name]) / (at - since))
            before, since = now, at
            for pid, state, waits in sessions:
                self._seen["held"][pid] += state != "idle"
                self._seen["waits"][pid] += state == "active" and waits in {"Lock", "LWLock", "IO"}
        database.close()


def _cpu(pid: int) -> float:
    """Seconds, with those of children that have ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / HERTZ
    return 0.0


def _servers(url: str) -> list[int]:
    """Every process of the server whose socket is in this folder, the one that began them first."""
    first = (Path(url.rpartition("host=")[2]) / "data" / "postmaster.pid").read_text().split()[0]
    return [
        int(first),
        *(int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if _parent(path) == first),
    ]


def _parent(path: Path) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        return path.read_text().rpartition(")")[2].split()[1]
    return ""


def _processors() -> tuple[float, float]:
    """Ticks of all processors since the start: busy, and all."""
    ticks = [int(one) for one in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    every = sum(ticks)
    return every - ticks[3] - ticks[4], every
