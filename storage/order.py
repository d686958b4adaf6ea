"""Forgets in which order things came: a database keeps it beside the rows, where no column shows it.

SQLite takes the pages for what does not fit into one from the end of its file, so large rows of one turn lie side by
side; VACUUM writes the file anew in the order of the keys, which are random. PostgreSQL keeps rows where they came,
with the number of the transaction that wrote them: all are written anew by one transaction, then laid out by their
keys. What comes after shows its order until the next time; docs/threat-model.md says so.
"""

import sqlite3

from sqlalchemy import Connection, Table, text, update
from sqlalchemy.exc import OperationalError

from storage.database import Database, has_clashed
from storage.erasure import checkpoint
from storage.models import METADATA

# So often a deadlock may be lost to others who write.
TRIES = 4
# Until the transaction ends; nobody waits for who has it.
_ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended('saksi-order', 0))"


def forget_order(database: Database) -> None:
    """Write every table anew. Blocking, and nobody else writes meanwhile: a second for 10,000 tips.

    Where several processes begin at once, one does it for all. Raises sqlalchemy's OperationalError where somebody
    holds the database for too long, or the disk is full.
    """
    if database.engine.dialect.name == "sqlite":
        _vacuum(database)
        checkpoint(database)
        return
    for left in reversed(range(TRIES)):
        try:
            _lay_all_out(database)
        except OperationalError as error:
            # Whoever was writing to two tables at that moment came first.
            if not left or not has_clashed(error):
                raise
        else:
            return


def _lay_all_out(database: Database) -> None:
    with database.transaction() as tx:
        if tx.execute(text(_ALONE)).scalar_one():
            for table in METADATA.sorted_tables:
                _lay_out(tx, table)


def _vacuum(database: Database) -> None:
    # Below SQLAlchemy, which would open a transaction first, and in one nothing can be vacuumed.
    connection = database.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM")
    except sqlite3.OperationalError as error:
        raise OperationalError("VACUUM", None, error) from None
    finally:
        connection.close()


def _lay_out(tx: Connection, table: Table) -> None:
    key, names = next(iter(table.primary_key)), tx.dialect.identifier_preparer
    tx.execute(update(table).values({key: key}))
    index = names.format_constraint(table.primary_key)
    tx.execute(text(f"CLUSTER {names.format_table(table)} USING {index}"))
