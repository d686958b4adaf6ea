"""Which kabupaten or kota an operator means, by code or by name, and what it is called on paper."""

from collections.abc import Mapping

from rapidfuzz import process

from handlers.posters import PosterError, place_code

_NEAR = 60  # of 100, by which a name is worth proposing


def find_place(wanted: str, names: Mapping[str, str], called: str = "") -> tuple[str, str]:
    """Return code and name of a kabupaten or kota, asked for by code or by name.

    `names` maps codes like "62.71" to names; with `called`, a code needs none. Raises PosterError for a place finer
    than a kabupaten or kota, for one that is not there, and for a name that two places have.
    """
    found = _by_name(wanted, names)
    if len(found) > 1:
        raise PosterError(f"{wanted!r} may be {_listed(found, names)}; name the code.")
    code = place_code(found[0]) if found else _code(wanted, names)
    if code not in names and not called:
        raise PosterError(
            f"{wanted!r} is no kabupaten or kota that we know{_near(code, names)}. A new one needs --name."
        )
    return code, called or names[code]


def _by_name(wanted: str, names: Mapping[str, str]) -> list[str]:
    """Find whole names, and names without their first word."""
    sought = " ".join(wanted.casefold().split())
    whole = [code for code, name in names.items() if name.casefold() == sought]
    return whole or [code for code, name in names.items() if name.casefold().partition(" ")[2] == sought]


def _code(wanted: str, names: Mapping[str, str]) -> str:
    if any(map(str.isdigit, wanted)):
        return place_code(wanted)
    alike = [code for _, score, code in process.extract(wanted, dict(names), limit=3) if score >= _NEAR]
    meant = f" Did you mean {_listed(alike, names)}?" if alike else ""
    raise PosterError(f"{wanted!r} is no kabupaten or kota that we know; a code should look like 62.71.{meant}")


def _near(code: str, names: Mapping[str, str]) -> str:
    same = [other for other in names if other.startswith(code[:3])]
    return f"; province {code[:2]} has {_listed(same, names)}" if same else f"; there is no province {code[:2]}"


def _listed(codes: list[str], names: Mapping[str, str]) -> str:
    return ", ".join(f"{code} ({names[code]})" for code in codes)
