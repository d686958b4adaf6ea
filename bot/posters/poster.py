"""What an operator orders: a place, the ways in, a language, a size; every mistake is refused here."""

import re
from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

from bot.posters.links import bot_name, number_shown, telegram_link, whatsapp_link
from bot.posters.logo import prepared
from bot.posters.words import WORDS, Language
from handlers.posters import PosterError, payload, place_code, short

Format = Literal["pdf", "png"]
SizeName = Literal["a3", "a4", "a5", "story", "stickers"]
Look = Literal["light", "dark"]


class Size(Struct, frozen=True):
    """A sheet in millimetres, the template that lays it out, and how many stickers it is cut into."""

    width: float
    height: float
    template: str = "sheet.typ"
    copies: int = 1


# Add a size by adding a line. The sheet's template measures in parts of the width, so sheets of
# the A series differ only in scale; another shape brings a template of its own.
SIZES: Mapping[SizeName, Size] = {
    "a3": Size(297, 420),
    "a4": Size(210, 297),
    "a5": Size(148, 210),
    "story": Size(91.44, 162.56, "story.typ"),  # 1080 by 1920 pixels at 300 to the inch
    "stickers": Size(210, 297, "stickers.typ", copies=8),
}

# What places and offices are called here, in letters the fonts can draw.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9 .,'()/-]{1,59}")
# Greetings of many tongues, Javanese and Sundanese with their accents.
_GREETING = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ .,!?'-]{1,39}")


class Poster(Struct, frozen=True, kw_only=True):
    """One poster.

    `reader` is who reads the tips ("Bawaslu Kota ..."), `logo` that office's PNG, JPEG or WebP, `greeting` a line in
    the tongue of the place; empty, the poster goes without.

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
    greeting: str = ""
    look: Look = "light"
    logo: bytes = b""

    def __post_init__(self) -> None:
        _check_choice("language", self.language, tuple(WORDS))
        _check_choice("size", self.size, tuple(SIZES))
        _check_choice("format", self.format, get_args(Format))
        _check_choice("look", self.look, get_args(Look))
        place_code(self.place)
        _check_name("place", self.place_name)
        if self.reader:
            _check_name("reader", self.reader)
        if self.greeting and not _GREETING.fullmatch(self.greeting):
            raise PosterError(f"{self.greeting!r} cannot be printed as a greeting: 2 to 40 letters, spaces or .,!?'-")
        if self.logo:
            prepared(self.logo)
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


def _check_choice(what: str, chosen: str, choices: tuple[str, ...]) -> None:
    if chosen not in choices:
        raise PosterError(f"{chosen!r} is no {what} of a poster; choose from {', '.join(choices)}.")


def _check_name(what: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise PosterError(
            f"{name!r} cannot be printed as the name of the {what}: 2 to 60 letters, digits, spaces or .,'()/-"
        )
