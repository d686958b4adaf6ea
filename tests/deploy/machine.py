"""A machine on which somebody installs Saksi, by its commands alone, with real keys and make-believe platforms."""

import asyncio
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bot import demo
from tests.simulator.running import Running
from tests.town import SILENCE, environ

INTAKE, DESK, GROUP = "100:intake-token", "200:desk-token", -1001000000001
PASSPHRASE = "lima kata yang sangat panjang"
# Where folders in memory are; a machine without one runs no Saksi with real keys.
MEMORY = Path("/dev/shm")  # noqa: S108  # ours are private folders below it


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    said: str
    complained: str


class Machine:
    """A folder with settings, a folder in memory, and the processes that run there."""

    def __init__(self, folder: Path, simulator: Running, runtime: Path) -> None:
        self.folder = folder
        self._simulator, self._runtime = simulator, runtime
        self._processes: list[subprocess.Popen[bytes]] = []
        folder.mkdir(mode=0o700)
        for name, words in (("passphrase", PASSPHRASE), ("intake.txt", INTAKE), ("desk.txt", DESK)):
            (folder / name).write_text(f"{words}\n")
            (folder / name).chmod(0o600)

    @property
    def orders(self) -> Sequence[str]:
        """What the operator tells `saksi init`."""
        set_ = {
            "TELEGRAM__TOKEN": "@intake.txt", "TELEGRAM__API_BASE": self._simulator.url, "DESK__TOKEN": "@desk.txt",
            "DESK__API_BASE": self._simulator.url, "DESK__GROUP": str(GROUP), "DESK__DELAY": "0-0",
            "RUNTIME": str(self._runtime), "LISTEN": f"{demo.HOST}:{demo.free_port()}", "PUSH_DELAY": "0-0",
        }  # fmt: skip
        return [part for name, value in set_.items() for part in ("--set", f"{name}={value}")]

    async def saksi(self, *arguments: str | Path) -> Ended:
        """Run a command as the operator of this machine does."""
        return await asyncio.to_thread(self._run, [str(one) for one in arguments])

    def _run(self, arguments: list[str]) -> Ended:
        done = subprocess.run(  # noqa: S603  # our own code
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder, env=environ({}), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            timeout=4 * SILENCE,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self) -> None:
        """Start it, as `saksi run` or systemd would."""
        with (self.folder / "log").open("ab") as log:
            self._processes += [
                subprocess.Popen(  # noqa: S603  # our own code
                    [sys.executable, "-m", "bot", name], cwd=self.folder, env=environ({}), stdout=log, stderr=log
                )
                for name in ("intake", "desk")
            ]

    def stop(self) -> None:
        """Stop it, as a machine that is shut down does."""
        for process in self._processes:
            process.send_signal(signal.SIGTERM)
        for process in self._processes:
            process.wait(SILENCE)
        self._processes.clear()

    def burn(self) -> None:
        """Lose everything: the disk, and what was in memory."""
        self.stop()
        shutil.rmtree(self.folder)
        shutil.rmtree(self._runtime)


@contextmanager
def machine(folder: Path, simulator: Running) -> Iterator[Machine]:
    """Set one up; at the end nothing of it runs any more, and nothing stays in memory."""
    runtime = Path(tempfile.mkdtemp(prefix="saksi-", dir=MEMORY))
    made = Machine(folder, simulator, runtime)
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(runtime, ignore_errors=True)
