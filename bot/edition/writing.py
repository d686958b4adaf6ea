"""Writes an edition of the transparency page into a folder, from a desk's notes and the work log."""

import csv
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import msgspec

from bot.app.ground import now, read_roster, runtime_of
from bot.buttons import subkey
from bot.data import tables
from bot.edition.contents import Edition, edition, last_month
from bot.edition.page import FILES, page
from bot.lives import lives
from bot.settings import Settings
from storage.box import Box, Boxes
from storage.cards import Notes
from storage.database import Database
from storage.errors import StorageError
from storage.opened import desk_keys
from storage.private import replace

PUBLIC = 0o644


class Locked(StorageError):
    """The desk's key waits for its passphrase; the message says what to do."""


def write(settings: Settings, folder: Path) -> Iterator[str]:
    """Write the files, each whole; name them. Raises StorageError."""
    made = _gather(settings)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _files(made).items():
        replace(folder / name, text.encode(), mode=PUBLIC)
        yield str(folder / name)


def _gather(settings: Settings) -> Edition:
    roster, name = read_roster(settings), settings.desk.name
    keys = desk_keys(settings.keys_folder, runtime_of(settings, roster), name, roster.desks[name].key)
    if not keys:
        raise Locked(f"the key of {name} is locked: run `saksi unlock` first")
    notes = Notes(name, Boxes(*(Box(subkey(key, b"saksi notes")) for key in keys)))
    with closing(Database.at(settings.database_url)) as database, database.snapshot() as tx:
        found = lives(notes, tx)
    known, rows = tables.places(settings.places), tables.rows(settings.places)
    districts = [known.named(row.code) for row in rows if row.level == "kecamatan"]
    return edition(roster.desks[name].title, found, districts, last_month(now(settings.zone).date()))


def _files(made: Edition) -> dict[str, str]:
    pages = {file: page(made, language) for language, file in FILES.items()}
    data = msgspec.json.format(msgspec.json.encode(made), indent=2).decode()
    return {**pages, "report.csv": as_csv(made), "report.json": f"{data}\n"}


def as_csv(made: Edition) -> str:
    """Spell the tables as lines of table, cell and count."""
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("table", "cell", "count"))
    if made.total is not None:
        lines.writerow(("total", "", made.total))
    for name, one in made.tables.items():
        lines.writerows((name, cell, count) for cell, count in one.cells.items())
        if one.others:
            lines.writerow((name, "others", one.others))
    return text.getvalue()
