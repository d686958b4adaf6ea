"""Limits on what one person may do, kept in memory under names that last a day and mean nothing after it."""

from datetime import date, datetime

from bot.channels.base import Reporter
from storage.pseudonym import DaySalt

WRONG_TICKETS = 5
HOUR = 3600.0


class Tries:
    """How many wrong tickets somebody has tried: five an hour, then none is looked up."""

    def __init__(self) -> None:
        self._salt = DaySalt()
        self._day = date.min
        self._missed: dict[bytes, list[float]] = {}

    def miss(self, who: Reporter, now: datetime) -> None:
        """Count one wrong ticket."""
        name = self._name(who, now)
        self._missed[name] = [*self._recent(name, now), now.timestamp()]

    def spent(self, who: Reporter, now: datetime) -> bool:
        """Whether this person has to wait."""
        return len(self._recent(self._name(who, now), now)) >= WRONG_TICKETS

    def _name(self, who: Reporter, now: datetime) -> bytes:
        if now.date() != self._day:
            self._day, self._missed = now.date(), {}
        return self._salt.pseudonym(who.channel, who.id, now.date())

    def _recent(self, name: bytes, now: datetime) -> list[float]:
        return [at for at in self._missed.get(name, ()) if at > now.timestamp() - HOUR]
