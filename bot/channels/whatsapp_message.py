"""Reads one WhatsApp message: what it is in the bot's own words, and where its file waits.

Only the fields named here are ever decoded. File names, names of places, cards of other people and the texts
of system notices (they name the person) never become objects.
Shapes: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks, November 2026.
"""

from collections.abc import Callable, Mapping
from re import compile as pattern
from typing import TypeVar

from msgspec import Raw, Struct, field
from msgspec.json import Decoder

from bot.channels.base import FileRef
from handlers.messages import Chose, Incoming, Kind, Odd, Oddity, Pinned, Said, Sent, Started

T = TypeVar("T")

NULL = Raw(b"null")
# All that msgspec raises: its own errors and bad UTF-8 are ValueErrors, deep nesting is a RecursionError.
UNREADABLE = (ValueError, RecursionError)

_TOO_BIG = 131052  # over 100 MB: Meta could not take it from the person's phone


class Message(Struct):
    """The envelope of a message. Its content stays undecoded until its type is known."""

    id: str | None = None
    from_: str | None = field(default=None, name="from")
    from_user_id: str | None = None
    group_id: str | None = None
    type: str | None = None
    errors: Raw = NULL
    text: Raw = NULL
    interactive: Raw = NULL
    button: Raw = NULL
    location: Raw = NULL
    image: Raw = NULL
    video: Raw = NULL
    audio: Raw = NULL
    voice: Raw = NULL
    document: Raw = NULL
    system: Raw = NULL
    edit: Raw = NULL
    revoke: Raw = NULL
    unsupported: Raw = NULL


class Fault(Struct):
    """Why Meta could not do something."""

    code: int = 0


class _Text(Struct):
    body: str


class _Reply(Struct):
    id: str


class _Interactive(Struct):
    button_reply: _Reply | None = None
    list_reply: _Reply | None = None


class _Button(Struct):
    payload: str


class _Location(Struct):
    """Meta documents no live location (they come as `unsupported`); the last two would betray one."""

    latitude: float
    longitude: float
    live_period: object = None
    sequence_number: object = None


class _Media(Struct):
    id: str
    mime_type: str | None = None
    caption: str | None = None
    voice: bool | None = None


class _Unsupported(Struct):
    type: str | None = None


FAULT = Decoder(Fault, strict=False)
_LIST = Decoder(tuple[Raw, ...] | None)
_TEXT = Decoder(_Text)
_INTERACTIVE = Decoder(_Interactive)
_BUTTON = Decoder(_Button)
_LOCATION = Decoder(_Location, strict=False)
_MEDIA = Decoder(_Media)
_UNSUPPORTED = Decoder(_Unsupported)

_MEDIA_ID = pattern(r"[A-Za-z0-9_-]{1,128}")
_MIME = pattern(r"[a-z]+/[a-z0-9.+-]{1,80}")


def read(decoder: Decoder[T], raw: Raw | bytes) -> T | None:
    """Decode, or answer None whatever the bytes are."""
    try:
        return decoder.decode(raw)
    except UNREADABLE:
        return None


def items(raw: Raw) -> tuple[Raw, ...] | None:
    """Take a list apart, each item still undecoded. A missing list is empty; None when it is no list."""
    try:
        return _LIST.decode(raw) or ()
    except UNREADABLE:
        return None


def content(message: Message, new_item: Callable[[], str]) -> tuple[Incoming, FileRef | None]:
    """Say what a message means. What is no answer, or unreadable, is an Odd: the person hears of it."""
    faults = (read(FAULT, raw) for raw in items(message.errors) or ())
    if any(fault and fault.code == _TOO_BIG for fault in faults):
        return Odd(Oddity.TOO_BIG), None
    type_ = message.type or ""
    if type_ in _FILES:
        return _file(type_, _FILES[type_](message), new_item)
    return _WORDS.get(type_, _unknown)(message), None


def words(message: Message) -> str:
    """Return a text's or a file's words, for a message that was edited; "" where there are none."""
    type_ = message.type or ""
    if type_ in _FILES:
        media = read(_MEDIA, _FILES[type_](message))
        return (media.caption or "") if media else ""
    text = read(_TEXT, message.text)
    return text.body if text else ""


