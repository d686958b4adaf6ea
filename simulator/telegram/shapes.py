"""Users, chats and messages as the Bot API writes them."""

import hashlib
import mimetypes
from typing import Any

from simulator.telegram.model import ADMINISTRATORS, Attachment, Bot, Chat, Message, Person, Topic
from simulator.world import Media

Shape = dict[str, Any]

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_send_welcome_messages",
    "can_manage_topics",
)
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def user(who: Bot | Person) -> Shape:
    if isinstance(who, Bot):
        return {"id": who.id, "is_bot": True, "first_name": who.name, "username": who.username}
    return {
        "id": who.id,
        "is_bot": False,
        "first_name": who.name,
        "username": who.username,
        "language_code": who.language,
    }


def chat(one: Chat) -> Shape:
    if one.person:
        names = {"first_name": one.person.name, "username": one.person.username}
        return {"id": one.id, **names, "type": "private"}
    shape = {"id": one.id, "title": one.title, "type": one.kind}
    if one.username:
        shape["username"] = one.username
    return {**shape, "is_forum": True} if one.forum else shape


def chat_in_full(one: Chat) -> Shape:
    """What getChat answers."""
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    shape = {
        **chat(one),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if not one.person:
        shape["permissions"] = dict.fromkeys(MEMBER_RIGHTS, True)
    if one.protected:
        shape["has_protected_content"] = True
    if one.history:
        shape["has_visible_history"] = True
    if one.erases_after:
        shape["message_auto_delete_time"] = one.erases_after
    if one.pinned in one.messages:
        shape["pinned_message"] = message(one.messages[one.pinned], None)
    return shape


def member(one: Chat, who: Bot | Person, status: str = "") -> Shape:
    """A ChatMember, of `status` if given, else as it is now."""
    status = status or one.status(who)
    shape: Shape = {"user": user(who), "status": status}
    if status == "creator":
        shape["is_anonymous"] = False
    elif status in ADMINISTRATORS:
        can = {right: one.may(who, right) for right in ADMIN_RIGHTS}
        shape |= {"can_be_edited": False, "is_anonymous": False, **can}
    elif status == "restricted":
        cannot = dict.fromkeys(MEMBER_RIGHTS, False)
        shape |= {"is_member": True, "until_date": 0, **cannot}
    elif status == "kicked":
        shape["until_date"] = 0
    return shape


def topic(one: Topic) -> Shape:
    return {"message_thread_id": one.thread, "name": one.name, "icon_color": one.color}


def message(one: Message, bot: Bot | None, *, nested: bool = False) -> Shape:
    """A Message as `bot` gets it, with its own file ids; a message inside another has no third one."""
    shape: Shape = {
        "message_id": one.id,
        "from": ANONYMOUS if one.anonymous else user(one.sender),
        "chat": chat(one.chat),
        "date": int(one.at),
    }
    if one.anonymous:
        shape["sender_chat"] = chat(one.chat)
    if one.thread:
        shape |= {"message_thread_id": one.thread, "is_topic_message": True}
    if one.edited_at:
        shape["edit_date"] = int(one.edited_at)
    if one.album:
        shape["media_group_id"] = one.album
    if one.protected or one.chat.protected:
        shape["has_protected_content"] = True
    if one.markup:
        shape["reply_markup"] = one.markup
    answered = one.chat.messages.get(one.reply_to) if one.reply_to else None
    if answered and not nested:
        shape["reply_to_message"] = message(answered, bot, nested=True)
    return {**shape, **_content(one, bot)}


def _content(one: Message, bot: Bot | None) -> Shape:
    shape = dict(one.extra)
    words = ("caption", "caption_entities") if one.attachment else ("text", "entities")
    shape |= {name: value for name, value in zip(words, (one.text, one.entities), strict=True) if value}
    if one.attachment:
        shape |= attached(one.attachment, bot)
    return shape


def attached(one: Attachment, bot: Bot | None) -> Shape:
    if one.kind == "photo":
        sizes = [{**file(media, bot), "width": wide, "height": high} for media, wide, high in one.sizes]
        return {"photo": sizes}
    shape = {**file(one.media, bot), **one.shape}
    # A bot gets a GIF twice, the second time for libraries older than animations.
    return {"animation": shape, "document": shape} if one.kind == "animation" else {one.kind: shape}


def file(media: Media, bot: Bot | None) -> Shape:
    """A file and its ids: `file_id` works for this bot alone, `file_unique_id` is the same for all."""
    unique = _digest(media.id, 12)
    shape: Shape = {"file_unique_id": f"AgAD{unique}", "file_size": len(media.data)}
    if bot:
        shape["file_id"] = f"BQACAgUAAx{_digest(f'{bot.id}:{media.id}', 40)}"
        bot.files[shape["file_id"]] = media
    return shape


def path(media: Media) -> str:
    ending = mimetypes.guess_extension(media.mime) or ".bin"
    return f"documents/file_{_digest(media.id, 8)}{ending}"


def _digest(of: str, length: int) -> str:
    return hashlib.sha256(of.encode()).hexdigest()[:length]


def inaccessible(one: Chat, number: int) -> Shape:
    """The message of a button that is gone by now."""
    return {"chat": chat(one), "message_id": number, "date": 0}
