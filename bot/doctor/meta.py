"""Looks at the WhatsApp number, and asks the operator what Meta tells no program."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import msgspec

from bot.channels.base import ChannelError
from bot.channels.whatsapp import WhatsApp
from bot.doctor.finding import Finding, amber, ask, green, red
from bot.doctor.platforms import clock, read, told
from bot.settings import WhatsAppSettings

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


class Part(msgspec.Struct):
    """A piece of a template."""

    type: str = ""
    text: str = ""


class Judged(msgspec.Struct):
    """How Meta judged a template in one language."""

    language: str = ""
    status: str = ""
    components: list[Part] = []


class Templates(msgspec.Struct):
    """All languages of a template."""

    data: list[Judged] = []


async def look(whatsapp: WhatsApp, now: datetime, settings: WhatsAppSettings | None = None) -> AsyncIterator[Finding]:
    """Look at all of it. Raises Silent."""
    answer = await told(ABOUT, SETTING, whatsapp.number(*FIELDS))
    number = read(ABOUT, answer, Number)
    for finding in (*clock("Meta", answer.date, now), *_number(number), *_webhook(number), *QUESTIONS):
        yield finding
    if settings is None or settings.nudge is None:
        yield NO_TEMPLATE
    else:
        yield await _template(whatsapp, settings, settings.nudge)


async def _template(whatsapp: WhatsApp, settings: WhatsAppSettings, name: str) -> Finding:
    """Say whether the message to officers' phones can go out."""
    language = settings.nudge_language
    if settings.business_id is None:
        do = "look in WhatsApp Manager, or set SAKSI_WHATSAPP__BUSINESS_ID and look again"
        return ask(ABOUT, f"is the template {name} approved in the language {language}?", do)
    try:
        answer = await whatsapp.templates(settings.business_id, name)
    except ChannelError as error:
        do = "correct SAKSI_WHATSAPP__BUSINESS_ID, or give the token whatsapp_business_management"
        return amber(ABOUT, f"does not say how the template {name} stands (code {error.code})", do)
    found = next((one for one in read(ABOUT, answer, Templates).data if one.language == language), None)
    if found is None:
        return red(ABOUT, f"there is no template {name} in the language {language}", "make it: docs/install.md, step 3")
    if found.status != "APPROVED":
        return red(ABOUT, f"the template {name} is {found.status}: officers' phones stay silent", "WhatsApp Manager")
    texts = [part.text for part in found.components if part.type == "BODY"]
    if [len(set(VARIABLE.findall(text))) for text in texts] != [1]:
        return red(ABOUT, f"the template {name} has not just one variable", "make it anew: docs/install.md, step 3")
    return green(ABOUT, f"the template {name} is approved")


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
)
NO_TEMPLATE = ask(
    ABOUT, "has no template been set up? Saksi sends none: news waits until the reporter writes", "docs/install.md"
)
VARIABLE = re.compile(r"{{\w+}}")
