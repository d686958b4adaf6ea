"""Reads the tables that ship with Saksi: places, and what counts as a violation."""

from collections.abc import Mapping
from csv import DictReader
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import Struct

from handlers.desk import Calendar
from handlers.moments import Feasts, feasts
from handlers.places import Place, Places
from handlers.routes import Rules

_CITIES = ("kota", "kabupaten")


class Category(Struct, frozen=True):
    """A plain row of the reporter's menu, and the legal codes an officer may tag it with."""

    id: str
    title_id: str
    desc_id: str
    label_en: str
    legal_codes: tuple[str, ...]
    evidence_hint: str


class Rule(Struct, frozen=True):
    """A legal code: what it forbids to whom and when, the rule that says so, and what may follow.

    `confidence` opens with V where the rule was verified at its `source`, with R where it was remembered.
    """

    code: str
    label_id: str
    label_en: str
    subject: str
    stage: str
    rule: str
    sanction: str
    confidence: str
    source: str


class Feast(Struct, frozen=True):
    """A holiday whose day moves from year to year: its everyday names, and its days."""

    names: tuple[str, ...]
    days: tuple[date, ...]


class Holidays(Struct, frozen=True):
    """Where the days of the feasts are from, and when they were last looked up."""

    source: str
    checked: date
    feasts: tuple[Feast, ...]


class Violations(Struct, frozen=True):
    """What counts as a violation, and the day the rules were last looked up."""

    checked: date
    menu: tuple[Category, ...]
    legal: tuple[Rule, ...]


def rows(path: Path | None = None) -> list[Place]:
    """Read a table of places. Raises KeyError when a column is missing, OSError when the file is."""
    lines = _text("places.tsv", path).splitlines()
    table = DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return [
        Place(
            row["code"],
            row["level"],
            row["parent"],
            row["common"] or row["official"],
            row["official"],
            tuple(filter(None, (row.get("also") or "").split("|"))),
        )
        for row in table
    ]


def places(path: Path | None = None) -> Places:
    """Return the places of a deployment's own table, or of the pilots."""
    return Places.of(rows(path))


def cities() -> dict[str, str]:
    """Return the kabupaten and kota of the pilots."""
    return {row.code: row.name for row in rows() if row.level in _CITIES}


@cache
def regencies() -> Mapping[str, str]:
    """Return the name of every kabupaten and kota of the country by its code, in everyday spelling where it is ours."""
    lines = (line for line in _text("regencies.tsv").splitlines() if not line.startswith("#"))
    named = {row["code"]: row["name"] for row in DictReader(lines, delimiter="\t")}
    return named | cities()


@cache
def rules() -> Rules:
    """Return who must not receive what. Raises msgspec.ValidationError when the table is broken."""
    return msgspec.json.decode(_text("routes.json"), type=Rules)


@cache
def violations() -> Violations:
    """Return the menu and the legal codes. Raises msgspec.ValidationError when the table is broken."""
    return msgspec.json.decode(_text("violations.json"), type=Violations)


def shipped(name: str) -> str:
    """Return a table as it ships with Saksi."""
    return files("bot.data").joinpath(name).read_text("utf8")


@cache
def holidays() -> Feasts:
    """Return the feasts that move. Raises msgspec.ValidationError when the table is broken."""
    table = msgspec.json.decode(_text("holidays.json"), type=Holidays)
    return feasts({name: feast.days for feast in table.feasts for name in feast.names})


@cache
def calendar() -> Calendar:
    """Return the deadlines of every context. Raises msgspec.ValidationError when the table is broken."""
    return msgspec.json.decode(_text("deadlines.json"), type=Calendar)


def _text(name: str, path: Path | None = None) -> str:
    return path.read_text("utf8") if path else shipped(name)
