"""Formatted text as Telegram reads it: HTML into text and entities, lengths in UTF-16 units."""

import html
import re
from typing import Any

from simulator.telegram.errors import Refused, bad

Entity = dict[str, Any]

TEXT_LIMIT = 4096  # UTF-16 units after parsing, https://core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT = 1024

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
PIECE = re.compile(r"<[^>]*>?|&#?\w{1,10};|[^<&]+|&")
TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)((?:\s+[\w-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>")
ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
KNOWN = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
FOUND = {
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])"),
    "mention": re.compile(r"(?<!\w)@[A-Za-z]\w{3,31}"),
    "hashtag": re.compile(r"(?<!\w)#\w+"),
    "url": re.compile(r"https?://[^\s<>\"]+"),
}
WHERE: dict[str, type] = {"type": str, "offset": int, "length": int}
OPAQUE = {"code", "pre", "text_link"}  # nothing is found by itself in these


def units(text: str) -> int:
    """How long Telegram counts a text: in UTF-16 units, so that an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def formatted(text: str, parse_mode: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text people see, trimmed, and what is bold, a link or a command in it; raises Refused."""
    if parse_mode and parse_mode.lower() != "html":
        raise bad("unsupported parse_mode")
    if parse_mode:
        text, entities = Reader(text).read()
    if not all(well_formed(one) for one in entities):
        raise bad("can't parse entities: expected an Array of MessageEntity")
    text, entities = trimmed(text, [dict(entity) for entity in entities])
    return text, sorted([*entities, *found(text, entities)], key=lambda one: (one["offset"], -one["length"]))


def well_formed(entity: Any) -> bool:
    return isinstance(entity, dict) and all(isinstance(entity.get(name), kind) for name, kind in WHERE.items())


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    bare = text.strip()
    ahead, end = units(text) - units(text.lstrip()), units(bare)
    for entity in entities:
        start = max(0, entity["offset"] - ahead)
        stop = min(end, entity["offset"] - ahead + entity["length"])
        entity.update(offset=start, length=stop - start)
    return bare, [entity for entity in entities if entity["length"] > 0]


def found(text: str, entities: list[Entity]) -> list[Entity]:
    """Commands, mentions, hashtags and links nobody marked."""
    taken = [(one["offset"], one["offset"] + one["length"]) for one in entities if one["type"] in OPAQUE]
    finds: list[Entity] = []
    for kind, pattern in FOUND.items():
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            stop = start + units(match[0])
            if all(stop <= begin or start >= end for begin, end in taken):
                finds.append({"type": kind, "offset": start, "length": stop - start})
    return finds


class Reader:
    """Reads one HTML text; every refusal names the byte offset, as Telegram's does."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.length = 0
        self.open: list[tuple[str, Entity]] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        for match in PIECE.finditer(self.source):
            if match[0].startswith("<"):
                self._tag(match[0], match.start())
            elif match[0].startswith("&"):
                self._write(self._reference(match[0]))
            else:
                self._write(match[0])
        if self.open:
            raise self._refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        return "".join(self.out), self.entities

    @staticmethod
    def _reference(written: str) -> str:
        return html.unescape(written) if written.startswith("&#") else KNOWN.get(written, written)

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.length += units(text)

    def _tag(self, written: str, at: int) -> None:
        tag = TAG.fullmatch(written)
        name = tag[2].lower() if tag else written.strip("</> ").split(" ")[0]
        if tag is None or name not in KINDS:
            where = "end" if written.startswith("</") else "start"
            raise self._refused(f'Unsupported {where} tag "{name}" at byte offset {self._offset(at)}')
        if tag[1]:
            self._close(name, at)
        else:
            self._begin(name, tag[3], at)

    def _begin(self, name: str, written: str, at: int) -> None:
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in ATTRIBUTE.finditer(written)}
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refused(f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset(at)}')
        entity: Entity = {"type": KINDS[name], "offset": self.length, "length": 0}
        if name == "a":
            entity["url"] = html.unescape(attributes.get("href", ""))
        elif name == "code" and attributes.get("class", "").startswith("language-"):
            entity["language"] = attributes["class"].removeprefix("language-")
        elif name == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif name == "tg-emoji":
            entity["custom_emoji_id"] = attributes.get("emoji-id", "")
        self.open.append((name, entity))

    def _close(self, name: str, at: int) -> None:
        if not self.open:
            raise self._refused(f"Unexpected end tag at byte offset {self._offset(at)}")
        expected, entity = self.open.pop()
        if expected != name:
            where = self._offset(at)
            raise self._refused(
                f'Unmatched end tag at byte offset {where}, expected "</{expected}>", found "</{name}>"'
            )
        entity["length"] = self.length - entity["offset"]
        if "language" in entity and self._in_pre():
            self.open[-1][1]["language"] = entity["language"]
        elif entity.get("url") != "" and entity["length"]:
            entity.pop("language", None) if name == "code" else None
            self.entities.append(entity)

    def _in_pre(self) -> bool:
        return bool(self.open) and self.open[-1][0] == "pre"

    def _offset(self, at: int) -> int:
        return len(self.source[:at].encode())

    @staticmethod
    def _refused(why: str) -> Refused:
        return bad(f"can't parse entities: {why}")
