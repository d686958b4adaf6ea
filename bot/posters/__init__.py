"""QR posters that bring people in."""

from bot.posters.links import telegram_link, whatsapp_link
from bot.posters.paper import draw
from bot.posters.places import find_place
from bot.posters.poster import Poster
from handlers.posters import PosterError

__all__ = ["Poster", "PosterError", "draw", "find_place", "telegram_link", "whatsapp_link"]
