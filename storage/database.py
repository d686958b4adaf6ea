"""The engine, its pragmas, and one transaction at a time: SQLite by default, PostgreSQL by URL."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

# Pages of 8 KB: the usual 4 keep each row of a conversation, a little over a kilobyte, in two, which costs a sixth more
# CPU a step with 100,000 open drafts, and twice the bytes of a commit in a crowd. A stored tip takes 9 KB instead of 5,
# and one person's commit 90 instead of 60 (all measured). A database that is there keeps its own.
PRAGMAS = (
    "page_size=8192",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "busy_timeout=20000",
)


@dataclass(frozen=True, slots=True)
class Database:
    """Where everything is kept. Blocking: the committer and worker threads call it, the event loop never."""

    engine: Engine

    @classmethod
    def at(cls, url: str) -> "Database":
        """Open the database at a SQLAlchemy URL; values never appear in its errors."""
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _harden)
            event.listen(engine, "begin", _begin)
        else:
            event.listen(engine, "connect", _plan_anew)
        return cls(engine)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One durable transaction: all of it, or nothing when the block raises."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Read everything as it stood at one moment, without holding up who writes."""
        sqlite = self.engine.dialect.name == "sqlite"
        options = {"snapshot": True} if sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def _harden(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not open transactions by itself
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _plan_anew(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Have each statement planned for the tables as they are now.

    What PostgreSQL plans once and keeps, it plans for the tables of that moment, and those are empty after a start: a
    plan that reads all of them cost five times the processor once 300 people had written (measured).
    """
    connection.autocommit = True  # or the first rollback takes the setting back
    cursor = connection.cursor()
    cursor.execute("SET plan_cache_mode = force_custom_plan")
    cursor.close()
    connection.autocommit = False


def _begin(connection: Connection) -> None:
    # A plain BEGIN takes the write lock only at the first write: two writers then lose updates (measured).
    reads = connection.get_execution_options().get("snapshot", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def is_down(error: Exception) -> bool:
    """Tell whether nobody can write now (locked, full, unreachable), as against one statement that failed."""
    if not isinstance(error, OperationalError):
        return False
    return not has_clashed(error) and getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR


def has_clashed(error: Exception) -> bool:
    """Tell whether two transactions stood in each other's way, and this one, which had to give way, may try again."""
    # PostgreSQL's class 40: a deadlock, say (Appendix A of its manual).
    return isinstance(error, OperationalError) and str(getattr(error.orig, "sqlstate", None)).startswith("40")


def is_gone(error: Exception) -> bool:
    """Tell whether a database server went away or is not back yet, as in a restart: it may be back in a moment.

    PostgreSQL's classes 08 and 57P, or its driver's error of no class where nobody answers at all (Appendix A of its
    manual). SQLite has no server, and waits by itself for who has locked it.
    """
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.orig, "sqlstate", "")  # psycopg's errors alone have one, which may be None
    return state is None or str(state).startswith(("08", "57P"))


def insert_or_replace(
    table: Table, dialect: str, *, where: ColumnElement[bool] | None = None, keep: Collection[str] = ()
) -> sqlite.Insert | postgresql.Insert:
    """Write a row, or put it in the place of the one with the same primary key, `where` this is true of that one.

    The columns to `keep` stay as they are there.
    """
    statement = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    keys = [column.name for column in table.primary_key]
    fresh = [column.name for column in table.columns if column.name not in (*keys, *keep)]
    rest = {name: statement.excluded[name] for name in fresh}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest, where=where)
