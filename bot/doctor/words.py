"""Looks at words and facts: whether each language says everything, and when somebody last checked the law."""

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from bot.doctor.finding import Finding, amber, green, red
from locales import LANGUAGES, BrokenCatalogue, catalogue

# Where rules, sources and deadlines stand, each with the day on which somebody looked them up.
PLACES = ("bot.data", "handlers", "handlers.moments", "handlers.desk")
CHECKED = re.compile(r"\bchecked\"?:?\s+(?:on\s+)?\"?(20\d\d-\d\d-\d\d)", re.IGNORECASE)
A_YEAR = 365


def languages() -> Iterator[Finding]:
    """Compare each language with all of them together."""
    try:
        said = {language: catalogue(language).keys for language in LANGUAGES}
    except BrokenCatalogue as broken:
        yield red("words", str(broken), "mend the catalogue")
        return
    everything = frozenset[str]().union(*said.values())
    for language, keys in said.items():
        if missing := sorted(everything - keys):
            yield red("words", f"{language} lacks {', '.join(missing[:3])} ({len(missing)} in all)", "add them")
        else:
            yield green("words", f"{language} is complete")


def facts(today: date) -> Iterator[Finding]:
    """Name what nobody has checked for a year."""
    found = [(name, day) for place in PLACES for name, day in _checked(place)]
    old = [(name, day) for name, day in found if (today - day).days > A_YEAR]
    for name, day in old:
        yield amber("rules", f"{name} was checked on {day}", "have a lawyer look at it again, and write the day there")
    if not old:
        yield green("rules", f"{len(found)} sources were checked within a year")


def _checked(place: str) -> Iterator[tuple[str, date]]:
    pages = sorted(files(place).iterdir(), key=lambda one: one.name)
    for page in pages:
        if page.name.endswith((".py", ".json", ".tsv", ".md")):
            for day in CHECKED.findall(page.read_text("utf8")):
                yield f"{place.replace('.', '/')}/{page.name}", date.fromisoformat(day)
