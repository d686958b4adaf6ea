"""Hands connections on between two network namespaces, through a socket in a folder that both see.

python -m tests.deploy.relay LISTEN CONNECT, each 127.0.0.1:PORT or the path of a socket.
"""

import asyncio
import contextlib
import sys

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _connected(where: str) -> Streams:
    if where.startswith("/"):
        return await asyncio.open_unix_connection(where)
    host, _, port = where.rpartition(":")
    return await asyncio.open_connection(host, int(port))


async def _copy(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await source.read(1 << 16):
            to.write(data)
            await to.drain()
    with contextlib.suppress(OSError):
        to.close()


async def relay(listen: str, connect: str) -> None:
    """Hand on until cancelled."""

    async def handed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, answers = await _connected(connect)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_copy(reader, answers), _copy(there, writer))

    if listen.startswith("/"):
        server = await asyncio.start_unix_server(handed_on, listen)
    else:
        host, _, port = listen.rpartition(":")
        server = await asyncio.start_server(handed_on, host, int(port))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(relay(*sys.argv[1:]))
