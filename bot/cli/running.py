"""Runs Saksi: the demo, both processes or one of them, and the tables they stand on."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.children import HOPELESS, Child, Hopeless, die_with_parent, supervise
from bot.cli.plain import plainly, show
from bot.hardening import keep_memory_private
from bot.logs import set_up
from bot.settings import Settings, SettingsError, load


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
    with plainly(), _hopeless():
        asyncio.run(run_until_stopped(whole.demo(port, state, browser=browser)))


def run() -> None:
    """Run intake and desk as two processes of this user; for a small town on one machine."""
    from bot.app.ground import run_until_stopped

    set_up("run")
    with plainly(), _hopeless(), _alone(load()) as settings:
        list(_migrate(settings))
        print(
            "saksi: intake and desk run under one user, so only discipline keeps them apart (see docs).",
            file=sys.stderr,
        )
        children = [Child(name, ("-m", "bot", name), {}) for name in ("intake", "desk")]
        asyncio.run(run_until_stopped(supervise(children)))


@contextmanager
def _alone(settings: Settings) -> Iterator[Settings]:
    """Refuse a second one on the same state: each would take the other's messages and bells."""
    from bot.app.ground import keep_private
    from bot.wake import alone
    from storage.private import state_folder

    keep_private(settings)
    with alone(state_folder(settings.state), "run") as first:
        if not first:
            raise SettingsError(f"SAKSI_STATE: saksi run is at work on {settings.state} already; stop that one first")
        yield settings


@contextmanager
def _hopeless() -> Iterator[None]:
    try:
        yield
    except Hopeless:
        raise SystemExit(HOPELESS) from None


def intake() -> None:
    """Run the intake: it talks with the public."""
    from bot.app import intake as process
    from bot.app.anew import starting_anew
    from bot.app.ground import run_until_stopped

    keep_memory_private()
    die_with_parent()
    set_up("intake")
    with plainly(), starting_anew():
        asyncio.run(run_until_stopped(process.intake(load())))


def desk() -> None:
    """Run the desk: it talks with officers."""
    from bot.app import desk as process
    from bot.app.anew import starting_anew
    from bot.app.ground import run_until_stopped

    keep_memory_private()
    die_with_parent()
    set_up("desk")
    with plainly(), starting_anew():
        asyncio.run(run_until_stopped(process.desk(load())))


def migrate(*, dry_run: bool = False) -> None:
    """Bring the database to this version's tables; drafts and tips stay. There is no way back but a backup.

    Parameters
    ----------
    dry_run
        Say what would be done, and change nothing.
    """
    with plainly():
        show(_planned(load()) if dry_run else _migrate(load()))


def _planned(settings: Settings) -> Iterator[str]:
    from storage import migrations
    from storage.database import Database

    with closing(Database.at(settings.database_url)) as database:
        steps = migrations.pending(database)
    yield from (f"would do {step}" for step in steps)
    yield f"nothing was changed; {len(steps)} steps are left to do up to {migrations.head()}"


def _migrate(settings: Settings) -> Iterator[str]:
    from bot.app.ground import keep_private, share_database
    from storage import migrations
    from storage.database import Database
    from storage.private import state_folder

    state_folder(settings.state)
    keep_private(settings)
    with closing(Database.at(settings.database_url)) as database:
        steps = migrations.pending(database)
        migrations.upgrade(database)
    share_database(settings)
    yield from (f"done: {step}" for step in steps)
    yield f"the database stands at {migrations.head()}"
