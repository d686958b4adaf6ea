"""How a channel is heard: what a way in does, and where it hands on what it hears."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.routing import Route

from bot.channels.base import Channel
from bot.settings import ChannelSettings
from bot.turns import Turns
from storage.committer import Committer


@dataclass(frozen=True, slots=True)
class Hearing:
    """Where messages go, and where a platform's word about our own is written down."""

    turns: Turns
    committer: Committer


class Way(Protocol):
    """One way in. What it hears goes to the turns, and is acknowledged only once they return."""

    @property
    def channel(self) -> Channel:
        """Return what answers here."""

    @property
    def settings(self) -> ChannelSettings:
        """Return what the operator set for it."""

    def routes(self, hearing: Hearing) -> Sequence[Route]:
        """Name what the platform calls."""

    async def hear(self, hearing: Hearing) -> None:
        """Do what is to be done for as long as the process runs. Raises SettingsError."""


def new_item() -> str:
    """Draw the name that a file will have with us."""
    return secrets.token_urlsafe(12)
