"""What the Cloud API accepts as a message: shapes, lengths, unique ids. A broken rule raises GraphError.

Limits after https://developers.facebook.com/documentation/business-messaging/whatsapp/messages (checked on
2026-11-21). Lengths count code points. A key nobody knows is refused, as Graph refuses it.
"""

import re
from typing import Any

from simulator.whatsapp.errors import GraphError

Body = dict[str, Any]

TEXT = 4096
CAPTION = 1024
BUTTONS_BODY = 1024
LIST_BODY = 4096
FOOTER = HEADER = 60
BUTTONS = 3
BUTTON_TITLE = 20
BUTTON_ID = 256
SECTIONS = ROWS = 10
LIST_BUTTON = 20
SECTION_TITLE = ROW_TITLE = 24
ROW_ID = 200
ROW_DESCRIPTION = 72
TRACKER = 512
# A country, a dot, letters and digits. Words between dots are no part of Meta's own, but read well in a demo.
USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.|([a-z]+\.)*)[A-Za-z0-9]{1,128}")

MEDIA = ("image", "document", "video", "audio", "sticker")
MEDIA_KEYS = {
    "image": {"caption"},
    "video": {"caption"},
    "document": {"caption", "filename"},
    "audio": {"voice"},
    "sticker": set[str](),
}
ENVELOPE = {
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "context",
    "biz_opaque_callback_data",
    "type",
}
PARAMETERS = {
    "text", "currency", "date_time", "image", "document", "video", "location", "payload", "action",
    "coupon_code",
}  # fmt: skip
SUB_TYPES = {"quick_reply", "url", "catalog", "flow", "copy_code", "voice_call"}


def message(body: Body) -> str:
    """Check a message that is to be sent; returns its type."""
    _product(body)
    kind = _text(body, "type")
    check = CHECKS.get(kind)
    if check is None:
        raise GraphError(131051, f"The simulator does not know messages of type {kind!r}.")
    _keys(body, ENVELOPE | {kind}, "")
    _envelope(body)
    check(kind, _object(body, kind))
    return kind


def read_receipt(body: Body) -> None:
    """Check a `status: read`, with or without the typing indicator."""
    _product(body)
    _keys(body, {"messaging_product", "status", "message_id", "typing_indicator"}, "")
    _one_of(body, "status", {"read"})
    if not _text(body, "message_id").startswith("wamid."):
        raise GraphError(131009, "message_id is not the ID of a message.")
    if "typing_indicator" in body:
        indicator = _object(body, "typing_indicator")
        _keys(indicator, {"type"}, "typing_indicator")
        _one_of(indicator, "type", {"text"})


def _product(body: Body) -> None:
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")


def _envelope(body: Body) -> None:
    if not body.get("to") and not body.get("recipient"):
        raise GraphError(100, "The parameter to is required.")
    for name in body.keys() & {"to", "recipient"}:
        _text(body, name)
    if "recipient" in body and not USER_ID.fullmatch(body["recipient"]):
        raise GraphError(131009, "recipient is not a business-scoped user ID.")
    if "recipient_type" in body:
        _one_of(body, "recipient_type", {"individual"})
    _maybe_text(body, "biz_opaque_callback_data", TRACKER)
    if "context" in body:
        context = _object(body, "context")
        _keys(context, {"message_id"}, "context")
        _text(context, "message_id")


def _plain(_: str, text: Body) -> None:
    _keys(text, {"body", "preview_url"}, "text")
    _text(text, "body", TEXT, code=100)
    if not isinstance(text.get("preview_url", False), bool):
        raise GraphError(100, "Param text['preview_url'] must be a boolean.")


def _media(kind: str, media: Body) -> None:
    _keys(media, {"id", "link"} | MEDIA_KEYS[kind], kind)
    if ("id" in media) == ("link" in media):
        raise GraphError(100, f"Param {kind} needs either an id or a link.")
    if not re.match("https?://", _text(media, "link" if "link" in media else "id")) and "link" in media:
        raise GraphError(100, f"Param {kind}['link'] is not a valid URI.")
    _maybe_text(media, "caption", CAPTION)
    _maybe_text(media, "filename", None)
    if not isinstance(media.get("voice", False), bool):
        raise GraphError(100, f"Param {kind}['voice'] must be a boolean.")


def _reaction(_: str, reaction: Body) -> None:
    _keys(reaction, {"message_id", "emoji"}, "reaction")
    if not _text(reaction, "message_id").startswith("wamid."):
        raise GraphError(131009, "reaction['message_id'] is not the ID of a message.")
    if not isinstance(reaction.get("emoji"), str):  # an empty one takes the reaction back
        raise GraphError(131008, "The parameter reaction['emoji'] is required.")


def _interactive(_: str, asked: Body) -> None:
    _keys(asked, {"type", "header", "body", "footer", "action"}, "interactive")
    kind = _one_of(asked, "type", {"button", "list"})
    if "header" in asked:
        _header(kind, _object(asked, "header"))
    _part(asked, "body", BUTTONS_BODY if kind == "button" else LIST_BODY)
    if "footer" in asked:
        _part(asked, "footer", FOOTER)
    action = _object(asked, "action")
    if kind == "button":
        _buttons(action)
    else:
        _list(action)


def _part(asked: Body, name: str, most: int) -> None:
    part = _object(asked, name)
    _keys(part, {"text"}, f"interactive['{name}']")
    _text(part, "text", most)


def _header(kind: str, header: Body) -> None:
    shown = _one_of(header, "type", {"text"} if kind == "list" else {"text", "image", "video", "document"})
    _keys(header, {"type", shown}, "interactive['header']")
    if shown == "text":
        _text(header, "text", HEADER)
    else:
        _media(shown, _object(header, shown))


