"""What becomes of a message the business sends: whom it reaches, whether it may, and how it ends."""

import re
from typing import Any
from urllib.parse import urlsplit

from simulator.control import Asked
from simulator.whatsapp import errors, rules, webhooks
from simulator.whatsapp.account import TYPING, Message, Person, WhatsApp, in_chat, wamid
from simulator.whatsapp.errors import GraphError
from simulator.world import World

Body = dict[str, Any]

PACE = 6.0  # seconds: the pair limit counts in these
BURST = 45
IMAGES = {"image/jpeg", "image/png"}


def send(world: World, body: Body) -> Body:
    """Accept one message and return Graph's answer; raises GraphError when it is refused at once."""
    account, now = world.whatsapp, world.now()
    kind = rules.message(body)
    person = _recipient(account, body)
    message = Message(wamid(), person.id, "business", kind, now)
    message.reply_to = body.get("context", {}).get("message_id")
    message.tracker = body.get("biz_opaque_callback_data")
    SHOWN.get(kind, _show_media)(account, message, body[kind], now)
    _room(account)
    _pace(person, world.limits["whatsapp"], now)
    _deliver(account, person, message, _failure(world, person, message))
    if kind == "reaction":
        _react(account, body[kind])
    world.changed()
    return _accepted(body, person, message)


def read(world: World, body: Body) -> Body:
    """The business has seen a message and all before it; with an indicator it also seems to write."""
    rules.read_receipt(body)
    account = world.whatsapp
    seen = account.messages.get(body["message_id"])
    if seen is None or seen.sender != "person":
        raise GraphError(131009, "No message with this message_id came from a person.")
    for message in account.chats[seen.person].values():
        if message.sender == "person":
            message.status = "read"
        if message is seen:
            break
    if "typing_indicator" in body:
        account.typing[seen.person] = world.now() + TYPING
    world.changed()
    return {"success": True}


def _recipient(account: WhatsApp, body: Body) -> Person:
    """`to` wins over `recipient`, and takes phone numbers only."""
    to = body.get("to")
    if to:
        person = account.by_phone(to)
        if person is None:
            raise GraphError(131030, "Recipient phone number not in allowed list: no such phone here.")
        return person
    if body["recipient"] not in account.people:
        raise GraphError(131026, "Unable to deliver message: no such user here.")
    return account.people[body["recipient"]]


def _accepted(body: Body, person: Person, message: Message) -> Body:
    contact = {"input": body.get("to") or body["recipient"], "user_id": person.id}
    if person.phone:
        contact["wa_id"] = person.phone
    sent = {"id": message.id, **({"message_status": "accepted"} if message.kind == "template" else {})}
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]}


def _failure(world: World, person: Person, message: Message) -> GraphError | None:
    """How a message that is accepted now will fail later, if it does.

    Raises GraphError when more than 24 hours have passed and this is no template, unless that too fails late.
    """
    fault = world.faults.whatsapp.late_fail
    planned = errors.late(fault.code) if fault.take("POST messages") else None
    if message.kind != "template" and not person.within_window(world.now()):
        closed = GraphError(131047, "More than 24 hours have passed since the recipient last replied.")
        if planned is None and not world.whatsapp.late_window:
            raise closed
        return planned or closed
    if message.kind == "image" and message.media and message.media["mime"] not in {*IMAGES, ""}:
        return planned or GraphError(131053, f"Unsupported Image mime type {message.media['mime']}.")
    return planned


def _room(account: WhatsApp) -> None:
    if account.outbox.full:
        raise GraphError(130429, "Too many statuses wait for a webhook that does not answer.")


def _pace(person: Person, limits: Body, now: float) -> None:
    """Bursts within six seconds borrow from the future: after 20 messages the pair rests for two minutes.

    https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput (pair rate limits)
    """
    if "person_per_6s" not in limits:
        return
    each = PACE / limits["person_per_6s"]
    if now >= person.burst_at + person.burst * each:
        person.burst_at, person.burst = now, 0
    elif now >= person.burst_at + PACE or person.burst >= limits.get("burst", BURST):
        raise GraphError(131056, "Too many messages sent from this phone number to the same recipient.")
    person.burst += 1


def _deliver(account: WhatsApp, person: Person, message: Message, error: GraphError | None) -> None:
    if message.kind != "reaction":
        account.say(message)
    if error:
        message.status = "failed"
        account.tell(webhooks.failed(person, message, error, message.at))
        return
    message.status = "delivered"
    account.tell(*(webhooks.status(person, message, what, message.at) for what in ("sent", "delivered")))


