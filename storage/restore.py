"""Brings a backup back into an empty database; what was erased since stays erased."""

import base64
import tarfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from msgspec import DecodeError, json
from sqlalchemy import Connection, LargeBinary, MetaData, Table, delete, exists, insert, inspect, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from handlers.status import CLOSED
from storage import archive, erasure, migrations, tips
from storage.archive import Damaged, members
from storage.backup import FORMAT, KEPT, About, Ending
from storage.database import Database
from storage.erasure import ErasedList
from storage.evidence import NAME, Store
from storage.models import METADATA
from storage.private import Unsafe
from storage.resealing import reseal_tips
from storage.tips import Route

TIP, CARD, DESK = (METADATA.tables[name] for name in ("tip", "card", "desk"))
# Of no key that is here: the desk reseals such tips with whatever older keys it has.
UNKNOWN_EPOCH: Final = ""
_ROUND: Final = 200

Row = dict[str, str | int | float | bool | None]


@dataclass(slots=True)
class Contents:
    """An archive that was read to its end: all of it is there, and it is what it says."""

    tar: tarfile.TarFile
    about: About
    ending: Ending = field(default_factory=lambda: Ending({}, 0))
    papers: dict[str, bytes] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()

    def rows(self, table: str) -> Iterator[list[Row]]:
        """Read the rows of a table, some at a time."""
        for _, data in members(self.tar, f"tables/{table}/"):
            yield _rows(data)

    def bodies(self) -> Iterator[list[bytes]]:
        """Read the tips as they are sealed, some at a time."""
        for rows in self.rows("tip"):
            yield [_bytes(row.get("body")) for row in rows]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Read the sealed files, by id."""
        for name, data in members(self.tar, "evidence/"):
            yield name.partition("/")[2], data


@contextmanager
def opened(path: Path, identities: Sequence[str], scratch: Path) -> Iterator[Contents]:
    """Open a backup and read it to its end; `scratch` is a folder with room for all of it.

    Raises Sealed where no key fits, Damaged, and Behind where a newer Saksi made it.
    """
    with archive.opened(path, identities, scratch) as tar:
        try:
            contents = _read(tar)
        except (DecodeError, UnicodeDecodeError):
            raise Damaged(f"{path} holds something else than a backup of ours") from None
        yield contents


def _read(tar: tarfile.TarFile) -> Contents:
    found = members(tar)
    name, data = next(found, ("", b""))
    if name != "about.json":
        raise Damaged("this archive is no backup of ours")
    contents = Contents(tar, json.decode(data, type=About))
    if contents.about.format != FORMAT:
        raise migrations.Behind(f"the backup has format {contents.about.format}, and this Saksi reads {FORMAT} alone")
    counted = Counter[str]()
    for name, data in found:
        _take(contents, counted, name, data)
    told = {**contents.ending.rows, "evidence files": contents.ending.files}
    if name != "end.json" or any(counted[one] != told.get(one) for one in (*KEPT, "evidence files")):
        raise Damaged("the backup holds less than it says")
    return contents


def _take(contents: Contents, counted: Counter[str], name: str, data: bytes) -> None:
    match name.split("/"):
        case ["roster", paper]:
            contents.papers[paper] = data
        case ["tables", table, _] if table in KEPT:
            counted[table] += len(_rows(data))
        case ["evidence", id_] if NAME.fullmatch(id_):
            counted["evidence files"] += 1
        case ["erased"]:
            contents.erased = frozenset(data.decode("ascii").split())
        case ["end.json"]:
            contents.ending = json.decode(data, type=Ending)
        case _:
            raise Damaged("the backup holds something that no Saksi puts there")


def _rows(data: bytes) -> list[Row]:
    return [json.decode(line, type=Row) for line in data.splitlines()]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and what was not on purpose."""

    rows: Mapping[str, int]
    files: int
    erased: int


