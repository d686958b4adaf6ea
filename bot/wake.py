"""Processes wake each other by a datagram in the runtime folder; whoever is not there finds what is due by itself."""

import asyncio
import contextlib
import fcntl
import secrets
import socket
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

INTAKE = "intake"
# What a bell is called behind its process: four hexadecimal digits of its own.
BELL = ".[0-9a-f][0-9a-f][0-9a-f][0-9a-f]"


@contextmanager
def alone(folder: Path, name: str) -> Iterator[bool]:
    """Say whether no other process of this name runs here; the kernel forgets whoever dies, however they die."""
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def owner(lane: str) -> str:
    """Name the process whose courier delivers a lane."""
    return lane.replace(":", "-") if lane.startswith("desk:") else INTAKE


class Bell:
    """Rings for other processes, and hears when it is rung for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ring(self, lanes: Collection[str]) -> None:
        """Wake whoever delivers these lanes; if nobody listens, the couriers' own net finds the rows."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as bell:
            for name in {owner(lane) for lane in lanes}:
                for path in self._folder.glob(name + BELL):
                    _ring(bell, path)

    @contextmanager
    def hear(self, name: str, rung: Callable[[], None]) -> Iterator[None]:
        """Call `rung` whenever somebody rings for `name`; several processes of one name all hear it."""
        path = self._free(name)
        loop = asyncio.get_running_loop()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as bell:
            bell.bind(str(path))
            loop.add_reader(bell, _drain, bell, rung)
            try:
                yield
            finally:
                loop.remove_reader(bell)
                path.unlink(missing_ok=True)

    def _free(self, name: str) -> Path:
        """Name a socket that nobody has; shortly, for the kernel takes 107 bytes with the folder."""
        while (path := self._folder / f"{name}.{secrets.token_hex(2)}").exists():
            pass
        return path


def _ring(bell: socket.socket, path: Path) -> None:
    """Ring there; that it is rung already, gone just now or another user's is no harm."""
    with contextlib.suppress(OSError):
        try:
            bell.sendto(b"", str(path))
        except ConnectionRefusedError:
            path.unlink()  # whoever heard it died


def _drain(bell: socket.socket, rung: Callable[[], None]) -> None:
    with contextlib.suppress(BlockingIOError):
        while True:
            bell.recv(1)
            rung()
