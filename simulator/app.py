"""Both platforms, the page and the controls behind one port."""

import asyncio
import contextlib
import copy
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from simulator import shell, telegram, whatsapp
from simulator.world import EXAMPLE, Setup, World, Wrong

PAGE = Path(__file__).parent / "page"


def build(setup: Setup | None = None) -> Starlette:
    """The whole simulator as an ASGI application; its world hangs on `app.state.world`.

    Raises Wrong when the setup cannot be.
    """
    world = World()
    shell.begin(world, copy.deepcopy(EXAMPLE if setup is None else setup))
    app = Starlette(
        routes=[
            *shell.routes(world),
            *telegram.routes(world),
            *whatsapp.routes(world),
            Route("/", index),
            Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
        ],
        exception_handlers={Wrong: wrong, HTTPException: plain},
        lifespan=lambda app: living(app.state.world),
    )
    app.state.world = world
    return app


@contextlib.asynccontextmanager
async def living(world: World) -> AsyncIterator[None]:
    """WhatsApp's deliveries run as long as the server does; Telegram's go with the bots' webhooks."""
    deliveries = asyncio.create_task(whatsapp.run(world))
    try:
        yield
    finally:
        deliveries.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await deliveries
        await world.telegram.stop()


async def index(_request: Request) -> Response:
    page = PAGE / "index.html"
    return FileResponse(page) if page.is_file() else PlainTextResponse("The page is not here.", 404)


def wrong(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Wrong)  # noqa: S101  (registered for Wrong alone)
    return JSONResponse({"error": error.message}, error.status)


def plain(request: Request, error: Exception) -> Response:
    """What no route answers, in the words of whoever was asked."""
    assert isinstance(error, HTTPException)  # noqa: S101  (registered for HTTPException alone)
    if request.url.path.startswith(("/bot", "/file/bot")):
        return telegram.error(error.status_code, error.detail)
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
