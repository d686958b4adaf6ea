"""What stands behind Telegram's menu button in a reporter's chat: the words that may be typed at any time."""

import asyncio
from collections.abc import Iterable
from typing import Protocol

from bot.channels.base import Later, Never
from bot.logs import log
from handlers.languages import LANGUAGES
from locales import catalogue

# Commands of handlers/keywords.py; what each is called in a language stands beside its words there.
MENU = ("report", "check", "stop", "help", "language", "wipe")
# Telegram's code of the phone's language, and ours; whoever has none of these reads the first.
PHONES = tuple(("" if place == 0 else one.code, one.code) for place, one in enumerate(LANGUAGES.values()))


class Offering(Protocol):
    """A channel that can show a menu."""

    async def offer(self, commands: Iterable[tuple[str, str]], language: str = "") -> None:
        """Put commands behind the menu button. Raises Later or Never."""


async def offer_menu(channel: Offering) -> None:
    """Put the commands behind the menu button, however long the platform is out of reach; nothing hangs on it."""
    for phone, language in PHONES:
        while True:
            try:
                await channel.offer(commands(language), phone)
            except Later as later:
                await asyncio.sleep(later.after)
                continue
            except Never as never:
                if never.halt:
                    return  # whoever introduces us says so, and ends the process
                log.warning("menu-refused", code=never.code)
            break


def commands(language: str) -> list[tuple[str, str]]:
    """Say each command and what it does."""
    words = catalogue(language)
    return [(words.say(f"menu-{name}.command"), words.say(f"menu-{name}")) for name in MENU]
