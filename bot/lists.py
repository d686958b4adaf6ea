"""What officers ask for by command, and how a list is owed: the queue, what is late, what is theirs, numbers."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.channels.base import Button
from bot.desk import Desk
from bot.parcels import Listing
from handlers.messages import Say
from locales import Catalogue

Rows = list[list[Button]]
COMMANDS = ("antrean", "terlambat", "saya", "cari", "statistik", "poster", "bantuan")
# The slot of a button that stands below a queue, which its press brings up to date.
LIST = "list"
# What is looked for is a word or three, not a story.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Page:
    """A list as it is shown."""

    say: Say
    rows: Rows


def command(text: str) -> tuple[str, str]:
    """Read a command of ours and what follows it; empty where it is none. In a group the bot's name may follow."""
    first, _, rest = text.strip().partition(" ")
    name = first.removeprefix("/").partition("@")[0].casefold() if first.startswith("/") else ""
    return (name, " ".join(rest.split())[:LONGEST]) if name in COMMANDS else ("", "")


def commands(words: Catalogue) -> dict[str, str]:
    """Name the commands for the menu button, each with what it does."""
    return {name: words.say(f"desk-command-{name}") for name in COMMANDS}


def owe(desk: Desk, tx: Connection, listing: Listing) -> Collection[str]:
    """Owe a list; the same list asked for twice before it is shown is one."""
    place = f"{listing.chat}-{listing.message or listing.thread}" if listing.message or listing.thread else listing.chat
    return desk.owe(tx, listing, name=f"list-{desk.name}-{listing.kind}-{place}")


def work(desk: Desk, slot: str = "-") -> Rows:
    """Lay out the buttons by which many tips are worked through."""
    return [[desk.buttons.of_list("list-take", slot), desk.buttons.of_list("list-next")]]
