"""Files in messages: what Telegram makes of an upload, and how a bot names and fetches one."""

import io
import mimetypes
from typing import Any

from PIL import Image

from simulator.control import Given
from simulator.telegram.call import Call
from simulator.telegram.errors import WRONG_FILE, WRONG_UPLOAD, Refused, bad
from simulator.telegram.model import Attachment
from simulator.telegram.shapes import file, path
from simulator.world import Media, World

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes, https://core.telegram.org/bots/api#getfile
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
COPIES = (90, 320, 800)  # pixels: the longer sides of the copies Telegram makes of a photo

SHAPES: dict[str, dict[str, Any]] = {
    "video": {"width": 640, "height": 360, "duration": 5},
    "animation": {"width": 320, "height": 180, "duration": 2},
    "video_note": {"length": 240, "duration": 5},
    "voice": {"duration": 5},
    "audio": {"duration": 60},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    "document": {},
    "photo": {},
}
NAMED = ("video", "animation", "audio", "document")
TYPED = (*NAMED, "voice")


def attach(world: World, kind: str, given: Given) -> Attachment:
    """A new file in the world, ready to be a message's."""
    return of_media(world, kind, world.keep(given.data, given.name, given.mime))


def of_media(world: World, kind: str, media: Media) -> Attachment:
    if kind == "photo":
        return Attachment(kind, media, sizes=sizes(world, media))
    shape = dict(SHAPES[kind])
    if kind in NAMED:
        shape["file_name"] = media.name
    if kind in TYPED:
        shape["mime_type"] = media.mime
    return Attachment(kind, media, shape)


def sizes(world: World, media: Media) -> list[tuple[Media, int, int]]:
    """The photo in every size Telegram offers, smallest first; a test may send any bytes as a photo."""
    try:
        image = Image.open(io.BytesIO(media.data))
        copies = [_copy(world, image, side) for side in COPIES if side < max(image.size)]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return [(media, 1280, 960)]
    return [*copies, (media, *image.size)]


def _copy(world: World, image: Image.Image, side: int) -> tuple[Media, int, int]:
    small = image.convert("RGB")
    small.thumbnail((side, side))
    jpeg = io.BytesIO()
    small.save(jpeg, "JPEG")
    return world.keep(jpeg.getvalue(), "photo.jpg", "image/jpeg"), *small.size


def taken(call: Call, kind: str, value: Any = None) -> Attachment:
    """The file a bot sends in the field `kind`, or names in `value`; raises Refused.

    aiogram writes `attach://part` into the field and adds the part; python-telegram-bot names the part like
    the field.
    """
    name = value if isinstance(value, str) else call.words(kind)
    part = name.removeprefix("attach://") if name.startswith("attach://") else ("" if name else kind)
    if part:
        return attach(call.world, kind, _part(call, kind, part))
    if name not in call.bot.files:
        raise bad(WRONG_UPLOAD)
    return of_media(call.world, kind, call.bot.files[name])


def _part(call: Call, kind: str, part: str) -> Given:
    given = call.files.get(part)
    if given is None:
        raise bad(f"there is no {kind} in the request")
    if not given.data:
        raise bad("file must be non-empty")
    if len(given.data) > UPLOAD_LIMIT:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photo" and len(given.data) > PHOTO_LIMIT:
        size = f"file of size {len(given.data)} bytes is too big for a photo"
        raise bad(f"{size}; the maximum size is {PHOTO_LIMIT} bytes")
    guessed = mimetypes.guess_type(given.name)[0]
    return Given(given.name, guessed or given.mime, given.data)


async def get_file(call: Call) -> dict[str, Any]:
    media = call.bot.files.get(call.words("file_id"))
    if media is None:
        raise bad(WRONG_FILE)
    if len(media.data) > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    where = path(media)
    call.bot.paths[where] = media
    return {**file(media, call.bot), "file_id": call.words("file_id"), "file_path": where}
