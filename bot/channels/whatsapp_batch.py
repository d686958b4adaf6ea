"""What one of WhatsApp's webhooks brings, in the bot's own words."""

from enum import IntEnum

from msgspec import Struct

from bot.channels.base import Arrived, Reporter
from handlers.messages import Edited, Odd, Oddity, Revoked


class State(IntEnum):
    """How far a message of ours came. Statuses come out of order: the greater holds, `FAILED` is final."""

    ACCEPTED = 1
    DELIVERED = 2
    READ = 3
    FAILED = 4


class Settled(Struct, frozen=True):
    """What became of the message we sent under `tracker`. `code` is Meta's reason for a failure, else 0."""

    tracker: str
    state: State
    code: int = 0


class Moved(Struct, frozen=True):
    """A person has a new address; each of the old ones may be the one we knew."""

    old: tuple[Reporter, ...]
    new: Reporter


class Touched(Struct, frozen=True):
    """A person edited or revoked an earlier message. Both ids are the platform's: key them before storing.

    `text` are the new words, where Meta shows them. It does so for numbers that are in the Business app as well;
    for others an edit comes as `unsupported`, and a revocation not at all.
    """

    reporter: Reporter
    id: str
    original: str
    text: str = ""


class Batch(Struct, frozen=True):
    """Everything one webhook brought.

    `troubles` are codes Meta reports about the number itself, for the operator. `ignored` counts what was
    understood and needs nothing; `odd` what could not be read or has no sender: when it grows, look at Meta's
    changes.
    """

    arrived: tuple[Arrived, ...] = ()
    settled: tuple[Settled, ...] = ()
    moved: tuple[Moved, ...] = ()
    edited: tuple[Touched, ...] = ()
    revoked: tuple[Touched, ...] = ()
    troubles: tuple[int, ...] = ()
    ignored: int = 0
    odd: int = 0


def rewritten(batch: Batch) -> tuple[Arrived, ...]:
    """Say what became of earlier messages as a turn hears it."""
    edits = ((one, Edited(one.text) if one.text.strip() else Odd(Oddity.EDIT)) for one in batch.edited)
    gone = ((one, Revoked()) for one in batch.revoked)
    return tuple(Arrived(one.reporter, one.id, what, about=one.original) for one, what in (*edits, *gone))
