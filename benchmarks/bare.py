"""Saksi's own dialogue with nothing kept: what a step costs before anything is sealed, written or sent."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.ours import Saksi, now
from bot import render
from handlers import lobby, standing
from handlers.answers import Draft
from handlers.messages import Said
from handlers.scene import Fresh
from locales import catalogue

if TYPE_CHECKING:
    from bot.channels.base import Shown


class Bare:
    """Drafts and bubbles in a dictionary, as the sketches of others keep them."""

    def __init__(self, folder: Path, url: str) -> None:
        self._saksi = Saksi(folder, url)
        self._drafts: dict[int, Draft] = {}
        self._owed: dict[int, list[Shown]] = {}

    async def start(self) -> None:
        """Nothing to open."""

    async def take(self, person: int, step: int) -> None:
        arrived, house = self._saksi.arrived(person, step), self._saksi.house
        draft, incoming = self._drafts.get(person, Draft()), arrived.incoming
        tip, card = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        fresh = Fresh(now=now(), scene=house.scene("telegram", draft), tip=tip, card=card)
        words, limits = catalogue(draft.language), house.limits["telegram"]
        if isinstance(incoming, Said):
            incoming = render.take(incoming, standing.start(draft, fresh).says[-1], words, limits)
        turned = lobby.turn(draft, incoming, fresh)
        self._owed[person] = [shown for say in turned.says for shown in render.show(say, words, limits)]
        self._drafts[person] = turned.draft

    async def done(self) -> None:
        """Nothing is under way."""

    async def lost(self, acknowledged: Sequence[tuple[int, int]]) -> int:
        return len(acknowledged)

    async def stop(self) -> None:
        """Nothing to close."""
