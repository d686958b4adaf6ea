"""Whole reports a second, beside others who do as many steps, and what each forgets when it is killed."""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import walk
from benchmarks.table import Table
from benchmarks.understanding import PEERS
from tests.storage import postgres

CROWDS = (1, 8, 64)
ROUNDS, SECONDS = 2, 1.2
# Seconds from the first acknowledged step to the kill.
ALIVE = 1.5
PATIENCE = 90
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Contestant:
    title: str
    name: str
    database: str = ""


CONTESTANTS = (
    Contestant("Saksi, SQLite", "saksi", "sqlite"),
    Contestant("Saksi, PostgreSQL", "saksi", "postgres"),
    Contestant("Saksi, SQLite, and every bubble sent", "saksi-sending", "sqlite"),
    Contestant("Saksi, SQLite, without the last step", "saksi-open", "sqlite"),
    Contestant("Saksi in memory, nothing kept, without the last step", "saksi-bare", "sqlite"),
    Contestant("aiogram FSM, memory", "aiogram"),
    Contestant("aiogram FSM, Redis", "aiogram-redis", "redis"),
    Contestant("python-telegram-bot, pickle", "ptb"),
)
LACKING = {
    "postgres": "no PostgreSQL server here (Debian: apt install postgresql)",
    "redis": "no redis-server here (Debian: apt install redis-server), or no `redis` in build/peers",
}
NOTES = (
    "Latency: of a step, from the update's bytes until it may be acknowledged. CPU: of the contestant's process alone.",
    "Saksi commits each step durably before it is acknowledged (SQLite: synchronous=FULL; PostgreSQL: fsync on).",
    "Saksi's last step takes a ticket: Argon2id, some 15 ms on purpose; `without the last step` leaves that out.",
    "The others send through their own client over loopback HTTP inside each step; `every bubble sent` sends as well.",
    "Everybody's turn, then everybody's again; the better of the two counts. On a busy machine compare CPU alone.",
    "Redis on a socket, as Debian starts it; its server's own CPU is not counted, and the server is not killed.",
    "SIGKILL with 8 people at once, started again, and asked for each acknowledged step.",
)


def measured() -> list[Table]:
    heads = ("contestant", "at once", "reports/s", "steps/s", "CPU a step, µs", "p50, ms", "p99, ms")
    speed = Table(f"Whole reports of {len(walk.steps())} steps", heads, notes=list(NOTES[:-1]))
    killed = Table("Killed with -9", ("contestant", "acknowledged steps", "of them forgotten"), notes=list(NOTES[-1:]))
    with databases() as ours, redis() as theirs, platform() as address:
        urls = {**ours, **theirs}
        here = [one for one in CONTESTANTS if not one.database or one.database in urls]
        speed.missing += [f"{one.title}: {LACKING[one.database]}" for one in CONTESTANTS if one not in here]
        for one, costs in _rounds(here, urls, address).items():
            if len(costs) < ROUNDS:
                speed.missing.append(f"{one.title}: it failed in {ROUNDS - len(costs)} of {ROUNDS} rounds")
            for people, tried in zip(CROWDS, zip(*costs, strict=True), strict=False):
                best = max(tried, key=lambda cost: cost["steps"])
                reports = "-" if one.name in {"saksi-open", "saksi-bare"} else best["reports"]
                speed.add(one.title, people, reports, *(best[name] for name in ("steps", "cpu", "p50", "p99")))
        for one in here:
            if one.name in {"saksi", "aiogram", "aiogram-redis", "ptb"}:
                _kill(one, urls, address, killed)
    return [speed, killed]


def _rounds(
    contestants: Sequence[Contestant], urls: dict[str, str], address: str
) -> dict[Contestant, list[list[dict[str, float]]]]:
    """Everybody's turn, and then everybody's again: a machine that is busy for a while is busy for all."""
    found: dict[Contestant, list[list[dict[str, float]]]] = {one: [] for one in contestants}
    for _ in range(ROUNDS):
        for one in contestants:
            with contextlib.suppress(subprocess.SubprocessError):  # told by the number of rounds
                found[one].append(_costs(one, urls, address))
    return found


def _kill(one: Contestant, urls: dict[str, str], address: str, killed: Table) -> None:
    try:
        killed.add(one.title, *_killed(one, urls, address))
    except (subprocess.SubprocessError, ValueError) as error:
        killed.missing.append(f"{one.title}: {type(error).__name__}")


def _costs(one: Contestant, urls: dict[str, str], address: str) -> list[dict[str, float]]:
    """What each crowd costs, one after the other in one process."""
    with folder() as where:
        command = _command(one, "run", where, urls, address, *CROWDS)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE)  # noqa: S603  # ours
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _killed(one: Contestant, urls: dict[str, str], address: str) -> tuple[int, int]:
    """Return how many steps were acknowledged before the kill, and how many of them are forgotten after it."""
    with folder() as where:
        command = _command(one, "live", where, urls, address, 8)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as living:  # noqa: S603  # ours
            assert living.stdout is not None
            first = living.stdout.readline()
            time.sleep(ALIVE)
            living.kill()
            acknowledged = (first + living.stdout.read()).decode().splitlines(keepends=True)
        whole = [line for line in acknowledged if line.endswith("\n")]
        if not whole:
            raise ValueError("nothing was acknowledged")
        command = _command(one, "check", where, urls, address, 8)
        done = subprocess.run(  # noqa: S603  # ours
            command, cwd=ROOT, input="".join(whole), capture_output=True, text=True, check=True, timeout=PATIENCE
        )
    return len(whole), int(done.stdout.split()[-1])


def _command(one: Contestant, mode: str, where: Path, urls: dict[str, str], address: str, *people: int) -> list[str]:
    url = f"sqlite:///{where / 'saksi.db'}" if one.database == "sqlite" else urls.get(one.database, "-")
    run = (sys.executable, "-m", "benchmarks.contestant", one.name, mode, str(where), url, address, str(SECONDS))
    return [*run, *map(str, people)]


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """SQLite always; a PostgreSQL of our own that really syncs, where its programs are installed."""
    programs = postgres.programs()
    if programs is None:
        yield {"sqlite": ""}
        return
    with postgres.running(programs, settings=("listen_addresses=",)) as cluster:
        yield {"sqlite": "", "postgres": cluster.migrated()}


@contextmanager
def redis() -> Iterator[dict[str, str]]:
    """A Redis of our own on a socket, with its default settings, where it and its client are installed."""
    program = shutil.which("redis-server")
    if program is None or not (PEERS / "redis").is_dir():
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="redis-") as where:
        socket = Path(where) / "s"
        command = [program, "--port", "0", "--unixsocket", str(socket), "--dir", where]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=where) as serving:  # noqa: S603  # Debian's own program
            try:
                while serving.poll() is None and not socket.exists():
                    time.sleep(0.05)
                yield {"redis": f"unix://{socket}"}
            finally:
                serving.terminate()


@contextmanager
def platform() -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.platform"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as serving:  # noqa: S603  # ours
        assert serving.stdout is not None
        try:
            yield serving.stdout.readline().strip()
        finally:
            serving.kill()


@contextmanager
def folder() -> Iterator[Path]:
    """On a disk: what is measured is durable."""
    base = ROOT / "build"
    base.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base, prefix="bench-") as path:
        yield Path(path)
