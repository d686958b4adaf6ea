"""The keys of drafts and of what was seen: they rotate, live in memory and die with the power."""

import os
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final

from storage.private import Unsafe, destroy, private_folder, read_private, write_first
from storage.pseudonym import KEY_BYTES, Key


class Purpose(StrEnum):
    """What a key is for."""

    DRAFT = "draft"
    SEEN = "seen"


_DAY: Final = 86_400

PERIODS: Final = {Purpose.DRAFT: _DAY, Purpose.SEEN: 8 * _DAY}
"""Seconds a key is the present one. WhatsApp repeats a message for up to seven days."""

KEPT: Final = 2
"""Keys kept of each purpose: the present one and the one before."""


class Keyring:
    """The keys of this machine, shared by all its processes through files in `folder`/keyring (0700, 0600).

    A key is made by whoever needs it first; racing processes agree on one. A key past its keep is overwritten
    and deleted. `now` is in seconds since the epoch; days begin at midnight UTC.
    """

    def __init__(self, folder: Path) -> None:
        """Raise Unsafe where others own the folder or can look in."""
        self._folder = private_folder(folder / "keyring")
        self._held: dict[Purpose, tuple[int, tuple[Key, ...]]] = {}

    def current(self, purpose: Purpose, now: float) -> Key:
        """Give the key to seal with."""
        return self.kept(purpose, now)[0]

    def kept(self, purpose: Purpose, now: float) -> tuple[Key, ...]:
        """Give the keys to open with, newest first: the present one and, if there was one, the one before."""
        period = int(now // PERIODS[purpose])
        held = self._held.get(purpose)
        if held is None or held[0] != period:
            held = self._held[purpose] = period, self._turn(purpose, period)
        return held[1]

    def turn(self, now: float) -> None:
        """Destroy the keys past their keep though nobody writes; for whoever sweeps."""
        for purpose in Purpose:
            self.kept(purpose, now)

    def _turn(self, purpose: Purpose, period: int) -> tuple[Key, ...]:
        self._sweep(purpose, period - KEPT)
        newest = _make_or_read(self._path(purpose, period))
        older = (self._path(purpose, period - back) for back in range(1, KEPT))
        return newest, *(_read(path) for path in older if path.exists())

    def _sweep(self, purpose: Purpose, last: int) -> None:
        """Destroy the keys of every period up to `last`, and what a crash left of their making."""
        for period, path in self._files(purpose):
            if period <= last:
                with suppress(FileNotFoundError):  # another process turned to the new period as well
                    destroy(path)

    def _files(self, purpose: Purpose) -> Iterator[tuple[int, Path]]:
        for path in self._folder.glob(f"{purpose}-*.key*"):
            period = path.name.removeprefix(f"{purpose}-").partition(".")[0]
            if period.isdecimal():
                yield int(period), path

    def _path(self, purpose: Purpose, period: int) -> Path:
        return self._folder / f"{purpose}-{period}.key"


def _make_or_read(path: Path) -> Key:
    try:
        return _read(path)
    except FileNotFoundError:
        return _key(path, write_first(path, os.urandom(KEY_BYTES)))


def _read(path: Path) -> Key:
    return _key(path, read_private(path))


def _key(path: Path, secret: bytes) -> Key:
    if len(secret) != KEY_BYTES:
        raise Unsafe(f"{path} is no key: delete it; the drafts under it are lost")
    return Key(secret)
