"""Draws panels of bars with matplotlib: opaque and dark, so that they read alike on a light and on a dark phone.

Whoever imports this loads matplotlib: do so only when there is something to draw.
"""

import importlib.resources
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.charts.panels import Panel

# The house's ink and paper; the bars are its teal, lightened until it stands out from the ink.
INK, PAPER, BAR, QUIET = "#10272c", "#fcf9f3", "#5fc0b2", "#9fb8b5"
FONT = "Plus Jakarta Sans"
# Inches at 180 dots: 1080 pixels wide, as wide as a phone.
DPI, WIDTH, BAR_HEIGHT, UPRIGHT_HEIGHT, BELOW, HEAD = 180, 6.0, 0.34, 1.5, 0.3, 0.75
LONGEST_LABEL = 26

for _path in Path(str(importlib.resources.files("bot.data"))).glob("fonts/*.ttf"):
    font_manager.fontManager.addfont(str(_path))


def draw(panels: Sequence[Panel]) -> bytes:
    """Return the panels below each other as a PNG."""
    heights = [HEAD + (UPRIGHT_HEIGHT + BELOW if one.upright else BAR_HEIGHT * len(one.bars)) for one in panels]
    figure = Figure(figsize=(WIDTH, sum(heights) + 0.2), dpi=DPI, facecolor=INK)
    FigureCanvasAgg(figure)
    whole, top = sum(heights) + 0.2, 0.0
    for panel, height in zip(panels, heights, strict=True):
        inner = UPRIGHT_HEIGHT if panel.upright else height - HEAD
        left = 0.07 if panel.upright else 0.4
        bottom = 1 - (top + HEAD - 0.15 + inner) / whole
        axes = figure.add_axes((left, bottom, 0.93 - left, inner / whole))
        figure.text(
            0.07, 1 - (top + 0.42) / whole, panel.title, color=PAPER, fontsize=13, fontfamily=FONT, fontweight=800
        )
        (_upright if panel.upright else _lying)(axes, panel)
        top += height
    drawn = BytesIO()
    figure.savefig(drawn, format="png", facecolor=INK, metadata={"Software": None})
    return drawn.getvalue()


def _lying(axes: Axes, panel: Panel) -> None:
    places = range(len(panel.bars))
    counts = [count or 0 for _, count in panel.bars]
    axes.barh(places, counts, color=BAR, height=0.62)
    axes.set_yticks(places, [_short(name) for name, _ in panel.bars])
    axes.set_ylim(len(counts) - 0.5, -0.5)
    axes.set_xlim(0, 100 if panel.bars[0][0] == "%" else max(counts) * 1.18 or 1)
    for place, count in enumerate(counts):
        axes.annotate(f"{count}", (count, place), (4, 0), textcoords="offset points", va="center", **_style(11, PAPER))
    _plain(axes)
    axes.set_xticks([])


def _upright(axes: Axes, panel: Panel) -> None:
    places = range(len(panel.bars))
    counts = [count or 0 for _, count in panel.bars]
    axes.bar(places, counts, color=BAR, width=0.66)
    axes.set_xticks(places, [name for name, _ in panel.bars])
    axes.set_ylim(0, max(counts) * 1.25 or 1)
    for place, (_, count) in enumerate(panel.bars):
        told, colour = ("< 5", QUIET) if count is None else (f"{count}", PAPER)
        axes.annotate(told, (place, count or 0), (0, 3), textcoords="offset points", ha="center", **_style(10, colour))
    _plain(axes)
    axes.set_yticks([])


def _style(size: float, colour: str) -> dict[str, Any]:
    return {"fontsize": size, "fontfamily": FONT, "fontweight": 700, "color": colour}


def _plain(axes: Axes) -> None:
    axes.set_facecolor(INK)
    axes.tick_params(length=0, pad=6)
    for side in axes.spines.values():
        side.set_visible(False)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set(**_style(10, PAPER))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"
