"""A terminal with a command in it, and somebody who types."""

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.town import SILENCE, environ


def _sit_down() -> None:
    """Make this terminal the process's own, and have Ctrl-C heard: whoever runs the tests may not want to hear it."""
    fcntl.ioctl(0, termios.TIOCSCTTY)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """Runs `saksi ...` as somebody sees it who sits before it."""

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        self._ours, theirs = pty.openpty()
        # What is typed into a hidden question must show nowhere; the terminal itself echoes all the rest.
        self._process = subprocess.Popen(  # noqa: S603  # our own code
            [sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            env=environ({}),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_sit_down,  # noqa: PLW1509  # one thread, and no lock is held
        )
        os.close(theirs)
        self.shown = ""
        self._read = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def answers(self, asked: str, answer: str) -> None:
        """Wait until this is asked, and type the answer."""
        self.sees(asked)
        os.write(self._ours, f"{answer}\n".encode())

    def presses(self, asked: str, key: bytes) -> None:
        """Wait until this is asked, and press one key."""
        self.sees(asked)
        os.write(self._ours, key)

    def ends(self) -> int:
        """Wait for the end; return the exit code."""
        while self._more():
            pass
        return self._process.wait(SILENCE)

    def sees(self, asked: str) -> None:
        """Wait until this is shown."""
        while asked not in self.shown[self._read :]:
            assert self._more(), f"{asked!r} was not asked: {self.shown}"
        self._read = self.shown.index(asked, self._read) + len(asked)

    def _more(self) -> bool:
        until = time.monotonic() + SILENCE
        while time.monotonic() < until:
            if select.select([self._ours], [], [], 1)[0]:
                try:
                    data = os.read(self._ours, 4096)
                except OSError:  # nobody has the other end any more
                    return False
                self.shown += data.decode()
                return bool(data)
        raise AssertionError(f"silence after: {self.shown}")
