"""The three time zones of Indonesia, and which province keeps which.

Keputusan Presiden 41/1987; provinces made since keep the zone of the one they were parted from.
"""

from collections.abc import Iterable
from typing import Literal

Zone = Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
WESTERN: Zone = "Asia/Jakarta"

# The first two digits of Kemendagri's codes; every other province keeps western time.
_CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def zone_of(code: str) -> Zone:
    """Return the zone of a place by its code, such as 62.71."""
    if code[:2] in _EASTERN:
        return "Asia/Jayapura"
    return "Asia/Makassar" if code[:2] in _CENTRAL else WESTERN


def zones_of(codes: Iterable[str]) -> frozenset[Zone]:
    return frozenset(map(zone_of, codes))
