"""Looks at what Saksi keeps: settings, state, runtime folder, database, what is owed, backups."""

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.app.ground import runtime_of
from bot.backups import last_made
from bot.data import tables
from bot.doctor.finding import Finding, amber, ask, green, red
from bot.owed import age
from bot.settings import ENV_FILE, Settings
from bot.zones import zones_of
from storage import gauges, migrations, outbox
from storage.database import Database
from storage.keys import COURIER, desk_stem, key_is_locked
from storage.opened import opened_folder
from storage.private import OTHERS, Unsafe, is_shared
from storage.roster import Roster
from storage.runtime import memory_backed

# Days after which a backup is old, and too old.
OLD, TOO_OLD = 2, 8
# Seconds for which something may be due and not yet delivered; platforms are down for minutes.
LATE, TOO_LATE = 900.0, 3600.0


def settings_file(path: Path = ENV_FILE) -> Finding:
    """Say whether others can read the tokens."""
    if not path.exists():
        return green("settings", f"from the environment: there is no {path}")
    found = path.stat()
    if found.st_mode & OTHERS:
        return red("settings", f"others can read the tokens in {path}", f"chmod 600 {path}, and have new tokens made")
    if found.st_uid not in {os.geteuid(), 0}:
        return amber("settings", f"{path} is another user's", f"chown {path} to who runs Saksi")
    return green("settings", f"{path} is its owner's alone")


def state(folder: Path) -> Iterator[Finding]:
    """Say whether others can look into the state."""
    if not folder.exists():
        yield red("state", f"there is no {folder}", "saksi init, or correct SAKSI_STATE")
        return
    open_ = [path for path in _kept(folder) if path.stat().st_mode & _nobody(folder)]
    for path in open_:
        yield red("state", f"others can read {path}", f"chmod {'o' if is_shared(folder) else 'go'}-rwx {path}")
    if not open_:
        yield green("state", f"{folder} is closed to others")


def _kept(folder: Path) -> Iterator[Path]:
    yield folder
    yield from (path for path in (folder / "evidence", *folder.glob("saksi.db*")) if path.exists())


def _nobody(folder: Path) -> int:
    return 0o007 if is_shared(folder) else OTHERS


def runtime(settings: Settings, roster: Roster) -> Finding:
    """Say whether the draft keys die with the power."""
    try:
        folder = runtime_of(settings, roster)
    except Unsafe as unsafe:
        return red("draft keys", "would not be in memory", str(unsafe))
    if not memory_backed(folder):
        return amber("draft keys", f"{folder} is on a disk, as the demo may", "use no demo keys for real reports")
    return green("draft keys", f"in memory, under {folder}")


def unlocked(settings: Settings, roster: Roster) -> Iterator[Finding]:
    """Name the keys of this user that still wait for their passphrase."""
    try:
        opened = opened_folder(runtime_of(settings, roster))
    except Unsafe:
        return  # told already
    present = (COURIER, *map(desk_stem, roster.desks))
    mine = [stem for stem in present if (settings.keys_folder / f"{stem}.key").exists()]
    shut = [stem for stem in mine if key_is_locked(settings.keys_folder / f"{stem}.key")]
    waiting = [stem for stem in shut if not (opened / f"{stem}.key").exists()]
    if waiting:
        found = f"{', '.join(waiting)} locked since the last start of this machine: cards and pushes wait"
        yield amber("keys", found, "saksi unlock")
    elif shut:
        yield green("keys", "unlocked, until the next start of this machine")


def proxy(settings: Settings) -> Iterator[Finding]:
    """Ask of what stands in front of the webhooks."""
    if settings.whatsapp or (settings.telegram and settings.telegram.webhook_url):
        do = "it would say who wrote when: deploy/Caddyfile and deploy/nginx.conf have it off"
        yield ask("proxy", "is every access log, request log and body log in front of the webhooks off?", do)


def database(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Say whether the database is at its head and can be written, and whether what is owed arrives."""
    with closing(Database.at(settings.database_url)) as opened:
        try:
            migrations.require_head(opened)
            _try_to_write(opened)
        except migrations.Behind as behind:
            yield red("database", str(behind), "saksi migrate")
        except SQLAlchemyError as error:
            do = "start it, make room, or correct SAKSI_DATABASE"
            yield red("database", f"cannot be read and written ({type(error).__name__})", do)
        else:
            yield green("database", f"at {migrations.head()}, and can be written")
            yield from _owed(opened, now)


def _try_to_write(opened: Database) -> None:
    # Without a commit: all of it is taken back.
    with opened.engine.connect() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = version_num"))


def _owed(opened: Database, now: datetime) -> Iterator[Finding]:
    with opened.transaction() as tx:
        parked, waiting = outbox.parked(tx), gauges.overdue(tx, now.timestamp())
    if count := sum(one.count for one in parked):
        yield amber("delivery", f"{count} could not be delivered", "saksi owed list, and docs/recovery.md")
    late = max((now.timestamp() - lane.since for lane in waiting), default=0.0)
    found = f"something is due since {age(late)}"
    if late > TOO_LATE:
        yield red("delivery", found, "look whether intake and desk run, and whether their keys are unlocked")
    elif late > LATE:
        yield amber("delivery", found, "look whether intake and desk run")
    else:
        yield green("delivery", "nothing is overdue")


def backups(settings: Settings, today: date) -> Finding:
    """Say how old the newest backup is."""
    made, do = last_made(settings), "saksi backup FILE each day, and take it off this machine"
    if made is None:
        return amber("backup", "none was ever made here", do)
    days = (today - made).days
    if days > OLD:
        return (red if days > TOO_OLD else amber)("backup", f"the newest is {days} days old", do)
    return green("backup", f"the newest is of {made}")


def zone(settings: Settings) -> Finding:
    """Say whether the time is that of the places."""
    try:
        kept = zones_of(row.code for row in tables.rows(settings.places))
    except (OSError, KeyError, ValueError) as error:
        return red("places", f"{settings.places} cannot be read ({error})", "make it anew with saksi places import")
    if kept and settings.zone not in kept:
        return red("time", f"SAKSI_ZONE is {settings.zone}, the places keep {', '.join(sorted(kept))}", "correct it")
    return green("time", f"the zone is {settings.zone}")
