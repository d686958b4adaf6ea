"""A channel of lines: whoever connects says first who they are, then talks line by line; a number presses a button.

CONTRIBUTING.md adds it as bot/app/lines.py, tests/channels/test_contract.py holds it to what every channel promises.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from starlette.routing import Route

from bot.app.hearing import Hearing, Way
from bot.channels.base import Arrived, Button, FileRef, Later, Limits, Never, Reporter, Shown
from bot.settings import ChannelSettings, Settings
from bot.turns import Turns
from handlers.messages import Chose, Incoming, Said


class Lines:
    """People who are connected to a port of this machine."""

    name, tells, erases, window = "lines", False, False, 0
    limits = Limits(buttons=20, label=60, rows=0, row_label=0, row_about=0, text=4000, text_with_buttons=4000)
    secrets: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.here: dict[str, asyncio.StreamWriter] = {}
        self._buttons: dict[str, tuple[Button, ...]] = {}

    async def aclose(self) -> None:
        for writer in self.here.values():
            writer.close()

    async def show(self, to: Reporter, shown: Shown, tracker: str = "") -> tuple[str, ...]:  # noqa: ARG002  # for others
        if to.id not in self.here:
            raise Later(5)
        labels = (f"{number}) {button.label}" for number, button in enumerate(shown.buttons, 1))
        self.here[to.id].write("\n".join((shown.text, *labels, "", "")).encode())
        self._buttons[to.id] = shown.buttons
        return ()

    async def fetch(self, file: FileRef, limit: int) -> AsyncGenerator[bytes, None]:  # noqa: ARG002  # lines have no files
        raise Never(404)
        yield b""

    async def erase(self, to: Reporter, messages: tuple[str, ...]) -> None:
        """Nothing that was written can be taken back."""

    async def talk(self, turns: Turns, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hear one person for as long as they are there."""
        who = Reporter(self.name, (await reader.readline()).decode().strip())
        self.here[who.id] = writer
        try:
            async for line in reader:
                await turns.take(Arrived(who, secrets.token_hex(8), self._meant(who, line.decode().strip())))
        finally:
            del self.here[who.id]
            writer.close()

    def _meant(self, who: Reporter, line: str) -> Incoming:
        buttons = dict(enumerate(self._buttons.get(who.id, ()), 1))
        if line.isdecimal() and int(line) in buttons:
            step, _, value = buttons[int(line)].data.partition(":")
            return Chose(step, value)
        return Said(line)


@dataclass(frozen=True, slots=True)
class ByLines:
    """The way through that port."""

    channel: Lines
    settings: ChannelSettings
    port: int

    def routes(self, hearing: Hearing) -> Sequence[Route]:  # noqa: ARG002  # nobody calls
        return ()

    async def hear(self, hearing: Hearing) -> None:
        async with await asyncio.start_server(
            lambda reader, writer: self.channel.talk(hearing.turns, reader, writer), "127.0.0.1", self.port
        ) as server:
            await server.serve_forever()


def way(settings: Settings) -> Way | None:
    lines = settings.lines  # type: ignore[attr-defined]  # where the how-to was done
    return ByLines(Lines(), lines, lines.port) if lines else None
