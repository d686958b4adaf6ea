"""How WhatsApp is heard: Meta calls, with what people said and with what became of what we said."""

import functools
import time
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.routing import Route

from bot import web
from bot.app.hearing import Hearing, Way, new_item
from bot.channels import whatsapp_webhook
from bot.channels.whatsapp import WhatsApp
from bot.channels.whatsapp_batch import Batch, rewritten
from bot.logs import log
from bot.settings import Settings, WhatsAppSettings
from bot.word import heard_of, log_failures


def way(settings: Settings) -> Way | None:
    """Make the way, where it is set."""
    set_ = settings.whatsapp
    if set_ is None:
        return None
    channel = WhatsApp(
        token=set_.token.get_secret_value(),
        phone_id=set_.phone_id,
        app_secret=set_.app_secret.get_secret_value(),
        api_base=set_.api_base,
        api_version=set_.api_version,
    )
    return ByWhatsApp(channel, set_)


@dataclass(frozen=True, slots=True)
class ByWhatsApp:
    """The way through one number."""

    channel: WhatsApp
    settings: WhatsAppSettings

    def routes(self, hearing: Hearing) -> Sequence[Route]:
        """Serve the webhook."""

        async def take(batch: Batch) -> None:
            await hearing.turns.take_all((*batch.arrived, *rewritten(batch)))
            if batch.settled:
                await hearing.committer.commit(lambda tx: heard_of(tx, batch.settled, time.time()))
                log_failures(batch.settled)
            if batch.odd or batch.troubles:
                log.warning("webhook-odd", odd=batch.odd, code=batch.troubles[0] if batch.troubles else 0)

        decode = functools.partial(whatsapp_webhook.decode, phone_id=self.settings.phone_id, new_item=new_item)
        return web.routes_for_whatsapp(self.settings, decode, take)

    async def hear(self, hearing: Hearing) -> None:
        """Do nothing: Meta calls."""
