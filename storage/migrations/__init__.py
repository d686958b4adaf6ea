"""The history of the tables (alembic), and whether a database stands at its head."""

from pathlib import Path

from sqlalchemy import column, inspect, select, table

from storage.database import Database
from storage.errors import StorageError

VERSIONS = Path(__file__).parent / "versions"


class Behind(StorageError):
    """The database is older or newer than this program."""


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database to the head, or to an older revision; nothing happens where it stands there.

    Raises Behind for a revision that this program does not know.
    """
    _require_known(revision(database))
    # A process that only looks whether it may start need not load alembic: half a second (measured).
    from alembic import command  # noqa: PLC0415  # see above
    from alembic.config import Config  # noqa: PLC0415  # see above
    from alembic.util import CommandError  # noqa: PLC0415  # see above

    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.attributes["database"] = database
    try:
        command.upgrade(config, to)
    except CommandError:
        raise Behind(f"revision {to} is unknown here: a newer Saksi made it") from None


def revision(database: Database) -> str | None:
    """Say where the database stands; none where it is empty."""
    with database.transaction() as tx:
        if not inspect(tx).has_table("alembic_version"):
            return None
        found = tx.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()
        return None if found is None else str(found)


def head() -> str:
    """Say where this program wants it: migrations are numbered, and the file of each begins with its number."""
    return _names()[-1].partition("_")[0]


def require_head(database: Database) -> None:
    """Raise Behind where the database is not at this program's head."""
    stands = revision(database)
    if stands and stands > head():
        _require_known(stands)
    if stands != head():
        raise Behind(f"the database stands at {stands or 'nothing'}, not at {head()}: run `saksi migrate`")


def pending(database: Database) -> list[str]:
    """Name the migrations that `upgrade` would carry out, in their order, and change nothing.

    Raises Behind as `upgrade` does.
    """
    stands = revision(database) if exists(database) else None
    _require_known(stands)
    return [name.replace("_", " ") for name in _names() if name.partition("_")[0] > (stands or "")]


def exists(database: Database) -> bool:
    """Tell whether there is a database at all; to open a file that is not there would make it."""
    url = database.engine.url
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


def _require_known(stands: str | None) -> None:
    """Raise Behind where another program made the tables: they are never taken back, for that would lose tips."""
    if stands and stands not in {name.partition("_")[0] for name in _names()}:
        raise Behind(
            f"the database stands at {stands}, which this Saksi (up to {head()}) does not know. Tables are never taken "
            "back: install the version that made them, or restore an older backup into an empty database"
        )


def _names() -> list[str]:
    return sorted(path.stem for path in VERSIONS.glob("[0-9]*.py"))
