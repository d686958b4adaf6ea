"""Messages that are neither words nor an ordinary file: stickers, places, polls and what nobody knows yet."""

import io
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw

from simulator.control import Asked, Given
from simulator.telegram.files import attach
from simulator.world import World, Wrong

Content = dict[str, Any]
PALANGKA_RAYA = (-2.2096, 113.9135)


def content(world: World, body: Asked) -> Content:
    """What the message of this `kind` carries; raises Wrong for a kind there is not."""
    make = KINDS.get(body.need("kind", str))
    if make is None:
        raise Wrong(f"kind should be one of {', '.join(KINDS)}")
    return make(world, body)


def _place(body: Asked) -> Content:
    latitude, longitude = PALANGKA_RAYA
    return {
        "latitude": body.may("latitude", float, latitude),
        "longitude": body.may("longitude", float, longitude),
    }


def _sticker(world: World, _: Asked) -> Content:
    return {"attachment": attach(world, "sticker", Given("sticker.webp", "image/webp", _face()))}


def _face() -> bytes:
    """A round yellow one, so that the page has something to show."""
    image = Image.new("RGBA", (512, 512))
    pen = ImageDraw.Draw(image)
    pen.ellipse((16, 16, 496, 496), "#f5c542")
    for left in (150, 310):
        pen.ellipse((left, 160, left + 52, 230), "#3a2f10")
    pen.arc((140, 180, 372, 400), 20, 160, "#3a2f10", 24)
    out = io.BytesIO()
    image.save(out, "WEBP")
    return out.getvalue()


def _animation(world: World, _: Asked) -> Content:
    return {"attachment": attach(world, "animation", Given("animation.mp4", "video/mp4", b"make-believe-mp4"))}


def _contact(_: World, body: Asked) -> Content:
    person = body.get("person")
    return {"extra": {"contact": {"phone_number": "628000000000", "first_name": "Contoh", "user_id": person}}}


def _location(_: World, body: Asked) -> Content:
    return {"extra": {"location": _place(body)}}


def _live(_: World, body: Asked) -> Content:
    return {"extra": {"location": {**_place(body), "live_period": 900, "heading": 90}}}


def _venue(_: World, body: Asked) -> Content:
    place = _place(body)
    venue = {"location": place, "title": "Kantor Kelurahan Contoh", "address": "Jl. Contoh"}
    return {"extra": {"location": place, "venue": venue}}


def _poll(_: World, __: Asked) -> Content:
    options = [{"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in enumerate(("Ya", "Tidak"))]
    poll = {
        "id": "100",
        "question": "Contoh?",
        "options": options,
        "total_voter_count": 0,
        "type": "regular",
    }
    flags = ("is_closed", "allows_multiple_answers", "allows_revoting", "members_only")
    return {"extra": {"poll": {**poll, **dict.fromkeys(flags, False), "is_anonymous": True}}}


def _dice(_: World, __: Asked) -> Content:
    return {"extra": {"dice": {"emoji": "🎲", "value": 4}}}


def _story(_: World, __: Asked) -> Content:
    return {"extra": {"story": {"chat": {"id": -1009999999999, "title": "Contoh", "type": "channel"}, "id": 1}}}


def _empty(_: World, __: Asked) -> Content:
    """A kind of message younger than the bot: nothing in it that it knows."""
    return {}


KINDS: dict[str, Callable[[World, Asked], Content]] = {
    "sticker": _sticker,
    "animation": _animation,
    "contact": _contact,
    "location": _location,
    "live-location": _live,
    "venue": _venue,
    "poll": _poll,
    "dice": _dice,
    "story": _story,
    "empty": _empty,
}
