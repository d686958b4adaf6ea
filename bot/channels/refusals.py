"""How Telegram refuses the officers' bot, beyond what every channel can say.

Later
└── Moved       the group was upgraded and has another id
Never
├── Lost        the message to change is gone
├── NoThread    the topic to write to is gone
└── Shut        the topic to write to is closed
"""

from bot.channels.base import Later, Never


class Moved(Later):
    """The group was upgraded and has another id now; try again there."""

    def __init__(self, chat: int) -> None:
        super().__init__(0)
        self.chat = chat


class Lost(Never):
    """The message to change is no longer there."""


class NoThread(Never):
    """The topic to write to is no longer there."""


class Shut(Never):
    """The topic to write to is closed."""


def refusal(words: str) -> Never:
    """Read Telegram's words for a bad request, of which the code is always 400."""
    words = words.lower().replace("_", " ")
    if "topic closed" in words:
        return Shut(400)
    if any(gone in words for gone in ("thread not found", "topic id invalid", "topic deleted")):
        return NoThread(400)
    return Lost(400) if "not found" in words and "edit" in words else Never(400)
