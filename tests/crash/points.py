"""Intake, desk or `migrate`, as they are, dying on order at named points.

    python -m tests.crash.points intake

An order is a file, named like the process, in the folder that the environment names: `after-send 3 SIGKILL` kills the
process when it comes to that point for the third time from then on. Nothing of this is in the product.
"""

import asyncio
import inspect
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from bot.cli import main
from bot.courier import Courier
from storage.cleaning import cleaner
from storage.database import Database
from storage.evidence import Folder

ORDERS = "CRASH_ORDERS"
# Seconds of a lease, where somebody wants them shorter: on PostgreSQL a dead courier's rows wait for its end.
LEASE = "CRASH_LEASE"
# The name of something that is broken on purpose, to prove that it is found.
SABOTAGE = "CRASH_SABOTAGE"
TALKING = ("before-commit", "after-commit", "before-send", "after-send", "heard", "handled")
POINTS = {
    "intake": (*TALKING, "mid-fetch", "mid-clean", "before-store", "mid-store", "after-store", "before-drop"),
    "desk": TALKING,
    "migrate": ("mid-migration",),
}


class Orders:
    """What this process is to die of."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, Lock()
        self._order, self._left = "", 0

    def hit(self, point: str) -> None:
        """Say that this point is reached: where that is ordered, the process dies here."""
        with self._lock:
            how = self._due(point)
        if how:
            os.kill(os.getpid(), how)

    def _due(self, point: str) -> signal.Signals | None:
        try:
            order = self._file.read_text()
        except FileNotFoundError:
            return None
        wanted, times, how = order.split()
        if order != self._order:
            self._order, self._left = order, int(times)
        self._left -= wanted == point
        if wanted != point or self._left:
            return None
        self._file.unlink()
        return signal.Signals[how]


class Flights:
    """A file that says since when each thing is on its way that no process has written down as arrived yet."""

    def __init__(self, folder: Path) -> None:
        self._file = flights_of(folder, os.getpid())
        self._since: list[float] = []

    def begin(self) -> float:
        self._since.append(time.time())
        self._write()
        return self._since[-1]

    def land(self, began: float) -> None:
        self._since.remove(began)
        self._write()

    def _write(self) -> None:
        part = self._file.with_suffix(".coming")
        part.write_text(" ".join(f"{each:.3f}" for each in self._since))
        part.replace(self._file)


def flights_of(folder: Path, pid: int) -> Path:
    """Name the file of a process."""
    return folder / f"{pid}.flights"


def around(orders: Orders, kind: type, name: str, before: str, after: str) -> None:
    """Put a point before and one behind a function, whether it is awaited or not."""
    healthy = getattr(kind, name)

    async def awaited(*given: Any, **named: Any) -> Any:
        orders.hit(before)
        result = await healthy(*given, **named)
        orders.hit(after)
        return result

    def called(*given: Any, **named: Any) -> Any:
        orders.hit(before)
        result = healthy(*given, **named)
        orders.hit(after)
        return result

    setattr(kind, name, awaited if inspect.iscoroutinefunction(healthy) else called)


def committing(orders: Orders) -> None:
    """Die before and after each commit, whoever commits."""
    healthy = Database.transaction

    @contextmanager
    def transaction(database: Database) -> Iterator[Connection]:
        with healthy(database) as connection:
            yield connection
            orders.hit("before-commit")
        orders.hit("after-commit")

    setattr(Database, "transaction", transaction)  # noqa: B010  # mypy forbids to assign to a method


def delivering(flights: Flights) -> None:
    """Record what is on its way. Whoever is killed or cancelled never heard whether it arrived: that stays."""
    healthy = vars(Courier)["_attempt"]

    async def attempt(*given: Any) -> None:
        began = flights.begin()
        try:
            await healthy(*given)
        except Exception:
            flights.land(began)
            raise
        flights.land(began)

    setattr(Courier, "_attempt", attempt)  # noqa: B010  # mypy forbids to assign to a method


def polling(orders: Orders, kind: type) -> None:
    """Die with updates that were heard and not handled, or handled and not acknowledged."""
    healthy: Callable[..., Awaitable[tuple[int, bytes]]] = vars(kind)["_get_updates"]
    handled: list[bool] = []

    async def get_updates(channel: Any, body: dict[str, object]) -> tuple[int, bytes]:
        if handled:
            orders.hit("handled")
        handled.clear()
        status, answer = await healthy(channel, body)
        if b"update_id" in answer:
            orders.hit("heard")
            handled.append(True)
        return status, answer

    setattr(kind, "_get_updates", get_updates)  # noqa: B010  # as above


def called(orders: Orders) -> None:
    """Die in a webhook, before it is handled and before it is answered."""
    from bot import web  # noqa: PLC0415  # the intake's

    healthy = vars(web)["_handled"]

    async def handled(request: Request, take: Callable[[bytes], Awaitable[None]]) -> Response:
        async def taken(body: bytes) -> None:
            orders.hit("heard")
            await take(body)

        answer: Response = await healthy(request, taken)
        orders.hit("handled")
        return answer

    vars(web)["_handled"] = handled


def fetching(orders: Orders, kind: Any) -> None:
    """Die when the first bytes of a file have come."""
    healthy = kind.fetch

    async def fetch(*given: Any) -> AsyncIterator[bytes]:
        async with aclosing(healthy(*given)) as chunks:
            async for chunk in chunks:
                orders.hit("mid-fetch")
                yield chunk

    kind.fetch = fetch


def storing(orders: Orders) -> None:
    """Die before, in the middle of, and after putting a file into the store, and before dropping one."""
    around(orders, Folder, "put", "before-store", "after-store")
    around(orders, Folder, "drop", "before-drop", "")
    healthy = Path.replace

    def replace(path: Path, target: Any) -> Path:
        if path.suffix == ".part":
            orders.hit("mid-store")
        return healthy(path, target)

    setattr(Path, "replace", replace)  # noqa: B010  # as above


def cleaning(orders: Orders) -> None:
    """Die while a child cleans a file: it is fed, and has not answered."""
    talk = vars(cleaner)["_Talk"]
    healthy = talk.exchanged

    async def exchanged(one: Any, said: bytes) -> bytes:
        asyncio.get_running_loop().call_later(0.2, orders.hit, "mid-clean")
        answer: bytes = await healthy(one, said)
        return answer

    talk.exchanged = exchanged


def migrating(orders: Orders) -> None:
    """Die between any two statements of a migration."""
    from sqlalchemy import Engine, event  # noqa: PLC0415  # no other process needs it

    event.listen(Engine, "before_cursor_execute", lambda *_: orders.hit("mid-migration"))


def install(process: str, environ: Any = os.environ) -> None:
    """Put the points in their places."""
    from storage import outbox  # noqa: PLC0415  # as below

    orders = Orders(Path(environ[ORDERS]) / process)
    vars(outbox)["LEASE"] = float(environ.get(LEASE) or outbox.LEASE)
    committing(orders)
    delivering(Flights(Path(environ[ORDERS])))
    if process == "migrate":
        migrating(orders)
    if process == "intake":
        _install_in_intake(orders)
    if process == "desk":
        from bot.channels.desk import DeskBot  # noqa: PLC0415  # each process pulls in what the other does not need

        polling(orders, DeskBot)
        _sending(orders, DeskBot, ("say", "change", "album", "exhibit", "delete"))
    if name := environ.get(SABOTAGE):
        from tests.crash.sabotage import SABOTAGES  # noqa: PLC0415  # nobody needs it but its own test

        SABOTAGES[name](process)


def _install_in_intake(orders: Orders) -> None:
    from bot.channels.telegram import Telegram  # noqa: PLC0415  # as above
    from bot.channels.whatsapp import WhatsApp  # noqa: PLC0415  # as above

    polling(orders, Telegram)
    called(orders)
    storing(orders)
    cleaning(orders)
    for kind in (Telegram, WhatsApp):
        _sending(orders, kind, ("show", "erase"))
        fetching(orders, kind)


def _sending(orders: Orders, kind: type, names: Collection[str]) -> None:
    for name in names:
        around(orders, kind, name, "before-send", "after-send")


if __name__ == "__main__":
    install(sys.argv[1])
    main()
