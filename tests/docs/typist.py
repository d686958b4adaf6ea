"""Types commands quickly: a process that has imported the command line, and splits off a child for each command.

A line comes in, a folder and words as JSON; the exit code goes out. What the command said lies in the folder.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.crash.nursery import end
from tests.docs.pages import ROOT
from tests.town import environ

SAID, COMPLAINED, GIVEN = "said.txt", "complained.txt", "given.txt"


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    said: str
    complained: str


class Typist:
    """Runs commands in folders, one after the other, with the settings that lie there and no others."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.docs.typist"]
        self._process = subprocess.Popen(  # noqa: S603  # ourselves
            command, cwd=ROOT, env=environ({}), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._process.communicate()

    def type(self, folder: Path, *words: str) -> Ended:
        """Run `saksi` with these words; whoever reads standard input reads `given.txt`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        (folder / GIVEN).touch()
        print(json.dumps([str(folder), words]), file=self._process.stdin, flush=True)
        code = int(self._process.stdout.readline())
        return Ended(code, (folder / SAID).read_text("utf8"), (folder / COMPLAINED).read_text("utf8"))


def _typed(folder: str, words: list[str]) -> int:
    """Split off a process for one command; return its exit code."""
    if pid := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.chdir(folder)
    for number, (name, flags) in enumerate(
        ((GIVEN, os.O_RDONLY), (SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), (COMPLAINED, os.O_WRONLY | os.O_CREAT))
    ):
        os.dup2(os.open(name, flags, 0o600), number)
    sys.argv = ["saksi", *words]
    from bot.cli import main  # noqa: PLC0415  # imported already, below

    end(main)
    raise AssertionError("a child came back")


def serve() -> None:
    """Answer lines until there are no more."""
    import bot.backups  # noqa: PLC0415
    import bot.channels.desk  # noqa: PLC0415
    import bot.channels.telegram  # noqa: PLC0415
    import bot.cli  # noqa: PLC0415
    import bot.doctor.examination  # noqa: PLC0415
    import bot.first  # noqa: PLC0415
    import bot.locksmith  # noqa: F401, PLC0415

    while line := sys.stdin.readline():
        print(_typed(*json.loads(line)), flush=True)  # noqa: T201  # the answer


if __name__ == "__main__":
    serve()
