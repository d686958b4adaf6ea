"""The server itself: uvicorn that stops at once, says where it listens and can hang up in mid-call."""

import asyncio
import socket
from types import FrameType

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol


class Line(H11Protocol):
    """One connection; its calls find `saksi.cut` among their extensions, which tears the connection down.

    Returning without an answer is no way out: uvicorn would make a tidy 500 of it.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        app: ASGIApp = self.app

        async def with_cut(scope: Scope, receive: Receive, send: Send) -> None:
            scope["extensions"] = {"saksi.cut": transport.abort}
            await app(scope, receive, send)

        self.app = with_cut


class Stage(uvicorn.Server):
    """Prints one line when it is ready; at SIGTERM or SIGINT it waits for no poll to end."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  (uvicorn's signature)
        self.should_exit = self.force_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, which in a hurry forgets to tell the application."""
        await super().shutdown(sockets)
        await self.lifespan.shutdown()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"simulator listening on {self.url}", flush=True)  # noqa: T201  (whoever started us reads it)

    @property
    def url(self) -> str:
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: ASGIApp, host: str, port: int) -> None:
    """Serve until a signal; raises SystemExit when the port is taken."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Line,
        ws="none",
        access_log=False,
        log_level="warning",
        date_header=False,  # the platforms tell the time of the world, not of this machine
    )
    Stage(config).run()
