"""One list as it is shown to officers, how it is owed, and what stands below most of them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.channels.base import Button
from bot.desk import Desk
from bot.parcels import Listing
from handlers.messages import Say

Rows = list[list[Button]]
# The slot of a button that stands below a queue, which its press brings up to date.
LIST = "list"


@dataclass(frozen=True, slots=True)
class Page:
    """A list as it is shown."""

    say: Say
    rows: Rows


def owe(desk: Desk, tx: Connection, listing: Listing) -> Collection[str]:
    """Owe a list; the same list asked for twice before it is shown is one."""
    place = f"{listing.chat}-{listing.message or listing.thread}" if listing.message or listing.thread else listing.chat
    return desk.owe(tx, listing, name=f"list-{desk.name}-{listing.kind}-{place}")


def work(desk: Desk, slot: str = "-") -> Rows:
    """Lay out the buttons by which many tips are worked through."""
    return [[desk.buttons.of_list("list-take", slot), desk.buttons.of_list("list-next")]]
