"""Tiny real servers on free ports: they answer as a test tells them to and remember what they were asked."""

import asyncio
import socket
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.whatsapp import WhatsApp

TOKEN = "EAA-token-contoh"
PHONE_ID = "100000000000000"

Answer = Callable[[Request], Awaitable[Response]]


class Asked:
    """One request as it came over the wire."""

    def __init__(self, request: Request, body: bytes) -> None:
        self.method = request.method
        self.path = request.url.path
        self.wire_path: bytes = request.scope["raw_path"]
        self.query = dict(request.query_params)
        self.headers = request.headers
        self.body = body


class Cloud:
    """Answers each path with the answers given for it, in order; the last one stays."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.asked: list[Asked] = []
        self._answers: dict[str, deque[Answer | Response]] = defaultdict(deque)

    def on(self, call: str, *answers: Answer | Response) -> Self:
        """Prepare answers for a call such as `GET /v25.0/600`."""
        self._answers[call].extend(answers)
        return self

    async def answer(self, request: Request) -> Response:
        self.asked.append(Asked(request, await request.body()))
        answers = self._answers[f"{request.method} {request.url.path}"]
        if not answers:
            return JSONResponse({"error": {"code": 100, "message": "nothing prepared"}}, 400)
        answer = answers.popleft() if len(answers) > 1 else answers[0]
        return answer if isinstance(answer, Response) else await answer(request)


@asynccontextmanager
async def cloud() -> AsyncIterator[Cloud]:
    """Run a Cloud while a test lasts. uvicorn's main loop is left out: nothing here needs its ticks."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Cloud(listening.getsockname()[1])
        routes = [Route("/{path:path}", made.answer, methods=["GET", "POST", "DELETE"])]
        config = uvicorn.Config(Starlette(routes=routes), log_config=None, lifespan="off", ws="none")
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listening])
        try:
            yield made
        finally:
            await server.shutdown(sockets=[listening])


# Whoever answers a connection by hand.
Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]]


@asynccontextmanager
async def raw_server(talk: Conversation) -> AsyncIterator[str]:
    """Serve something that is not quite HTTP."""
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def whatsapp(api_base: str, made: type[WhatsApp] = WhatsApp) -> AsyncIterator[WhatsApp]:
    """Speak to one of these servers as to Meta."""
    channel = made(token=TOKEN, phone_id=PHONE_ID, app_secret="rahasia", api_base=api_base)
    try:
        yield channel
    finally:
        await channel.aclose()


def refused(code: int, http: int = 400, **more: object) -> Response:
    """Refuse as Graph does."""
    return JSONResponse({"error": {"message": "(#x)", "type": "OAuthException", "code": code, **more}}, http)
