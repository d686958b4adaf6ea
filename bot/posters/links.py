"""The two links a poster carries, checked so that a misprint is refused before the printer runs."""

import re
from urllib.parse import quote

from handlers.posters import PosterError

# https://core.telegram.org/bots/features#deep-linking
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
# https://core.telegram.org/bots/features#botfather, the rule for a bot's username
_BOT = re.compile(r"(?=.{5,32}\Z)[A-Za-z0-9_]*bot", re.IGNORECASE | re.ASCII)
# E.164 allows 15 digits; below 8 it is an emergency or service number, which WhatsApp does not know.
_NUMBER = re.compile(r"[1-9][0-9]{7,14}")
# Meta gives 140 characters to the text its own QR codes fill in; links of ours keep to the same.
# https://developers.facebook.com/documentation/business-messaging/whatsapp/qr-codes
# (as of May 2026)
_TEXT_LENGTH = 140


def bot_name(text: str) -> str:
    """Return a Telegram bot's name without its @. Raises PosterError if Telegram has no such names."""
    name = text.strip().removeprefix("@")
    if not _BOT.fullmatch(name):
        raise PosterError(f'{text!r} is no name of a Telegram bot: 5 to 32 letters, digits or _, and "bot" at the end.')
    return name


def number_digits(text: str) -> str:
    """Return a phone number as WhatsApp's links want it, country code first and digits only.

    Numbers written the Indonesian way (0812-...) get 62. Raises PosterError for what is no number.
    """
    digits = re.sub(r"[\s().+-]", "", text)
    digits = re.sub(r"\A(?:620|0)", "62", digits.removeprefix("00"))
    if not _NUMBER.fullmatch(digits):
        raise PosterError(f"{text!r} is no phone number: 8 to 15 digits, like 0812-0000-0000 or +62 812 0000 0000.")
    return digits


def number_shown(text: str) -> str:
    """Return a number as people here read it aloud: 0812-0000-0000, or +65 8000 0000 from abroad."""
    digits = number_digits(text)
    if digits.startswith("62"):
        return "-".join(_fours("0" + digits[2:]))
    return f"+{digits[:2]} " + " ".join(_fours(digits[2:]))


def telegram_link(bot: str, start: str) -> str:
    """Return the link that opens a bot and hands it `start`. Raises PosterError for an odd name or start."""
    name = bot_name(bot)
    if not _START.fullmatch(start):
        raise PosterError(f"{start!r} cannot be in a Telegram link: 1 to 64 letters, digits, _ or -.")
    return f"https://t.me/{name}?start={start}"


def whatsapp_link(number: str, text: str) -> str:
    """Return the link that opens a chat with `text` already typed.

    Raises PosterError for an odd number and for a text that is empty or too long.
    """
    digits = number_digits(number)
    if not text.strip():
        raise PosterError("The text to fill in is empty, so WhatsApp would not say which poster was read.")
    if len(text) > _TEXT_LENGTH:
        raise PosterError(f"The text to fill in has {len(text)} characters; {_TEXT_LENGTH} is the most.")
    return f"https://wa.me/{digits}?text={quote(text, safe='')}"


def _fours(digits: str) -> list[str]:
    return re.findall(r"\d{4}(?=\d{2})|\d+", digits)