def _buttons(action: Body) -> None:
    _keys(action, {"buttons"}, "interactive['action']")
    replies = [_reply(button) for button in _list_of(action, "buttons", BUTTONS)]
    _unique([reply["id"] for reply in replies], "button id")
    _unique([reply["title"] for reply in replies], "button title")


def _reply(button: Body) -> Body:
    _keys(button, {"type", "reply"}, "interactive['action']['buttons']")
    _one_of(button, "type", {"reply"})
    reply = _object(button, "reply")
    _keys(reply, {"id", "title"}, "interactive['action']['buttons']['reply']")
    _id(reply, BUTTON_ID)
    _text(reply, "title", BUTTON_TITLE)
    return reply


def _list(action: Body) -> None:
    _keys(action, {"button", "sections"}, "interactive['action']")
    _text(action, "button", LIST_BUTTON)
    sections = _list_of(action, "sections", SECTIONS)
    rows = [row for section in sections for row in _section(section, alone=len(sections) == 1)]
    if len(rows) > ROWS:
        raise GraphError(131009, f"Total row count exceed max allowed count: {ROWS}")
    _unique([row["id"] for row in rows], "row id")


def _section(section: Body, *, alone: bool) -> list[Body]:
    _keys(section, {"title", "rows"}, "interactive['action']['sections']")
    if alone:
        _maybe_text(section, "title", SECTION_TITLE)
    else:
        _text(section, "title", SECTION_TITLE)
    rows = _list_of(section, "rows", ROWS)
    for row in rows:
        _keys(row, {"id", "title", "description"}, "interactive['action']['sections']['rows']")
        _id(row, ROW_ID)
        _text(row, "title", ROW_TITLE)
        _maybe_text(row, "description", ROW_DESCRIPTION)
    return rows


def _template(_: str, template: Body) -> None:
    _keys(template, {"name", "language", "components"}, "template")
    if not re.fullmatch("[a-z0-9_]{1,512}", _text(template, "name")):
        raise GraphError(100, "Param template['name'] must be lower-case letters, digits and underscores.")
    language = _object(template, "language")
    _keys(language, {"code", "policy"}, "template['language']")
    if not re.fullmatch("[a-z]{2,3}(_[A-Z]{2,3})?", _text(language, "code")):
        raise GraphError(100, "Param template['language']['code'] is not a language.")
    if language.get("policy", "deterministic") != "deterministic":
        raise GraphError(100, "Param template['language']['policy'] must be deterministic.")
    for component in _objects(template.get("components", []), "template['components']"):
        _component(component)


def _component(component: Body) -> None:
    where = "template['components']"
    _keys(component, {"type", "sub_type", "index", "parameters"}, where)
    _one_of(component, "type", {"header", "body", "button"})
    if "sub_type" in component:
        _one_of(component, "sub_type", SUB_TYPES)
    if "index" in component and not re.fullmatch("[0-9]", f"{component['index']}"):
        raise GraphError(100, f"Param {where}['index'] must be 0 to 9.")
    for parameter in _objects(component.get("parameters", []), f"{where}['parameters']"):
        if _one_of(parameter, "type", PARAMETERS) == "text":
            _text(parameter, "text")


def _object(body: Body, name: str) -> Body:
    if name not in body:
        raise GraphError(100, f"The parameter {name} is required.")
    if not isinstance(body[name], dict):
        raise GraphError(100, f"Param {name} must be a JSON object.")
    found: Body = body[name]
    return found


def _objects(found: Any, where: str) -> list[Body]:
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise GraphError(100, f"Param {where} must be an array of objects.")
    return found


def _list_of(body: Body, name: str, most: int) -> list[Body]:
    found = _objects(body.get(name), name)
    if not 1 <= len(found) <= most:
        raise GraphError(131009, f"Invalid {name} count. Min allowed {name}: 1, Max allowed {name}: {most}")
    return found


def _text(body: Body, name: str, most: int | None = None, *, code: int = 131009) -> str:
    """A string that says something; `code` is the error of one too long or empty."""
    if name not in body:
        raise GraphError(131008 if code == 131009 else code, f"The parameter {name} is required.")  # noqa: PLR2004  (their codes)
    text = body[name]
    if not isinstance(text, str):
        raise GraphError(100, f"Param {name} must be a string.")
    if not text.strip() or (most is not None and len(text) > most):
        raise GraphError(code, f"{name} length invalid. Min length: 1, Max length: {most}")
    return text


def _maybe_text(body: Body, name: str, most: int | None) -> None:
    text = body.get(name, "")
    if not isinstance(text, str):
        raise GraphError(100, f"Param {name} must be a string.")
    if most is not None and len(text) > most:
        raise GraphError(100, f"Param {name} must be at most {most} characters long.")


def _id(body: Body, most: int) -> None:
    given = _text(body, "id", most)
    if given != given.strip():
        raise GraphError(131009, "An id must not begin or end with spaces.")


def _one_of(body: Body, name: str, known: set[str]) -> str:
    found = _text(body, name)
    if found not in known:
        raise GraphError(100, f"Param {name} must be one of {{{', '.join(sorted(known))}}} - got {found!r}.")
    return found


def _unique(found: list[str], what: str) -> None:
    twice = sorted({one for one in found if found.count(one) > 1})
    if twice:
        raise GraphError(131009, f"Duplicated {what}: {', '.join(twice)}")


def _keys(body: Body, known: set[str], where: str) -> None:
    unknown = sorted(body.keys() - known)
    if unknown:
        raise GraphError(100, f'Unexpected key "{unknown[0]}" on param "{where or "the message"}".')


CHECKS = {
    "text": _plain,
    "interactive": _interactive,
    "template": _template,
    "reaction": _reaction,
    **dict.fromkeys(MEDIA, _media),
}
