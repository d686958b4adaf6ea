"""One call of a bot: its parameters decoded from JSON, a form or a query, or refused as Telegram refuses."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from simulator.control import MOST_BYTES, MOST_FILES, Given, given, sound
from simulator.telegram.errors import Refused, bad
from simulator.telegram.model import Bot, Telegram
from simulator.world import World

Params = dict[str, Any]

WHOLE = re.compile(r"-?[0-9]{1,18}")

INTEGERS = {
    "cache_time",
    "chat_id",
    "direct_messages_topic_id",
    "duration",
    "from_chat_id",
    "height",
    "icon_color",
    "limit",
    "max_connections",
    "message_id",
    "message_thread_id",
    "offset",
    "start_timestamp",
    "timeout",
    "user_id",
    "video_start_timestamp",
    "width",
}
FLAGS = {
    "allow_paid_broadcast",
    "disable_content_type_detection",
    "disable_notification",
    "drop_pending_updates",
    "has_spoiler",
    "protect_content",
    "return_bots",
    "show_alert",
    "show_caption_above_media",
    "supports_streaming",
}
OBJECTS = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "media",
    "message_ids",
    "reply_markup",
    "reply_parameters",
    "rich_message",
    "scope",
    "suggested_post_parameters",
}


@dataclass(slots=True)
class Call:
    world: World
    bot: Bot
    method: str
    params: Params
    files: dict[str, Given] = field(default_factory=dict)

    @property
    def telegram(self) -> Telegram:
        return self.world.telegram

    def number(self, name: str, default: int = 0) -> int:
        value = self.params.get(name)
        if value is None or value == "":
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise bad(f"invalid {name} specified")
        return value

    def words(self, name: str) -> str:
        value = self.params.get(name)
        if value is not None and not isinstance(value, str):
            raise bad(f"{name} must be a string")
        return value or ""

    def flag(self, name: str) -> bool:
        return self.params.get(name) is True

    def listed(self, name: str) -> list[Any]:
        value = self.params.get(name)
        if value is None or value == "":
            return []
        if not isinstance(value, list):
            raise bad(f"can't parse {name}: expected an Array")
        return value

    def thing(self, name: str) -> dict[str, Any]:
        value = self.params.get(name)
        if value is None or value == "":
            return {}
        if not isinstance(value, dict):
            raise bad(f"can't parse {name}: object expected")
        return value

    def shown(self) -> Params:
        """The parameters as /sim/calls shows them, files by name and size."""
        files = {name: {"file": file.name, "size": len(file.data)} for name, file in self.files.items()}
        return {**self.params, **files}


async def read(request: Request) -> tuple[Params, dict[str, Given], Refused | None]:
    """Everything a bot sent, from wherever it put it, and why not, when it is no JSON or no UTF-8."""
    try:
        params, files = await _read(request)
        params = {name: decoded(name, value) for name, value in params.items()}
        sound(params)
    except Refused as refused:
        return {}, {}, refused
    except ValueError:
        return {}, {}, bad("strings must be encoded in UTF-8")
    return params, files, None


async def _read(request: Request) -> tuple[Params, dict[str, Given]]:
    params: Params = dict(request.query_params)
    files: dict[str, Given] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        params |= _json(await request.body())
    elif kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        async with request.form(max_files=MOST_FILES, max_part_size=MOST_BYTES) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = await given(value)
                else:
                    params[name] = value
    return params, files


def _json(raw: bytes) -> Params:
    try:
        body = json.loads(raw or b"{}")
    except (ValueError, RecursionError) as error:
        raise bad("can't parse request: JSON is invalid") from error
    if not isinstance(body, dict):
        raise bad("can't parse request: JSON object expected")
    return body


def decoded(name: str, value: Any) -> Any:
    """A value of its own kind; what cannot be decoded stays text and is refused where it is used."""
    if not isinstance(value, str):
        return value
    if name in INTEGERS:
        return int(value) if WHOLE.fullmatch(value) else value
    if name in FLAGS:
        return value.lower() in ("true", "1", "yes")
    return _object(name, value) if name in OBJECTS and value else value


def _object(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise bad(f"can't parse {name} JSON object") from error
