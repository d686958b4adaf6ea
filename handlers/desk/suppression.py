"""Tables for the public, in which nobody can count to fewer than five people, not even by subtraction.

A table parts a total that is itself published. Cells below five are put together as "others"; where those could still
be worked out from the total, from what is shown and from this very rule, the smallest cell shown joins them.
"""

from collections.abc import Mapping

from msgspec import Struct

from handlers.desk.figures import LEAST

_SMALL = LEAST - 1


class Table(Struct, frozen=True):
    """What may be published: `cells` with their counts (five or more), and `others`, the sum of all that are hidden.

    A table of which nothing may be shown has no cells, and `others` is its total.
    """

    total: int
    cells: dict[str, int]
    others: int = 0


def table(counts: Mapping[str, int]) -> Table | None:
    """Make a table safe; `counts` names every cell that could be there, also empty ones. None below five in all."""
    total = sum(counts.values())
    if total < LEAST:
        return None
    shown = {name: count for name, count in counts.items() if count >= LEAST}
    joined = 0
    while not _is_safe(counts, shown, joined):
        if not shown:
            return Table(total, {}, total)
        # The first of those that are equally small: which one it was tells nothing.
        del shown[min(shown, key=lambda name: (shown[name], name))]
        joined += 1
    return Table(total, shown, total - sum(shown.values()))


def _is_safe(counts: Mapping[str, int], shown: Mapping[str, int], joined: int) -> bool:
    """Whether somebody who knows this rule cannot tell any hidden cell below five, unless there is nobody in it.

    They know that `joined` cells have five at least and no more than the smallest one shown, and all others hidden
    four at most.
    """
    hidden = [count for name, count in counts.items() if name not in shown]
    small, rest = len(hidden) - joined, sum(hidden)
    if not any(0 < count < LEAST for count in hidden):
        return True
    if rest < LEAST:
        return False
    most = min(shown.values()) * joined if shown else rest
    least = max(0, rest - _SMALL * (small - 1) - most) if joined or shown else 0
    return min(_SMALL, rest - LEAST * joined) > least
