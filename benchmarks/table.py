"""A table of measurements, and what could not be measured."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Cell = str | int | float


@dataclass(slots=True)
class Table:
    """`notes` are printed below; `missing` says what could not be measured and why."""

    title: str
    heads: Sequence[str]
    rows: list[Sequence[Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def add(self, *cells: Cell) -> None:
        self.rows.append(cells)

    def text(self) -> str:
        """As Markdown, so that it can be kept as it is."""
        lines = [self.heads, ["---"] * len(self.heads), *self.rows]
        written = [f"| {' | '.join(map(shown, cells))} |" for cells in lines]
        told = [*self.notes, *(f"**Not measured:** {it}" for it in self.missing)]
        return "\n".join((f"## {self.title}\n", *written, *(f"\n{line}" for line in told)))


def shown(cell: Cell) -> str:
    """Three figures of a number are worth reading; more are noise."""
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return f"{cell:,}" if isinstance(cell, int) else cell
