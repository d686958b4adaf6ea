"""What an operator sees of what could not be delivered, and how it is sent again: never what it says, nor to whom."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Connection

from bot.app.ground import keep_private
from bot.settings import Settings
from storage import migrations, outbox
from storage.database import Database
from storage.outbox import Parked
from storage.private import state_folder

AGES = ((86_400, "day"), (3600, "hour"), (60, "minute"))


def listing(settings: Settings) -> Iterator[str]:
    """Say what no courier tries any more: lane, age of the oldest, code, how many. Raises StorageError."""
    with _database(settings) as tx:
        found = outbox.parked(tx)
    if not found:
        yield "nothing is parked: whatever is owed is on its way"
    yield from (_line(one, time.time()) for one in found)


def again(settings: Settings, lane: str | None) -> Iterator[str]:
    """Owe again what is parked, in one lane or in all; a running process sends it within a second.

    Raises StorageError.
    """
    with _database(settings) as tx:
        count = outbox.again(tx, lane)
    yield f"{count} owed again" if count else f"nothing is parked{f' in {lane}' if lane else ''}"


def age(seconds: float) -> str:
    """Say an age in words: `3 hours`, never finer than a minute."""
    for unit, name in AGES:
        if seconds >= unit:
            count = int(seconds // unit)
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "less than a minute"


def _line(one: Parked, at: float) -> str:
    return f"{one.lane}\t{age(at - one.since)}\t{'-' if one.code is None else one.code}\t{one.count}"


@contextmanager
def _database(settings: Settings) -> Iterator[Connection]:
    keep_private(settings)
    state_folder(settings.state)
    with closing(Database.at(settings.database_url)) as database:
        migrations.require_head(database)
        with database.transaction() as tx:
            yield tx
