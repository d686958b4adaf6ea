"""Asks Telegram for updates, raw: libraries' own parsers fail a whole batch for one odd update."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

import msgspec

from bot.channels.base import Later, Never

METHOD = "getUpdates"
# Seconds that Telegram waits for something to come, and that we wait for Telegram.
POLL, WITHIN = 25, 40
RETRY = 5.0

Raws = list[msgspec.Raw]
# Posts to the method; returns the status and the body. Raises Later.
Post = Callable[[dict[str, object]], Awaitable[tuple[int, bytes]]]


class _Updates(msgspec.Struct):
    result: Raws = []


_updates = msgspec.json.Decoder(_Updates)


async def asked(post: Post, heard: Sequence[str], offset: int | None) -> Raws:
    """Ask once for updates of the kinds `heard`, from `offset` on. Raises Later, and Never where the token is none."""
    body: dict[str, object] = {"timeout": POLL, "allowed_updates": heard}
    if offset is not None:
        body["offset"] = offset
    return _read(*await post(body))


def _read(status: int, body: bytes) -> Raws:
    if status == HTTPStatus.UNAUTHORIZED:
        raise Never(status, halt=True)
    if status != HTTPStatus.OK:
        raise Later(RETRY, status)
    try:
        return _updates.decode(body).result
    except msgspec.DecodeError:
        raise Later(RETRY, status) from None
