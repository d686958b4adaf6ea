"""What an operator does once or seldom: the first keys and settings, the roster, a poster."""

import os
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from bot.app.ground import keys_folder, now
from bot.posters import Poster, draw, find_place
from bot.settings import Settings
from handlers.desk import Role
from storage import keys
from storage.private import private_folder
from storage.roster import Officer

FIRST_ENV = """\
# Saksi's settings; see .env.example for what each means.
SAKSI_STATE={state}
SAKSI_DESK__NAME={desk}
# SAKSI_DESK__TOKEN=          from @BotFather: the officers' bot
# SAKSI_DESK__GROUP=          the id of the officers' group, a negative number
# SAKSI_TELEGRAM__TOKEN=      from @BotFather: the bot that reporters write to
# SAKSI_WHATSAPP__TOKEN=      from Meta: a permanent system user token
# SAKSI_WHATSAPP__PHONE_ID=
# SAKSI_WHATSAPP__APP_SECRET=
# SAKSI_WHATSAPP__VERIFY_TOKEN=
"""


def begin(state: Path, desk: str, title: str, env: Path) -> None:
    """Make keys and a first .env, and say what is left to do. Raises Unsafe."""
    private_folder(state)
    folder = state / "keys"
    if folder.exists() and any(folder.iterdir()):
        print(f"{folder}: keys are there already, left as they are")
    else:
        keys.make(folder, {desk: title}, demo=False, today=now().date())
        print(f"{folder}: made the keys of {title}")
    if env.exists():
        print(f"{env}: is there already, left as it is")
    else:
        handle = os.open(env, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(FIRST_ENV.format(state=state, desk=desk))
        print(f"{env}: made, readable by you alone")
    print(_LEFT.format(recovery=folder / f"recovery-{desk}.key", env=env))


_LEFT = """\
Left to do:
  1. Move {recovery} to paper or a stick in a safe, and delete it here.
  2. Fill in the tokens in {env}.
  3. Put the officers on the roster: saksi officer add NAME TELEGRAM-ID
  4. Start it: saksi run"""


def add_officer(settings: Settings, alias: str, telegram: int, role: str) -> None:
    """Sign a roster with one more officer. Raises Unsafe or Sealed."""
    folder = keys_folder(settings)
    roster = keys.load_roster(folder)
    others = tuple(one for one in roster.officers if (one.desk, one.telegram) != (settings.desk.name, telegram))
    officer = Officer(alias, settings.desk.name, Role(role), telegram)
    keys.save_roster(folder, replace(roster, version=roster.version + 1, officers=(*others, officer)))
    print(f"{alias} is {role} at {settings.desk.name}; restart the desk to let them in")


def write_poster(  # noqa: PLR0913, PLR0917  # an order has these parts
    place: str,
    telegram: str | None,
    whatsapp: str | None,
    format_: Literal["pdf", "png"],
    size: Literal["a3", "a4", "a5"],
    language: Literal["id", "en"],
    office: str,
    output: Path,
) -> Path:
    """Draw a poster into a folder. Raises PosterError."""
    from bot.data import tables  # noqa: PLC0415  # only the poster needs the places

    code, name = find_place(place, tables.cities())
    order = Poster(
        place=code, place_name=name, telegram=telegram, whatsapp=whatsapp, language=language, size=size,
        format=format_, reader=office,
    )  # fmt: skip
    output.mkdir(parents=True, exist_ok=True)
    path = output / f"saksi-{code.replace('.', '')}-{size}-{language}.{format_}"
    path.write_bytes(draw(order))
    return path
