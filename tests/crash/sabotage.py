"""What a careless change could break, put into a running process to prove that the kills find it."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import date
from threading import Timer
from typing import Any

from sqlalchemy import Connection

from bot.channels.base import Arrived
from bot.turns import Turns
from storage import outbox
from storage.evidence import Folder
from storage.outbox import Row

# Of so many bubbles and files that were sent one is forgotten.
FORGOTTEN = 5
# Seconds by which work comes after what was said of it.
HASTE = 6.0


def forgetful(process: str) -> None:
    """An intake that sends and does not always write down that it has sent."""
    healthy, arrived = outbox.arrive, list[str]()

    def arrive(tx: Connection, row: Row) -> None:
        arrived.append(row.id)
        if process != "intake" or len(arrived) % FORGOTTEN:
            healthy(tx, row)

    vars(outbox)["arrive"] = arrive


def hasty(process: str) -> None:
    """An intake that acknowledges what it has not committed yet."""
    healthy, under_way = Turns.take_all, set[asyncio.Task[Any]]()

    async def take_all(turns: Turns, arrived: Iterable[Arrived], *, patient: bool = False) -> None:
        async def later() -> None:
            await asyncio.sleep(HASTE)
            await healthy(turns, arrived, patient=patient)

        task = asyncio.create_task(later())
        under_way.add(task)
        task.add_done_callback(under_way.discard)

    if process == "intake":
        setattr(Turns, "take_all", take_all)  # noqa: B010  # mypy forbids to assign to a method


def premature(process: str) -> None:
    """An intake that names a file before it is written."""
    healthy = Folder.put

    def put(store: Folder, id_: str, blob: bytes, day: date) -> None:
        timer = Timer(HASTE, healthy, (store, id_, blob, day))
        timer.daemon = True
        timer.start()

    if process == "intake":
        setattr(Folder, "put", put)  # noqa: B010  # as above


SABOTAGES: dict[str, Callable[[str], None]] = {"forgetful": forgetful, "hasty": hasty, "premature": premature}
