"""The API accepts nothing that Meta's own description of it refuses."""

import copy
import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.whatsapp import rules
from simulator.whatsapp.errors import GraphError
from tests.simulator.whatsapp.stage import HIDDEN, PHONE_ID, Json, Stage, buttons, menu, message

OPENAPI = Path(__file__).parents[4] / "shared" / "data" / "whatsapp-openapi" / "whatsapp-cloud-mock.json"
needs_openapi = pytest.mark.skipif(not OPENAPI.exists(), reason=f"Meta's OpenAPI is not there: {OPENAPI}")

WAMID = "wamid.HBgABC"


def rows(count: int) -> list[Json]:
    return [{"id": f"r{n}", "title": f"Baris {n}", "description": "x" * 72} for n in range(count)]


def sections(*titles: str, each: int = 1) -> Json:
    found = [
        {"title": title, "rows": [{"id": f"{title}{n}", "title": f"{n}"} for n in range(each)]} for title in titles
    ]
    return {"type": "list", "body": {"text": "x"}, "action": {"button": "Buka", "sections": found}}


GOOD: dict[str, Json] = {
    "text": message("text", {"body": "x" * 4096, "preview_url": False}),
    "to a phone": message("text", {"body": "Halo"}, to="+62 800-0000-0001"),
    "reply": message("text", {"body": "Ya"}, context={"message_id": WAMID}, biz_opaque_callback_data="x" * 512),
    "three buttons": message("interactive", buttons(("a" * 256, "A" * 20), ("b", "B"), ("c", "C"), body="x" * 1024)),
    "header": message(
        "interactive",
        {**buttons(("a", "A")), "header": {"type": "text", "text": "x" * 60}, "footer": {"text": "y" * 60}},
    ),
    "picture header": message(
        "interactive",
        {**buttons(("a", "A")), "header": {"type": "image", "image": {"link": "https://x.test/a"}}},
    ),
    "ten rows": message("interactive", menu(*rows(10), body="x" * 4096)),
    "sections": message("interactive", sections("Satu", "Dua")),
    "image": message("image", {"id": "1", "caption": "x" * 1024}),
    "document": message("document", {"link": "https://x.test/a.pdf", "filename": "a.pdf"}),
    "voice": message("audio", {"id": "1", "voice": True}),
    "reaction": message("reaction", {"message_id": WAMID, "emoji": "👍"}),
    "template": message(
        "template",
        {
            "name": "kabar_baru",
            "language": {"code": "id", "policy": "deterministic"},
            "components": [
                {"type": "body", "parameters": [{"type": "text", "text": "x"}]},
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": 0,
                    "parameters": [{"type": "payload", "payload": "buka"}],
                },
            ],
        },
    ),
}
READ = {
    "messaging_product": "whatsapp",
    "status": "read",
    "message_id": WAMID,
    "typing_indicator": {"type": "text"},
}

