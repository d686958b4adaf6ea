"""Makes a deployment, looks it over, and says in public what it keeps."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.children import HOPELESS
from bot.cli.plain import PassphraseFile, plainly
from bot.hardening import keep_memory_private
from bot.logs import set_up
from bot.settings import SettingsError, load
from handlers.languages import Code


def init(  # noqa: PLR0913  # an order has these parts
    *,
    state: Path = Path("state"),
    desk: str = "bawaslu",
    title: str = "Bawaslu",
    also: Sequence[str] = (),
    env: Path = Path(".env"),
    split: bool = False,
    set_: Annotated[list[str] | None, Parameter(name="--set", negative=())] = None,
    offline: bool = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make the keys and a first .env, introduce the bots to their platforms, and say what is left to do.

    Run it again whenever you like: it makes no key anew, and changes no setting that you do not name.

    Parameters
    ----------
    state
        The folder for keys, database and evidence.
    desk
        The short name of the office that receives the tips: a-z, 0-9 and dashes.
    title
        The office's name as reporters read it, such as "Bawaslu Kota Kediri".
    also
        Another office, as NAME=TITLE, for tips that must go around the first: --also "bkn=BKN Kantor Regional VIII".
        Each has keys of its own and opens nothing that went to another. May be given several times.
    env
        Where to write the settings.
    split
        Make intake.env and desk.env for two users, each with its own half of the keys.
    set_
        A setting to write, as NAME=VALUE or, for what is secret, NAME=@FILE, such as TELEGRAM__TOKEN=@token.txt; as
        often as you like. Tokens that a platform refuses are not written.
    offline
        Do not talk to the platforms.
    passphrase_file
        A file with the passphrase of the keys, or - for standard input. Without it, a terminal is asked, and keys made
        without a terminal have none.
    """
    from bot.env_file import given
    from bot.first import begin, meet
    from bot.passphrases import ask, can_ask

    with plainly():
        made = (state / "keys").exists()
        passphrase = ask(passphrase_file, new=True) if passphrase_file or (can_ask() and not made) else None
        offices, values = {desk: title, **_offices(also)}, given(set_ or ())
        begin(state, offices, env, passphrase, split=split)
        well = asyncio.run(meet(state, tuple(offices), env, values, split=split, offline=offline))
    raise SystemExit(0 if well else HOPELESS)


def _offices(given: Sequence[str]) -> dict[str, str]:
    """Read NAME=TITLE. Raises SettingsError."""
    for one in given:
        if not all(one.partition("=")):
            raise SettingsError(f'--also takes NAME=TITLE, such as "bkn=BKN Kantor Regional VIII", not {one!r}')
    return {name: title for name, _, title in (one.partition("=") for one in given)}


def doctor(*, offline: bool = False) -> None:
    """Look for everything that silently breaks anonymity or delivery; ends with 0 (green), 1 (amber) or 2 (red).

    Run it as the user of each process, with its settings. A line marked ASK is for you to answer and has no weight.

    Parameters
    ----------
    offline
        Do not ask the platforms.
    """
    from bot.doctor.finding import worst
    from bot.doctor.report import report

    keep_memory_private()
    set_up("doctor")
    with plainly():
        found = asyncio.run(report(load(), offline=offline))
    raise SystemExit(worst(found))


def notice(*, language: Code = "id") -> None:
    """Print this deployment's privacy notice, for a web page or a wall: every number is read from the settings.

    Parameters
    ----------
    language
        id or en.
    """
    from bot.app.ground import read_roster
    from bot.privacy import Notice, channels, promises

    with plainly():
        settings = load()
        offices = [desk.title for desk in read_roster(settings).desks.values()]
        print(Notice(promises(settings), offices, channels(settings)).written(language), end="")
