"""Takes from one message what it says: category, people, place, time and links, so that nothing is asked twice."""

import re
from datetime import datetime

from msgspec import Struct

from handlers import moments
from handlers.categories import asks, hinted
from handlers.moments import Ask, Feasts, Moment
from handlers.people import Person, people
from handlers.places import Found, Places

__all__ = ["Person", "Understood", "understand"]

LONGEST = 4000  # characters read; the whole story is kept in any case
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{1,500}|(?<![\w@./])[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,30})?\.(?:com|id|me|be|net|org|co|invalid|example)/[^\s<>\"]{1,500}|(?<![\w@.])@[A-Za-z0-9_][\w.]{2,29}(?<!\.)"
)


class Understood(Struct, frozen=True):
    """What a message says, as far as it is clear; the rest is asked.

    `category` is one of the menu's, or None where none or several fit (`categories` has them all); `where` and `when`
    say themselves whether they are sure. Deterministic: the same message always reads the same.
    """

    category: str | None = None
    categories: tuple[str, ...] = ()
    who: tuple[Person, ...] = ()
    where: Found | None = None
    when: Moment | Ask | None = None
    links: tuple[str, ...] = ()


def understand(
    text: str, now: datetime, places: Places, within: str = "", holidays: Feasts | None = None
) -> Understood:
    """Read one message, as seen from `now` and the deployment `within`. Never raises."""
    said = text[:LONGEST]
    categories, question = hinted(said), asks(said)
    return Understood(
        category=categories[0] if len(categories) == 1 else None,
        categories=categories,
        who=() if question else people(said, places, within),
        where=None if question else places.find(said, within),
        when=None if question else moments.read(said, now, holidays),
        links=tuple(dict.fromkeys(link.rstrip(".,;:!?)") for link in _LINK.findall(said))),
    )
