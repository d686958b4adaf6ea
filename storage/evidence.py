"""Sealed files: durable in the store before the row that names them, swept when nobody wants them."""

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct
from sqlalchemy import Connection, delete, select, update

from storage.database import insert_or_replace
from storage.errors import Gone
from storage.models import METADATA

EVIDENCE = METADATA.tables["evidence"]
# An unsent draft dies within two days; what it had sent goes with it.
UNWANTED_AFTER_DAYS = 2
NAME: Final = re.compile(r"[A-Za-z0-9_-]*[A-Za-z0-9][A-Za-z0-9_-]*")


class Piece(Struct, frozen=True):
    """One row of evidence, without what is in it."""

    id: str
    kind: str
    here: bool
    lost: bool


class Store(Protocol):
    """Where sealed files are, each under its random id. Each of these raises Unreached where it cannot be asked."""

    def put(self, id_: str, blob: bytes, day: date) -> None:
        """Store a sealed file so that it survives whatever happens next; storing it again harms nothing."""

    def get(self, id_: str) -> bytes:
        """Read a sealed file. Raises Gone."""

    def drop(self, id_: str) -> None:
        """Delete a file, if it is there."""

    def older(self, day: date) -> Iterator[str]:
        """Name the files that were put before this day, and what a crash left of one."""


class Folder:
    """The store as a folder. Files are named by their random ids and carry no time of day."""

    def __init__(self, root: Path) -> None:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._root = root

    def put(self, id_: str, blob: bytes, day: date) -> None:
        """Write a sealed file so that it survives a power cut: the file is synced, then its folder."""
        path = self._path(id_)
        path.parent.mkdir(mode=0o700 | (self._root.stat().st_mode & 0o070), exist_ok=True)
        part = path.with_suffix(".part")
        midnight = datetime.combine(day, time()).timestamp()
        with part.open("wb") as file:
            file.write(blob)
            file.flush()
            os.utime(
                file.fileno(), (midnight, midnight)
            )  # before it is synced: a power cut must not bring back the hour
            os.fsync(file.fileno())
        part.replace(path)
        for folder in (path.parent, self._root):
            _sync(folder)
            os.utime(folder, (midnight, midnight))

    def get(self, id_: str) -> bytes:
        """Read a sealed file. Raises Gone."""
        try:
            return self._path(id_).read_bytes()
        except FileNotFoundError:
            raise Gone("no such file") from None

    def drop(self, id_: str) -> None:
        """Delete a file, if it is there; the folder does not tell when."""
        path = self._path(id_)
        if path.parent.is_dir():
            before = path.parent.stat()
            for gone in (path, path.with_suffix(".part")):
                gone.unlink(missing_ok=True)
            os.utime(path.parent, ns=(before.st_atime_ns, before.st_mtime_ns))

    def older(self, day: date) -> Iterator[str]:
        """Name the files that were put before this day, and those of which a crash left a part."""
        midnight = datetime.combine(day, time()).timestamp()
        for path in self._root.glob("??/*"):
            with suppress(FileNotFoundError):  # somebody else drops files as well
                if NAME.fullmatch(path.stem) and path.stat().st_mtime < midnight:
                    yield path.stem

    def _path(self, id_: str) -> Path:
        return self._root / key(id_)


def key(id_: str) -> str:
    """Say where in a store a file is: the same in each, so that common tools carry files from one to another."""
    if not NAME.fullmatch(id_):
        raise ValueError("a file's name is made of letters, digits, - and _")
    return f"{id_[:2]}/{id_}"


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def arrive(tx: Connection, id_: str, kind: str, size: int, day: date) -> str | None:
    """Write down that a file is in the store, its size in bytes counted coarsely.

    Returns the tip it belongs to, if that was sent already.
    """
    row = {"id": id_, "tip": None, "day": day.toordinal(), "kind": kind, "size": size, "lost": False}
    # One statement: a tip that another process sends between two would lose its file.
    arrived = insert_or_replace(EVIDENCE, tx.dialect.name, keep=("tip",)).returning(EVIDENCE.c.tip)
    tip: str | None = tx.execute(arrived, row).scalar_one()
    return tip


def lose(tx: Connection, id_: str) -> str | None:
    """Write down that a file will never come; return the tip that waits for it, if any."""
    tip = _tip(tx, id_)
    if tip:
        tx.execute(update(EVIDENCE).where(EVIDENCE.c.id == id_).values(lost=True))
    return tip


def discard(tx: Connection, ids: Collection[str]) -> list[str]:
    """Forget files that belong to no tip; return those whose bytes may be dropped."""
    loose = EVIDENCE.c.id.in_(ids), EVIDENCE.c.tip.is_(None)
    gone = [row.id for row in tx.execute(select(EVIDENCE.c.id).where(*loose)).all()]
    tx.execute(delete(EVIDENCE).where(*loose))
    return gone


def sweep(tx: Connection, today: date) -> list[str]:
    """Forget files whose draft is long gone; return those whose bytes may be dropped."""
    old = EVIDENCE.c.tip.is_(None), EVIDENCE.c.day < today.toordinal() - UNWANTED_AFTER_DAYS
    gone = [row.id for row in tx.execute(select(EVIDENCE.c.id).where(*old)).all()]
    tx.execute(delete(EVIDENCE).where(*old))
    return gone


def of(tx: Connection, tip: str) -> list[Piece]:
    """List the evidence of a tip."""
    rows = tx.execute(select(EVIDENCE).where(EVIDENCE.c.tip == tip).order_by(EVIDENCE.c.id)).all()
    return [Piece(row.id, row.kind, row.size > 0, row.lost) for row in rows]


def give_up(tx: Connection, id_: str, tip: str) -> bool:
    """Forget a file of a tip that is here; say whether it was. Its bytes may be dropped then."""
    here = EVIDENCE.c.id == id_, EVIDENCE.c.tip == tip, EVIDENCE.c.size > 0
    return tx.execute(delete(EVIDENCE).where(*here)).rowcount > 0


def _tip(tx: Connection, id_: str) -> str | None:
    row = tx.execute(select(EVIDENCE.c.tip).where(EVIDENCE.c.id == id_).with_for_update()).first()
    return row.tip if row else None
