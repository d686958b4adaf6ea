"""What people are promised in numbers: each is read from what really runs, and none is written by hand."""

from msgspec import Struct


class Promises(Struct, frozen=True):
    """What is promised: days, and hours of the place's clock.

    Days of news after a tip, of a closed tip until it is erased, and the most that each other thing is kept; between
    `dawn` and `night` somebody may be reminded of a draft.
    """

    push: int = 90
    keep: int = 90
    unsent: int = 2
    trace: int = 3
    seen: int = 9
    dawn: int = 7
    night: int = 21
