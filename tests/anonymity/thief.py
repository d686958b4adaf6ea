"""What a thief of the database and of the evidence store sees of each row: its columns, its place, its files."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import Connection, RowMapping, Table, select, text

from storage.database import Database
from storage.models import METADATA
from tests.anonymity.joining import Value

# Enough of a sealed body to be found by; a page of SQLite may cut through any of them.
PIECE = 24

# What only the database's own files tell, and what only the disk tells that the evidence lies on, not a copy of it.
ENDS = frozenset({"end"})
PLACES = frozenset({"place", "writer", "place of evidence"}) | ENDS
DISK = frozenset({"file changed", "inode", "file changed of evidence", "inode of evidence"})

Seen = dict[str, dict[str, Value]]


def steal(database: Database, evidence: Path) -> dict[str, Seen]:
    """Read everything of a database and an evidence store, on the very disk."""
    with database.transaction() as tx:
        tables = {table.name: _read(tx, table) for table in METADATA.sorted_tables}
        if tx.dialect.name == "postgresql":
            for table in METADATA.sorted_tables:
                _numbered(tx, table, tables[table.name])
    if database.engine.dialect.name == "sqlite":
        # Whoever leaves last empties the log into the file.
        database.close()
        _placed(Path(str(database.engine.url.database)).read_bytes(), tables)
    for id_, row in tables["evidence"].items():
        row.update(_file(evidence / id_[:2] / id_))
    _gather(tables["tip"], tables["evidence"].values())
    return tables


def _read(tx: Connection, table: Table) -> Seen:
    """Read the columns, and how long they are."""
    seen: Seen = {}
    for row in tx.execute(select(table)).mappings():
        known: dict[str, Value] = dict(row)
        lengths = {f"length of {name}": len(value) for name, value in row.items() if isinstance(value, bytes | str)}
        seen[_name(table, row)] = known | lengths
    return seen


def _name(table: Table, row: RowMapping) -> str:
    first = row[next(iter(table.primary_key)).name]
    return first.hex() if isinstance(first, bytes) else f"{first}"


def _numbered(tx: Connection, table: Table, seen: Seen) -> None:
    """PostgreSQL says itself where a row is, and which transaction wrote it."""
    for row in tx.execute(text(f"SELECT *, ctid::text AS place, xmin::text AS writer FROM {table}")).mappings():  # noqa: S608  # our own names
        block, _, item = str(row["place"]).strip("()").partition(",")
        seen[_name(table, row)] |= {"place": int(block) * 1000 + int(item), "writer": int(row["writer"])}


def _placed(file: bytes, tables: Mapping[str, Seen]) -> None:
    """Find where in SQLite's file a row begins, and where the end of its longest column is."""
    for table in tables.values():
        for row in table.values():
            blobs = [value for value in row.values() if isinstance(value, bytes)]
            longest = max(blobs, key=len, default=b"")
            if len(longest) > PIECE:
                row["place"] = file.find(longest[:PIECE])
                row["end"] = max(file.find(longest[end - PIECE : end]) for end in (len(longest), len(longest) - PIECE))
            elif "id" in row:
                row["place"] = file.find(str(row["id"]).encode())


def _file(path: Path) -> dict[str, Value]:
    """What the file system tells of an evidence file."""
    found, folder = path.stat(), path.parent.stat()
    return {
        "file size": found.st_size, "file modified": found.st_mtime_ns, "folder modified": folder.st_mtime_ns,
        "file changed": found.st_ctime_ns, "inode": found.st_ino,
    }  # fmt: skip


def _gather(tips: Seen, files: Iterable[dict[str, Value]]) -> None:
    """A tip is known by its evidence as well, which names it."""
    for file in files:
        tip = tips.get(file["tip"]) if isinstance(file["tip"], str) else None
        if tip is not None:
            count, size = tip.get("files", 0), tip.get("size of files", 0)
            assert isinstance(count, int)
            assert isinstance(size, int)
            assert isinstance(file["size"], int)
            tip |= {"files": count + 1, "size of files": size + file["size"]}
            names = ("file modified", "folder modified", "file changed", "inode", "place")
            tip |= {f"{name} of evidence": file[name] for name in names if name in file}
