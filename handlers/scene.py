"""What a turn may look at besides the draft: the hour, the deployment's data, and what was made ready for it."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct, field
from msgspec.structs import replace

from handlers.moments import Feasts
from handlers.places import Places
from handlers.promises import Promises

# The line of a timeline whose text says where the tip went.
PASSED_ON = "status-referred"


class Scene(Struct, frozen=True):
    """A deployment as its reporters meet it: its places, who would read this draft (`desk`), who never may.

    `window`: hours after somebody's last message in which the channel lets us write to them; 0 where it always does.
    """

    places: Places
    channel: str
    office: str
    desk: str = ""
    recused: tuple[str, ...] = ()
    may_conflict: bool = False
    erasable: bool = True
    window: int = 0
    most_files: int = 20
    promises: Promises = Promises()
    holidays: Feasts = field(default_factory=dict)


class Line(Struct, frozen=True):
    """One entry of a tip's timeline, as its reporter may see it.

    `keys` say the same as `text`, where the catalogue has it: then it is read in the language of who reads it.
    """

    key: str
    day: date
    text: str = ""
    keys: tuple[str, ...] = ()


class Timeline(Struct, frozen=True):
    """What a ticket opens. `read`: an officer has opened the tip."""

    tip: str
    key: str
    status: str
    pushed: bool
    closed: bool
    lines: tuple[Line, ...] = ()
    files: int = 0
    read: bool = False

    def titled(self, titles: Mapping[str, str]) -> "Timeline":
        """Name the offices it was passed on to as people know them, and not by their desks."""
        lines = (replace(one, text=titles.get(one.text, "")) if one.key == PASSED_ON else one for one in self.lines)
        return replace(self, lines=tuple(lines))


class Unknown(Struct, frozen=True):
    """No tip has this ticket."""


class Tired(Struct, frozen=True):
    """Too many wrong tickets in the last hour; nothing was looked up."""


class Fresh(Struct, frozen=True):
    """Of one turn: the hour, the random names and keys it may need, and what was looked up for it.

    `message`: the keyed names that the message may be remembered by, the present one first; of an edited one, its own.
    """

    now: datetime
    scene: Scene
    key: str = ""
    ticket: str = ""
    tip: str = ""
    card: str = ""
    withdrawable: bool = False
    message: tuple[str, ...] = ()
    looked: Timeline | Unknown | Tired | None = None
