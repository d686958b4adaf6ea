"""The odd things people send, which a bot has to survive: locations, contacts, orders, second thoughts."""

import base64
import secrets
from collections.abc import Callable

from simulator.control import Asked
from simulator.whatsapp import webhooks
from simulator.whatsapp.account import Message, Person, WhatsApp
from simulator.whatsapp.errors import GraphError
from simulator.whatsapp.webhooks import News
from simulator.world import Wrong

Odd = Callable[[WhatsApp, Person, Message, Asked], News]

# One transparent dot.
STICKER = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
PALANGKA_RAYA = (-2.2161, 113.9135)


def _location(_: WhatsApp, person: Person, message: Message, order: Asked) -> News:
    latitude = order.may("latitude", float, PALANGKA_RAYA[0])
    longitude = order.may("longitude", float, PALANGKA_RAYA[1])
    message.text = f"{latitude}, {longitude}"
    where = {"latitude": latitude, "longitude": longitude}
    return webhooks.said(person, message, "location", where)


def _contacts(_: WhatsApp, person: Person, message: Message, _order: Asked) -> News:
    name = {"first_name": "Kontak", "formatted_name": "Kontak Contoh"}
    phones = [{"phone": "+62 800-0000-0000", "wa_id": "6280000000000", "type": "MOBILE"}]
    card = [{"name": name, "phones": phones}]
    return webhooks.said(person, message, "contacts", card)


def _reaction(account: WhatsApp, person: Person, message: Message, order: Asked) -> News:
    """On the message named, or the latest of the business."""
    key = order.maybe("message", str)
    target = account.messages.get(key) if key else account.last(person, "business")
    if target is None:
        raise Wrong("there is no message to react to", 409)
    target.reaction = message.text = order.may("emoji", str, "👍")
    content = {"message_id": target.id, "emoji": target.reaction}
    return webhooks.said(person, message, "reaction", content)


def _order(_: WhatsApp, person: Person, message: Message, _order: Asked) -> News:
    item = {"product_retailer_id": "contoh", "quantity": 1, "item_price": 1000, "currency": "IDR"}
    content = {"catalog_id": "194836987003835", "text": "Pesan satu", "product_items": [item]}
    return webhooks.said(person, message, "order", content)


def _unsupported(kind: str) -> Odd:
    """Live locations and polls come as this, with no hint of what was in them."""

    def news(_: WhatsApp, person: Person, message: Message, _order: Asked) -> News:
        error = GraphError(131051, "Message type is currently not supported.")
        return webhooks.unsupported(person, message, error, kind)

    return news


def _revoke(account: WhatsApp, person: Person, message: Message, order: Asked) -> News:
    """Takes back the message named, or the person's latest."""
    target = _own(account, person, order)
    account.unsay(target.id)
    content = {"original_message_id": target.id}
    return webhooks.said(person, message, "revoke", content)


def _edit(account: WhatsApp, person: Person, message: Message, order: Asked) -> News:
    """Rewrites a text, or the caption of a file."""
    target = _own(account, person, order)
    kind = (target.told or {}).get("type", "")
    part = {"text": "body", "image": "caption", "document": "caption", "video": "caption"}.get(kind)
    if target.told is None or part is None:
        raise Wrong("only words can be edited", 409)
    target.text = message.text = order.may("text", str, f"{target.text} (diubah)")
    target.told = {"type": kind, kind: {**target.told[kind], part: target.text}}
    content = {"original_message_id": target.id, "message": {"context": {"id": "M0"}, **target.told}}
    return webhooks.said(person, message, "edit", content)


def _system(account: WhatsApp, person: Person, message: Message, order: Asked) -> News:
    """The person takes another number (`phone`, kept from the business when null), and so another id."""
    before = person.id, person.phone
    phone = order.maybe("phone", str)
    account.moved(person, order.may("id", str, f"{before[0][:2]}.{secrets.randbelow(10**18):018}"), phone)
    message.person, message.text = person.id, "system"
    return webhooks.moved(message, before, person)


def _group(_: WhatsApp, person: Person, message: Message, order: Asked) -> News:
    message.text = order.may("text", str, "Pesan di grup")
    news = webhooks.said(person, message, "text", {"body": message.text})
    return webhooks.in_group(news, "HBgLcontohgrup")


def _own(account: WhatsApp, person: Person, order: Asked) -> Message:
    key = order.maybe("message", str)
    target = account.chats[person.id].get(key) if key else account.last(person, "person")
    if target is None or target.sender != "person":
        raise Wrong("the person has sent no such message", 409)
    return target


ODD: dict[str, Odd] = {
    "contacts": _contacts,
    "location": _location,
    "live-location": _unsupported("location"),
    "reaction": _reaction,
    "unsupported": _unsupported("poll_creation"),
    "order": _order,
    "revoke": _revoke,
    "edit": _edit,
    "system": _system,
    "group": _group,
}
