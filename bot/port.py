"""A local port of a process: taken before anything is promised, served until cancelled."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.settings import SettingsError

# Bytes of headers, and seconds without a whole request, after which a caller is hung up on.
LONGEST_HEADERS, LONGEST_SILENCE = 16 << 10, 30
# Callers at the same time. Telegram opens 40 connections; each takes one of the files a process may have, often 1024.
MOST_CALLERS = 256


def taken(address: str, setting: str) -> socket.socket:
    """Take the port, so that a process started twice by mistake takes nothing from the first.

    Raises SettingsError, which names the setting, where it cannot be had.
    """
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), int(port)), family=family)
    except OSError as error:
        raise SettingsError(f"{setting}: {address} cannot be had: {error.strerror}") from None


async def serve(application: Starlette, port: socket.socket) -> None:
    """Answer callers until cancelled, and say nothing of them or of ourselves."""
    config = uvicorn.Config(
        application,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        lifespan="off",
        h11_max_incomplete_event_size=LONGEST_HEADERS,
        timeout_keep_alive=LONGEST_SILENCE,
        http=_Impatient,
    )
    await _Server(config).serve(sockets=[port])


class _Impatient(H11Protocol):
    """Hangs up on who does not get to the end of asking, or goes on talking after the answer, and on who is too many.

    uvicorn waits for ever for the rest of a request that has begun.
    """

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > MOST_CALLERS:
            transport.abort()
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if getattr(self.cycle, "response_complete", True):  # there is none before the first request
            self._wait()
        else:
            self._enough()

    def connection_lost(self, exc: Exception | None) -> None:
        self._enough()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._patience is None:
            self._patience = self.loop.call_later(LONGEST_SILENCE, self.transport.close)

    def _enough(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


class _Server(uvicorn.Server):
    """Stops when cancelled; signals are the process's own business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
