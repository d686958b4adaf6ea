"""Whatever a bot sends, it gets an answer shaped as Telegram's: no parameter can make the simulator stumble."""

from typing import Any

import httpx
import pytest

from simulator.app import build
from simulator.telegram.call import FLAGS, INTEGERS, OBJECTS
from simulator.telegram.methods import METHODS

WORDS = {"text", "caption", "parse_mode", "action", "file_id", "url", "secret_token", "name", "language_code"}
NAMES = INTEGERS | FLAGS | OBJECTS | WORDS | {need for method in METHODS.values() for need in method.needs}
ODD: list[Any] = [
    None, "", "x", " ", "<", "{", "[]", "[1]", '[{"type":[]}]', 0, -1, 1, 10**30, 1.5, True,
    [], [None], [[]], [1], [{}], [{"type": "photo"}] * 2, {}, {"message_id": []}, {"inline_keyboard": 1},
    {"inline_keyboard": [[{"text": "x", "url": {}}]]}, {"message_id": 1, "chat_id": []},
]  # fmt: skip
QUIET = {"leaveChat", "getUpdates", "setWebhook"}  # tried by themselves elsewhere: they wait, or end the rest


@pytest.mark.parametrize("method", [one.name for one in METHODS.values() if one.name not in QUIET])
async def test_odd_parameters_are_refused_and_never_fatal(method: str) -> None:
    transport = httpx.ASGITransport(build())
    async with httpx.AsyncClient(transport=transport, base_url="http://simulator") as client:
        await client.post("/sim/telegram/start", json={"person": 7001, "chat": "saksi_demo_bot"})
        await client.put("/sim/limits", json={"telegram": {"chat_per_second": 10_000}})
        for value in ODD:
            whole = dict.fromkeys(NAMES, value)
            for body in (whole, {**whole, "chat_id": 7001}, {"chat_id": 7001, "message_id": 1}):
                answer = await client.post(f"/bot100:intake-token/{method}", json=body)
                assert answer.status_code == answer.json().get("error_code", 200)
                assert answer.status_code in (200, 400, 403, 404)


CONTROLS = ["people", "groups", "start", "message", "press", "odd", "edit", "delete", "block", "update", "migrate"]


@pytest.mark.parametrize("control", [*CONTROLS, "topic", "member"])
async def test_odd_orders_to_people_get_an_error_in_words(control: str) -> None:
    transport = httpx.ASGITransport(build())
    names = {"id", "name", "person", "chat", "text", "message", "data", "kind", "group", "title", "members",
             "bots", "action", "status", "thread", "bot", "update", "payload", "reply_to"}  # fmt: skip
    known = {"person": 7001, "chat": "saksi_demo_bot", "group": -1001000000001, "bot": "saksi_demo_bot"}
    async with httpx.AsyncClient(transport=transport, base_url="http://simulator") as client:
        for value in ODD:
            whole = dict.fromkeys(names, value)
            for body in (whole, {**whole, **known}):
                answer = await client.post(f"/sim/telegram/{control}", json=body)
                assert answer.status_code < 500
                assert answer.is_success or answer.json()["error"]
        assert (await client.get("/sim/state")).status_code == 200
