"""A town whose processes are killed: started by the nursery, ended at any moment, and looked at from outside."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.points import LEASE, ORDERS, SABOTAGE, flights_of
from tests.town import Message, Town, environ

ROOT = Path(__file__).parents[2]
# Seconds within which SIGTERM must end a process, and a migration itself, on busy cores.
STOPPING = 30.0
# Seconds of a lease on PostgreSQL, where nobody gives back what a dead courier had claimed.
SHORT_LEASE = 5.0


class Broken(Exception):
    """A promise is broken; the text says which."""


@dataclass
class Life:
    """One process from its start to its end; times in seconds since 1970.

    `flights`: since when each thing was on its way that it had not written down as arrived when it died.
    """

    name: str
    pid: int
    began: float
    handle: int
    record: Path
    over: asyncio.Event = field(default_factory=asyncio.Event)
    ended: float = 0.0
    code: int = 0
    wanted: bool = False
    flights: tuple[float, ...] = ()

    def watch(self) -> None:
        """Notice its end as soon as the kernel tells."""
        asyncio.get_running_loop().add_reader(self.handle, self._is_over)

    def _is_over(self) -> None:
        asyncio.get_running_loop().remove_reader(self.handle)
        os.close(self.handle)
        self.ended = time.time()
        # A migration delivers nothing.
        self.flights = tuple(map(float, self.record.read_text().split())) if self.record.exists() else ()
        self.over.set()


class Rough(Town):
    """Everything that is killed, and the nursery that starts it."""

    def __init__(self, folder: Path, url: str = "", sabotage: str = "") -> None:
        super().__init__(folder)
        self.url = url
        self.orders = folder / "orders"
        self.orders.mkdir()
        self.environment |= {ORDERS: str(self.orders), "PYTHONPATH": str(ROOT), "SAKSI_SUPERVISED": "1"}
        self.environment[SABOTAGE] = sabotage
        if url:
            self.environment[LEASE] = str(SHORT_LEASE)
        self.empty_database(url)
        self.lives: dict[str, Life] = {}
        self.dead: list[Life] = []
        self._nursery: Process
        self._line = asyncio.Lock()

    @property
    def database(self) -> str:
        return self.url or f"sqlite:///{self.folder / 'saksi.db'}"

    def empty_database(self, url: str = "") -> None:
        """Begin with nothing, not even tables."""
        for file in self.folder.glob("saksi.db*"):
            file.unlink()
        if url:
            self.url = self.environment["SAKSI_DATABASE"] = url

    async def open(self) -> None:
        """Start the nursery."""
        self._nursery = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.crash.nursery",
            cwd=self.folder, env=environ(self.environment), stdin=PIPE, stdout=PIPE, stderr=self.log,
        )  # fmt: skip
        assert await self._answer() == b"ready\n", self.logged()[-2000:]

    async def _asked(self, line: str) -> int:
        async with self._line:
            assert self._nursery.stdin
            self._nursery.stdin.write(f"{line}\n".encode())
            return int(await self._answer())

    async def _answer(self) -> bytes:
        assert self._nursery.stdout
        return await self._nursery.stdout.readline()

    async def begin(self, name: str, *, cold: bool = False) -> Life:
        """Start a process."""
        began = time.time()
        # The nursery was started before the last of the databases was made.
        where = f"SAKSI_DATABASE={self.url}" if self.url else ""
        pid = await self._asked(f"{'cold' if cold else 'start'} {name} {where}")
        life = self.lives[name] = Life(name, pid, began, os.pidfd_open(pid), flights_of(self.orders, pid))
        life.watch()
        return life

    async def end(self, life: Life) -> None:
        """Wait until a process that must end has ended. Raises Broken where it does not."""
        life.wanted = True
        try:
            async with asyncio.timeout(STOPPING):
                await life.over.wait()
        except TimeoutError:
            os.kill(life.pid, signal.SIGKILL)
            raise Broken(f"{life.name} does not end within {STOPPING:.0f} s") from None
        life.code = await self._asked(f"wait {life.pid}")
        self.dead.append(life)
        if self.lives.get(life.name) is life:
            del self.lives[life.name]

    async def slay(self, name: str, how: str) -> Life:
        """Kill a process now."""
        life = self.lives[name]
        life.wanted = True
        with suppress(ProcessLookupError):
            os.kill(life.pid, signal.Signals[how])
        await self.end(life)
        return life

    def order(self, name: str, words: str) -> None:
        """Have a process die at a point."""
        file = self.orders / name
        part = file.with_suffix(".part")
        part.write_text(words)
        part.replace(file)

    def countermand(self, name: str) -> bool:
        """Take an order back; tell whether it had not been carried out."""
        try:
            (self.orders / name).unlink()
        except FileNotFoundError:
            return False
        return True

    def left_behind(self) -> list[str]:
        """Name the processes that the dead have left: the nursery inherits them."""
        tasks = Path(f"/proc/{self._nursery.pid}/task/{self._nursery.pid}/children")
        known = {str(life.pid) for life in self.lives.values()}
        children = [pid for pid in tasks.read_text().split() if pid not in known]
        return [name for pid in children if (name := _running(pid))]

    async def close(self) -> None:
        """End all processes in order, then the nursery and the simulator."""
        for name in list(self.lives):
            await self.slay(name, "SIGTERM")
        self._nursery.kill()
        await self._nursery.wait()

    async def chat(self, key: str) -> list[Message]:
        """What one chat shows."""
        messages: list[Message] = (await self.simulator.get(f"chats/{key}"))["messages"]
        return messages


def _running(pid: str) -> str:
    """Say what a process is, where it is not only a corpse nobody has buried."""
    folder = Path("/proc") / pid
    try:
        if folder.joinpath("stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return ""
        return folder.joinpath("cmdline").read_text().replace("\0", " ").strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""
