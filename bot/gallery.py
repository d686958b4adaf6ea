"""Shows a desk's figures as pictures: when somebody asks for them, and to the group every Monday morning."""

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from bot.channels.exhibit import Exhibit
from bot.charts.panels import Sheet, sheets
from bot.courier import Settle
from bot.desk import Desk
from bot.group import Group
from bot.parcels import Charts, Listing
from bot.render import pieces
from handlers.messages import Kind

KIND = "statistik"
# https://core.telegram.org/bots/api#inputmediaphoto
CAPTION = 1024


def after(desk: Desk, listing: Listing) -> Settle:
    """Owe the pictures once the numbers have been said: what is late in coming must not say them twice."""
    if listing.kind != KIND:
        return _nothing
    name = f"charts-{desk.name}-{listing.chat}"
    return lambda tx: desk.owe(tx, Charts(listing.chat, listing.thread), name=name)


async def show(group: Group, wanted: Charts) -> Settle:
    """Draw the pictures and show them; nothing where there are too few tips, or a stranger in the group.

    Raises Later or Never.
    """
    desk = group.desk
    found, room = await group.committer.commit(lambda tx: (sheets(desk, tx), desk.room(tx)))
    if not found or (wanted.chat < 0 and wanted.chat != room):
        return _nothing
    if wanted.chat < 0 and not await group.is_clean():
        return _nothing
    pictures = await asyncio.to_thread(_drawn, desk, found)
    if wanted.chat < 0:
        await group.album(pictures, thread=wanted.thread)
    else:
        await group.bot.album(wanted.chat, pictures)
    return _nothing


def _drawn(desk: Desk, found: Sequence[Sheet]) -> list[Exhibit]:
    from bot.charts.drawing import draw  # noqa: PLC0415  # matplotlib takes memory that a desk mostly does without

    return [Exhibit(Kind.IMAGE, draw(sheet.panels), pieces(desk.say(sheet.say), CAPTION)[0]) for sheet in found]


def _nothing(_tx: Connection) -> Collection[str]:
    return ()
