"""Orders the stories below start from; the names and numbers lead nowhere."""

import io

from PIL import Image, ImageDraw

from bot.posters import Poster

BOT = "saksi_contoh_bot"
NUMBER = "0800-0000-0000"
PLACE = "Kota Palangka Raya"


def order(**changes: object) -> Poster:
    """Return an ordinary order, changed as the story wants it."""
    ordinary = {"place": "62.71", "place_name": PLACE, "telegram": BOT, "whatsapp": NUMBER}
    # The stories hand in wrong things on purpose, which no signature would let through.
    return Poster(**{**ordinary, **changes})  # type: ignore[arg-type]


def logo(kind: str = "PNG", width: int = 600, height: int = 600) -> bytes:
    """Draw an office's logo that is none."""
    image = Image.new("RGBA" if kind == "PNG" else "RGB", (width, height))
    pen = ImageDraw.Draw(image)
    pen.ellipse((0, 0, width - 1, height - 1), fill=(160, 30, 30))
    pen.rectangle((width // 4, height // 2, width * 3 // 4, height * 3 // 4), fill="white")
    pen.polygon([(width // 2, height // 6), (width * 4 // 5, height // 2), (width // 5, height // 2)], fill="gold")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def full(**changes: object) -> Poster:
    """Return an order of all that can be ordered, changed as the story wants it."""
    all_ = {"greeting": "Tabé! Narai kabar?", "reader": "Bawaslu Kota Palangka Raya", "logo": logo()}
    return order(**{**all_, **changes})
