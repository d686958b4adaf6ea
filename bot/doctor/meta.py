"""Looks at the WhatsApp number, and asks the operator what Meta tells no program."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import msgspec

from bot.channels.whatsapp import WhatsApp
from bot.doctor.finding import Finding, amber, ask, green, red
from bot.doctor.platforms import clock, read, told

SETTING = "SAKSI_WHATSAPP__TOKEN and __PHONE_ID"
ABOUT = "WhatsApp"
# After Meta's reference of the business phone number (looked up on 2026-11-22); the shape of the last is remembered.
FIELDS = ("status", "code_verification_status", "quality_rating", "platform_type", "webhook_configuration")


class Webhooks(msgspec.Struct):
    """Where messages are brought: the app's own address."""

    application: str | None = None


class Number(msgspec.Struct):
    """What Meta says of a number."""

    status: str = ""
    quality_rating: str = ""
    platform_type: str = ""
    webhook_configuration: Webhooks = msgspec.field(default_factory=Webhooks)


async def look(whatsapp: WhatsApp, now: datetime) -> AsyncIterator[Finding]:
    """Look at all of it. Raises Silent."""
    answer = await told(ABOUT, SETTING, whatsapp.number(*FIELDS))
    number = read(ABOUT, answer, Number)
    for finding in (*clock("Meta", answer.date, now), *_number(number), *_webhook(number), *QUESTIONS):
        yield finding


def _number(number: Number) -> Iterator[Finding]:
    if number.status not in {"", "CONNECTED"}:
        yield red(ABOUT, f"the number is {number.status}", "look in WhatsApp Manager why, and register it again")
    else:
        yield green(ABOUT, "the number answers")
    if number.platform_type not in {"", "CLOUD_API"}:
        yield red(ABOUT, f"the number is at {number.platform_type}", "register it at the Cloud API")
    if number.quality_rating == "RED":
        yield amber(ABOUT, "people block or report the number", "look in WhatsApp Manager; Meta may limit it")


def _webhook(number: Number) -> Iterator[Finding]:
    address = number.webhook_configuration.application
    if not address:
        yield amber(ABOUT, "no webhook of the app is named", "look in Meta's console: WhatsApp, Configuration")
    elif not address.endswith("/whatsapp"):
        yield red(ABOUT, f"messages are brought to {address}", "set the webhook to https://YOUR-HOST/whatsapp")
    else:
        yield green(ABOUT, f"messages are brought to {address}")


# What no answer of the API tells.
QUESTIONS = (
    ask(
        ABOUT, "is the webhook's field `messages` subscribed, and no other?", "Meta's console: WhatsApp, Configuration"
    ),
    ask(ABOUT, "was local storage in Indonesia chosen when the number was registered?", "docs/install.md"),
    ask(ABOUT, "is the contact book off, and the number in no WhatsApp Business app?", "WhatsApp Manager"),
    ask(
        ABOUT, "has no template been set up? Saksi sends none: news waits until the reporter writes", "docs/install.md"
    ),
)
