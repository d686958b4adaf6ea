"""Which couriers of this machine live: each locks a file of its own, and the kernel unlocks it however they die.

Several intakes are on one machine, since draft keys live in one machine's memory; so the folder they share tells more
surely than their database which of them is there: no connection that breaks makes somebody dead who lives.
"""

import fcntl
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".courier"


@dataclass(frozen=True, slots=True)
class Presence:
    """One courier's place among the others."""

    folder: Path
    name: str

    def dead(self) -> Collection[str]:
        """Name the couriers that have died here and were not forgotten yet."""
        others = (path for path in self.folder.glob(f"*{SUFFIX}") if path.stem != self.name)
        return [path.stem for path in others if _is_dead(path)]

    def forget(self, dead: Collection[str]) -> None:
        """Nobody has to look for these any more: what they held was given back."""
        for name in dead:
            (self.folder / f"{name}{SUFFIX}").unlink(missing_ok=True)


@contextmanager
def present(folder: Path) -> Iterator[Presence]:
    """Be seen by the other couriers of this folder; what is left behind says that one has died, or ended."""
    name = secrets.token_hex(6)
    # Under another name until it is locked, or somebody might look in between and believe us dead.
    coming = folder / f"{name}.coming"
    with coming.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        coming.rename(folder / f"{name}{SUFFIX}")
        yield Presence(folder, name)


def _is_dead(path: Path) -> bool:
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except FileNotFoundError:  # another has forgotten it meanwhile
        return False
    return True
