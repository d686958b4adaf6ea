"""The command line: `saksi`. Heavy parts are imported by the command that needs them."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from bot import __version__
from bot.children import HOPELESS, Child, Hopeless, die_with_parent, supervise
from bot.logs import set_up
from bot.settings import Settings, SettingsError, load

app = App(
    name="saksi",
    version=__version__,
    help="A Telegram and WhatsApp bot: tell the authorities, without giving a name, that an official is not neutral.",
)
officer_app = App(name="officer", help="Who works at a desk.")
app.command(officer_app)


class Stop(SystemExit):
    """Say why, and end with a code that tells a supervisor not to try again."""

    def __init__(self, why: object) -> None:
        print(f"saksi: {why}", file=sys.stderr)
        super().__init__(HOPELESS)


@contextmanager
def _plainly() -> Iterator[None]:
    """Tell an operator's mistake in one line, not as a traceback."""
    from storage.errors import StorageError

    try:
        yield
    except (SettingsError, StorageError) as error:
        raise Stop(error) from None


@app.command
def demo(*, port: int = 8080, browser: bool = True, state: Path | None = None) -> None:
    """Open the whole product on this machine: no token, no account, no configuration.

    Parameters
    ----------
    port
        Where the page is served, on 127.0.0.1; 0 finds a free port.
    browser
        Open the page in a browser.
    state
        A folder to keep the demo's state in; by default nothing remains of it.
    """
    from bot import demo as whole
    from bot.app.ground import run_until_stopped

    set_up("demo")
    with _plainly(), _hopeless():
        asyncio.run(run_until_stopped(whole.demo(port, state, browser=browser)))


@app.command
def run() -> None:
    """Run intake and desk as two processes of this user; for a small town on one machine."""
    from bot.app.ground import run_until_stopped

    set_up("run")
    with _plainly(), _hopeless():
        _migrate(load())
        print(
            "saksi: intake and desk run under one user, so only discipline keeps them apart (see docs).",
            file=sys.stderr,
        )
        children = [Child(name, ("-m", "bot", name), {}) for name in ("intake", "desk")]
        asyncio.run(run_until_stopped(supervise(children)))


@contextmanager
def _hopeless() -> Iterator[None]:
    try:
        yield
    except Hopeless:
        raise SystemExit(HOPELESS) from None


@app.command
def intake() -> None:
    """Run the intake: it talks with the public."""
    from bot.app import intake as process
    from bot.app.ground import run_until_stopped

    die_with_parent()
    set_up("intake")
    with _plainly():
        asyncio.run(run_until_stopped(process.intake(load())))


@app.command
def desk() -> None:
    """Run the desk: it talks with officers."""
    from bot.app import desk as process
    from bot.app.ground import run_until_stopped

    die_with_parent()
    set_up("desk")
    with _plainly():
        asyncio.run(run_until_stopped(process.desk(load())))


@app.command
def migrate() -> None:
    """Bring the database to this version's tables; drafts and tips stay."""
    with _plainly():
        _migrate(load())


def _migrate(settings: Settings) -> None:
    from storage import migrations
    from storage.database import Database
    from storage.private import private_folder

    private_folder(settings.state)
    database = Database.at(settings.database_url)
    migrations.upgrade(database)
    database.close()


@app.command
def init(
    *,
    state: Path = Path("state"),
    desk: str = "bawaslu",
    title: str = "Bawaslu",
    env: Path = Path(".env"),
) -> None:
    """Make the keys and a first .env; run it again whenever you like, it overwrites nothing.

    Parameters
    ----------
    state
        The folder for keys, database and evidence.
    desk
        The short name of the office that receives the tips: a-z, 0-9 and dashes.
    title
        The office's name as reporters read it, such as "Bawaslu Kota Kediri".
    env
        Where to write the settings.
    """
    from bot.first import begin

    with _plainly():
        begin(state, desk, title, env)


@officer_app.command(name="add")
def officer_add(alias: str, telegram: int, *, role: Literal["officer", "supervisor", "auditor"] = "officer") -> None:
    """Put somebody on the desk's signed roster.

    Parameters
    ----------
    alias
        What colleagues see, such as "Rina".
    telegram
        Their Telegram user id, a number.
    role
        What they may do; an auditor opens nothing.
    """
    from bot.first import add_officer

    with _plainly():
        add_officer(load(), alias, telegram, role)


@officer_app.command(name="list")
def officer_list() -> None:
    """Show who is on the desk's roster."""
    from bot.app.ground import keys_folder
    from storage.keys import load_roster

    with _plainly():
        for one in load_roster(keys_folder(load())).officers:
            print(f"{one.desk}\t{one.alias}\t{one.role}\t{one.telegram}")


@app.command
def poster(  # noqa: PLR0913  # an order has these parts
    *,
    place: str,
    telegram: str | None = None,
    whatsapp: str | None = None,
    format: Annotated[Literal["pdf", "png"], Parameter(name="--format")] = "pdf",  # noqa: A002  # the option's name
    size: Literal["a3", "a4", "a5"] = "a4",
    language: Literal["id", "en"] = "id",
    office: str = "",
    output: Path = Path(),
) -> None:
    """Draw a poster with the QR codes that open the conversation. Needs no configured deployment.

    Parameters
    ----------
    place
        A kabupaten or kota, by code (62.71) or name; never finer, for a code for one office or village could
        unmask a reporter.
    telegram
        The bot's name, such as saksi_kediri_bot.
    whatsapp
        The number, such as +62 8xx-0000-0000.
    format
        pdf to print, png to send around.
    size
        The paper.
    language
        The poster's words.
    office
        Who reads the tips, to be printed.
    output
        A folder.
    """
    from bot.first import write_poster
    from bot.posters import PosterError

    try:
        path = write_poster(place, telegram, whatsapp, format, size, language, office, output)
    except PosterError as error:
        raise Stop(error) from None
    print(path)


def main() -> None:
    """Run the command line."""
    app()
