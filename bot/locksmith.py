"""What an operator does with keys: unlock and lock them, replace them, say which there are; each says what it did."""

import functools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.app.ground import now, read_roster, runtime_of
from bot.passphrases import ask
from bot.settings import Settings, SettingsError
from storage.epochs import courier_due, courier_is_due, desk_is_due, last_day, rotate_courier, rotate_desk
from storage.fingerprint import fingerprint
from storage.keys import COURIER, desk_stem, key_is_locked, pin_of, signing_is_locked
from storage.opened import lock_all, locked, opened_files, opened_folder, unlock_all
from storage.roster import Roster


def unlock(settings: Settings, file: Path | None) -> Iterator[str]:
    """Open the keys of this process into memory; it notices within a second. Raises Sealed, Unsafe, SettingsError."""
    runtime = runtime_of(settings, read_roster(settings))
    if not locked(settings.keys_folder):
        yield f"no key in {settings.keys_folder} is locked"
        return
    names = unlock_all(settings.keys_folder, runtime, ask(file))
    yield f"unlocked until `saksi lock` or a power cut: {', '.join(names)}"


def lock(settings: Settings) -> Iterator[str]:
    """Destroy the opened keys; the processes forget theirs within a second. Raises Unsafe."""
    names = lock_all(runtime_of(settings, read_roster(settings)))
    yield f"locked: {', '.join(names)}" if names else "nothing was unlocked"


def rotate(settings: Settings, desk: str | None, file: Path | None, *, courier: bool) -> Iterator[str]:
    """Replace the keys that were named, or all in this folder that are due. Raises Sealed, Unsafe, SettingsError."""
    roster, today = read_roster(settings), now(settings.zone).date()
    desks, courier = ([desk] if desk else [], courier) if desk or courier else _due(settings, roster, today)
    if not desks and not courier:
        yield "no key is due"
        return
    where, folder = settings.roster_folder, settings.keys_folder
    passphrase = ask(file) if signing_is_locked(where) or locked(folder) else None
    for name in desks:
        roster = rotate_desk(folder, name, today, passphrase, roster_folder=where)
        yield f"desk {name}: a new key, {roster.desks[name].epoch}: {_words(settings, roster, name)}"
    if courier:
        roster = rotate_courier(folder, today, passphrase, roster_folder=where)
        yield f"courier: a new key, {roster.courier_epoch}"
    yield from _open_again(settings, roster, passphrase, [*map(desk_stem, desks), *([COURIER] if courier else [])])


def _due(settings: Settings, roster: Roster, today: date) -> tuple[list[str], bool]:
    """Name what is due of the keys that are here: with two users each has its own folder."""
    here = settings.keys_folder
    desks = [name for name in roster.desks if desk_is_due(roster, name, today) and _is_in(here, desk_stem(name))]
    return desks, courier_is_due(roster, today) and _is_in(here, COURIER)


def _is_in(folder: Path, stem: str) -> bool:
    return (folder / f"{stem}.key").exists()


def _open_again(settings: Settings, roster: Roster, passphrase: str | None, stems: list[str]) -> Iterator[str]:
    if not any(key_is_locked(settings.keys_folder / f"{stem}.key") for stem in stems) or passphrase is None:
        return
    runtime = runtime_of(settings, roster)
    if any(path.exists() for stem in stems for path in opened_files(runtime, stem)):
        unlock_all(settings.keys_folder, runtime, passphrase)
        yield "unlocked as the old ones were"
    else:
        yield "the new keys are locked: saksi unlock, as the user of their process"


def words(settings: Settings, desk: str | None) -> Iterator[str]:
    """Say the words of each desk's key, or of one desk's. Raises Unsafe, SettingsError."""
    roster = read_roster(settings)
    if desk and desk not in roster.desks:
        raise SettingsError(f"the roster has no desk {desk!r}, only {', '.join(roster.desks)}")
    for name in [desk] if desk else roster.desks:
        yield f"{name}\t{roster.desks[name].epoch}\t{_words(settings, roster, name)}"


def listing(settings: Settings) -> Iterator[str]:
    """List the keys of the roster, the present ones and those that were replaced. Raises Unsafe."""
    roster = read_roster(settings)
    state = functools.partial(_state, settings.keys_folder, opened_folder(runtime_of(settings, roster)))
    for name, desk in roster.desks.items():
        stem, said = desk_stem(name), _words(settings, roster, name)
        yield "\t".join((stem, desk.epoch, state(stem), "replace it each month", said))
    yield "\t".join((COURIER, roster.courier_epoch, state(COURIER), f"replace it from {courier_due(roster)} on"))
    for stem, day in sorted(roster.retired.items()):
        yield "\t".join((stem, f"replaced {day}", state(stem), f"destroyed by {last_day(stem, day)}"))


def _state(keys: Path, opened: Path, stem: str) -> str:
    path = keys / f"{stem}.key"
    if not path.exists():
        return "not here"
    if not key_is_locked(path):
        return "open on this disk"
    return "unlocked" if (opened / f"{stem}.key").exists() else "locked"


def _words(settings: Settings, roster: Roster, name: str) -> str:
    return fingerprint(settings.pin or pin_of(settings.roster_folder), name, roster.desks[name].key)
