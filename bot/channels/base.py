"""What every channel can do, and how it fails.

ChannelError
├── Later     try again after a while (throttled, unreachable, server error)
├── Never     this will not work however often it is tried (blocked, gone, refused)
└── TooBig    the platform will not hand out, or we will not take, a file of this size
"""

from collections.abc import AsyncGenerator
from typing import NoReturn, Protocol

from msgspec import Struct

from handlers.messages import Incoming


class ChannelError(Exception):
    """The platform did not do what we asked. `code` is the platform's own, for the operator."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(f"{type(self).__name__.lower()} (code {code})")
        self.code = code


class Later(ChannelError):
    """Try again, not before `after` seconds."""

    def __init__(self, after: float, code: int = 0) -> None:
        super().__init__(code)
        self.after = after


class Never(ChannelError):
    """Do not try again.

    `halt`: the whole channel is unusable (token revoked, account blocked). `left`: the person has blocked the bot
    or is gone, and nobody has to look at that.
    """

    def __init__(self, code: int = 0, *, halt: bool = False, left: bool = False) -> None:
        super().__init__(code)
        self.halt = halt
        self.left = left


class TooBig(ChannelError):
    """The file is larger than the limit."""


class Reporter:
    """Who writes to us, on which channel: never shown, never pickled; only channel adapters look inside."""

    __slots__ = ("channel", "id")

    def __init__(self, channel: str, id: str) -> None:  # noqa: A002
        self.channel = channel
        self.id = id

    def __repr__(self) -> str:
        return "•••"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reporter) and (self.channel, self.id) == (other.channel, other.id)

    def __hash__(self) -> int:
        return hash((self.channel, self.id))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a reporter is never written down")


class FileRef(Struct, frozen=True):
    """Where the platform keeps a file somebody sent. `size` in bytes, 0 when it did not say."""

    id: str
    size: int = 0
    mime: str = ""


class Arrived(Struct, frozen=True):
    """One message of one person, as it came in.

    `id` is the platform's own name of the update, for recognising repeats; `message` the id by which the
    person's message can be deleted later (empty: it cannot); `press` what to answer to stop the spinner;
    `about` the platform's own name of the message, or of the one that was changed. It is keyed before it is kept.
    """

    reporter: Reporter
    id: str
    incoming: Incoming
    message: str = ""
    file: FileRef | None = None
    press: str = ""
    about: str = ""


class Limits(Struct, frozen=True):
    """What a channel can show. Lengths in characters."""

    buttons: int
    label: int
    rows: int
    row_label: int
    row_about: int
    text: int
    text_with_buttons: int
    columns: int = 1


class Button(Struct, frozen=True):
    """A button as the channel shows it. `data` comes back when it is pressed."""

    data: str
    label: str
    about: str = ""


class Shown(Struct, frozen=True):
    """A bubble in words. Buttons stand below it; rows open as a list behind `menu`."""

    text: str
    buttons: tuple[Button, ...] = ()
    rows: tuple[Button, ...] = ()
    menu: str = ""


class Channel(Protocol):
    """A way to talk with reporters."""

    name: str
    limits: Limits
    secrets: tuple[str, ...]
    tells: bool
    """Whether the platform says later what became of a bubble that it took."""
    erases: bool
    """Whether a chat can be deleted on both sides."""
    window: int
    """Hours after somebody's last message in which they may be written to; 0 where they always may."""

    async def aclose(self) -> None:
        """Let its connections go."""

    async def show(self, to: Reporter, shown: Shown, tracker: str = "") -> tuple[str, ...]:
        """Send one bubble; return the ids by which it can be deleted later.

        Raises Later or Never.
        """

    def fetch(self, file: FileRef, limit: int) -> AsyncGenerator[bytes, None]:
        """Yield the bytes of a file somebody sent, at most `limit` of them.

        Raises Later, Never or TooBig.
        """

    async def erase(self, to: Reporter, messages: tuple[str, ...]) -> None:
        """Delete messages on both sides, and what went out between them unnoted, as far as the platform allows.

        Raises Later or Never.
        """
