"""What is owed, as the rows of the outbox carry it."""

from msgspec import Struct, msgpack

from bot.channels.base import FileRef, Shown
from handlers.desk import Handed
from handlers.messages import Kind

FETCH, HUSH, NEWS, NUDGE, REMIND = "fetch", "hush", "news", "nudge", "remind"


def desk_lane(desk: str) -> str:
    return f"desk:{desk}"


class Bubble(Struct, frozen=True, tag=True):
    """Something to show to a reporter."""

    channel: str
    to: str
    shown: Shown


class Erasure(Struct, frozen=True, tag=True):
    """Messages of a chat to delete on both sides: each id, and when it was written (seconds since 1970)."""

    channel: str
    to: str
    messages: tuple[tuple[str, int], ...]


class Fetching(Struct, frozen=True, tag=True):
    """A file to bring home. `recipient` is the public half of the one key that will open it."""

    channel: str
    to: str
    item: str
    kind: Kind
    file: FileRef
    recipient: str


class Hushing(Struct, frozen=True, tag=True):
    """A conversation to come back to after a short silence."""

    channel: str
    to: str


class Reminding(Struct, frozen=True, tag=True):
    """A conversation to remind of its draft, unless somebody writes after the minute `touched` (since 1970)."""

    channel: str
    to: str
    touched: int


class News(Struct, frozen=True, tag=True):
    """There is news of a tip; nothing here says what."""

    tip: str


class Nudge(Struct, frozen=True, tag=True):
    """A message to an officer's phone: so many reports came in; nothing here says which. `to` is digits."""

    to: str
    count: int


class CardDue(Struct, frozen=True, tag=True):
    """A tip's card to post, or to bring up to date; `handed` comes along where another office handed it on."""

    tip: str
    answered: bool = False
    handed: Handed | None = None


class Opening(Struct, frozen=True, tag=True):
    """A tip to show to one officer, in private."""

    tip: str
    chat: int


class Glimpse(Struct, frozen=True, tag=True):
    """A question that waits for a second officer, to show to one of them in private."""

    tip: str
    chat: int


class Proof(Struct, frozen=True, tag=True):
    """What an officer has written of a voice, to show to them before the voice goes."""

    tip: str
    chat: int


class Exporting(Struct, frozen=True, tag=True):
    """A tip's dossier, sealed to another institution, to hand to one officer."""

    tip: str
    chat: int


class Dropping(Struct, frozen=True, tag=True):
    """A file that no row names any more."""

    item: str


class Parting(Struct, frozen=True, tag=True):
    """What stands on a card in the group once its tip is another desk's."""

    group: int
    message: int
    text: str


class Alarm(Struct, frozen=True, tag=True):
    """Nobody may have read a tip by then; `rung` counts how often that was told before, from 1."""

    tip: str
    rung: int = 1


class Late(Struct, frozen=True, tag=True):
    """A message that says what is late, to the group or to the supervisors, from this rung of the alarms on."""

    supervisors: bool = False
    rung: int = 1


class Morning(Struct, frozen=True, tag=True):
    """The message of each morning."""


class Listing(Struct, frozen=True, tag=True):
    """A list to show in a chat, in the place of `message` where there is one, else in this topic."""

    chat: int
    kind: str
    words: str = ""
    page: int = 0
    message: int = 0
    user: int = 0
    thread: int = 0


class Charts(Struct, frozen=True, tag=True):
    """The figures as pictures, to show in a chat, in the desk's own topic or in this one."""

    chat: int
    thread: int | None = None


class Digest(Struct, frozen=True, tag=True):
    """Many new tips, to be told in one message."""


class Ringing(Struct, frozen=True, tag=True):
    """Reports came in of which officers' phones were not told."""


class Sweeping(Struct, frozen=True, tag=True):
    """Messages of an officer's private chat to delete."""

    chat: int
    messages: tuple[int, ...]


class Note(Struct, frozen=True, tag=True):
    """A plain line to say in the group or to an officer."""

    chat: int
    text: str


class Alert(Struct, frozen=True, tag=True):
    """A process complains of something of this kind; for the operator."""

    process: str
    kind: str


ForDesk = (
    CardDue
    | Opening
    | Glimpse
    | Proof
    | Exporting
    | Dropping
    | Parting
    | Alarm
    | Late
    | Morning
    | Listing
    | Charts
    | Digest
    | Ringing
    | Sweeping
    | Note
    | Alert
)
Parcel = Bubble | Erasure | Fetching | Hushing | Reminding | News | Nudge | ForDesk

_decoder = msgpack.Decoder(Parcel)


def packed(parcel: Parcel) -> bytes:
    return msgpack.encode(parcel)


def unpacked(data: bytes) -> Parcel:
    parcel: Parcel = _decoder.decode(data)
    return parcel
