"""Makes a deployment, looks it over, and says in public what it keeps."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.children import HOPELESS
from bot.cli.plain import PassphraseFile, plainly
from bot.hardening import keep_memory_private
from bot.logs import set_up
from bot.passphrases import STDIN
from bot.settings import SettingsError, load
from handlers.languages import Code


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Deployment:
    """What is made, and where.

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

    state: Path = Path("state")
    desk: str = "bawaslu"
    title: str = ""
    also: tuple[str, ...] = ()
    env: Path = Path(".env")
    split: bool = False
    set_: Annotated[tuple[str, ...], Parameter(name="--set", negative=())] = ()
    offline: bool = False
    passphrase_file: PassphraseFile = None


ALL_USUAL = Deployment()


def init(*, deployment: Deployment = ALL_USUAL) -> None:
    """Make the keys and a first .env, introduce the bots to their platforms, and say what is left to do.

    At a terminal it asks for what is missing; without one it asks nothing. Run it again whenever you like: it makes no
    key anew, and changes no setting that you do not name.
    """
    with plainly():
        well = _init(deployment)
    raise SystemExit(0 if well else HOPELESS)


def _init(order: Deployment) -> bool:
    """Do it; False where a platform refuses us."""
    from bot import questions
    from bot.env_file import given
    from bot.first import begin, meet, tell_left
    from bot.passphrases import ask, can_ask

    asks, new = can_ask() and order.passphrase_file != STDIN, not (order.state / "keys").exists()
    also, values = _offices(order.also), given(order.set_)
    title = order.title or (questions.title(TITLE) if asks and new else TITLE)
    offices = {order.desk: title, **also}
    passphrase = ask(order.passphrase_file, new=True) if order.passphrase_file or (asks and new) else None
    begin(order.state, offices, order.env, passphrase, split=order.split)
    later = questions.kept_back(values, order.env, split=order.split) if asks else {}
    now = {name: value for name, value in values.items() if name not in later}
    well = asyncio.run(meet(order.env, now, split=order.split, offline=order.offline))
    if asks and well:
        questions.interview(order.env, later, split=order.split, offline=order.offline)
    tell_left(order.state, tuple(offices), order.env, split=order.split)
    return well


TITLE = "Bawaslu"


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
