"""Looks at the bot that reporters write to: whether it answers, and whether what they write comes in."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import msgspec

from bot.doctor.finding import Finding, amber, green, red
from bot.doctor.platforms import Asking, clock, read, told
from bot.settings import TelegramSettings

SETTING = "SAKSI_TELEGRAM__TOKEN"
ABOUT = "Telegram, reporters"
# Messages that wait, and seconds since the last failure that somebody has to look at.
MANY, LATELY = 100, 3600.0


class Me(msgspec.Struct):
    """What a bot is."""

    id: int
    username: str = ""
    can_join_groups: bool = False
    can_read_all_group_messages: bool = False


class Hook(msgspec.Struct):
    """Where updates are brought; the last failure is Telegram's own words about our server."""

    url: str = ""
    pending_update_count: int = 0
    last_error_date: int = 0
    last_error_message: str = ""


async def look(bot: Asking, settings: TelegramSettings, now: datetime) -> AsyncIterator[Finding]:
    """Look at all of it. Raises Silent."""
    answer = await told(ABOUT, SETTING, bot.ask("getMe"))
    me = read(ABOUT, answer, Me)
    yield green(ABOUT, f"@{me.username} answers")
    for finding in clock("Telegram", answer.date, now):
        yield finding
    if me.can_join_groups:
        yield amber(ABOUT, f"@{me.username} can be put into groups", "@BotFather: /setjoingroups, Disable")
    hook = read(ABOUT, (await told(ABOUT, SETTING, bot.ask("getWebhookInfo"))), Hook)
    for finding in _coming_in(hook, settings, now.timestamp()):
        yield finding


def _coming_in(hook: Hook, settings: TelegramSettings, now: float) -> Iterator[Finding]:
    if hook.url != (settings.webhook_url or ""):
        set_ = "another webhook is set" if hook.url else "the webhook is not set"
        yield red(ABOUT, f"{set_} than the settings say" if hook.url else set_, "saksi init, or restart the intake")
    if hook.last_error_date and now - hook.last_error_date < LATELY:
        do = "look at the proxy, its certificate, and whether the intake runs"
        yield amber(ABOUT, f"the webhook failed lately: {hook.last_error_message}", do)
    if hook.pending_update_count > MANY:
        yield red(ABOUT, f"{hook.pending_update_count} messages wait at Telegram", "look whether the intake runs")
    elif hook.url == (settings.webhook_url or ""):
        yield green(ABOUT, f"by {'webhook' if hook.url else 'polling'}, {hook.pending_update_count} waiting")
