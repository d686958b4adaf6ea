"""Messages a bot sends: words, files, albums, and the copies Saksi promises never to make."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from simulator.telegram.call import Call
from simulator.telegram.errors import THREAD_NOT_FOUND, bad
from simulator.telegram.files import taken
from simulator.telegram.markup import checked
from simulator.telegram.model import Attachment, Chat, Message
from simulator.telegram.shapes import Shape, message
from simulator.telegram.text import CAPTION_LIMIT, TEXT_LIMIT, Entity, formatted, units

ALBUM = (2, 10)  # files in one album
TOGETHER = ({"photo", "video"}, {"document"}, {"audio"})
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def text_of(call: Call) -> tuple[str, list[Entity]]:
    text, entities = formatted(call.words("text"), call.words("parse_mode"), call.listed("entities"))
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return text, entities


def caption_of(words: str, parse_mode: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text, entities = formatted(words, parse_mode, entities)
    if units(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return text, entities


def thread_of(call: Call, chat: Chat) -> int | None:
    """The topic to write to; the General one has no id. Raises Refused when it is not (any more) there.

    Whoever made a topic may open it again, but only who manages topics writes into one that is closed.
    """
    thread = call.number("message_thread_id")
    topic = chat.topics.get(thread) if chat.forum else None
    if thread and topic is None:
        raise bad(THREAD_NOT_FOUND)
    closed = topic.closed if topic else chat.forum and chat.general_closed
    if closed and not chat.may(call.bot, "can_manage_topics"):
        raise bad("TOPIC_CLOSED")
    return thread or None


def reply_of(call: Call, chat: Chat) -> int | None:
    reply = call.thing("reply_parameters")
    number = reply.get("message_id")
    if isinstance(number, int) and number in chat.messages and reply.get("chat_id", chat.id) == chat.id:
        return number
    if number and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return None


def post(call: Call, chat: Chat, text: str, entities: list[Entity], **more: Any) -> Message:
    """Put a bot's message into a chat; everything that can be refused is looked at before."""
    markup = checked(call.params.get("reply_markup"))
    thread, reply_to = thread_of(call, chat), reply_of(call, chat)
    sent = Message(
        id=next(chat.ids),
        chat=chat,
        sender=call.bot,
        at=call.world.now(),
        text=text,
        entities=entities,
        markup=markup,
        thread=thread,
        reply_to=reply_to,
        protected=call.flag("protect_content"),
        **more,
    )
    call.world.changed()
    return chat.add(sent)


async def send_message(call: Call) -> Shape:
    chat = call.telegram.writable(call.bot, call.params["chat_id"])
    return message(post(call, chat, *text_of(call)), call.bot)


def send_file(kind: str) -> Callable[[Call], Awaitable[Shape]]:
    """sendPhoto, sendDocument ...: the method for one kind of file."""

    async def send(call: Call) -> Shape:
        chat = call.telegram.writable(call.bot, call.params["chat_id"])
        attachment = shaped(taken(call, kind), call.params)
        caption = caption_of(call.words("caption"), call.words("parse_mode"), call.listed("caption_entities"))
        return message(post(call, chat, *caption, attachment=attachment), call.bot)

    return send


def shaped(attachment: Attachment, said: dict[str, Any]) -> Attachment:
    """With the width, height and duration the bot gave."""
    given = {name: said[name] for name in attachment.shape if isinstance(said.get(name), int)}
    attachment.shape |= given
    return attachment


async def send_media_group(call: Call) -> list[Shape]:
    chat = call.telegram.writable(call.bot, call.params["chat_id"])
    items = call.listed("media")
    if not ALBUM[0] <= len(items) <= ALBUM[1] or not all(isinstance(item, dict) for item in items):
        raise bad("group of media must have from 2 to 10 items")
    kinds = {str(item.get("type")) for item in items}
    if not any(kinds <= together for together in TOGETHER):
        raise bad("these media types can't be mixed in an album")
    album = str(secrets.randbelow(10**17))
    ready = [(shaped(taken(call, item["type"], item.get("media")), item), _item_caption(item)) for item in items]
    sent = [post(call, chat, *caption, attachment=one, album=album) for one, caption in ready]
    return [message(one, call.bot) for one in sent]


def _item_caption(item: dict[str, Any]) -> tuple[str, list[Entity]]:
    words, mode = str(item.get("caption") or ""), str(item.get("parse_mode") or "")
    return caption_of(words, mode, item.get("caption_entities") or [])


async def send_chat_action(call: Call) -> bool:
    chat = call.telegram.writable(call.bot, call.params["chat_id"])
    thread_of(call, chat)
    if call.words("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def _original(call: Call, what: str) -> Message:
    source = call.telegram.seen_by(call.bot, call.params["from_chat_id"])
    original = source.messages.get(call.number("message_id"))
    if original is None:
        raise bad(f"message to {what} not found")
    if original.protected or source.protected:
        raise bad(f"the message can't be {'copied' if what == 'copy' else 'forwarded'}")
    return original


def _again(call: Call, original: Message, **more: Any) -> Message:
    chat = call.telegram.writable(call.bot, call.params["chat_id"])
    more |= {"attachment": original.attachment}
    return post(call, chat, original.text, original.entities, **more)


async def copy_message(call: Call) -> Shape:
    """Here so that a test can see that nobody ever calls it."""
    return {"message_id": _again(call, _original(call, "copy")).id}


async def forward_message(call: Call) -> Shape:
    """Here so that a test can see that nobody ever calls it: it would show where a message came from."""
    original = _original(call, "forward")
    who = message(original, None)["from"]
    origin = {"type": "user", "sender_user": who, "date": int(original.at)}
    extra = {**original.extra, "forward_origin": origin}
    return message(_again(call, original, extra=extra), call.bot)
