"""What waits for one bot: updates in order, each until it is acknowledged or too old."""

import secrets
from dataclasses import dataclass
from typing import Any

DAY = 86_400.0
PRESS = 150.0  # seconds a button press lives, in the queue and for its answer

UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}  # only for who names them


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    kind: str
    lane: str
    body: dict[str, Any]
    expires: float

    def shown(self) -> dict[str, Any]:
        return {"update_id": self.id, **self.body}


class Updates:
    """`allowed` decides at arrival, as Telegram's does: narrowing it later leaves what already waits."""

    def __init__(self) -> None:
        self.next = 100_000_000 + secrets.randbelow(800_000_000)
        self.waiting: dict[int, Update] = {}
        self.allowed: list[str] = []

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in UNASKED

    def put(self, kind: str, lane: str, body: dict[str, Any], now: float) -> Update | None:
        """Queue one update; None when this bot does not want its kind."""
        if not self.wants(kind):
            return None
        number = body.get("update_id", self.next)
        self.next = max(self.next, number) + 1
        age = PRESS if kind == "callback_query" else DAY
        self.waiting[number] = update = Update(number, kind, lane, body, now + age)
        return update

    def acknowledge(self, offset: int) -> None:
        """Forget everything before `offset`; a negative one keeps only that many of the newest."""
        if offset < 0:
            offset = next(iter(sorted(self.waiting)[offset:]), 0)
        for number in [number for number in self.waiting if number < offset]:
            del self.waiting[number]

    def drop_stale(self, now: float) -> None:
        for update in [update for update in self.waiting.values() if update.expires < now]:
            del self.waiting[update.id]

    def batch(self, limit: int, now: float) -> list[dict[str, Any]]:
        self.drop_stale(now)
        return [self.waiting[number].shown() for number in sorted(self.waiting)[:limit]]

    def drop(self, update: Update) -> None:
        self.waiting.pop(update.id, None)
