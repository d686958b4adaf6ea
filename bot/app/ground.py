"""What both processes stand on: keys, database, evidence, the runtime folder."""

import asyncio
import contextlib
import os
import random
import signal
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.anew import Watch
from bot.channels.base import Later, Never
from bot.children import SUPERVISED
from bot.courier import Courier
from bot.logs import log
from bot.presence import present
from bot.settings import Settings, SettingsError, seconds
from bot.stores import store_of
from bot.wake import Bell, owner
from bot.zones import Zone
from storage import migrations
from storage.committer import Committer
from storage.database import Database
from storage.evidence import Store
from storage.keys import load_newest, readable, roster_file
from storage.private import is_shared
from storage.roster import Roster
from storage.runtime import runtime_folder
from storage.wire import Wire

LOOPBACK = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")


def now(zone: Zone) -> datetime:
    """Say the time in a zone of the country."""
    return datetime.now(ZoneInfo(zone))


def drawn(span: str) -> float:
    """Draw a delay in seconds, so that nobody can tell by the hour who wrote what."""
    return random.SystemRandom().uniform(*seconds(span))


@dataclass(frozen=True, slots=True)
class Ground:
    """What both processes stand on."""

    settings: Settings
    roster: Roster
    runtime: Path
    database: Database
    committer: Committer
    store: Store
    bell: Bell
    wire: Wire | None
    watch: Watch

    def clock(self) -> datetime:
        """Say the time where the deployment is."""
        return now(self.settings.zone)

    def ring(self, lanes: Collection[str]) -> None:
        """Wake whoever delivers these lanes, on this machine and through the database."""
        self.bell.ring(lanes)
        if self.wire:
            self.wire.ring({owner(lane) for lane in lanes})

    async def hear(self, name: str, rung: Callable[[], None]) -> None:
        """Call `rung` whenever somebody rings for `name` through the database, until cancelled."""
        if self.wire:
            await self.wire.run(name, rung)

    async def deliver(self, courier: Courier, *, first: bool) -> None:
        """Deliver what is owed; who is `first` on this machine, and alone on the database, waits for no lease."""
        alone = first and (self.wire is None or await self.wire.alone())
        with present(self.runtime) as presence:
            await courier.run(alone=alone, presence=presence)


def keys_folder(settings: Settings) -> Path:
    return settings.keys_folder


def read_roster(settings: Settings) -> Roster:
    """Read the signed roster. Raises Unsafe where it is unsigned, another's, or older than one seen before."""
    return load_newest(settings.roster_folder, settings.state / "roster.seen", pin=settings.pin)


def runtime_of(settings: Settings, roster: Roster) -> Path:
    """Find the folder in memory. Raises Unsafe."""
    environ = {**os.environ, **({"SAKSI_RUNTIME": str(settings.runtime)} if settings.runtime else {})}
    return runtime_folder(environ, settings.state, allow_disk=roster.demo)


def keep_private(settings: Settings) -> None:
    """Let nobody else read what this process writes; where the state is a group's on purpose, that group may."""
    shared = settings.state.exists() and is_shared(settings.state)
    os.umask(0o007 if shared else 0o077)


def share_database(settings: Settings) -> None:
    """Let the group write where the state is the group's: SQLite makes its file for its maker alone."""
    file = settings.state / "saksi.db"
    if file.exists() and is_shared(settings.state):
        file.chmod(0o660)


@contextmanager
def ground(settings: Settings) -> Iterator[Ground]:
    """Open the state both processes share.

    Raises SettingsError, Unsafe or Behind with a line that says what to do.
    """
    keep_private(settings)
    watch = Watch(lambda: [roster_file(settings.roster_folder)], lambda: read_roster(settings))
    roster = read_roster(settings)
    _refuse_demo_keys(settings, roster)
    _know_the_desk(settings, roster)
    runtime = runtime_of(settings, roster)
    database = Database.at(settings.database_url)
    try:
        migrations.require_head(database)
        store = store_of(settings)
        yield Ground(
            settings, roster, runtime, database, Committer(database), store, Bell(runtime), Wire.of(database), watch
        )
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


def tell_if_not_apart(settings: Settings, roster: Roster, *others: str) -> None:
    """Complain loudly where this user could be the other process as well; `saksi run` has said so already."""
    if roster.demo or os.environ.get(SUPERVISED):
        return
    folders = settings.keys_folder, settings.roster_folder
    for path in [path for pattern in others for path in readable(folders, pattern)]:
        log.error("not-apart", why=f"this user can read {path} too: nothing keeps the two halves of the secret apart")


async def insist(work: Callable[[], Awaitable[None]], setting: str) -> None:
    """Introduce ourselves to a platform, however long it is out of reach; nothing else waits for that.

    Raises SettingsError, which names the setting, where the platform will never have us.
    """
    while True:
        try:
            return await work()
        except Later as later:
            log.info("out-of-reach", code=later.code)
            await asyncio.sleep(later.after)
        except Never as never:
            raise SettingsError(f"{setting}: the platform refuses it (code {never.code})") from None


async def run_until_stopped(main: Awaitable[None]) -> None:
    """Run until SIGTERM or SIGINT. Nothing is lost by stopping at any moment: it is all in the database."""
    task = asyncio.ensure_future(main)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
