"""Looks at keys and roster: who can read what, what is due, what must have been destroyed by now."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.app.ground import LOOPBACK
from bot.doctor.finding import Finding, amber, green, red
from bot.settings import Settings
from storage.epochs import KEPT_DAYS, courier_due, courier_is_due, desk_is_due, last_day
from storage.keys import COURIER, desk_stem, readable
from storage.passphrase import is_locked
from storage.private import OTHERS
from storage.roster import Roster


def look(settings: Settings, roster: Roster, today: date) -> Iterator[Finding]:
    """Look at all of it."""
    folders = settings.keys_folder, settings.roster_folder
    mine = readable(folders, "*.key")
    yield from _pin(settings, roster)
    yield _demo(settings, roster)
    yield from _modes(mine)
    yield from _away(mine)
    yield _apart(settings, folders)
    yield _passphrases(mine)
    yield from _epochs(settings, roster, today)
    yield from _retired(settings, roster, today)


def _pin(settings: Settings, roster: Roster) -> Iterator[Finding]:
    if settings.pin:
        yield green("roster", f"version {roster.version}, signed as pinned")
    else:
        yield amber(
            "roster", "signed, but nothing in the settings pins by whom", "set SAKSI_PIN to what roster.pub holds"
        )
    aliases = [one.alias for one in roster.officers if one.desk == settings.desk.name]
    if not aliases:
        yield red("roster", f"nobody works at {settings.desk.name}", "saksi officer add NAME TELEGRAM-ID")
    elif len(aliases) == 1:
        yield amber("roster", f"one officer alone works at {settings.desk.name}", "add a second: some steps need two")


def _demo(settings: Settings, roster: Roster) -> Finding:
    platforms = [settings.telegram, settings.whatsapp, settings.desk if settings.desk.token else None]
    real = any(one and not one.api_base.startswith(LOOPBACK) for one in platforms)
    if not roster.demo:
        return green("keys", "real ones, not the demo's")
    if real:
        return red("keys", "the demo's keys meet real tokens", "make real ones: saksi init, in another SAKSI_STATE")
    return amber("keys", "the demo's, for make-believe platforms alone", "make real ones: saksi init")


def _modes(mine: list[Path]) -> Iterator[Finding]:
    open_ = [path for path in mine if path.stat().st_mode & OTHERS]
    for path in open_:
        yield red("keys", f"others can read {path}", f"chmod 600 {path}, and replace it: saksi keys rotate")
    if not open_:
        yield green("keys", f"{len(mine)} can be read here, each by its owner alone")


def _away(mine: list[Path]) -> Iterator[Finding]:
    """Name keys that belong into a safe."""
    for path in mine:
        if path.name.startswith("recovery-") or path.name == "roster.key":
            do = "move it to paper or a stick in a safe, and delete it here"
            locked = is_locked(path.read_bytes())
            yield amber("keys", f"{path} is here", do) if locked else red("keys", f"{path} is here, open", do)


def _apart(settings: Settings, folders: tuple[Path, Path]) -> Finding:
    do = "for a real separation: two users, as docs/install.md says"
    if readable(folders, f"{COURIER}*.key") and readable(folders, "desk-*.key"):
        return amber("separation", "one user can read the courier's keys and the desk's", do)
    if settings.desk.token and (settings.telegram or settings.whatsapp):
        return amber("separation", "one file of settings holds the reporters' token and the desk's", do)
    return green("separation", "this user has one half of the secret at most")


def _passphrases(mine: list[Path]) -> Finding:
    bare = [path for path in mine if not is_locked(path.read_bytes())]
    if bare:
        do = "make keys with a passphrase (docs/keys.md), or encrypt the disk"
        return amber("passphrase", f"{bare[0].name} has none: whoever takes this disk opens what it seals", do)
    return green("passphrase", "every key here has one")


def _epochs(settings: Settings, roster: Roster, today: date) -> Iterator[Finding]:
    name, do = settings.desk.name, "saksi keys rotate"
    if name not in roster.desks:
        yield red("epochs", f"the roster has no desk {name!r}", "correct SAKSI_DESK__NAME")
    elif desk_is_due(roster, name, today):
        yield amber("epochs", f"{desk_stem(name)} is of {roster.desks[name].epoch}", do)
    else:
        yield green("epochs", f"{desk_stem(name)} is this month's")
    if courier_is_due(roster, today):
        yield amber("epochs", f"the courier's key was due on {courier_due(roster)}", do)
    else:
        yield green("epochs", f"the courier's key lasts until {courier_due(roster)}")


def _retired(settings: Settings, roster: Roster, today: date) -> Iterator[Finding]:
    for stem, day in sorted(roster.retired.items()):
        end, here = last_day(stem, day), readable((settings.keys_folder,), f"{stem}.key")
        if here and end < today:
            do = "start its process, which destroys it, or look why it does not"
            yield red("epochs", f"{stem} should have been destroyed by {end}", do)
        elif here:
            yield green("epochs", f"{stem} will be destroyed by {end}")
    if settings.keep_days > KEPT_DAYS["desk"]:
        found = f"tips are kept for {settings.keep_days} days, keys for {KEPT_DAYS['desk']}"
        yield amber("epochs", found, "later only the recovery key opens them; or set SAKSI_KEEP_DAYS lower")
