"""WHEN, as people write it in a chat: `read` gives one moment, a choice to ask about, or nothing."""

from handlers.moments.feasts import feasts
from handlers.moments.line import Feasts
from handlers.moments.reading import Ask, Moment, read

__all__ = ["Ask", "Feasts", "Moment", "feasts", "read"]
