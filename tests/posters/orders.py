"""Orders the stories below start from; the names and numbers lead nowhere."""

from bot.posters import Poster

BOT = "saksi_contoh_bot"
NUMBER = "0800-0000-0000"
PLACES = {"62.71": "Kota Palangka Raya", "16.71": "Kota Palembang", "35.71": "Kota Kediri"}


def order(**changes: object) -> Poster:
    """Return an ordinary order, changed as the story wants it."""
    ordinary = {"place": "62.71", "place_name": PLACES["62.71"], "telegram": BOT, "whatsapp": NUMBER}
    # The stories hand in wrong things on purpose, which no signature would let through.
    return Poster(**{**ordinary, **changes})  # type: ignore[arg-type]
