"""Asks Telegram for updates, one after the other and raw: libraries' own parsers fail a whole batch for one odd update.

Telegram keeps every update until a later offset asks past it: that is our inbox.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

import msgspec

from bot.channels.base import Later, Never

METHOD = "getUpdates"
# Seconds that Telegram waits for something to come, and that we wait for Telegram.
POLL, WITHIN = 25, 40
RETRY = 5.0

Raws = list[msgspec.Raw]
# Returns the number up to which updates are handled for good, None where none is.
Take = Callable[[Raws], Awaitable[int | None]]
# Posts to the method; returns the status and the body. Raises Later.
Post = Callable[[dict[str, object]], Awaitable[tuple[int, bytes]]]


class _Updates(msgspec.Struct):
    result: Raws = []


_updates = msgspec.json.Decoder(_Updates)


async def poll(post: Post, heard: Sequence[str], take: Take) -> None:
    """Ask for ever for updates of the kinds `heard`. Raises Never where the token is none."""
    body: dict[str, object] = {"timeout": POLL, "allowed_updates": heard}
    while True:
        try:
            raws = _read(*await post(body))
        except Later as later:
            await asyncio.sleep(later.after)
            continue
        handled = await take(raws) if raws else None
        if handled is not None:
            body["offset"] = handled + 1


def _read(status: int, body: bytes) -> Raws:
    if status == HTTPStatus.UNAUTHORIZED:
        raise Never(status, halt=True)
    if status != HTTPStatus.OK:
        raise Later(RETRY, status)
    try:
        return _updates.decode(body).result
    except msgspec.DecodeError:
        raise Later(RETRY, status) from None
