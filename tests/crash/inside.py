"""The database and the store once nobody is killed any more: opened with the desk's key, and counted."""

import asyncio
import time
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from sqlalchemy import ColumnElement, Connection, func, select

from bot.app.ground import now
from bot.parcels import Sweeping, desk_lane, unpacked
from bot.zones import WESTERN
from handlers.messages import Kind
from handlers.status import Status
from storage import evidence, tips
from storage.database import Database
from storage.erasure import ErasedList, Retention
from storage.errors import Gone
from storage.evidence import Folder
from storage.keys import desk_identity
from storage.models import METADATA
from storage.outbox import OWED
from storage.vault import open_sealed
from storage.wrapping import Wrapper
from tests.crash.crowd import Told
from tests.crash.marks import is_spoken, read
from tests.crash.rough import Broken, Rough

DESK = "bawaslu"
TIP, EVIDENCE, EVENT = (METADATA.tables[name] for name in ("tip", "evidence", "event"))
# Seconds until all that is due has been delivered: platforms that failed are tried again after half a minute at most.
QUIET = 150.0


@dataclass
class Kept:
    """One tip as the desk's key opens it."""

    word: str
    status: str
    pictures: list[int] = field(default_factory=list)
    voices: list[bytes] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass
class Inside:
    """A look with the desk's key and the operator's rights."""

    town: Rough

    @cached_property
    def database(self) -> Database:
        return Database.at(self.town.database)

    @cached_property
    def identity(self) -> str:
        return desk_identity(self.town.folder / "keys", DESK)

    @property
    def store(self) -> Folder:
        return Folder(self.town.folder / "evidence")

    async def quiet(self) -> None:
        """Wait until nothing is due any more. Raises Broken where something stays."""
        until = time.monotonic() + QUIET
        while left := await asyncio.to_thread(self._due):
            if given_up := await asyncio.to_thread(self._given_up):
                raise Broken(f"given up, for the operator: {given_up}")
            if time.monotonic() > until:
                raise Broken(f"still owed after {QUIET:.0f} s of quiet: {left}")
            await asyncio.sleep(0.5)

    def _due(self) -> dict[str, int]:
        """Count what is due, and all that waits for word of its arrival, by lane."""
        return self._counted((OWED.c.due <= time.time()) | OWED.c.lane.like("sent:%"))

    def _given_up(self) -> dict[str, int]:
        """Count what nobody tries any more, by lane."""
        return self._counted(OWED.c.parked.is_(True))

    def _counted(self, due: ColumnElement[bool]) -> dict[str, int]:
        with self.database.snapshot() as tx:
            rows = tx.execute(select(OWED.c.lane, func.count()).where(due).group_by(OWED.c.lane)).all()
        return {row[0]: row[1] for row in rows}

    def check_owed(self) -> None:
        """Nothing is parked, leased, or owed to anybody but the desk's own clock. Raises Broken."""
        with self.database.snapshot() as tx:
            rows = tx.execute(select(OWED)).all()
        odd = Counter((row.lane, row.parked, row.code) for row in rows if row.parked or row.lane != desk_lane(DESK))
        leased = sum(row.holder is not None or row.lease > max(row.due, time.time()) for row in rows)
        if odd or leased:
            raise Broken(f"owed and never delivered: {dict(odd)}; leases left over: {leased}")

    def kept(self) -> list[Kept]:
        """Open every tip, with its evidence and what was added. Raises Broken where a file is missing."""
        with self.database.snapshot() as tx:
            return [self._kept(tx, row.id, row.status) for row in tx.execute(select(TIP.c.id, TIP.c.status)).all()]

    def _kept(self, tx: Connection, id_: str, status: str) -> Kept:
        keys = (self.identity,)
        tip = tips.open_tip(tx, id_, keys)
        one = Kept(tip.who.removeprefix("Camat "), status)
        one.words = [letter.text for letter in tips.letters(tx, id_, keys)]
        pieces = {piece.id: piece for piece in evidence.of(tx, id_)}
        for enclosure in (*tip.enclosures, *tips.attached(tx, id_, keys)):
            piece = pieces.pop(enclosure.id, None)
            if piece is None or piece.lost or not piece.here:
                raise Broken(f"{one.word}: a file that was sent is not there: {piece}")
            data = open_sealed(self._file(one.word, enclosure.id), [enclosure.key])
            if enclosure.kind == Kind.IMAGE:
                one.pictures.append(read(data))
            else:
                one.voices.append(data)
        if pieces:
            raise Broken(f"{one.word}: evidence that its tip does not name: {len(pieces)}")
        return one

    def _file(self, word: str, id_: str) -> bytes:
        try:
            return self.store.get(id_)
        except Gone:
            raise Broken(f"{word}: a file was called stored and is not in the store") from None

    def check_files(self) -> tuple[int, int]:
        """No row without its file, no file without its row once the sweeper had its days; no part of a file.

        Returns how many files there are, and how many a kill had left for the sweeper. Raises Broken.
        """
        with self.database.snapshot() as tx:
            rows = tx.execute(select(EVIDENCE.c.id, EVIDENCE.c.tip)).all()
        loose = sum(row.tip is None for row in rows)
        strays = self._stored() - {row.id for row in rows}
        missing = {row.id for row in rows} - self._stored()
        if loose or missing:
            raise Broken(f"evidence of nobody's: {loose} rows; rows without a file: {len(missing)}")
        later = now(WESTERN).date() + timedelta(days=3)
        Retention(self.database, self.store, ErasedList(self.town.folder / "erased"), 3650).sweep(later)
        if left := self._stored() ^ {row.id for row in rows}:
            raise Broken(f"files that the sweeper leaves or takes in vain: {sorted(left)}")
        return len(rows), len(strays)

    def _stored(self) -> set[str]:
        return {path.name for path in (self.town.folder / "evidence").glob("??/*")}

    def check_folders(self) -> None:
        """No temporary file anywhere, no key half made. Raises Broken."""
        folder = self.town.folder
        temporary = [path for path in (folder / "tmp").rglob("*") if path.is_file()]
        parts = [path for path in folder.rglob("*") if path.suffix in {".part", ".tmp", ".new"}]
        keyring = [path for path in (folder / "runtime" / "keyring").glob("*") if path.suffix != ".key"]
        if left := [*temporary, *parts, *keyring]:
            raise Broken(f"left over: {left}")

    def check_audit(self) -> None:
        """The chain holds, and nothing was done twice. Raises Broken."""
        self.town.command("audit", "verify")
        statuses = {status.value for status in Status}
        with self.database.snapshot() as tx:
            rows = tx.execute(select(EVENT.c.tip, EVENT.c.action)).all()
        done = Counter((row.tip, row.action) for row in rows if row.action in statuses)
        if again := [action for (_, action), times in done.items() if times > 1]:
            raise Broken(f"written down twice in the work log: {again}")

    def sweepings(self) -> set[int]:
        """Name the messages of private chats that are owed to be deleted."""
        wrapper, numbers = Wrapper(identities=[self.identity]), set[int]()
        with self.database.snapshot() as tx:
            rows = tx.execute(select(OWED).where(OWED.c.lane == desk_lane(DESK))).all()
        for row in rows:
            parcel = unpacked(wrapper.open(row.payload, row.id, now(WESTERN)))
            numbers |= set(parcel.messages) if isinstance(parcel, Sweeping) else set()
        return numbers


