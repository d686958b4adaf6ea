"""A PostgreSQL of one's own, from Debian's programs: on a socket in a short folder, without a port, thrown away."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from storage import migrations
from storage.database import Database
from storage.models import METADATA

# Debian keeps them off the PATH, one folder a version.
PROGRAMS = Path("/usr/lib/postgresql")
USER = "postgres"
# Nothing here has to survive the machine; what a killed client wrote survives all the same.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "deadlock_timeout=50ms")


class Cluster:
    """One database whose tables the real migrations made, emptied for each story; and others, still without tables."""

    def __init__(self, folder: Path, where: Path, options: str) -> None:
        self._folder = folder
        self._where, self._options = where, options
        self._names = (f"story_{number}" for number in count(1))
        self._shared = ""

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{USER}@/{name}?host={self._folder}"

    def empty(self) -> str:
        """Make a database without any table; return its URL."""
        name = next(self._names)
        with self._connected(USER) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def migrated(self) -> str:
        """Return the URL of the shared database, with all its tables and no row."""
        if not self._shared:
            self._shared = self.empty()
            database = Database.at(self._shared)
            migrations.upgrade(database)
            database.close()
        with self._connected(self._shared.partition("@/")[2].partition("?")[0]) as connection:
            # A client that a story killed may still be there, with locks.
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client "
                "backend' AND datname = current_database() AND pid <> pg_backend_pid()"
            )
            for table in METADATA.tables:
                connection.execute(f"DELETE FROM {table}".encode())  # noqa: S608  # our own tables' names
        return self._shared

    def start(self) -> None:
        data = str(self._folder / "data")
        _run(self._where / "pg_ctl", "start", "--wait", "-D", data, "-l", f"{data}/log", "-o", self._options)

    def stop(self) -> None:
        """As if its machine had died: nobody is told, nothing is finished."""
        _run(self._where / "pg_ctl", "stop", "--wait", "-D", str(self._folder / "data"), "--mode", "immediate")

    def _connected(self, name: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=str(self._folder), user=USER, dbname=name, autocommit=True)


def programs() -> Path | None:
    """Find the folder with `initdb`, of the newest version."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def running(where: Path, settings: Sequence[str] = FAST) -> Iterator[Cluster]:
    """Start a server from these programs; stop it and remove all of it at the end."""
    # A socket's path may have 107 bytes, less than pytest's own folders take.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    data = str(folder / "data")
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        _run(where / "initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--no-sync", "-E", "UTF8")
        options = " ".join(f"-c {option}" for option in (*settings, f"unix_socket_directories={folder}"))
        cluster = Cluster(folder, where, options)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder)


def _run(program: Path, *arguments: str) -> None:
    # PostgreSQL refuses to be root's: then it belongs to the user whom Debian made for it.
    owner = USER if os.geteuid() == 0 else None
    done = subprocess.run(  # noqa: S603  # Debian's own programs
        [str(program), *arguments],
        cwd="/",
        check=False,
        # pg_ctl leaves the server with its own standard streams: a pipe would never end.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=owner,
        group=owner,
        extra_groups=[] if owner else None,
    )
    assert done.returncode == 0, f"{program.name} {arguments[0]} ended with {done.returncode}"
