"""Limits on what one person may do, kept in memory under names that last a day and mean nothing after it."""

from collections import defaultdict
from datetime import datetime

from bot.channels.base import Reporter
from storage.pseudonym import DaySalt

WRONG_TICKETS = 5
HOUR = 3600.0


class Tries:
    """How many wrong tickets somebody has tried: five an hour, then none is looked up."""

    def __init__(self) -> None:
        self._salt = DaySalt()
        self._missed: defaultdict[bytes, list[float]] = defaultdict(list)

    def miss(self, who: Reporter, now: datetime) -> None:
        """Count one wrong ticket."""
        self._recent(who, now).append(now.timestamp())

    def spent(self, who: Reporter, now: datetime) -> bool:
        """Whether this person has to wait."""
        return len(self._recent(who, now)) >= WRONG_TICKETS

    def _recent(self, who: Reporter, now: datetime) -> list[float]:
        name = self._salt.pseudonym(who.channel, who.id, now.date())
        recent = [at for at in self._missed.get(name, ()) if at > now.timestamp() - HOUR]
        if recent:
            self._missed[name] = recent
        else:
            self._missed.pop(name, None)
        return self._missed[name] if recent else self._missed.setdefault(name, [])
