"""How a card looks in the group: every one as long as every other, so that a length tells nothing."""

from datetime import date

from msgspec.structs import replace

from bot.render import said
from handlers.desk import Card, summary
from handlers.messages import Term
from handlers.status import Status
from locales import Catalogue

# Longer than any card by itself; in characters, and in UTF-16 units, by which Telegram counts.
LENGTH = 420
# It takes no room, and Telegram leaves it where it stands in the middle of a text.
UNSEEN = "\u200b"
# A deployment's own names may be of any length.
LONGEST_PLACE, LONGEST_ALIAS = 40, 24
_BEYOND = 0x10000


def face(card: Card, status: Status, words: Catalogue, counted: Term | str = "") -> str:
    """Say a card with its clocks; the padding stands at the end of its second line, where nobody copies it."""
    card = replace(card, place=_clipped(card.place, LONGEST_PLACE), holder=_clipped(card.holder, LONGEST_ALIAS))
    say = summary(card, status, counted)
    return _padded(said(say.key, say.words, words))


def blank(words: Catalogue) -> str:
    """Say that there is a tip, and nothing of it: for a group in which somebody is who should not be."""
    return _padded(words.say("card-unclean"))


def gone(reference: str, office: str, day: date, words: Catalogue) -> str:
    """Say where a tip went that is another desk's now."""
    return _padded(
        words.say("card-gone", {"reference": reference, "office": _clipped(office, LONGEST_PLACE), "day": day})
    )


def _padded(text: str) -> str:
    first, second, *rest = text.splitlines()
    shown = len("\n".join((first, second, *rest)))
    return "\n".join((first, second + UNSEEN * (LENGTH - shown), *rest))


def _clipped(name: str, most: int) -> str:
    """Shorten a name, in letters of one UTF-16 unit each; a rare one (an emoji in an alias) becomes a dot."""
    plain = "".join(letter if ord(letter) < _BEYOND else "·" for letter in " ".join(name.split()))
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
