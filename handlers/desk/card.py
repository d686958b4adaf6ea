"""What a desk knows of a tip without opening it: its card, and everything officers have noted on it."""

from datetime import date
from enum import StrEnum
from hashlib import blake2b

from msgspec import Struct

from handlers.status import Status

# The topic that every forum has; to Telegram it has no number, and a group without topics is all of it.
GENERAL = 0


class Role(StrEnum):
    """What somebody at the desk may do. An auditor reads the audit and opens nothing."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


class Officer(Struct, frozen=True):
    """Somebody on the signed roster of this desk."""

    alias: str
    role: Role

    @property
    def mark(self) -> str:
        """A short name that a button can carry, whatever the alias is made of."""
        return blake2b(self.alias.encode(), digest_size=4).hexdigest()


class Menu(StrEnum):
    """Which buttons stand below a card."""

    TIP = ""
    STATUS = "status"
    CLOSE = "close"
    SANCTION = "sanction"
    REOPEN = "reopen"
    ASK = "ask"
    MORE = "more"
    TAG = "tag"
    TWIN = "twin"
    EXCLUDE = "exclude"
    FORWARD = "forward"
    EXPORT = "export"


class Sanction(StrEnum):
    """What followed where a tip was proven (PP 94/2021, PP 42/2004 as SKB 22 September 2022 sums them up)."""

    MORAL_CLOSED = "moral-closed"
    MORAL_OPEN = "moral-open"
    MEDIUM = "medium"
    HEAVY = "heavy"
    DISMISSAL = "dismissal"


class Heard(Struct, frozen=True):
    """A letter between desk and reporter, in its place: the desk's own words, or only the name of an answer."""

    letter: str
    day: date
    text: str = ""


class Pending(Struct, frozen=True):
    """A question somebody typed that waits for a second officer; `seen` are those who have read it."""

    text: str
    by: str
    seen: tuple[str, ...] = ()


class Remark(Struct, frozen=True):
    """A note of an officer, for officers."""

    by: str
    day: date
    text: str


class Twin(Struct, frozen=True):
    """Another tip that may tell of the same event."""

    tip: str
    reference: str


class Office(Struct, frozen=True):
    """Another office of this deployment, by the name of its desk and the title people read."""

    name: str
    title: str

    @property
    def mark(self) -> str:
        """A short name that a button can carry, however long the desk's is."""
        return blake2b(self.name.encode(), digest_size=4).hexdigest()


class Handed(Struct, frozen=True):
    """What another office (`by`, its title) noted on a tip before it handed it on."""

    by: str
    known: date | None
    awaiting: bool
    thread: tuple[Heard, ...]
    remarks: tuple[Remark, ...]
    codes: tuple[str, ...]
    voices: tuple[str, ...]


class Before(Struct, frozen=True):
    """What an officer's last change can be undone to."""

    by: str
    status: Status
    holder: str
    sanction: str


class Card(Struct, frozen=True):
    """What a desk knows of a tip without opening it, and what its group sees of it.

    `gist` is what likenesses are found by: the accused, the place, the first day, in words that compare. `watched`: an
    alarm is owed where nobody reads it; `alarm`: how many there were. `collected`: it came in a burst and stands in a
    message with others, `announced`, until somebody acts on it. `topic` is where that message, or its own, stands.
    `voices`: all that ever came, in their order. `barred`: desks that must never receive it, none known before it was
    first opened; `onward`: the desk it is about to be handed on to; `origin`: the office that handed it on to this one,
    where nobody has read it yet while `unread`.
    """

    reference: str
    what: str
    place: str
    day: date
    items: int
    live: bool = False
    holder: str = ""
    menu: Menu = Menu.TIP
    message: int = 0
    answered: bool = False
    awaiting: bool = False
    sanction: str = ""
    ticked: tuple[str, ...] = ()
    pending: Pending | None = None
    thread: tuple[Heard, ...] = ()
    remarks: tuple[Remark, ...] = ()
    codes: tuple[str, ...] = ()
    twins: tuple[Twin, ...] = ()
    excluded: tuple[str, ...] = ()
    before: Before | None = None
    known: date | None = None
    gist: tuple[str, ...] = ()
    watched: bool = False
    alarm: int = 0
    collected: bool = False
    announced: int = 0
    topic: int = GENERAL
    voices: tuple[str, ...] = ()
    barred: tuple[str, ...] | None = None
    onward: str = ""
    origin: str = ""
    unread: bool = False

    def is_unread(self, status: Status) -> bool:
        """Whether nobody of this desk has opened the tip."""
        return status is Status.RECEIVED or (self.unread and status is Status.REFERRED)

    def is_late(self, status: Status, rung: int = 1) -> bool:
        """Whether nobody has opened it although somebody was to be told, so often."""
        return self.is_unread(status) and self.alarm >= rung


class Book(Struct, frozen=True):
    """What a press is judged by besides the card: who works here, what may be tagged, what looks alike.

    `voices`: those that are here still; `written`: names the words that the presser wrote of one, and was shown;
    `offices`: where the tip may be handed on to; `exports`: whether a dossier can be sealed to an
    institution; `averted`: it is one that the tip must not reach.
    """

    officers: tuple[Officer, ...] = ()
    codes: tuple[str, ...] = ()
    alike: tuple[Twin, ...] = ()
    voices: tuple[str, ...] = ()
    written: str = ""
    offices: tuple[Office, ...] = ()
    exports: bool = False
    averted: bool = False

    def others(self, card: Card, alias: str) -> tuple[Officer, ...]:
        """Name who else may act on this tip."""
        return tuple(
            one
            for one in self.officers
            if one.alias != alias and one.role is not Role.AUDITOR and one.alias not in card.excluded
        )


def commands(card: Card, officer: Officer) -> bool:
    """Whether this officer decides about the tip: who holds it, anybody while nobody does, or a supervisor."""
    return card.holder in ("", officer.alias) or officer.role is Role.SUPERVISOR


def may_change(card: Card, officer: Officer) -> bool:
    """Whether this officer may change the tip's status."""
    return officer.role is not Role.AUDITOR and officer.alias not in card.excluded and commands(card, officer)
