"""What a turn asks of the world, besides remembering the draft and saying something."""

from msgspec import Struct

from handlers.ticket import Code
from handlers.tip import Enclosure, Tip


class Fetch(Struct, frozen=True):
    """Bring the file of this message home: fetch, clean, seal to `key`, store."""

    item: str
    key: str


class Hush(Struct, frozen=True):
    """Come back after a short silence, to confirm files once."""


class Discard(Struct, frozen=True):
    """Throw away a file that no draft wants any more."""

    item: str


class FileTip(Struct, frozen=True):
    """Keep this tip for good, and tell the officers of `desk`. `push`: keep a reply address as well."""

    tip: Tip
    card: str
    push: bool
    desk: str = ""


class Withdraw(Struct, frozen=True):
    """Take back the tip just sent, if no officer has been told of it yet."""

    tip: str
    card: str
    files: tuple[str, ...]


class TakeBack(Struct, frozen=True):
    """Withdraw a tip of which officers were told: what nobody opened is erased, what was read is marked."""

    tip: str


class LookUp(Struct, frozen=True):
    """Find the tip of this ticket; the turn is run again with what was found."""

    code: Code


class Reply(Struct, frozen=True):
    """Add the reporter's words to a tip."""

    tip: str
    text: str


class Attach(Struct, frozen=True):
    """Add a file to a tip that was sent before; it is fetched beside."""

    tip: str
    enclosure: Enclosure


class Detach(Struct, frozen=True):
    """Forget where news of this tip would be pushed to."""

    tip: str


class Forget(Struct, frozen=True):
    """Wipe the draft, its files, and the chat itself on both sides as far as the channel allows."""


Effect = Fetch | Hush | Discard | FileTip | Withdraw | LookUp | Reply | Attach | Detach | TakeBack | Forget
