"""Who writes, when, and to whom: the cast of these stories, all of it made up."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from handlers.tip import Enclosure, Tip
from storage.tips import Ring, Route
from storage.vault import new_identity

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
TODAY = NOON.date()
DAY = timedelta(days=1)


@dataclass
class Person:
    """Somebody on a channel."""

    channel: str
    id: str


RINA, BAGUS = Person("telegram", "777000777"), Person("whatsapp", "628000000000")


class Pair(NamedTuple):
    """An age key pair."""

    private: str
    public: str


BAWASLU, INSPEKTORAT, RECOVERY, MAILBOX = (Pair(*new_identity()) for _ in range(4))
ROUTE = Route("bawaslu", "2026-11", BAWASLU.public, RECOVERY.public)


def ring(number: int = 0) -> Ring:
    return Ring(number.to_bytes(16), MAILBOX.public)


def a_tip(id_: str = "tip-1", *, files: tuple[str, ...] = (), day: date = TODAY) -> Tip:
    """A tip with some of everything; its files are pictures."""
    enclosures = tuple(Enclosure(name, "image", f"key of {name}") for name in files)
    return Tip(id_, day, "urging", who="Camat Jekan Raya", story="Apel pagi, semua diminta memilih nomor 9.",
               place="62.71.02", enclosures=enclosures)  # fmt: skip