BAD: dict[str, tuple[int, Json]] = {
    "no product": (100, {**GOOD["text"], "messaging_product": "sms"}),
    "nobody": (100, {k: v for k, v in GOOD["text"].items() if k != "recipient"}),
    "unknown type": (131051, message("poll", {})),
    "unknown key": (100, {**GOOD["text"], "extra": 1}),
    "group": (100, {**GOOD["text"], "recipient_type": "group"}),
    "long tracker": (100, {**GOOD["text"], "biz_opaque_callback_data": "x" * 513}),
    "long text": (100, message("text", {"body": "x" * 4097})),
    "empty text": (100, message("text", {"body": " \n"})),
    "text that is none": (100, message("text", {"body": 7})),
    "content that is none": (100, {**GOOD["text"], "text": "Halo"}),
    "four buttons": (131009, message("interactive", buttons(*((f"{n}", f"T{n}") for n in range(4))))),
    "no buttons": (131009, message("interactive", buttons())),
    "long title": (131009, message("interactive", buttons(("a", "A" * 21)))),
    "empty title": (131009, message("interactive", buttons(("a", "")))),
    "long id": (131009, message("interactive", buttons(("a" * 257, "A")))),
    "padded id": (131009, message("interactive", buttons((" a", "A")))),
    "same id": (131009, message("interactive", buttons(("a", "A"), ("a", "B")))),
    "same title": (131009, message("interactive", buttons(("a", "A"), ("b", "A")))),
    "long button body": (131009, message("interactive", buttons(("a", "A"), body="x" * 1025))),
    "long footer": (131009, message("interactive", {**buttons(("a", "A")), "footer": {"text": "y" * 61}})),
    "long header": (
        131009,
        message("interactive", {**buttons(("a", "A")), "header": {"type": "text", "text": "y" * 61}}),
    ),
    "eleven rows": (131009, message("interactive", menu(*rows(11)))),
    "eleven rows in two sections": (131009, message("interactive", sections("Satu", "Dua", each=6))),
    "same row id": (131009, message("interactive", menu(*rows(1), *rows(1)))),
    "long row title": (131009, message("interactive", menu({"id": "a", "title": "x" * 25}))),
    "long row description": (
        100,
        message("interactive", menu({"id": "a", "title": "x", "description": "y" * 73})),
    ),
    "long list body": (131009, message("interactive", menu(*rows(1), body="x" * 4097))),
    "picture over a list": (
        100,
        message("interactive", {**menu(*rows(1)), "header": {"type": "image", "image": {"id": "1"}}}),
    ),
    "unknown interaction": (100, message("interactive", {**buttons(("a", "A")), "type": "carousel"})),
    "id and link": (100, message("image", {"id": "1", "link": "https://x.test"})),
    "no file": (100, message("image", {"caption": "x"})),
    "strange link": (100, message("image", {"link": "file:///etc/passwd"})),
    "long caption": (100, message("image", {"id": "1", "caption": "x" * 1025})),
    "filename on a picture": (100, message("image", {"id": "1", "filename": "x"})),
    "reaction to nothing": (131008, message("reaction", {"emoji": "👍"})),
    "loud template": (100, message("template", {"name": "KABAR", "language": {"code": "id"}})),
    "template without language": (100, message("template", {"name": "kabar"})),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_meta_documents_is_accepted(name: str) -> None:
    assert rules.message(GOOD[name]) == GOOD[name]["type"]


@pytest.mark.parametrize("name", BAD)
def test_what_breaks_a_limit_is_refused_with_its_code(name: str) -> None:
    code, body = BAD[name]
    with pytest.raises(GraphError) as refused:
        rules.message(body)
    assert refused.value.code == code


def test_a_list_button_of_21_characters_is_refused() -> None:
    asked = menu(*rows(1))
    asked["action"]["button"] = "x" * 21
    with pytest.raises(GraphError, match="button length"):
        rules.message(message("interactive", asked))


def test_two_sections_need_titles() -> None:
    asked = sections("Satu", "Dua")
    del asked["action"]["sections"][1]["title"]
    with pytest.raises(GraphError, match="title is required"):
        rules.message(message("interactive", asked))


@cache
def openapi() -> Json:
    spec: Json = json.loads(OPENAPI.read_text())
    return spec


@cache
def described() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(openapi()["components"]["schemas"]["Message"])


def simulated(body: Json) -> bool:
    kind = body.get("type")
    return kind in rules.CHECKS and (kind != "interactive" or body["interactive"]["type"] in {"button", "list"})


@needs_openapi
def test_metas_own_examples_are_accepted() -> None:
    path = openapi()["paths"]["/{Version}/{Phone-Number-ID}/messages"]["post"]
    examples = path["requestBody"]["content"]["application/json"]["examples"]
    bodies = [example["value"] for example in examples.values()]
    sound = [body for body in bodies if simulated(body) and described().is_valid(body)]
    assert {body["type"] for body in sound} >= {"text", "image", "document", "interactive", "template"}
    for body in sound:
        rules.message(body)


@needs_openapi
@pytest.mark.parametrize("name", GOOD)
def test_what_is_accepted_is_described(name: str) -> None:
    described().validate(GOOD[name])


@needs_openapi
def test_the_read_receipt_is_described() -> None:
    rules.read_receipt(READ)
    described().validate(READ)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container and key in a body."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


def spoiled(body: Json, chance: random.Random) -> Json:
    """The body with one thing removed, replaced, added or stretched."""
    body = copy.deepcopy(body)
    container, key = chance.choice(list(places(body)))
    junk = chance.choice([None, "", " ", 0, 7, True, [], {}, "x" * 5000, ["x"], {"x": "y"}, 1.5, "text", "id", "٣"])
    match chance.randrange(4):
        case 0:
            container.pop(key)
        case 1 if isinstance(container, dict):
            container[chance.choice(["title", "id", "type", "header", "index", "recipient", "to", "x"])] = junk
        case 2 if isinstance(container[key], list | str):
            container[key] = container[key] * chance.randint(2, 12)
        case _:
            container[key] = junk
    return body


@needs_openapi
@settings(deadline=None, max_examples=400)  # a shared machine is slow now and then
@given(name=st.sampled_from([*GOOD, "read"]), chance=st.randoms(use_true_random=False))
def test_nothing_is_accepted_that_meta_does_not_describe(name: str, chance: random.Random) -> None:
    body = spoiled(READ if name == "read" else GOOD[name], chance)
    check = rules.read_receipt if "status" in body else rules.message
    try:
        check(body)
    except GraphError:
        return
    described().validate(body)


async def test_a_refusal_has_graphs_shape_over_http(stage: Stage) -> None:
    await stage.write()
    answer = await stage.post(message("interactive", buttons(("a", "x" * 21))))
    error = answer.json()["error"]
    assert answer.status_code == 400
    assert error.pop("fbtrace_id")
    assert error == {
        "message": "(#131009) Parameter value is not valid",
        "type": "OAuthException",
        "code": 131009,
        "error_data": {
            "messaging_product": "whatsapp",
            "details": "title length invalid. Min length: 1, Max length: 20",
        },
    }


async def test_a_body_that_is_no_object_is_refused(stage: Stage) -> None:
    for raw in (b"", b"{", b"[]", b"7", b"\xff", b'{"a": NaN}', b'{"a": "\\ud800"}', b"[" * 100_000):
        answer = await stage.graph("POST", f"{PHONE_ID}/messages", content=raw)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100), raw[:20]
        assert (await stage.calls())[-1]["status"] == 400


async def test_nothing_refused_reaches_the_phone(stage: Stage) -> None:
    await stage.write()
    for _, body in BAD.values():
        assert (await stage.post(body)).status_code == 400
    assert [shown["from"] for shown in await stage.chat(HIDDEN)] == ["person"]
