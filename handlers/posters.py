"""What a poster's code says, written into links and read back from whatever people made of it."""

import re
import unicodedata

MARK = "p-"

# Kemendagri numbers: two digits of province, then 01-29 for a kabupaten and 71-79 for a kota
# (Kepmendagri 300.2.2-2138/2025). Narrow on purpose: years and most times of day are no places.
_PROVINCE = r"([1-9][1-9])"
_REGENCY = r"(0[1-9]|[12][0-9]|7[1-9])"
_PLACE = re.compile(rf"{_PROVINCE}\.?{_REGENCY}")
_FINER = re.compile(rf"{_PROVINCE}\.?{_REGENCY}[0-9.]+")
_LOOSE = rf"(?<!\d){_PROVINCE}[\W_]{{0,3}}{_REGENCY}(?!\.?\d)"
_SOLID = rf"(?<!\d){_PROVINCE}{_REGENCY}(?!\.?\d)"

# In the order they are trusted. Nobody can be asked to keep our spelling, only one sign of it.
_SIGNS = tuple(
    re.compile(sign, re.IGNORECASE)
    for sign in (
        rf"(?<![^\W_])(?:p|poster)[\W_]{{0,8}}{_LOOSE}",  # p-6271, poster 62.71
        rf"poster[^\d\n]{{0,40}}?{_SOLID}",  # poster Kota Palangka Raya 6271
        rf"\A(?:[\W_]|halo|hello|hi|dari|dr|from|lapor)*{_LOOSE}[\W_]*\Z",  # halo dari 6271
    )
)
_GREETING = re.compile(
    r"(?:(?<![^\W_])/?(?:start|halo|hello|hi|dari|dr|from|lapor|poster|p)[\W_]+)*[\W_]*\Z", re.IGNORECASE
)
_BREAK = " \t\r\n.,;:!)-"

# A greeting stands at the start of a message; nobody looks for it beyond this many characters.
_READ = 1000


class PosterError(ValueError):
    """A poster that must not or cannot be printed; the message tells the operator why."""


def place_code(text: str) -> str:
    """Return a kabupaten's or kota's code as Kemendagri writes it: "6271" and "62.71" give "62.71".

    Raises PosterError for anything else, most of all for a finer place.
    """
    code = text.strip()
    if match := _PLACE.fullmatch(code):
        return f"{match[1]}.{match[2]}"
    if _FINER.fullmatch(code):
        raise PosterError(
            f"{text} is finer than a kabupaten or kota. A code for one office or village could unmask "
            f"a reporter, so posters carry only codes like 62.71."
        )
    raise PosterError(f"{text!r} is no code of a kabupaten or kota; it should look like 62.71.")


def short(place: str) -> str:
    """Return the code as a poster shows it, "6271". Raises PosterError like `place_code`."""
    return place_code(place).replace(".", "")


def payload(place: str) -> str:
    """Return what a Telegram start link carries for a place, "p-6271". Raises PosterError."""
    return MARK + short(place)


def read_payload(text: str) -> str | None:
    """Read the place out of a start payload or a greeting, however edited, or None; never raises.

    For the first message of a conversation: later, "19.15" is a time. The code returned is possible,
    not known: look it up before believing it.
    """
    code = _code(text)
    return f"{code[1]}.{code[2]}" if code else None


def beyond_payload(text: str) -> str:
    """Return what a person wrote besides the poster's greeting; a text without one comes back whole."""
    code = _code(text)
    if code is None:
        return text
    before = text[: _before(code)].rstrip()
    after = text[code.end(2) :].strip(_BREAK)
    rest = f"{before} {after}".strip()
    return rest if any(map(str.isalnum, rest)) else ""


def _before(code: re.Match[str]) -> int:
    greeting = _GREETING.search(code.string, 0, code.start(1))
    return greeting.start() if greeting else code.start(1)


def _code(text: str) -> re.Match[str] | None:
    plain = "".join(_plain(letter) for letter in text[:_READ])
    return next((match for sign in _SIGNS if (match := sign.search(plain))), None)


def _plain(letter: str) -> str:
    # Fullwidth and "fancy" letters and digits become plain ones; one for one, so that places in the
    # text stay where they are.
    normal = unicodedata.normalize("NFKC", letter)
    return normal if len(normal) == 1 else letter
