"""The make-believe world both platforms live in: its clock, its files, its faults and what was asked of it.

Each platform's state object (`Telegram`, `WhatsApp`) is built from its part of the setup as `Telegram(part)`,
before it is hung on the world: a setup that is wrong raises `Wrong` there and the old world goes on.
"""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from simulator.faults import Faults

if TYPE_CHECKING:
    from simulator.telegram import Telegram
    from simulator.whatsapp import WhatsApp

CALLS_KEPT = 20_000

Setup = dict[str, Any]

EXAMPLE: Setup = {
    "telegram": {
        "bots": [
            {"token": "100:intake-token", "username": "saksi_demo_bot", "name": "Saksi"},
            {"token": "200:desk-token", "username": "saksi_desk_bot", "name": "Meja Saksi"},
        ],
        "people": [
            {"id": 7001, "name": "Warga"},
            {"id": 9001, "name": "Rina"},
            {"id": 9002, "name": "Bagus"},
        ],
        "groups": [
            {
                "id": -1001000000001,
                "title": "Bawaslu Kota Palangka Raya",
                "forum": False,
                "bots": ["saksi_desk_bot"],
                "protected": True,
                "erases_after": 2_678_400,
                "members": [
                    {"person": 9001, "status": "creator"},
                    {"person": 9002, "status": "administrator"},
                ],
            },
        ],
    },
    "whatsapp": {
        "phone_id": "100000000000001",
        "number": "628000000000",
        "token": "wa-token",
        "app_secret": "app-secret",
        "verify_token": "verify",
        "webhook": "http://127.0.0.1:8081/whatsapp",
        "version": "v25.0",
        "name": "Saksi",
        "people": [{"id": "ID.demoreporter", "name": "Warga", "phone": None}],
    },
}


class Wrong(Exception):
    """What somebody asked of /sim/* cannot be done; becomes `{"error": message}` with `status`."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status = message, status


@dataclass(frozen=True, slots=True)
class Media:
    id: str
    name: str
    mime: str
    data: bytes

    @property
    def url(self) -> str:
        return f"/sim/media/{self.id}"


class Bell:
    """Wakes everybody who waits, once; it keeps no memory, so look at the facts before you wait again."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self) -> None:
        await self._event.wait()


class World:
    """Everything in memory; `telegram` and `whatsapp` are replaced whole at every setup and reset."""

    telegram: "Telegram"
    whatsapp: "WhatsApp"

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._news, self._heard = Bell(), Bell()
        self.version = 0
        self._still: float | None = None
        self.restart(EXAMPLE)

    def restart(self, setup: Setup) -> None:
        """Forget everything but the version, which only ever grows so that a page notices."""
        self.setup = setup
        self.calls: deque[dict[str, Any]] = deque(maxlen=CALLS_KEPT)
        self.media: dict[str, Media] = {}
        self.faults = Faults()
        self.limits: dict[str, Any] = {"telegram": {}, "whatsapp": {}}
        self._ahead, self._still = 0.0, None
        self._called = 0
        self.changed()

    def now(self) -> float:
        """Seconds since 1970 on the simulator's own clock."""
        return (self._clock() if self._still is None else self._still) + self._ahead

    def stand_still(self) -> None:
        """From now on time passes only when it is advanced."""
        self._still = self._clock()

    def dated(self, answer: Response) -> Response:
        """Put the time of this world on an answer, as servers do."""
        answer.headers["Date"] = formatdate(self.now(), usegmt=True)
        return answer

    def advance(self, seconds: float) -> None:
        self._ahead += seconds
        self.changed()

    def changed(self) -> None:
        """Say that something visible is different; whoever waits in `after` wakes."""
        self.version += 1
        self._news.ring()

    async def after(self, version: int) -> int:
        """Wait until the world is newer than `version`; return the newer one."""
        while self.version <= version:
            await self._news.wait()
        return self.version

    def keep(self, data: bytes, name: str, mime: str) -> Media:
        media = Media(secrets.token_hex(12), name, mime, data)
        self.media[media.id] = media
        return media

    def called(self, api: str, bot: str | None, method: str, body: dict[str, Any], status: int) -> None:
        """Write down one request of a bot, so that tests can ask what was sent (GET /sim/calls)."""
        self._called += 1
        call = {"n": self._called, "api": api, "bot": bot, "method": method, "body": body, "status": status}
        self.calls.append(call)
        self._heard.ring()

    def calls_after(self, since: int) -> list[dict[str, Any]]:
        return [call for call in self.calls if call["n"] > since]

    async def another_call(self, since: int) -> None:
        """Wait until something was asked after call number `since`."""
        while self._called <= since:
            await self._heard.wait()
