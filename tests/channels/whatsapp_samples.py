"""Webhooks as Meta shapes them, composed here with people and numbers that do not exist."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

from hypothesis import strategies as st

PHONE_ID = "100000000000000"
PHONE = "628000000000"
SCOPED = "ID.10000000000000000001"
NAME = "Warga Contoh"
USERNAME = "warga.contoh"

Json = Any


def contact(**changes: Json) -> Json:
    profile = {"name": NAME, "username": USERNAME}
    return {"profile": profile, "wa_id": PHONE, "user_id": SCOPED, **changes}


def message(type_: str = "text", content: Json = None, /, **changes: Json) -> Json:
    """One message as it stands in a webhook. A change to None removes that field."""
    inside = {"body": "Pak Camat membagikan stiker"} if type_ == "text" and content is None else content
    whole = {
        "from": PHONE,
        "from_user_id": SCOPED,
        "id": "wamid.CONTOH1",
        "timestamp": "1795000000",
        "type": type_,
        type_: inside,
        **changes,
    }
    return {key: value for key, value in whole.items() if value is not None}


def status(state: str, tracker: str | None = "KIRIMAN1", **changes: Json) -> Json:
    known = {} if tracker is None else {"biz_opaque_callback_data": tracker}
    return {"id": "wamid.CONTOH2", "status": state, "recipient_user_id": SCOPED, **known, **changes}


def change(*messages: Json, statuses: Json = (), contacts: Json = None, **more: Json) -> Json:
    """One change of an entry; `more` goes into its value."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "620000000000", "phone_number_id": PHONE_ID},
        "contacts": [contact()] if contacts is None else contacts,
        "messages": list(messages),
        "statuses": list(statuses),
        **more,
    }
    return {"field": "messages", "value": value}


def webhook(*changes: Json) -> bytes:
    entry = {"id": "200000000000000", "changes": list(changes)}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def numbered() -> Callable[[], str]:
    """Hand out item names in order, where the bot draws them at random."""
    numbers = count(1)
    return lambda: f"item{next(numbers)}"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)


def _places(node: Json) -> list[tuple[Json, Json]]:
    keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    return [(node, key) for key in keys] + [place for key in keys for place in _places(node[key])]


def _harm(draw: st.DrawFn, node: Json, key: Json) -> None:
    match draw(st.sampled_from(["replace", "remove", "double", "wrap"])):
        case "replace":
            node[key] = draw(JUNK)
        case "remove":
            del node[key]
        case "double":
            node[key] = [node[key], node[key]]
        case _:
            node[key] = {"value": node[key]}


@st.composite
def damaged(draw: st.DrawFn, whole: Json) -> bytes:
    """Break a JSON document in up to three places, and sometimes its bytes as well."""
    broken = json.loads(json.dumps(whole))
    for _ in range(draw(st.integers(1, 3))):
        if places := _places(broken):
            _harm(draw, *draw(st.sampled_from(places)))
    body = json.dumps(broken).encode()
    cut = draw(st.integers(0, len(body)))
    match draw(st.sampled_from(["whole", "whole", "cut", "bytes"])):
        case "cut":
            return body[:cut]
        case "bytes":
            return body[:cut] + draw(st.binary(max_size=8)) + body[cut:]
        case _:
            return body
