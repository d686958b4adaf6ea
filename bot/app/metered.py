"""The operator's own port: whether a process is well, and figures that say nothing of anybody."""

import asyncio
import contextlib
import time

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import port
from bot.meter import QUARTER, meter
from storage import gauges, outbox
from storage.committer import Committer

# Seconds within which something must become durable, or this process is not well.
PATIENCE = 5.0
FORMAT = "text/plain; version=0.0.4; charset=utf-8"


async def metered(committer: Committer, process: str, address: str | None, setting: str) -> None:
    """Serve /healthz and /metrics until cancelled; nothing where no address is set.

    Raises SettingsError, which names the setting, where the port cannot be had.
    """
    if address is None:
        return
    from bot.metrics import Shown, Snapshot  # noqa: PLC0415  # only who asks for figures loads their library

    shown = Shown(process)

    def look(tx: Connection) -> Snapshot:
        at = time.time()
        return Snapshot.of(meter, gauges.overdue(tx, at), outbox.parked(tx), gauges.drafts(tx), at)

    async def healthz(_request: Request) -> Response:
        if await _is_well(committer):
            return PlainTextResponse("ok")
        return PlainTextResponse("the database takes nothing", status_code=503)

    async def metrics(_request: Request) -> Response:
        return Response(shown.page(), media_type=FORMAT)

    application = Starlette(routes=[Route("/healthz", healthz), Route("/metrics", metrics)])
    with port.taken(address, setting) as taken:
        async with asyncio.TaskGroup() as group:
            group.create_task(port.serve(application, taken))
            while True:
                with contextlib.suppress(DBAPIError):  # a database that is gone is healthz's to tell
                    shown.snapshot = await committer.commit(look)
                await asyncio.sleep(QUARTER)


async def _is_well(committer: Committer) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await committer.commit(lambda tx: tx.execute(text("SELECT 1")))
    except (DBAPIError, TimeoutError):
        return False
    return True
