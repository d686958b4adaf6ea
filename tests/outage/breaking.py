"""Ways to keep a running town from writing, for real: a disk that is full, a server that is stopped."""

import asyncio
import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, text

from tests.storage.postgres import Cluster

# Bytes of a disk that a town and a story fit onto, and of what is left when it is full: less than any page.
DISK, PIECE = 24 << 20, 1 << 16


class Break(Protocol):
    """Something that keeps us from writing."""

    def begin(self) -> None: ...
    def end(self) -> None: ...


class FullDisk:
    """A file that takes all the room there is."""

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    def begin(self) -> None:
        with self._ballast.open("ab", buffering=0) as file:
            for size in (PIECE, 1):
                _fill(file.fileno(), size)

    def end(self) -> None:
        self._ballast.unlink()


def _fill(descriptor: int, size: int) -> None:
    try:
        while True:
            os.write(descriptor, bytes(size))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


class StoppedServer:
    """A PostgreSQL that dies as if its machine had."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def begin(self) -> None:
        self._cluster.stop()

    def end(self) -> None:
        self._cluster.start()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Put a small file system there; only root can."""
    _run("mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0700", "saksi", str(folder))
    try:
        yield
    finally:
        _run("umount", "--lazy", str(folder))


def remount(folder: Path, how: str) -> None:
    """Mount it read-only (ro) or as it was (rw)."""
    _run("mount", "-o", f"remount,{how}", str(folder))


def may_mount(folder: Path) -> bool:
    """Tell whether this machine lets us mount at all."""
    if os.geteuid() != 0:
        return False
    with suppress(subprocess.CalledProcessError), small_disk(folder):
        return True
    return False


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # the system's own programs


def rows(url: str, table: str) -> int:
    """Count rows from outside."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0)  # noqa: S608  # ours
    finally:
        engine.dispose()


async def read(log: Path, words: str, *, seconds: float = 90.0) -> str:
    """Wait until a log says this; return the whole of it."""
    async with asyncio.timeout(seconds):
        while words not in (said := await asyncio.to_thread(log.read_text)):  # noqa: ASYNC110  # other processes write
            await asyncio.sleep(0.2)
    return said
