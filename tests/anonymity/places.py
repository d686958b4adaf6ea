"""Where something of a reporter might be left: a town's database, folders, memory, and what its officers have seen."""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage.database import Database
from storage.runtime import memory_backed
from tests.anonymity.poisoned import FAILED, ROOT
from tests.anonymity.search import Search, Searched
from tests.anonymity.spellings import Canary
from tests.storage import postgres
from tests.town import DESK_BOT, Town, environ

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own below it
MEMORY = "runtime folder, in memory: the keys of the day and nothing else"
DISK_INSTEAD = "runtime folder, on disk here, as this machine has no /dev/shm"


class Watched(Town):
    """A town whose processes fail on purpose; its runtime folder is in memory, apart from all that is on a disk."""

    def __init__(self, folder: Path, url: str = "") -> None:
        super().__init__(folder)
        in_memory = SHARED_MEMORY.is_dir() and memory_backed(SHARED_MEMORY)
        self.runtime = Path(tempfile.mkdtemp(prefix="saksi-canary-", dir=SHARED_MEMORY if in_memory else folder))
        self.runtime_is = MEMORY if in_memory else DISK_INSTEAD
        self.failed = folder / "failed"
        self.url = url
        self.environment["SAKSI_RUNTIME"] = str(self.runtime)
        self.environment |= {FAILED: str(self.failed), "PYTHONPATH": str(ROOT)}
        if url:
            for file in folder.glob("saksi.db*"):
                file.unlink()
            self.environment["SAKSI_DATABASE"] = url
            self.command("migrate")

    @property
    def database(self) -> str:
        return self.url or f"sqlite:///{self.folder / 'saksi.db'}"

    def start(self, *names: str) -> None:
        for name in names or ("intake", "desk"):
            self.processes[name] = subprocess.Popen(  # noqa: S603  # our own code
                [sys.executable, "-m", "tests.anonymity.poisoned", name],
                cwd=self.folder,
                env=environ(self.environment),
                stdout=self.log,
                stderr=self.log,
            )

    def checkpoint(self) -> None:
        """Have PostgreSQL write its tables to the disk, beside the log of what was written."""
        if self.url:
            database = Database.at(self.url)
            with database.transaction() as tx:
                tx.execute(text("CHECKPOINT"))
            database.close()

    def stop(self) -> None:
        """End the processes; what they left stays, to be searched."""
        for name in list(self.processes):
            self.kill(name, signal.SIGTERM)

    def end(self) -> None:
        """End everything, and remove what is in memory."""
        super().stop()
        shutil.rmtree(self.runtime)


@dataclass(frozen=True, slots=True)
class Place:
    """Something to search, by a name for people."""

    name: str
    roots: tuple[Path, ...]

    def searched(self, search: Search) -> Searched:
        searched = Searched()
        for root in self.roots:
            searched += search.tree(root)
        return searched


def on_disk(town: Watched, data: Path | None) -> Iterator[Place]:
    """Name all places of a town; `data` is PostgreSQL's folder. Every file of the town's folder is in one of them."""
    folder = town.folder
    database = tuple(sorted(folder.glob("saksi.db*")))
    named = {
        "database and its write-ahead log": (data,) if data else database,
        "evidence store": (folder / "evidence",),
        "logs of both processes": (folder / "log",),
        "temporary files": (folder / "tmp",),
        "backups": tuple(sorted(folder.glob("*.age"))),
        "dump": tuple(sorted(folder.glob("*.sql"))),
    }
    known = {root for roots in named.values() for root in roots} | {town.runtime}
    rest = tuple(sorted(path for path in folder.iterdir() if path not in known))
    for name, roots in {**named, "keys, roster and everything else there": rest}.items():
        there = tuple(root for root in roots if root.exists())
        if there:
            yield Place(name, there)
    yield Place(town.runtime_is, (town.runtime,))


def dump(town: Watched) -> None:
    """Write PostgreSQL's own dump into the town's folder, beside the backup."""
    programs = postgres.programs()
    assert programs
    socket, name = town.url.partition("host=")[2], town.url.partition("@/")[2].partition("?")[0]
    file = str(town.folder / "dump.sql")
    command = [str(programs / "pg_dump"), "--host", socket, "--username", postgres.USER, "--file", file, name]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # Debian's own program


async def with_officers(town: Watched) -> dict[str, bytes]:
    """Collect what reached officers: chats, pictures, toasts, all calls of the desk's bot, also of what is gone."""
    state = (await town.simulator.get("state"))["telegram"]
    chats = [chat for chat in state["chats"] if chat["key"] == str(town.group) or chat["key"].endswith(f":{DESK_BOT}")]
    calls = [call for call in (await town.simulator.get("calls"))["calls"] if call["bot"] == DESK_BOT]
    seen = {
        "the officers' group and private chats": _bytes(chats),
        "toasts": _bytes(state["toasts"]),
        "calls of the desk's bot": _bytes(calls),
    }
    for url in sorted(set(_media(chats))):
        seen[f"picture {url}"] = (await town.simulator.client.get(url)).content
    return seen


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _media(chats: list[dict[str, Any]]) -> Iterator[str]:
    for chat in chats:
        for message in chat["messages"]:
            if message["media"]:
                yield str(message["media"]["url"])


def plant_in_database(url: str, canaries: dict[str, Canary]) -> None:
    """Write every canary into a table, as a careless change of ours might."""
    database = Database.at(url)
    with database.transaction() as tx:
        tx.execute(text("CREATE TABLE careless (number BIGINT, words TEXT)"))
        for canary in canaries.values():
            number = canary if isinstance(canary, int) else None
            words = canary.hex() if isinstance(canary, bytes) else f"{canary}"
            tx.execute(text("INSERT INTO careless VALUES (:number, :words)"), {"number": number, "words": words})
    database.close()
