"""What goes into a backup: sealed tips and all that belongs to them, and nothing that leads back to a reporter.

A tar sealed with age, which the stock tools `age` and `tar` open:

about.json           the format, the tables' revision, the day
roster/              the roster and its pin: public halves alone
tables/NAME/00000    rows, one JSON object a line, bytes in base64
evidence/ID          sealed files, as they are in the store
erased               the ids of erased tips, and of those taken back, so that no older backup brings them back
end.json             how many of each there are
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct, json
from sqlalchemy import Connection, Table, select

from storage import archive, migrations
from storage.archive import END, member
from storage.database import Database
from storage.erasure import ErasedList
from storage.errors import Gone
from storage.evidence import Store
from storage.models import METADATA
from storage.roster import Desk

# Everything else dies with the machine on purpose: drafts and what was owed are opened by keys that are in no backup.
KEPT: Final = ("tip", "evidence", "message", "event", "card", "desk", "poster_count")
LEFT_OUT: Final = ("draft", "seen", "trace", "owed")
# Where news would be pushed to: after a restore only the ticket works.
NEVER: Final = frozenset({"tip.address"})
FORMAT: Final = 1
_ROWS_A_PART: Final = 500
_FILES, _MISSING = "(files)", "(missing)"

EVIDENCE = METADATA.tables["evidence"]


class SealedTo(Struct, frozen=True):
    """Which key of a desk opens its notes; a restore under another one has to know."""

    key: str
    epoch: str


class About(Struct, frozen=True):
    """What the archive says of itself first."""

    format: int
    revision: str
    made: date
    desks: Mapping[str, SealedTo]


class Ending(Struct, frozen=True):
    """What the archive says of itself last: how many rows of each table, how many files."""

    rows: Mapping[str, int]
    files: int


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that was made and opened again."""

    fingerprint: str
    rows: Mapping[str, int]
    files: int
    missing: int


@dataclass(frozen=True, slots=True)
class Backup:
    """Reads all that is to be kept, as it stands at one moment.

    `papers` are the roster's files by name, `desks` what it says of them; `told` hears how many files of how many are
    in it.
    """

    database: Database
    store: Store
    erased: ErasedList
    papers: Mapping[str, bytes]
    desks: Mapping[str, Desk]
    today: date
    told: Callable[[int, int], None]

    def write(self, path: Path, recipients: Sequence[str]) -> Written:
        """Write the backup into a new file, sealed to age public keys. Raises Behind and Unwritten."""
        migrations.require_head(self.database)
        counted = Counter[str]()
        fingerprint = archive.write(path, self._pieces(counted), recipients)
        return Written(fingerprint, {name: counted[name] for name in KEPT}, counted[_FILES], counted[_MISSING])

    def _pieces(self, counted: Counter[str]) -> Iterator[bytes]:
        desks = {name: SealedTo(desk.key, desk.epoch) for name, desk in self.desks.items()}
        about = About(FORMAT, migrations.head() or "", self.today, desks)
        yield from member("about.json", json.encode(about))
        for name, paper in self.papers.items():
            yield from member(f"roster/{name}", paper)
        with self.database.snapshot() as tx:
            for name in KEPT:
                yield from _table(tx, METADATA.tables[name], counted)
            files = (
                tx.execute(select(EVIDENCE.c.id).where(EVIDENCE.c.tip.is_not(None), EVIDENCE.c.size > 0))
                .scalars()
                .all()
            )
        yield from self._files(files, counted)
        # After the files: whatever was erased while they were read is named here.
        yield from member("erased", "".join(f"{id_}\n" for id_ in sorted(self.erased.lines())).encode())
        ending = Ending({name: counted[name] for name in KEPT}, counted[_FILES])
        yield from member("end.json", json.encode(ending))
        yield END

    def _files(self, ids: Sequence[str], counted: Counter[str]) -> Iterator[bytes]:
        for done, id_ in enumerate(sorted(ids), 1):
            try:
                blob = self.store.get(id_)
            except Gone:
                counted[_MISSING] += 1
            else:
                counted[_FILES] += 1
                yield from member(f"evidence/{id_}", blob)
            self.told(done, len(ids))


def _table(tx: Connection, table: Table, counted: Counter[str]) -> Iterator[bytes]:
    """Spell the rows of a table, ordered by their random names: the order in which they came tells too much."""
    columns = [column for column in table.columns if f"{table.name}.{column.name}" not in NEVER]
    wanted = select(*columns).order_by(*table.primary_key)
    if table is EVIDENCE:
        wanted = wanted.where(EVIDENCE.c.tip.is_not(None))
    rows = tx.execute(wanted.execution_options(yield_per=_ROWS_A_PART)).mappings()
    for number, part in enumerate(rows.partitions()):
        counted[table.name] += len(part)
        yield from member(f"tables/{table.name}/{number:05}", b"".join(json.encode(dict(row)) + b"\n" for row in part))
