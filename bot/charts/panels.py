"""What a desk's pictures show: panels of bars in the reader's language, and the same in words below."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection

from bot.desk import Desk
from bot.lives import lives
from bot.render import said
from handlers.desk.figures import SPANS, Figures, Spread, figures
from handlers.messages import Say, Term, Word
from locales import Catalogue


class Panel(Struct, frozen=True):
    """One row of bars; a bar without a number stands for too few. `upright` bars are days or weeks."""

    title: str
    bars: tuple[tuple[str, int | None], ...]
    upright: bool = False


class Sheet(Struct, frozen=True):
    """One picture: its panels, and its words for whoever cannot see it."""

    panels: tuple[Panel, ...]
    say: Say


def sheets(desk: Desk, tx: Connection) -> tuple[Sheet, ...]:
    """Put the pictures together; none where there are too few tips."""
    found = figures(lives(desk.notes, tx), desk.clock().date())
    return (_inflow(found, desk.words), _work(found, desk.words)) if found else ()


def _inflow(found: Figures, words: Catalogue) -> Sheet:
    weeks = tuple((_day(day), count) for day, count in found.weeks)
    kinds = tuple((said(f"what-{name}", {}, words), count) for name, count in found.kinds)
    told: dict[str, Word] = {
        "count": found.total, "weeks": _listed(weeks), "kinds": _listed(kinds), "places": _listed(found.places),
    }  # fmt: skip
    panels = (
        Panel(words.say("chart-weeks"), weeks, upright=True),
        Panel(words.say("chart-kinds"), kinds),
        Panel(words.say("chart-places"), found.places),
    )
    return Sheet(_filled(panels), Say("desk-chart-inflow", told))


def _work(found: Figures, words: Catalogue) -> Sheet:
    statuses = tuple((said(f"desk-status-{name}", {}, words), count) for name, count in found.statuses)
    nothing = Term("nothing")
    told: dict[str, Word] = {
        "statuses": _listed(statuses),
        "read": _median(found.read) or nothing,
        "closed": _median(found.closed) or nothing,
        "old": f"{found.old}%" if found.old is not None else nothing,
    }
    panels = (
        Panel(words.say("chart-statuses"), statuses),
        Panel(words.say("chart-read"), _spans(found.read), upright=True),
        Panel(words.say("chart-closed"), _spans(found.closed), upright=True),
        Panel(words.say("chart-old"), (("%", found.old),) if found.old is not None else ()),
    )
    return Sheet(_filled(panels), Say("desk-chart-work", told))


def _filled(panels: Sequence[Panel]) -> tuple[Panel, ...]:
    return tuple(one for one in panels if one.bars)


def _spans(spread: Spread | None) -> tuple[tuple[str, int | None], ...]:
    return tuple(zip(SPANS, spread.counts, strict=True)) if spread else ()


def _median(spread: Spread | None) -> str:
    return f"{spread.median:g}" if spread else ""


def _listed(bars: Sequence[tuple[str, int | None]]) -> Word:
    shown = "; ".join(f"{name} {count}" for name, count in bars if count)
    return shown or Term("nothing")


def _day(day: date) -> str:
    return f"{day.day}/{day.month}"
