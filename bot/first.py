"""What an operator does once or seldom: the first keys and settings, the roster."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from bot.app.ground import now, read_roster
from bot.introduction import introduce, missing, parted
from bot.passphrases import ask
from bot.settings import Settings, SettingsError, load
from bot.zones import WESTERN
from handlers.desk import Role
from storage import keys
from storage.private import state_folder, write_new
from storage.roster import Officer, Roster
from storage.vault import seal

# E.164: the country's code and the rest, 15 digits at most.
NUMBER = re.compile(r"[1-9][0-9]{7,14}")

_HEAD = """\
# Saksi's settings; see .env.example for what each means.
SAKSI_STATE={state}
SAKSI_PIN={pin}
SAKSI_DESK__NAME={desk}
"""
_OFFICERS = """\
# SAKSI_DESK__TOKEN=          from @BotFather: the officers' bot
# SAKSI_DESK__GROUP=          the id of the officers' group, a negative number
"""
_REPORTERS = """\
# SAKSI_TELEGRAM__TOKEN=      from @BotFather: the bot that reporters write to
# SAKSI_WHATSAPP__TOKEN=      from Meta: a permanent system user token
# SAKSI_WHATSAPP__PHONE_ID=
# SAKSI_WHATSAPP__APP_SECRET=
# SAKSI_WHATSAPP__VERIFY_TOKEN=
"""
_OWN = """\
SAKSI_ROSTER={roster}
SAKSI_KEYS={keys}
# SAKSI_RUNTIME=              a folder in memory of this user's own, such as systemd's RuntimeDirectory
"""


def begin(  # an order has these parts
    state: Path, desks: Mapping[str, str], env: Path, passphrase: str | None, *, split: bool = False
) -> None:
    """Make keys and first settings. Raises Unsafe or SettingsError.

    `desks` are the offices that receive tips, by name, with the titles people read; the first is the usual one.
    """
    desk = next(iter(desks))
    folder = state / "keys"
    _make_state(state, split=split)
    if folder.exists() and any(folder.iterdir()):
        print(f"{folder}: keys are there already, left as they are")
    else:
        try:
            keys.make(folder, desks, demo=False, today=now(WESTERN).date(), passphrase=passphrase, split=split)
        except ValueError as error:
            raise SettingsError(str(error)) from None
        print(f"{folder}: made the keys of {', '.join(desks.values())}" + ("" if passphrase else _OPEN))
    head = _HEAD.format(state=state, pin=keys.pin_of(folder), desk=desk)
    if split:
        _begin_apart(state, head, env)
    else:
        _write_env(env, head + _OFFICERS + _REPORTERS)


async def meet(env: Path, values: Mapping[str, str], *, split: bool, offline: bool) -> bool:
    """Write settings and introduce us to the platforms; False where one refuses us.

    Raises SettingsError or Unsafe.
    """
    parts = parted(values, env, split=split)
    met = [await introduce(file, own, offline=offline) for file, own in parts.items()]
    for finding in (finding for one in met for finding in one.findings):
        print(finding.line())
    return not any(one.refused for one in met)


def tell_left(state: Path, desks: Sequence[str], env: Path, *, split: bool) -> None:
    """Print what is left to do. Raises Unsafe."""
    print("Left to do:")
    every = [load(file) for file in parted({}, env, split=split)]
    for number, step in enumerate(left(state / "keys", desks, every), 1):
        print(f"  {number}. {step}")


def left(folder: Path, desks: Sequence[str], every: Sequence[Settings]) -> Iterator[str]:
    """Say what is left to do, of keys in `folder` and all files of settings. Raises Unsafe."""
    desk, *others = desks
    secret = [path for path in (folder / f"recovery-{desk}.key", folder / "roster.key") if path.exists()]
    roster = keys.load_roster(folder, pin=every[0].pin)
    if unset := missing(every):
        yield f"Fill in {', '.join(unset)}: saksi init --set NAME=@FILE, or in the settings."
    if not any(one.desk == desk for one in roster.officers):
        yield "Put the officers on the roster: saksi officer add NAME TELEGRAM-ID"
    if secret:
        here = " and ".join(map(str, secret))
        yield f"Move {here} to paper or a stick in a safe, and delete them here. {_BACK}"
    yield f"Start it: {_START_APART if len(every) > 1 else 'saksi run'}. Keys with a passphrase wait for: saksi unlock"
    yield from (_OTHER.format(folder=folder, desk=other) for other in others)
    yield "Look whether all is well: saksi doctor"


_BACK = "Bring roster.key back whenever officers or keys change."
_OPEN = "; they have no passphrase, so whoever takes this disk opens all tips"


def _make_state(state: Path, *, split: bool) -> None:
    fresh = not state.exists()
    state_folder(state)
    if split and fresh:
        (state / "evidence").mkdir()
        for folder in (state, state / "evidence"):
            folder.chmod(_GROUPS)


# Sealed things are shared by the two users through a group; the setgid bit says that this is on purpose.
_GROUPS = 0o2770


def _begin_apart(state: Path, head: str, env: Path) -> None:
    folder = state / "keys"
    for process, rest in ((keys.INTAKE_FOLDER, _REPORTERS), (keys.DESK_FOLDER, _OFFICERS)):
        own = _OWN.format(roster=folder, keys=folder / process)
        _write_env(env.with_name(f"{process}.env"), head + own + rest)
    print(_APART.format(state=state, folder=folder, here=env.parent))


def _write_env(env: Path, text: str) -> None:
    if env.exists():
        print(f"{env}: is there already, left as it is")
        return
    write_new(env, text.encode())
    print(f"{env}: made, readable by you alone")


_APART = """\
As root, give each user its own half (here saksi-intake and saksi-desk, both in the group saksi):
  chown -R saksi-intake:saksi {state}
  chown -R root:root {folder}
  chown -R saksi-intake {folder}/intake {here}/intake.env
  chown -R saksi-desk {folder}/desk {here}/desk.env
  chmod 2770 {state} {state}/evidence"""
_START_APART = (
    "as saksi-intake: SAKSI_ENV=intake.env saksi migrate, then SAKSI_ENV=intake.env saksi intake; "
    "as saksi-desk: SAKSI_ENV=desk.env saksi desk"
)
_OTHER = (
    "The desk {desk} is an office of its own: {folder}/recovery-{desk}.key goes into that office's safe, "
    "desk-{desk}.key to a user or machine that neither this desk nor the intake can read. There `saksi desk` runs with "
    "SAKSI_DESK__NAME={desk}, a bot and a group of its own, and the same database."
)


def add_officer(  # noqa: PLR0913, PLR0917  # an order has these parts
    settings: Settings,
    alias: str,
    telegram: int,
    role: str,
    passphrase_file: Path | None,
    whatsapp: str | None = None,
) -> None:
    """Sign a roster with one more officer. Raises Unsafe, Sealed or SettingsError."""
    roster = read_roster(settings)
    number = _sealed(roster, settings.desk.name, whatsapp) if whatsapp else b""
    others = tuple(one for one in roster.officers if (one.desk, one.telegram) != (settings.desk.name, telegram))
    officer = Officer(alias, settings.desk.name, Role(role), telegram, number)
    _publish(settings, replace(roster, officers=(*others, officer)), passphrase_file)
    print(f"{alias} is {role} at {settings.desk.name}")


def _sealed(roster: Roster, desk: str, number: str) -> bytes:
    """Seal a number to its desk. Raises SettingsError for one that is none; it is not repeated."""
    digits = re.sub(r"[ ().-]", "", number).removeprefix("+")
    if not NUMBER.fullmatch(digits):
        raise SettingsError("--whatsapp: write the number with the country's code, such as +62 and 9 to 12 digits")
    if desk not in roster.desks:
        raise SettingsError(f"the roster has no desk {desk!r}, only {', '.join(roster.desks)}")
    return seal(digits.encode(), (roster.desks[desk].key,))


def remove_officer(settings: Settings, alias: str, passphrase_file: Path | None) -> None:
    """Sign a roster without an officer; their buttons stop working at once. Raises Unsafe, Sealed or SettingsError."""
    roster, desk = read_roster(settings), settings.desk.name
    left = tuple(one for one in roster.officers if (one.desk, one.alias) != (desk, alias))
    if len(left) == len(roster.officers):
        here = ", ".join(one.alias for one in roster.officers if one.desk == desk) or "nobody"
        raise SettingsError(f"nobody is called {alias!r} at {desk}, where the roster has {here}")
    _publish(settings, replace(roster, officers=left), passphrase_file)
    print(f"{alias} is no longer at {desk}; take them out of the group as well")


def _publish(settings: Settings, roster: Roster, passphrase_file: Path | None) -> None:
    folder = settings.roster_folder
    passphrase = ask(passphrase_file) if keys.signing_is_locked(folder) else None
    try:
        keys.save_roster(folder, replace(roster, version=roster.version + 1), passphrase)
    except ValueError as error:
        raise SettingsError(str(error)) from None
