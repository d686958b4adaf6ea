"""Who holds a post: the name that stands right beside it, "lurah Contoh Jelas", "camat (Contoh)"."""

import re
from collections.abc import Iterator, Sequence

from handlers.given_names import is_borne
from handlers.name_forms import CAPITAL, FULL, SIR, are_people
from handlers.places import Places
from handlers.titles import Post, post_of

# What stands between a post and its holder within a clause; "kec." ends none.
_BETWEEN = r"(?:[^,.;:!?()\n]|(?<=kec)\.|(?<=kel)\.){0,40}?"
# "Lurah Contoh, Yansen, menjadi ...", or in brackets.
_APPOSED = re.compile(
    rf"{_BETWEEN}(?:,\s(?P<one>{CAPITAL}),"
    rf"|\s\((?:(?i:{SIR}|dr)\.?\s)?(?P<other>{CAPITAL})\)"
    rf"|,\s(?P<last>{FULL})\s*(?:[.;!?\n]|$))"
)
# "lurahnya Contoh Jelas pasang ...": right behind the post, but no deed written with capitals.
_HELD = re.compile(
    rf"\s(?:itu\s|yaitu\s|yakni\s|an\.?\s|a\.n\.?\s)?(?!(?:Me|Di|Ber|Ter|Ng"
    rf"|Ny)[a-z]{{4}})(?P<held>{FULL})(?=\s[a-z(]|[,.;!?\n]|$)"
)
# "pns pemkot palembang Contoh Jelas bikin ...": behind the office.
_HELD_IN = re.compile(
    rf"\s(?:di\s)?(?:dinas|badan|pemkot|pemkab|pemda|kec|kecamatan|kel|kelurahan|kantor|puskesmas|sdn?|smpn?|sman?|smkn?)"
    rf"(?:\s[a-z0-9]+){{1,2}}\s(?P<held>{FULL})(?=\s[a-z(]|[,.;!?\n]|$)"
)
_HELD_BY_SIR = re.compile(rf"\s(?P<held>{CAPITAL})(?=\s[a-z(]|[,.;!?\n]|$)")  # "pak guru Contoh"
_SIR_BEFORE = re.compile(r"\b(?i:pak|bu|bapak|ibu|bpk)\s$")
_OF_PLACES = frozenset({"district", "village"})


def holders(text: str, posts: Sequence[Post], places: Places, within: str) -> Iterator[tuple[int, str]]:
    """Yield the name beside each of these posts, and where it stands."""
    for start, end, title in posts:
        held = _HELD_BY_SIR if _SIR_BEFORE.search(text, 0, start) else _HELD
        placed = post_of(title) in _OF_PLACES and text[start:end].lower() == title
        for match in filter(None, (held.match(text, end), _APPOSED.match(text, end), _borne_in(text, end))):
            group = str(match.lastgroup)
            # "kades Sumber Makmur" is told with the village, not with the person.
            elsewhere = placed and group == "held" and not is_borne(match[group].split()[0].lower())
            if not elsewhere and are_people((match[group],), places, within):
                yield match.start(group), match[group]
                break


def _borne_in(text: str, end: int) -> re.Match[str] | None:
    match = _HELD_IN.match(text, end)
    return match if match and is_borne(match["held"].split()[0].lower()) else None
