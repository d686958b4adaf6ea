"""How updates reach a bot: getUpdates, or the webhook it sets instead."""

import asyncio
import re
from typing import Any

from simulator.telegram import errors
from simulator.telegram.call import Call
from simulator.telegram.errors import bad, conflict
from simulator.telegram.webhook import Reach, Reply, Webhook

MOST = 100  # updates in one answer
LONGEST = 50  # seconds a poll may last
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
URL = re.compile(r"https?://[^\s/]+(?:/\S*)?")
CONNECTIONS = 40


async def get_updates(call: Call) -> list[dict[str, Any]]:
    """What waits, all before `offset` acknowledged; a newer poll of the same bot ends this one (409)."""
    bot, updates = call.bot, call.bot.updates
    if bot.webhook:
        raise conflict(errors.WEBHOOK_IS_SET)
    mine = bot.interrupt(errors.OTHER_POLLER)
    allow(call)
    updates.acknowledge(call.number("offset"))
    limit = min(max(call.number("limit", MOST), 1), MOST)
    try:
        async with asyncio.timeout(min(call.number("timeout"), LONGEST)):
            while not (batch := updates.batch(limit, call.world.now())):
                await bot.bell.wait()
                if bot.polls != mine:
                    break
    except TimeoutError:
        return []
    if bot.polls != mine and bot.interrupted:
        raise conflict(bot.interrupted)
    return batch


def allow(call: Call) -> None:
    """Take over `allowed_updates` when they are given; an empty list means the usual ones."""
    if "allowed_updates" in call.params:
        call.bot.updates.allowed = [str(kind) for kind in call.listed("allowed_updates")]


def set_webhook(call: Call, reply: Reply) -> Webhook | None:
    """The webhook to take the place of the bot's present one (None: an empty url takes it away)."""
    url, secret = call.words("url"), call.words("secret_token")
    if not url:
        return None
    if not URL.fullmatch(url):
        raise bad("bad webhook: invalid URL specified")
    if not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    bot, world = call.bot, call.world
    return Webhook(
        url,
        secret,
        min(max(call.number("max_connections", CONNECTIONS), 1), 100),
        Reach(
            alive=lambda update: update.id in bot.updates.waiting and update.expires >= world.now(),
            delivered=bot.updates.drop,
            down=lambda: world.faults.telegram.down,
            now=world.now,
            reply=reply,
        ),
    )


async def replace_webhook(call: Call, new: Webhook | None) -> bool:
    """Stop the old webhook before the new one starts, so that no update goes to both."""
    bot, old = call.bot, call.bot.webhook
    bot.webhook = None
    bot.interrupt(errors.WEBHOOK_TAKES_OVER if new else "")
    if old:
        await old.stop()
    allow(call)
    if call.flag("drop_pending_updates"):
        bot.updates.waiting.clear()
    bot.webhook = new
    if new:
        for number in sorted(bot.updates.waiting):
            new.push(bot.updates.waiting[number])
    return True


async def delete_webhook(call: Call) -> bool:
    return await replace_webhook(call, None)


async def get_webhook_info(call: Call) -> dict[str, Any]:
    hook, updates = call.bot.webhook, call.bot.updates
    updates.drop_stale(call.world.now())
    info: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.waiting),
    }
    if hook:
        info |= {"max_connections": hook.connections, "ip_address": "127.0.0.1"}
    if hook and hook.failed_at:
        info |= {"last_error_date": int(hook.failed_at), "last_error_message": hook.failure}
    if updates.allowed:
        info["allowed_updates"] = updates.allowed
    return info
