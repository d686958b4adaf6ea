"""A picture made of letters: it stands in a table's notes, in a terminal and in a file that git compares."""

import math
from collections.abc import Mapping, Sequence

from benchmarks.table import shown

BARS = " ▁▂▃▄▅▆▇█"
WIDTH = 60


def lines(series: Mapping[str, Sequence[float]], unit: str, span: str) -> str:
    """Draw what each name was over time, one line each, up to the greatest of its own values; `span` says how long."""
    longest = max(map(len, series), default=0)
    drawn = (
        f"{name:<{longest}} |{bars(values)}| at most {shown(float(max(values, default=0)))} {unit}"
        for name, values in series.items()
    )
    return "\n".join(("```", *drawn, f"{'':<{longest}}  {span}", "```"))


def rows(values: Mapping[str, float], unit: str) -> str:
    """Draw one value a line, each as long as it is great."""
    longest, top = max(map(len, values), default=0), max(values.values(), default=0)
    drawn = (
        f"{name:>{longest}} {'█' * round(WIDTH * one / top) if top else ''} {shown(float(one))} {unit}"
        for name, one in values.items()
    )
    return "\n".join(("```", *drawn, "```"))


def bars(values: Sequence[float], width: int = WIDTH) -> str:
    """Draw values as a row of bars; where more come than fit, each bar is the greatest of its share."""
    top, count = max(values, default=0), len(values)
    if count > width:
        cuts = [count * at // width for at in range(width + 1)]
        values = [max(values[cuts[at] : cuts[at + 1]]) for at in range(width)]
    # A value that is not nothing is never drawn as nothing.
    return "".join(BARS[math.ceil(one / top * (len(BARS) - 1)) if top else 0] for one in values)
