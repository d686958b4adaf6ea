"""A terminal with a command in it, and somebody who types."""

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.town import SILENCE, environ


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
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY),  # noqa: PLW1509  # one thread, and no lock is held
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
        """Wait until this is asked and somebody listens, and press one key.

        A signal that comes between Python's last look for one and its reading is heard with the next line alone.
        """
        self.sees(asked)
        stat = Path(f"/proc/{self._process.pid}/stat")
        while stat.read_text().rpartition(")")[2].split()[0] != "S":
            time.sleep(0.01)
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
