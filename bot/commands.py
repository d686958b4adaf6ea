"""What officers ask for by command: the queue, what is late, what is theirs, what they look for, numbers."""

from locales import Catalogue

COMMANDS = ("antrean", "terlambat", "saya", "cari", "statistik", "poster", "bantuan")
# What is looked for is a word or three, not a story.
LONGEST = 60


def command(text: str) -> tuple[str, str]:
    """Read a command of ours and what follows it; empty where it is none. In a group the bot's name may follow."""
    first, _, rest = text.strip().partition(" ")
    name = first.removeprefix("/").partition("@")[0].casefold() if first.startswith("/") else ""
    return (name, " ".join(rest.split())[:LONGEST]) if name in COMMANDS else ("", "")


def commands(words: Catalogue) -> dict[str, str]:
    """Name the commands for the menu button, each with what it does."""
    return {name: words.say(f"desk-command-{name}") for name in COMMANDS}
