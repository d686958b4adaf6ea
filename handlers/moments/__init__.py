"""WHEN, as people write it in a chat: `read` gives one moment, a choice to ask about, or nothing."""

from handlers.moments.reading import Ask, Moment, read

__all__ = ["Ask", "Moment", "read"]
