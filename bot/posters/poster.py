"""What an operator orders: a place, the ways in, a language, a size; every mistake is refused here."""

import re
from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

from bot.posters.links import bot_name, number_shown, telegram_link, whatsapp_link
from bot.posters.words import WORDS, Language
from handlers.posters import PosterError, payload, place_code, short

Format = Literal["pdf", "png"]
SizeName = Literal["a3", "a4", "a5"]


class Size(Struct, frozen=True):
    """A sheet in millimetres, and the template that lays it out."""

    width: int
    height: int
    template: str = "sheet.typ"


# Add a size by adding a line. The sheet's template measures in parts of the width, so sheets of
# the A series differ only in scale; another shape (a story, stickers) brings a template of its own.
SIZES: Mapping[SizeName, Size] = {
    "a3": Size(297, 420),
    "a4": Size(210, 297),
    "a5": Size(148, 210),
}

# What places and offices are called here, in letters the fonts can draw.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9 .,'()/-]{1,59}")


class Poster(Struct, frozen=True, kw_only=True):
    """One poster. `reader` is who reads the tips ("Bawaslu Kota ..."); empty, the poster does not say.

    Raises PosterError when made of anything that could not be printed or should not be.
    """

    place: str
    place_name: str
    telegram: str | None = None
    whatsapp: str | None = None
    language: Language = "id"
    size: SizeName = "a4"
    format: Format = "pdf"
    reader: str = ""

    def __post_init__(self) -> None:
        _check_choice("language", self.language, tuple(WORDS))
        _check_choice("size", self.size, tuple(SIZES))
        _check_choice("format", self.format, get_args(Format))
        place_code(self.place)
        _check_name("place", self.place_name)
        if self.reader:
            _check_name("reader", self.reader)
        if not ways_in(self):
            raise PosterError("A poster needs a way in: a Telegram bot, a WhatsApp number, or both.")


class WayIn(Struct, frozen=True):
    """One code on the paper: where it leads, and what to type for those whose camera fails."""

    channel: str
    picture: str
    link: str
    lead: str
    address: str


def ways_in(poster: Poster) -> tuple[WayIn, ...]:
    """Return what the poster offers, Telegram first. Raises PosterError for an odd name or number."""
    return (*_telegram(poster), *_whatsapp(poster))


def _telegram(poster: Poster) -> tuple[WayIn, ...]:
    if poster.telegram is None:
        return ()
    link = telegram_link(poster.telegram, payload(poster.place))
    lead = WORDS[poster.language].search
    return (WayIn("Telegram", "plane", link, lead, "@" + bot_name(poster.telegram)),)


def _whatsapp(poster: Poster) -> tuple[WayIn, ...]:
    if poster.whatsapp is None:
        return ()
    words = WORDS[poster.language]
    link = whatsapp_link(poster.whatsapp, words.greeting.format(code=short(poster.place)))
    return (WayIn("WhatsApp", "handset", link, words.send, number_shown(poster.whatsapp)),)


def find_place(wanted: str, names: Mapping[str, str]) -> tuple[str, str]:
    """Return code and name of a place the deployment knows, asked for by code or by name.

    `names` maps codes like "62.71" to names. Raises PosterError for a place finer than a kabupaten
    or kota, and for one that is not in `names`.
    """
    for code, name in names.items():
        if wanted.strip().casefold() == name.casefold():
            return place_code(code), name
    code = place_code(wanted)
    if code not in names:
        known = ", ".join(f"{code} ({name})" for code, name in names.items())
        raise PosterError(f"{wanted!r} is no place of this deployment. Known: {known}.")
    return code, names[code]


def _check_choice(what: str, chosen: str, choices: tuple[str, ...]) -> None:
    if chosen not in choices:
        raise PosterError(f"{chosen!r} is no {what} of a poster; choose from {', '.join(choices)}.")


def _check_name(what: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise PosterError(
            f"{name!r} cannot be printed as the name of the {what}: 2 to 60 letters, digits, spaces or .,'()/-"
        )
