"""Telegram's part of /sim/state: what everybody's screens show."""

from typing import Any

from simulator.telegram import markup
from simulator.telegram.model import Bot, Chat, Message, Telegram
from simulator.world import World

Shown = dict[str, Any]

SHOWN = ("venue", "location", "contact", "poll", "dice", "story")


def state(world: World) -> Shown:
    telegram = world.telegram
    groups = [chat for chat in telegram.chats.values() if not chat.person]
    return {
        "bots": [_bot(bot) for bot in telegram.bots.values()],
        "people": [{"id": one.id, "name": one.name, "username": one.username} for one in telegram.people.values()],
        "groups": [_group(telegram, chat) for chat in groups],
        "chats": [_chat(chat) for chat in telegram.chats.values()],
        "toasts": telegram.toasts,
    }


def chat(world: World, key: str) -> list[Shown]:
    """What one chat shows; nothing where nobody has opened it."""
    chats = (chat for chat in world.telegram.chats.values() if chat.key == key)
    return [_message(one) for chat in chats for one in chat.messages.values()]


def _bot(bot: Bot) -> Shown:
    about = bot.about
    return {
        "username": bot.username,
        "name": about.get("name ") or bot.name,
        "description": about.get("description ", ""),
        "commands": about.get('commands {"type": "default"} ', []),
    }


def _group(telegram: Telegram, chat: Chat) -> Shown:
    members = {telegram.known(number): status for number, status in chat.members.items()}
    return {
        "id": chat.id,
        "title": chat.title,
        "forum": chat.forum,
        "protected": chat.protected,
        "upgraded_to": chat.upgraded_to,
        "bots": [who.username for who in members if isinstance(who, Bot)],
        "members": [
            {"person": who.id, "status": status} for who, status in members.items() if who and not isinstance(who, Bot)
        ],
        "topics": [{"thread": one.thread, "name": one.name, "closed": one.closed} for one in chat.topics.values()],
    }


def _chat(chat: Chat) -> Shown:
    return {
        "key": chat.key,
        "type": "private" if chat.person else "group",
        "title": chat.title,
        "blocked": chat.blocked,
        "pinned": chat.pinned,
        "messages": [_message(one) for one in chat.messages.values()],
    }


def _message(one: Message) -> Shown:
    return {
        "id": one.id,
        "kind": _kind(one),
        "from": one.sender.key,
        "name": one.chat.title if one.anonymous else one.sender.name,
        "text": "" if one.attachment else one.text,
        "caption": one.text if one.attachment else "",
        "entities": one.entities,
        "buttons": markup.shown(one.markup),
        "media": _media(one),
        "album": one.album,
        "reply_to": one.reply_to,
        "edited": one.edited_at is not None,
        "protected": one.protected or one.chat.protected,
        "thread": one.thread,
        "at": one.at,
    }


def _kind(one: Message) -> str:
    """In the words of /sim/telegram/odd; `service` for a notice, `odd` for what carries nothing."""
    if one.attachment:
        return one.attachment.kind
    if "live_period" in one.extra.get("location", {}):
        return "live-location"
    if one.extra:
        return next((kind for kind in SHOWN if kind in one.extra), "service")
    return "text" if one.text else "odd"


def _media(one: Message) -> Shown | None:
    if one.attachment is None:
        return None
    media = one.attachment.media
    return {
        "kind": one.attachment.kind,
        "url": media.url,
        "name": media.name,
        "size": len(media.data),
        "mime": media.mime,
    }
