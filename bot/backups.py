"""What an operator does for bad days: a backup, a look into it, a restore, and the sweep that keeps the promise."""

import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from bot.app.ground import drawn, keep_private, now, read_roster
from bot.parcels import CardDue, desk_lane, packed
from bot.passphrases import ask
from bot.settings import Settings
from bot.stores import let_go, store_of
from bot.sweeper import erased_list, retention
from storage import migrations, outbox, restore
from storage.backup import Backup
from storage.database import Database
from storage.errors import Sealed
from storage.evidence import Store
from storage.keys import pin_of, roster_file
from storage.passphrase import is_locked, unlock
from storage.private import Unsafe, replace, state_folder
from storage.restore import Contents, Restore
from storage.roster import Roster
from storage.tips import Route
from storage.vault import open_sealed, public_of
from storage.wrapping import wrap

_EVERY = 100


def make(settings: Settings, file: Path, to: Sequence[str] = ()) -> Iterator[str]:
    """Write a backup, sealed to the institutions' recovery keys unless told otherwise. Raises StorageError."""
    roster, folder = read_roster(settings), settings.roster_folder
    recipients = to or sorted({desk.recovery for desk in roster.desks.values()})
    papers = {"roster.json": roster_file(folder).read_bytes(), "roster.pub": (settings.pin or pin_of(folder)).encode()}
    with _house(settings) as (database, store):
        today = now(settings.zone).date()
        work = Backup(database, store, erased_list(settings), papers, roster.desks, today, _told("read"))
        written = work.write(file, recipients)
        # The day alone, for `saksi doctor`.
        replace(_noted(settings), f"{today}\n".encode(), mode=0o644)
    yield f"{file}: {written.rows['tip']} tips and {written.files} files, opened again and compared"
    if written.missing:
        yield f"{written.missing} files were not in the store: erased meanwhile, or lost"
    yield f"SHA-256 {written.fingerprint}"


def last_made(settings: Settings) -> date | None:
    """Say on which day the newest backup was made here; none where no day can be read."""
    try:
        return date.fromisoformat(_noted(settings).read_text("ascii").strip())
    except (FileNotFoundError, ValueError):
        return None


def _noted(settings: Settings) -> Path:
    return settings.state / "backup.made"


def check(settings: Settings, file: Path, identities: Sequence[str]) -> Iterator[str]:
    """Open a backup and read it to its end; change nothing. Raises StorageError."""
    with restore.opened(file, identities, state_folder(settings.state)) as contents:
        opens = [_opens(body, identities) for bodies in contents.bodies() for body in bodies]
        yield f"{file}: whole, made on {contents.about.made}, with {contents.ending.files} files"
        yield f"{len(opens)} tips, of which the key opens {sum(opens)}"


def bring_back(settings: Settings, file: Path, identities: Sequence[str]) -> Iterator[str]:
    """Restore a backup into an empty database, and owe the desks their cards. Raises StorageError."""
    roster = read_roster(settings)
    with _house(settings) as (database, store), restore.opened(file, identities, settings.state) as contents:
        work = Restore(database, store, erased_list(settings), now(settings.zone).date(), _told("restored"))
        restored = work.load(contents)
        with database.transaction() as tx:
            shut = _under_new_keys(tx, contents, roster, identities)
            gone = restore.take_back_again(tx, erased_list(settings).taken_back(), _routes(roster))
            owed = _owe_cards(tx, roster, settings.desk.delay)
        let_go(store, *gone)
        made = contents.about.made
    yield f"{restored.rows['tip']} tips and {restored.files} files are back as of {made}; {owed} cards are owed"
    yield f"{restored.erased} tips were erased since, and stay so"
    if shut:
        yield f"{shut} open tips could not be handed to the desk's new key: give the recovery key as well"
    yield "Reply addresses are in no backup: reporters of these tips learn of news by their ticket alone."


def sweep(settings: Settings, *, dry_run: bool, verbose: bool) -> Iterator[str]:
    """Erase what has had its time, or say what would be. Raises StorageError."""
    with _house(settings) as (database, store):
        migrations.require_head(database)
        keeps = retention(settings, database, store)
        found = (keeps.due if dry_run else keeps.sweep)(now(settings.zone).date())
    done = "would be erased" if dry_run else "erased"
    yield f"{done}: {len(found.tips)} tips, {len(found.files)} files, {len(found.strays)} files that belong to nothing"
    if verbose:
        yield from (f"tip {id_}" for id_ in found.tips)
        yield from (f"file {id_}" for id_ in (*found.files, *found.strays))


def read_identities(paths: Sequence[Path], passphrase_file: Path | None = None) -> list[str]:
    """Read age private keys from files of ours or of age-keygen; one passphrase is asked for those that are locked.

    Raises Unsafe where one cannot be read, Sealed where it holds none or the passphrase is wrong, and SettingsError
    where nobody can be asked. Who else can read the file does not matter here: a stick has no owners.
    """
    held = {path: _read(path) for path in paths}
    passphrase = ask(passphrase_file) if any(map(is_locked, held.values())) else ""
    return [key for path in paths for key in _keys(path, held[path], passphrase)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unsafe(f"{path}: {error.strerror}") from None


def _keys(path: Path, held: bytes, passphrase: str) -> list[str]:
    text = unlock(held, passphrase) if is_locked(held) else held
    lines = text.decode("ascii", "replace").splitlines()
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not found:
        raise Sealed(f"{path} holds no age private key")
    for one in found:
        public_of(one)
    return found


@contextmanager
def _house(settings: Settings) -> Iterator[tuple[Database, Store]]:
    keep_private(settings)
    state_folder(settings.state)
    with closing(Database.at(settings.database_url)) as database:
        yield database, store_of(settings)


def _opens(body: bytes, identities: Sequence[str]) -> bool:
    try:
        open_sealed(body, identities)
    except Sealed:
        return False
    return True


def _under_new_keys(tx: Connection, contents: Contents, roster: Roster, identities: Sequence[str]) -> int:
    """Fit what was restored to desks that have another key than when the backup was made."""
    shut = 0
    for name, before in contents.about.desks.items():
        desk = roster.desks.get(name)
        if desk is None or desk.key == before.key:
            continue
        shut += restore.reseal(tx, name, identities, _routes(roster)[name])
        if f"desk-{name}-{before.epoch}" not in roster.retired:
            restore.forget_room(tx, name)
    return shut


def _routes(roster: Roster) -> dict[str, Route]:
    return {name: Route(name, desk.epoch, desk.key, desk.recovery) for name, desk in roster.desks.items()}


def _owe_cards(tx: Connection, roster: Roster, delay: str) -> int:
    """Owe every group its open tips: what it shows may be newer than the backup, or nothing at all."""
    owed = [(tip, desk) for tip, desk in restore.open_cards(tx) if desk in roster.desks]
    for tip, desk in owed:
        payload = wrap(roster.desks[desk].key, packed(CardDue(tip)))
        outbox.owe(tx, secrets.token_urlsafe(12), desk_lane(desk), payload, time.time() + drawn(delay))
    return len(owed)


def _told(verb: str) -> Callable[[int, int], None]:
    """Count on standard error, for an operator who waits."""

    def tell(done: int, of: int) -> None:
        if done % _EVERY == 0 or done == of:
            sys.stderr.write(f"saksi: {verb} {done} of {of} files\n")

    return tell
