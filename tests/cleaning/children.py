"""The processes we started and have not yet seen end, zombies among them."""

import os
from collections.abc import Iterator
from pathlib import Path

_STAT_PARENT = 1  # proc_pid_stat(5), counted behind the name in parentheses


def children() -> frozenset[int]:
    me = os.getpid()
    return frozenset(pid for pid, parent in _processes() if parent == me)


def _processes() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):  # it ended while we looked
            continue
        yield int(folder.name), int(stat.rpartition(")")[2].split()[_STAT_PARENT])