def compare(told: Iterable[Told], kept: Collection[Kept], *, only_with_files: bool = False) -> None:
    """Each tip whose code was shown is there once, with all that was called stored, and no other. Raises Broken."""
    wanted = {one.word: one for one in told if not one.withdrawn and (_files(one) or not only_with_files)}
    there = Counter(one.word for one in kept)
    if missing := sorted(wanted.keys() - there.keys()):
        raise Broken(f"codes were shown for reports that nobody has: {missing}")
    if strange := sorted(there.keys() - wanted.keys()):
        raise Broken(f"tips whose code was never shown, or which were taken back: {strange}")
    if twice := [word for word, times in there.items() if times > 1]:
        raise Broken(f"tips that are there more than once: {twice}")
    for one in kept:
        _same(wanted[one.word], one)


def _files(told: Told) -> int:
    return len(told.pictures) + len(told.voices)


def _same(told: Told, kept: Kept) -> None:
    if sorted(told.pictures) != sorted(kept.pictures):
        raise Broken(f"{told.word}: pictures {sorted(told.pictures)} were sent, {sorted(kept.pictures)} are there")
    if len(told.voices) != len(kept.voices) or not all(
        is_spoken(number, data) for number, data in zip(told.voices, kept.voices, strict=True)
    ):
        raise Broken(f"{told.word}: not the voice that was sent")
    if sorted(told.words) != sorted(kept.words):
        raise Broken(f"{told.word}: {told.words} were added, {kept.words} are there")
