"""Reads Telegram's updates: decodes the few fields a turn needs and lets every other fall, names first of all."""

from collections.abc import Callable, Iterator
from typing import Annotated

from msgspec import Meta, Raw, Struct, field
from msgspec.json import Decoder

from bot.channels.base import Arrived, FileRef, Reporter
from handlers.messages import Chose, Edited, Incoming, Kind, Odd, Oddity, Pinned, Said, Sent, Started

NAME = "telegram"
# What Telegram is asked to bring. That a message was deleted it tells no bot.
HEARD = ("message", "edited_message", "callback_query")
# What the hosted Bot API hands out at most, in bytes (Bot API, getFile).
BIGGEST = 20 << 20

# All that msgspec raises: its own errors and bad UTF-8 are ValueErrors, deep nesting is a RecursionError.
UNREADABLE = (ValueError, RecursionError)

Text = Annotated[str, Meta(max_length=100_000)]


class _Person(Struct):
    id: int
    is_bot: bool = False


class _Chat(Struct):
    id: int
    type: str


class _File(Struct):
    file_id: str
    file_size: int = 0
    mime_type: str = ""


class _Location(Struct):
    latitude: float
    longitude: float
    live_period: int = 0


class _Message(Struct):
    message_id: int
    chat: _Chat
    sender: _Person | None = field(name="from", default=None)
    text: Text | None = None
    caption: Text = ""
    photo: tuple[_File, ...] = ()
    document: _File | None = None
    video: _File | None = None
    video_note: _File | None = None
    voice: _File | None = None
    audio: _File | None = None
    location: _Location | None = None
    animation: Raw = Raw()
    sticker: Raw = Raw()
    contact: Raw = Raw()
    poll: Raw = Raw()
    venue: Raw = Raw()


class _Press(Struct):
    id: str
    sender: _Person = field(name="from")
    data: str = ""
    message: _Message | None = None


class _Update(Struct):
    update_id: int
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Press | None = None


class _Numbered(Struct):
    update_id: int


_update = Decoder(_Update)
_numbered = Decoder(_Numbered)


def number(raw: bytes | Raw) -> int | None:
    """Read an update's number, by which it is acknowledged; none where even that cannot be read."""
    try:
        return _numbered.decode(raw).update_id
    except UNREADABLE:
        return None


def decode(raw: bytes | Raw, new_item: Callable[[], str]) -> Arrived | None:
    """Read one update; none where it is nothing for us: a group, a bot, a kind we do not know, or broken."""
    try:
        update = _update.decode(raw)
    except UNREADABLE:
        return None
    match update:
        case _Update(message=_Message() as message):
            return _message(update.update_id, message, new_item)
        case _Update(edited_message=_Message() as message):
            return _edited(update.update_id, message)
        case _Update(callback_query=_Press() as press):
            return _press(update.update_id, press)
        case _:
            return None


def _private(chat: _Chat, sender: _Person | None) -> Reporter | None:
    if chat.type != "private" or sender is None or sender.is_bot:
        return None
    return Reporter(NAME, str(chat.id))


def _message(update: int, message: _Message, new_item: Callable[[], str]) -> Arrived | None:
    who = _private(message.chat, message.sender)
    if who is None:
        return None
    incoming, file = _content(message, new_item)
    name = str(message.message_id)
    return Arrived(who, f"u{update}", incoming, name, file, about=name)


def _edited(update: int, message: _Message) -> Arrived | None:
    """Read a message whose words were changed. A live location moves by such updates: that is nothing for us."""
    who, words = _private(message.chat, message.sender), message.text or message.caption
    if who is None or not words.strip():
        return None
    return Arrived(who, f"u{update}", Edited(words), about=str(message.message_id))


def _press(update: int, press: _Press) -> Arrived | None:
    if press.message is None or _private(press.message.chat, press.sender) is None:
        return None
    step, _, value = press.data.partition(":")
    who = Reporter(NAME, str(press.message.chat.id))
    return Arrived(who, f"u{update}", Chose(step, value), press=press.id)


def _content(message: _Message, new_item: Callable[[], str]) -> tuple[Incoming, FileRef | None]:
    for kind, file in _files(message):
        if file.file_size > BIGGEST:
            return Odd(Oddity.TOO_BIG), None
        return Sent(new_item(), kind, message.caption), FileRef(file.file_id, file.file_size, file.mime_type)
    return _words(message), None


def _files(message: _Message) -> Iterator[tuple[Kind, _File]]:
    if bytes(message.animation):  # an animation also comes as a document
        return
    if message.photo:
        yield Kind.IMAGE, max(message.photo, key=lambda size: size.file_size)
    if message.document:
        yield _of_mime(message.document.mime_type), message.document
    for kind, file in (
        (Kind.VIDEO, message.video),
        (Kind.VIDEO, message.video_note),
        (Kind.VOICE, message.voice),
        (Kind.AUDIO, message.audio),
    ):
        if file:
            yield kind, file


def _of_mime(mime: str) -> Kind:
    if mime == "application/pdf":
        return Kind.PDF
    family = mime.partition("/")[0]
    return {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO}.get(family, Kind.DOCUMENT)


def _words(message: _Message) -> Incoming:
    match message:
        case _Message(text=str(text)) if text.startswith("/start"):
            return Started(text.partition(" ")[2].strip())
        case _Message(text=str(text)):
            return Said(text) if text.strip() else Odd(Oddity.EMPTY)
        case _Message(location=_Location() as place):
            live = place.live_period > 0
            return Odd(Oddity.LIVE_LOCATION) if live else Pinned(place.latitude, place.longitude)
        case _:
            return Odd(_oddity(message))


def _oddity(message: _Message) -> Oddity:
    kinds = {
        Oddity.ANIMATION: message.animation,
        Oddity.STICKER: message.sticker,
        Oddity.CONTACT: message.contact,
        Oddity.POLL: message.poll,
    }
    return next((kind for kind, raw in kinds.items() if bytes(raw)), Oddity.UNKNOWN)
