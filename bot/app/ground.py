"""What both processes stand on: keys, database, evidence, the runtime folder."""

import asyncio
import contextlib
import os
import random
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.settings import Settings, SettingsError, seconds
from bot.wake import Bell
from storage import migrations
from storage.committer import Committer
from storage.database import Database
from storage.evidence import Folder
from storage.keys import load_roster
from storage.private import private_folder
from storage.roster import Roster
from storage.runtime import runtime_folder

# All three pilots keep western Indonesian time.
ZONE = ZoneInfo("Asia/Jakarta")
LOOPBACK = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")


def now() -> datetime:
    return datetime.now(ZONE)


def drawn(span: str) -> float:
    """Draw a delay in seconds, so that nobody can tell by the hour who wrote what."""
    return random.SystemRandom().uniform(*seconds(span))


@dataclass(frozen=True, slots=True)
class Ground:
    """What both processes stand on."""

    settings: Settings
    roster: Roster
    runtime: Path
    committer: Committer
    store: Folder
    bell: Bell


def keys_folder(settings: Settings) -> Path:
    return settings.state / "keys"


@contextmanager
def ground(settings: Settings) -> Iterator[Ground]:
    """Open the state both processes share.

    Raises SettingsError, Unsafe or Behind with a line that says what to do.
    """
    os.umask(0o077)
    roster = load_roster(keys_folder(settings))
    _refuse_demo_keys(settings, roster)
    _know_the_desk(settings, roster)
    environ = {**os.environ, **({"SAKSI_RUNTIME": str(settings.runtime)} if settings.runtime else {})}
    runtime = runtime_folder(environ, settings.state, allow_disk=roster.demo)
    database = Database.at(settings.database_url)
    try:
        migrations.require_head(database)
        store = Folder(private_folder(settings.state / "evidence"))
        yield Ground(settings, roster, runtime, Committer(database), store, Bell(runtime))
    finally:
        database.close()


def _refuse_demo_keys(settings: Settings, roster: Roster) -> None:
    """Demo keys have no passphrase: they never meet a real platform."""
    platforms = (settings.telegram, settings.whatsapp, settings.desk if settings.desk.token else None)
    real = any(platform and not platform.api_base.startswith(LOOPBACK) for platform in platforms)
    if roster.demo and real:
        raise SettingsError("these keys are the demo's: make real ones with `saksi init` in another SAKSI_STATE")


def _know_the_desk(settings: Settings, roster: Roster) -> None:
    name = settings.desk.name
    if name not in roster.desks:
        raise SettingsError(f"SAKSI_DESK__NAME: the roster has no desk {name!r}, only {', '.join(roster.desks)}")


async def run_until_stopped(main: Awaitable[None]) -> None:
    """Run until SIGTERM or SIGINT. Nothing is lost by stopping at any moment: it is all in the database."""
    task = asyncio.ensure_future(main)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def never_ending(group: asyncio.TaskGroup, *work: Callable[[], Awaitable[None]]) -> None:
    """Start what runs as long as the process does."""
    for one in work:
        group.create_task(_run(one))


async def _run(work: Callable[[], Awaitable[None]]) -> None:
    await work()