def _file(type_: str, raw: Raw, new_item: Callable[[], str]) -> tuple[Incoming, FileRef | None]:
    media = read(_MEDIA, raw)
    if media is None or not _MEDIA_ID.fullmatch(media.id):
        return Odd(Oddity.UNKNOWN), None
    named = (media.mime_type or "").partition(";")[0].strip().lower()
    mime = named if _MIME.fullmatch(named) else ""
    kind = _kind(type_, mime, voice=bool(media.voice))
    return Sent(new_item(), kind, media.caption or ""), FileRef(media.id, mime=mime)


def _kind(type_: str, mime: str, *, voice: bool) -> Kind:
    if type_ == "document":
        return Kind.PDF if mime == "application/pdf" else _FAMILIES.get(mime.partition("/")[0], Kind.DOCUMENT)
    return Kind.VOICE if voice and type_ == "audio" else _KINDS[type_]


def _unknown(_: Message) -> Incoming:
    return Odd(Oddity.UNKNOWN)


def _said(message: Message) -> Incoming:
    text = read(_TEXT, message.text)
    if text is None:
        return Odd(Oddity.UNKNOWN)
    return Said(text.body) if text.body.strip() else Odd(Oddity.EMPTY)


def _replied(message: Message) -> Incoming:
    """Read a pressed button or row. Filled-in forms (`nfm_reply`) are odd: this bot sends none."""
    interactive = read(_INTERACTIVE, message.interactive) or _Interactive()
    reply = interactive.button_reply or interactive.list_reply
    return _chose(reply.id) if reply else Odd(Oddity.UNKNOWN)


def _pressed(message: Message) -> Incoming:
    button = read(_BUTTON, message.button)
    return _chose(button.payload) if button else Odd(Oddity.UNKNOWN)


def _chose(data: str) -> Incoming:
    step, colon, value = data.partition(":")
    return Chose(step, value) if colon else Chose("", data)


def _pinned(message: Message) -> Incoming:
    place = read(_LOCATION, message.location)
    if place is None or abs(place.latitude) > 90 or abs(place.longitude) > 180:  # noqa: PLR2004  # degrees
        return Odd(Oddity.UNKNOWN)
    if place.live_period is not None or place.sequence_number is not None:
        return Odd(Oddity.LIVE_LOCATION)
    return Pinned(place.latitude, place.longitude)


def _contacts(_: Message) -> Incoming:
    return Odd(Oddity.CONTACT)


def _sticker(_: Message) -> Incoming:
    return Odd(Oddity.STICKER)


def _welcome(_: Message) -> Incoming:
    """Meet a person who opened the chat and wrote nothing yet (if the number asks Meta for such events)."""
    return Started()


def _unsupported(message: Message) -> Incoming:
    named = read(_UNSUPPORTED, message.unsupported) or _Unsupported()
    return Odd(_ODDITIES.get(named.type or "", Oddity.UNKNOWN))


_WORDS: Mapping[str, Callable[[Message], Incoming]] = {
    "text": _said,
    "interactive": _replied,
    "button": _pressed,
    "location": _pinned,
    "contacts": _contacts,
    "sticker": _sticker,
    "request_welcome": _welcome,
    "unsupported": _unsupported,
}
_FILES: Mapping[str, Callable[[Message], Raw]] = {
    "image": lambda message: message.image,
    "video": lambda message: message.video,
    "audio": lambda message: message.audio,
    "voice": lambda message: message.voice,
    "document": lambda message: message.document,
}
_KINDS = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO, "voice": Kind.VOICE}
_FAMILIES = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.AUDIO}
_ODDITIES = {
    "edit": Oddity.EDIT,
    "contacts": Oddity.CONTACT,
    "live_location": Oddity.LIVE_LOCATION,
    "location": Oddity.LIVE_LOCATION,  # a still one is supported, and comes as `location`
    "poll": Oddity.POLL,
    "poll_creation": Oddity.POLL,
    "sticker": Oddity.STICKER,
}
