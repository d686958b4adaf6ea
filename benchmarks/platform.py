"""A Telegram that says yes to everything, in a process of its own: every contestant's network, as cheap as can be.

python -m benchmarks.platform          prints its address
"""

import asyncio
import re

from benchmarks.canned import answer

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_METHOD = re.compile(rb"^POST /bot[^/ ]+/([A-Za-z]+)")


class Line(asyncio.Protocol):
    """One connection: HTTP/1.1, kept open, bodies read past."""

    def __init__(self) -> None:
        self._got = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        while b"\r\n\r\n" in self._got:
            head, _, rest = self._got.partition(b"\r\n\r\n")
            found = _LENGTH.search(head)
            length = int(found[1]) if found else 0
            if b"chunked" in head.lower():
                body, end, after = rest.partition(b"0\r\n\r\n")
                length = len(body) + len(end) if end else len(rest) + 1
                rest = body + end + after
            if len(rest) < length:
                return
            self._got = rest[length:]
            self.answered(head, rest[:length])

    def answered(self, head: bytes, body: bytes) -> None:  # noqa: ARG002  # who counts reads it
        self.send(reply(head))

    def say(self, body: bytes) -> None:
        """Answer with this."""
        self.send(OK % len(body) + body)

    def send(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def reply(head: bytes) -> bytes:
    found = _METHOD.match(head)
    body = answer(found[1].decode() if found else "").encode()
    return OK % len(body) + body


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
