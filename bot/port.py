"""A local port of a process: taken before anything is promised, served until cancelled."""

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette

from bot.settings import SettingsError

# Bytes of headers, and seconds of silence, after which a caller is hung up on.
LONGEST_HEADERS, LONGEST_SILENCE = 16 << 10, 30


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
    )
    await _Server(config).serve(sockets=[port])


class _Server(uvicorn.Server):
    """Stops when cancelled; signals are the process's own business."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