def _show_text(_: WhatsApp, message: Message, text: Body, _now: float) -> None:
    message.text = text["body"]


def _show_interactive(account: WhatsApp, message: Message, asked: Body, now: float) -> None:
    action, header = asked["action"], asked.get("header", {})
    message.text, message.footer = asked["body"]["text"], asked.get("footer", {}).get("text", "")
    message.header = header.get("text", "")
    if header.get("type", "text") != "text":
        message.media = _media(account, header["type"], header[header["type"]], now)
    if asked["type"] == "button":
        message.kind, message.buttons = "buttons", [button["reply"] for button in action["buttons"]]
    else:
        message.kind, message.menu = "list", {"button": action["button"], "rows": _rows(action["sections"])}


def _rows(sections: list[Body]) -> list[Body]:
    return [{"description": "", **row} for section in sections for row in section["rows"]]


def _show_reaction(_account: WhatsApp, _message: Message, _reaction: Body, _now: float) -> None:
    """Nothing: a reaction is no bubble of its own."""


def _react(account: WhatsApp, reaction: Body) -> None:
    target = account.messages.get(reaction["message_id"])
    if target is not None:
        target.reaction = reaction["emoji"] or None


def _show_media(account: WhatsApp, message: Message, media: Body, now: float) -> None:
    message.text, message.media = media.get("caption", ""), _media(account, message.kind, media, now)


def _media(account: WhatsApp, kind: str, media: Body, now: float) -> Body:
    """A file shown by its id, or by a link (which nobody here follows)."""
    if "link" in media:
        name = media.get("filename") or urlsplit(media["link"]).path.rsplit("/", 1)[-1]
        return {"kind": kind, "url": media["link"], "name": name, "size": 0, "mime": ""}
    file = account.file(media["id"], now)
    if file is None:
        raise GraphError(100, f"Param {kind}['id'] is not a valid whatsapp business account media attachment ID")
    return in_chat(file.media, kind, media.get("filename"))


def _show_template(account: WhatsApp, message: Message, template: Body, _now: float) -> None:
    parts = [Asked(part) for part in template.get("components", [])]
    values = [f"{value.get('text', '')}" for part in parts if part["type"] == "body" for value in _values(part)]
    known = _known_template(account, template)
    if known is None:
        message.text = " ".join([f"[{template['name']}]", *values])
    else:
        message.text = _filled(known, values)
    message.buttons = [_quick_reply(part) for part in parts if part.get("sub_type") == "quick_reply"]


def _known_template(account: WhatsApp, template: Body) -> Asked | None:
    if account.templates is None:
        return None
    name, language = template["name"], template["language"]["code"]
    for known in account.templates:
        if known.get("name") == name and known.get("language") == language:
            return _usable(known)
    raise GraphError(132001, f"template name ({name}) does not exist in {language}", 404)


def _usable(known: Asked) -> Asked:
    """Raises GraphError for one that Meta has not approved, or no longer lets go out."""
    status = known.may("status", str, "APPROVED")
    if status in {"PAUSED", "DISABLED"}:
        raise GraphError(132015 if status == "PAUSED" else 132016, f"Template is {status.lower()}.")
    if status != "APPROVED":
        raise GraphError(132001, "Template name does not exist in the translation: it is not approved.", 404)
    return known


def _filled(known: Asked, values: list[str]) -> str:
    body = next((part for part in known.several("components") if part.get("type") == "BODY"), Asked())
    text = body.may("text", str, "")
    wanted = len(set(re.findall(r"{{\d+}}", text)))
    if wanted != len(values):
        raise GraphError(132000, f"body: number of localizable_params ({len(values)}) does not match ({wanted})")
    for at, value in enumerate(values, 1):
        text = text.replace(f"{{{{{at}}}}}", value)
    return text


def _quick_reply(part: Asked) -> dict[str, str]:
    payload = next((f"{value.get('payload', '')}" for value in _values(part)), "")
    return {"id": payload, "title": payload}


def _values(part: Asked) -> list[Asked]:
    return part.several("parameters")


SHOWN = {
    "text": _show_text,
    "interactive": _show_interactive,
    "reaction": _show_reaction,
    "template": _show_template,
}
