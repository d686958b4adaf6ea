"""The history of the tables (alembic), and whether a database stands at its head."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from storage.database import Database
from storage.errors import StorageError


class Behind(StorageError):
    """The database is older or newer than this program."""


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["database"] = database
    return config


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database to the head, or to an older revision; nothing happens where it stands there.

    Raises Behind for a revision that this program does not know.
    """
    try:
        command.upgrade(_config(database), to)
    except CommandError:
        raise Behind(f"revision {to} is unknown here: a newer Saksi made it") from None


def revision(database: Database) -> str | None:
    """Say where the database stands; none where it is empty."""
    with database.transaction() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """Say where this program wants it."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return ScriptDirectory.from_config(config).get_current_head()


def require_head(database: Database) -> None:
    """Raise Behind where the database is not at this program's head."""
    stands = revision(database)
    if stands != head():
        raise Behind(f"the database stands at {stands or 'nothing'}, not at {head()}: run `saksi migrate`")
