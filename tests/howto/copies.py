"""A copy of the tree, and the how-tos of CONTRIBUTING.md to be done on it, block by block.

A block of a how-to is a diff without numbers: `--- path`, lines that stand there already, and lines to add. Where no
line stands there already, they go to the end of the file.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = "CONTRIBUTING.md"
# What a program needs; only what a how-to changes is copied.
TREE = ("bot", "handlers", "storage", "locales", "simulator", "tests", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done to one file."""

    path: str
    lines: tuple[str, ...]

    @property
    def added(self) -> int:
        return sum(line.startswith("+") for line in self.lines)

    def done(self, text: str) -> str:
        """Return the file as it is then."""
        before, after = ("\n".join(line[1:] for line in self.lines if line[0] in kept) for kept in (" -", " +"))
        if not before:
            return f"{text.rstrip()}\n{after}\n"
        assert text.count(f"{before}\n") == 1, f"{self.path} has no such lines, or has them twice:\n{before}"
        return text.replace(f"{before}\n", f"{after}\n")


def changes(title: str) -> tuple[Change, ...]:
    """Read what the how-to of this title says is to be done."""
    return tuple(_changes((ROOT / PAGE).read_text("utf8"), title))


def size(title: str) -> tuple[int, int]:
    """Count the lines that a how-to adds, and the files it touches."""
    found = changes(title)
    return sum(change.added for change in found), len({change.path for change in found})


def _changes(page: str, title: str) -> Iterator[Change]:
    part = page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    for block in re.findall(r"^```diff\n(.*?)^```", part, re.DOTALL | re.MULTILINE):
        for one in re.split(r"^--- ", block, flags=re.MULTILINE)[1:]:
            path, *lines = one.splitlines()
            yield Change(path, tuple(line for line in lines if line))


@dataclass(frozen=True, slots=True)
class Copy:
    """A tree of one's own."""

    folder: Path

    @classmethod
    def of(cls, folder: Path, *changed: str) -> "Copy":
        """Make one in which these of TREE may be changed."""
        for name in TREE:
            if name in changed:
                shutil.copytree(ROOT / name, folder / name)
            else:
                (folder / name).symlink_to(ROOT / name)
        return cls(folder)

    def do(self, *changes: Change) -> None:
        """Do what a how-to says."""
        for change in changes:
            path = self.folder / change.path
            path.write_text(change.done(path.read_text("utf8")), "utf8")

    def run(self, *arguments: str, within: float | None = None) -> subprocess.CompletedProcess[str]:
        """Run Python on this tree. Raises TimeoutExpired after so many seconds."""
        return subprocess.run(  # noqa: S603  # our own code
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            timeout=within,
        )

    @contextmanager
    def running(self, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """Have Python run on this tree; it is asked to end."""
        here = {**environment, "PYTHONPATH": str(self.folder)}
        with subprocess.Popen([sys.executable, *arguments], cwd=self.folder, env=here) as process:  # noqa: S603  # our own code
            try:
                yield process
            finally:
                process.terminate()

    def replayed(self, player: str, story: Path) -> str:
        """Play a story here; return it with what the bot does in this tree."""
        played = self.folder / story.name
        shutil.copy(story, played)
        done = self.run("-m", player, str(played))
        assert done.returncode == 0, done.stderr
        return played.read_text("utf8")
