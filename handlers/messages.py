"""The words between a person and the bot, the same on every channel."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from handlers.moments import Moment


class Kind(StrEnum):
    """What sort of file somebody sent, as the channel names it."""

    IMAGE = "image"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    PDF = "pdf"
    DOCUMENT = "document"


class Oddity(StrEnum):
    """Things a channel can carry that are no answer to any question."""

    STICKER = "sticker"
    ANIMATION = "animation"
    CONTACT = "contact"
    LIVE_LOCATION = "live-location"
    POLL = "poll"
    REACTION = "reaction"
    TOO_BIG = "too-big"
    EMPTY = "empty"
    EDIT = "edit"
    UNKNOWN = "unknown"


class Started(Struct, frozen=True):
    """The person opened the conversation, maybe from a poster's link."""

    payload: str = ""


class Said(Struct, frozen=True):
    """The person wrote something."""

    text: str


class Chose(Struct, frozen=True):
    """The person pressed a button of the named step; an old button names an old step."""

    step: str
    value: str


class Sent(Struct, frozen=True):
    """The person sent a file. `item` is the random name it will have with us; nothing is fetched yet."""

    item: str
    kind: Kind
    caption: str = ""


class Pinned(Struct, frozen=True):
    """The person sent a still location, in degrees."""

    latitude: float
    longitude: float


class Odd(Struct, frozen=True):
    """The person sent something that is no answer."""

    kind: Oddity


class Edited(Struct, frozen=True):
    """The person changed the words of an earlier message to these; which one, the turn knows."""

    text: str


class Revoked(Struct, frozen=True):
    """The person took an earlier message back; which one, the turn knows."""


class Kept(Struct, frozen=True):
    """A file the person sent is now cleaned, sealed and stored; `taken` is when it says it was made, or ""."""

    item: str
    taken: str = ""


class Lost(Struct, frozen=True):
    """A file the person sent could not be kept; `why` is a key of the catalogue."""

    item: str
    why: str


class Hushed(Struct, frozen=True):
    """A short silence after files; time to confirm them once."""


Incoming = Started | Said | Chose | Sent | Pinned | Odd | Edited | Revoked | Kept | Lost | Hushed


class Term(Struct, frozen=True):
    """A piece of another sentence: a key of the catalogue, to be said in the reader's language."""

    key: str
    words: "Mapping[str, Word]" = field(default_factory=dict)


class Fact(StrEnum):
    """What the table of violations knows: a category's laws, what may come after, and when all was looked up."""

    LAWS = "laws"
    AFTER = "after"
    CHECKED = "checked"


class Known(Struct, frozen=True):
    """Something the table of violations knows of a category or of itself, filled in when it is shown."""

    fact: Fact
    category: str = ""


# A tuple is a list of lines.
Word = str | int | date | Term | Moment | Known | tuple["Word", ...]


class Option(Struct, frozen=True):
    """A button: what it stands for, the key of its label, and that label's words.

    A `minor` one may be left to typing where a channel has room for few buttons; a plain "ya" stands for the
    `likely` one.
    """

    step: str
    value: str
    key: str
    words: Mapping[str, Word] = field(default_factory=dict)
    minor: bool = False
    likely: bool = False


class Say(Struct, frozen=True):
    """One bubble to show: a key of the catalogue, its words and its buttons."""

    key: str
    words: Mapping[str, Word] = field(default_factory=dict)
    options: tuple[Option, ...] = ()

    @property
    def bare(self) -> "Say":
        """The same without buttons, where those of something else stand in the chat."""
        return replace(self, options=())
