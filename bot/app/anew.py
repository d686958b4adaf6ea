"""Starts a process anew in its own place when the roster or its opened keys change, as it starts after any crash."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.logs import log
from storage.private import Unsafe

# Seconds between two looks; an operator who has just unlocked something waits no longer.
EVERY = 1.0


class Changed(Exception):
    """What the process was wired from has changed."""


def start_anew() -> None:
    """Forget everything in memory by starting anew."""
    raise Changed


class Watch:
    """Looks at files from the moment it is made on, so that nothing changes unseen while they are read."""

    def __init__(self, files: Callable[[], Iterable[Path]], check: Callable[[], object]) -> None:
        """Take what lists the files, and what raises Unsafe where nobody should start with them."""
        self._files = files
        self._check = check
        self._seen = self._look()

    async def run(self) -> None:
        """Raise Changed as soon as one of the files is another, is gone or has come; what is unsafe changes nothing."""
        while True:
            await asyncio.sleep(EVERY)
            self.look()

    def look(self) -> None:
        """Do so once."""
        if (now := self._look()) == self._seen:
            return
        self._seen = now
        try:
            self._check()
        except Unsafe as unsafe:
            log.error("refused", why=str(unsafe))
        else:
            raise Changed

    def _look(self) -> list[tuple[str, int, int]]:
        return sorted(stamp for path in self._files() if (stamp := _stamp(path)))


def _stamp(path: Path) -> tuple[str, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return path.name, found.st_mtime_ns, found.st_ino


@contextmanager
def starting_anew() -> Iterator[None]:
    """Put a fresh process with the same arguments in the place of this one when it raises Changed."""
    try:
        yield
    except* Changed:
        log.info("anew")
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606  # ourselves, as we were called