@dataclass(frozen=True, slots=True)
class Restore:
    """Loads contents; `told` hears how many files of how many are in the store."""

    database: Database
    store: Store
    erased: ErasedList
    today: date
    told: Callable[[int, int], None]

    def load(self, contents: Contents) -> Restored:
        """Load a backup: the list of the erased first, then the files, then all rows in one transaction.

        Raises Unsafe where the database holds anything, Behind where a newer Saksi made the backup, and Damaged.
        """
        require_empty(self.database, contents.about.revision)
        migrations.upgrade(self.database, contents.about.revision)
        self.erased.add(contents.erased - self.erased.lines())
        gone = self.erased.ids()
        files = self._files(contents, gone)
        counted = Counter[str]()
        try:
            with self.database.transaction() as tx:
                for name in KEPT:
                    _load(tx, name, contents.rows(name), gone, counted)
        except SQLAlchemyError as error:
            # Its words may hold a row.
            why = type(error).__name__
            raise Damaged(f"the database does not take the backup's rows ({why}): nothing was loaded") from None
        migrations.upgrade(self.database)
        return Restored({name: counted[name] for name in KEPT}, files, contents.ending.rows["tip"] - counted["tip"])

    def _files(self, contents: Contents, gone: frozenset[str]) -> int:
        wanted = {row.get("id") for rows in contents.rows("evidence") for row in rows if row.get("tip") not in gone}
        done = 0
        for id_, blob in contents.files():
            if id_ in wanted:
                self.store.put(id_, blob, self.today)
                done += 1
                self.told(done, contents.ending.files)
        return done


def require_empty(database: Database, revision: str) -> None:
    """Raise Unsafe where a database holds any row of ours, or tables of another revision."""
    stands = migrations.revision(database)
    if stands is None:
        return
    with database.snapshot() as tx:
        there = set(inspect(tx).get_table_names()) & set(METADATA.tables)
        full = [
            name for name in sorted(there) if tx.execute(select(exists().select_from(METADATA.tables[name]))).scalar()
        ]
    if full:
        raise Unsafe("the database is not empty, and a restore never overwrites: name an empty one in SAKSI_DATABASE")
    if stands != revision:
        raise Unsafe(
            f"the database has the tables of {stands}, the backup those of {revision}: name one without tables"
        )


def _load(tx: Connection, name: str, parts: Iterator[list[Row]], gone: frozenset[str], counted: Counter[str]) -> None:
    # As the tables were when the backup was made, which may not be as the models are now.
    table = Table(name, MetaData(), autoload_with=tx)
    binary = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
    whose = "id" if name == "tip" else "tip"
    for rows in parts:
        wanted = [_bound(row, binary) for row in rows if name == "event" or row.get(whose) not in gone]
        counted[name] += len(wanted)
        if wanted:
            tx.execute(insert(table), wanted)


def _bound(row: Row, binary: set[str]) -> dict[str, Any]:
    return {name: _bytes(value) if name in binary and value is not None else value for name, value in row.items()}


def _bytes(value: object) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except ValueError:
        raise Damaged("the backup holds letters where bytes belong: nothing was loaded") from None


def reseal(tx: Connection, desk: str, identities: Sequence[str], route: Route) -> int:
    """Seal a desk's open tips to its present keys, which are others than in the backup; return how many stay shut.

    `identities` may be the desk's recovery key. Closed tips stay as they are: recovery opens them.
    """
    tx.execute(update(TIP).where(TIP.c.route == desk).values(epoch=UNKNOWN_EPOCH))
    done = reseal_tips(tx, desk, identities, route, _ROUND)
    shut = done.shut
    while done.after is not None:
        done = reseal_tips(tx, desk, identities, route, _ROUND, done.after)
        shut += done.shut
    return shut


def take_back_again(tx: Connection, ids: Collection[str], routes: Mapping[str, Route]) -> list[str]:
    """Take back what reporters had taken back after the backup was made; return the files whose bytes may be dropped.

    What the backup knows as taken back may have been taken up again by an officer since. A tip of a desk that is no
    more is erased: nobody's key would fit the empty one.
    """
    held = (id_ for id_ in ids if not tips.was_withdrawn(tx, id_))
    desks = {id_: desk for id_ in held if (desk := tx.execute(select(TIP.c.route).where(TIP.c.id == id_)).scalar())}
    lost = [id_ for id_, desk in desks.items() if desk not in routes]
    gone = erasure.files(tx, lost)
    erasure.erase(tx, lost)
    return [*gone, *(one for id_ in desks.keys() - lost for one in tips.take_back(tx, id_, routes[desks[id_]]))]


def forget_room(tx: Connection, desk: str) -> None:
    """Forget what a desk knew of its room, for it was sealed to a key that is no more; its audit begins anew."""
    tx.execute(delete(DESK).where(DESK.c.name == desk))


def open_cards(tx: Connection) -> list[tuple[str, str]]:
    """List what the desks' groups must see again, as (tip, desk): open tips, and those that never had a card."""
    closed = TIP.c.status.in_([status.value for status in CLOSED])
    bare = ~exists().where(CARD.c.tip == TIP.c.id)
    return [(row.id, row.route) for row in tx.execute(select(TIP.c.id, TIP.c.route).where(or_(~closed, bare))).all()]
