"""Reads what the desk bot is sent: presses and words of officers, and a group that moved to another id."""

from typing import Annotated

from msgspec import Meta, Raw, Struct, field
from msgspec.json import Decoder

from bot.channels.telegram_update import UNREADABLE
from handlers.desk import GENERAL

# Telegram's own account for "anonymous administrator" (Bot API, Message.sender_chat).
ANONYMOUS = 1087968824


class _Person(Struct):
    id: int
    is_bot: bool = False


class _Chat(Struct):
    id: int
    type: str


class _Replied(Struct):
    sender: _Person | None = field(name="from", default=None)


class _Message(Struct):
    message_id: int
    chat: _Chat
    sender: _Person | None = field(name="from", default=None)
    text: Annotated[str, Meta(max_length=100_000)] = ""
    reply_to_message: _Replied | None = None
    migrate_to_chat_id: int = 0
    # Telegram also numbers chains of answers so; only a topic can be written to.
    message_thread_id: int = 0
    is_topic_message: bool = False
    photo: Raw = Raw()
    document: Raw = Raw()
    video: Raw = Raw()
    audio: Raw = Raw()
    voice: Raw = Raw()
    video_note: Raw = Raw()

    @property
    def topic(self) -> int:
        return self.message_thread_id if self.is_topic_message else GENERAL


class _Callback(Struct):
    id: str
    sender: _Person = field(name="from")
    data: str = ""
    message: _Message | None = None


class _Update(Struct):
    update_id: int
    message: _Message | None = None
    callback_query: _Callback | None = None


class Pressed(Struct, frozen=True):
    """Somebody pressed a button; nothing of it is proof of who may."""

    user: int
    chat: int
    message: int
    data: str
    query: str
    private: bool
    thread: int = GENERAL


class Wrote(Struct, frozen=True):
    """Somebody wrote in the group or to the bot. `reply`: to a bot; `file`: a file came with it."""

    user: int
    chat: int
    text: str
    private: bool
    reply: bool
    message: int = 0
    file: bool = False
    thread: int = GENERAL


class MovedTo(Struct, frozen=True):
    """The group was upgraded, and has another id now."""

    old: int
    new: int


Heard = Pressed | Wrote | MovedTo

_update = Decoder(_Update)


def decode(raw: bytes | Raw) -> Heard | None:
    """Read one update; none where it is nothing for the desk, or broken."""
    try:
        update = _update.decode(raw)
    except UNREADABLE:
        return None
    match update:
        case _Update(callback_query=_Callback(message=_Message() as message) as press):
            private = message.chat.type == "private"
            at = message.chat.id, message.message_id
            return Pressed(press.sender.id, *at, press.data, press.id, private, message.topic)
        case _Update(message=_Message(migrate_to_chat_id=new, chat=chat)) if new:
            return MovedTo(chat.id, new)
        case _Update(message=_Message(sender=_Person() as sender) as message):
            return _wrote(sender, message)
        case _:
            return None


def _wrote(sender: _Person, message: _Message) -> Wrote | None:
    if sender.is_bot and sender.id != ANONYMOUS:
        return None
    private, to = message.chat.type == "private", message.reply_to_message
    reply = to is not None and to.sender is not None and to.sender.is_bot
    files = (message.photo, message.document, message.video, message.audio, message.voice, message.video_note)
    file = any(bytes(one) for one in files)
    return Wrote(sender.id, message.chat.id, message.text, private, reply, message.message_id, file, message.topic)
