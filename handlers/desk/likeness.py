"""Which tips may tell of the same event: by who is reported, where and when it was."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import islice

from msgspec.structs import replace

from handlers.desk.card import Card, Twin
from handlers.tip import Tip

# Words that many of the reported have in common tell nothing about which of them is meant.
_COMMON = frozenset(
    """
    pak bapak ibu saudara camat lurah kades kepala desa dinas kantor kelurahan kecamatan sekolah guru pegawai
    pejabat asn pns staf sekretaris bupati wali kota yang dan dari the bagian bidang unit
    """.split()  # noqa: SIM905  # thirty quoted words read worse
)
_SHORTEST = 4
DAYS_APART = 3
ENOUGH = 3
MOST_COMPARED, MOST_TOGETHER = 200, 8


def gist(tip: Tip, place: str) -> tuple[str, ...]:
    """Keep of a tip what likenesses are found by: the place's code, the first day, and telling words of the accused."""
    day = tip.when.first if tip.when and tip.when.kind != "unknown" else tip.day
    words = {word for word in re.findall(r"[^\W\d_]+", tip.who.casefold()) if len(word) >= _SHORTEST}
    return place, day.isoformat(), *sorted(words - _COMMON)


def nearest(card: Card, others: Mapping[str, Card]) -> list[str]:
    """Name the tips that are alike enough, the most alike first."""
    scored = sorted(((_score(card, other), tip) for tip, other in others.items()), reverse=True)
    return [tip for score, tip in scored if score >= ENOUGH]


def groups(cards: Mapping[str, Card]) -> list[tuple[str, ...]]:
    """Gather tips that may tell of the same event, each with the first that it is like; the linked are left out.

    Only the first of `cards` are compared, for each is compared with each.
    """
    left, found = dict(islice(cards.items(), MOST_COMPARED)), list[tuple[str, ...]]()
    while left:
        first = next(iter(left))
        near = nearest(left.pop(first), left)[: MOST_TOGETHER - 1]
        for tip in near:
            del left[tip]
        together = {tip: cards[tip] for tip in (first, *near)}
        if linked(together):
            found.append(tuple(together))
    return found


def linked(cards: Mapping[str, Card]) -> dict[str, Card]:
    """Link each of these with each; return the cards that change by that."""
    changed: dict[str, Card] = {}
    for tip, card in cards.items():
        known = {tip, *(twin.tip for twin in card.twins)}
        new = tuple(Twin(other, one.reference) for other, one in cards.items() if other not in known)
        if new:
            changed[tip] = replace(card, twins=(*card.twins, *new))
    return changed


def _score(one: Card, other: Card) -> int:
    if not one.gist or not other.gist:
        return 0
    (place, day, *who), (its_place, its_day, *its_who) = one.gist, other.gist
    near = abs((date.fromisoformat(day) - date.fromisoformat(its_day)).days) <= DAYS_APART
    named = 2 * bool(set(who) & set(its_who))
    return named + (bool(place) and place == its_place) + near + (one.what == other.what)
