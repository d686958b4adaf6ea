"""The bodies WhatsApp sends to a webhook, as in 2026: business-scoped ids, phones only where shown.

After .../webhooks/reference/messages and .../business-scoped-user-ids, both below
https://developers.facebook.com/documentation/business-messaging/whatsapp (checked on 2026-11-21).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from simulator.whatsapp.account import File, Message, Person, WhatsApp
    from simulator.whatsapp.errors import GraphError

Body = dict[str, Any]
CHANGES_IN_ENTRY = 2


@dataclass(frozen=True, slots=True)
class News:
    """One message or one status on its way; `contact` is missing where the real ones lack it."""

    person: str
    kind: Literal["messages", "statuses"]
    item: Body
    contact: Body | None


def said(person: "Person", message: "Message", kind: str, content: Any, context: Body | None = None) -> News:
    """A message of a person. `content` hangs under the name of its kind."""
    item = {
        **({"context": context} if context else {}),
        **_sender(person),
        "id": message.id,
        "timestamp": str(int(message.at)),
        "type": kind,
        kind: content,
    }
    return News(person.id, "messages", item, contact(person))


def unsupported(person: "Person", message: "Message", error: "GraphError", kind: str) -> News:
    """A message WhatsApp does not hand on: polls, live locations, files over 100 MB."""
    item = said(person, message, "unsupported", {"type": kind}).item
    return News(person.id, "messages", {**item, "errors": [error.told()]}, contact(person))


def in_group(news: News, group: str) -> News:
    return News(news.person, news.kind, {**news.item, "group_id": group}, news.contact)


def moved(message: "Message", before: "tuple[str, str | None]", person: "Person") -> News:
    """The person took another number, and with it another id. Such a webhook has no contacts."""
    old_id, old_phone = before
    what = "user_changed_number" if person.phone else "user_changed_user_id"
    system: Body = {"type": what, "previous_user_id": old_id, "user_id": person.id}
    if person.phone:
        system["wa_id"] = person.phone
    item: Body = {"id": message.id, "timestamp": str(int(message.at)), "type": "system", "system": system}
    if old_phone:
        item["from"] = old_phone
    return News(person.id, "messages", item, None)


def status(person: "Person", message: "Message", what: str, at: float) -> News:
    """sent, delivered or read."""
    item = {
        **_outcome(person, message, what, at),
        "conversation": {"id": hashlib.md5(person.id.encode()).hexdigest(), "origin": {"type": "service"}},  # noqa: S324  (an id of that look)
        "pricing": {
            "billable": False,
            "pricing_model": "PMP",
            "category": "service",
            "type": "free_customer_service",
        },
    }
    return News(person.id, "statuses", item, contact(person))


def failed(person: "Person", message: "Message", error: "GraphError", at: float) -> News:
    """A failure after the 200. The real ones come without contacts."""
    item = _outcome(person, message, "failed", at)
    trouble = {**error.told(), "href": "/documentation/business-messaging/whatsapp/support/error-codes"}
    return News(person.id, "statuses", {**item, "errors": [trouble]}, None)


def contact(person: "Person") -> Body:
    profile = {"name": person.name, **({"username": person.username} if person.username else {})}
    return {"profile": profile, **({"wa_id": person.phone} if person.phone else {}), "user_id": person.id}


def media(file: "File", url: str, **more: Any) -> Body:
    """A file as a message carries it; its digest is base64 here, and hex where the API tells it."""
    digest = base64.b64encode(file.digest).decode()
    return {**more, "mime_type": file.media.mime, "sha256": digest, "id": file.id, "url": url}


def envelope(account: "WhatsApp", news: Sequence[News]) -> bytes:
    """One POST: neighbours of a kind share a change, and two changes share an entry.

    Non-ASCII and slashes are escaped, as Meta escapes them: only the raw bytes fit the signature.
    """
    changes = [_change(account, list(group)) for _, group in groupby(news, lambda one: one.kind)]
    pairs = [changes[at : at + CHANGES_IN_ENTRY] for at in range(0, len(changes), CHANGES_IN_ENTRY)]
    entry = [{"id": account.business_id, "changes": pair} for pair in pairs]
    body = {"object": "whatsapp_business_account", "entry": entry}
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _change(account: "WhatsApp", news: list[News]) -> Body:
    contacts = {one.contact["user_id"]: one.contact for one in news if one.contact}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": account.number, "phone_number_id": account.phone_id},
        **({"contacts": list(contacts.values())} if contacts else {}),
        news[0].kind: [one.item for one in news],
    }
    return {"value": value, "field": "messages"}


def _sender(person: "Person") -> Body:
    return {**({"from": person.phone} if person.phone else {}), "from_user_id": person.id}


def _outcome(person: "Person", message: "Message", what: str, at: float) -> Body:
    item: Body = {"id": message.id, "status": what, "timestamp": str(int(at)), "recipient_user_id": person.id}
    if person.phone:
        item["recipient_id"] = person.phone
    if message.tracker is not None:
        item["biz_opaque_callback_data"] = message.tracker
    return item
