"""How reporters' Telegram is heard: by long poll, or called at a webhook."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Raw
from starlette.routing import Route

from bot import web
from bot.app.ground import insist
from bot.app.hearing import Hearing, Way, new_item
from bot.channels import telegram_update
from bot.channels.base import Arrived, ChannelError
from bot.logs import log
from bot.menu import offer_menu
from bot.polling import poll
from bot.settings import Settings, TelegramSettings
from bot.turns import Turns

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram


def way(settings: Settings) -> Way | None:
    """Make the way, where it is set."""
    if settings.telegram is None:
        return None
    # aiogram costs seconds and 166 MiB to import (measured): only who talks to Telegram pays.
    from bot.channels.telegram import Telegram  # noqa: PLC0415  # see above

    token = settings.telegram.token.get_secret_value()
    return ByTelegram(Telegram(token=token, api_base=settings.telegram.api_base), settings.telegram)


@dataclass(frozen=True, slots=True)
class ByTelegram:
    """The way through one bot."""

    channel: "Telegram"
    settings: TelegramSettings

    def routes(self, hearing: Hearing) -> Sequence[Route]:
        """Serve the webhook, where it is set."""

        async def take(raw: bytes | Raw) -> None:
            if arrived := telegram_update.decode(raw, new_item):
                await self._take([arrived], hearing.turns)

        return web.routes_for_telegram(self.settings, take) if self.settings.webhook_url else ()

    async def hear(self, hearing: Hearing) -> None:
        """Put the menu behind its button, and poll where nobody calls."""
        async with asyncio.TaskGroup() as group:
            group.create_task(offer_menu(self.channel))
            group.create_task(self._hear(hearing.turns))

    async def _hear(self, turns: Turns) -> None:
        settings = self.settings
        if settings.webhook_url and settings.webhook_secret:
            url, secret = settings.webhook_url, settings.webhook_secret.get_secret_value()
            await insist(lambda: self.channel.set_webhook(url, secret), "SAKSI_TELEGRAM__TOKEN or __WEBHOOK_URL")
            return
        await insist(self.channel.drop_webhook, "SAKSI_TELEGRAM__TOKEN")
        await poll(self.channel.updates, lambda raws: self._take_polled(raws, turns), "SAKSI_TELEGRAM__TOKEN")

    async def _take_polled(self, raws: list[Raw], turns: Turns) -> int | None:
        """Handle a batch; the number of its last update acknowledges all of it."""
        arrived = [one for raw in raws if (one := telegram_update.decode(raw, new_item))]
        await self._take(arrived, turns, patient=True)
        return max((number for raw in raws if (number := telegram_update.number(raw)) is not None), default=None)

    async def _take(self, arrived: list[Arrived], turns: Turns, *, patient: bool = False) -> None:
        await turns.take_all(arrived, patient=patient)
        for one in arrived:
            if one.press:
                await self._stop_spinner(one.press)

    async def _stop_spinner(self, press: str) -> None:
        """Stop it; one that is not stopped stops by itself, nobody waits for it and nothing hangs on it."""
        try:
            await self.channel.answer(press)
        except ChannelError as error:
            log.info("spinner", code=error.code)
