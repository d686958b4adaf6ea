"""The simulator as a program: it starts, stops, shows, forgets and fails to order."""

import asyncio
import json
import re
import signal

import httpx
import pytest
from starlette.applications import Starlette

from simulator.app import build
from simulator.world import EXAMPLE, Wrong
from tests.simulator.running import ROOT, Running

START = {"person": 7001, "chat": "saksi_demo_bot"}
ME = "/bot100:intake-token/getMe"


async def test_it_starts_on_a_free_port_and_a_signal_ends_it_at_once_even_under_a_long_poll() -> None:
    running = Running()
    async with running:
        poll = asyncio.create_task(running.client.get("/bot100:intake-token/getUpdates?timeout=50"))
        events = running.client.stream("GET", "/sim/events")
        async with events as stream:
            await anext(stream.aiter_lines())
            code = await asyncio.to_thread(running.stop)
        await asyncio.gather(poll, return_exceptions=True)
    assert code == 0
    assert running.complaints == ""


async def test_a_setup_file_peoples_the_world() -> None:
    bot = {"token": "300:x", "username": "other_bot", "name": "Lain"}
    running = Running({"telegram": {"bots": [bot]}, "page": {"place": "6271"}})
    async with running:
        state = await running.get("state")
    assert running.stop(signal.SIGINT) == 0
    assert [one["username"] for one in state["telegram"]["bots"]] == ["other_bot"]
    assert state["page"] == {"place": "6271"}


async def test_a_wrong_setup_gets_an_answer_and_leaves_the_world_as_it_was(simulator: Running) -> None:
    await simulator.sim("telegram/start", **START)
    twice = {"telegram": {"people": [{"id": 1, "name": "A"}, {"id": 1, "name": "B"}]}}
    answer = await simulator.client.post("/sim/setup", json=twice)
    assert answer.status_code in (400, 409)
    assert "error" in answer.json()
    assert await simulator.messages("7001:saksi_demo_bot")


def test_a_setup_that_cannot_be_is_refused_in_process_too() -> None:
    with pytest.raises(Wrong, match="token"):
        build({"telegram": {"bots": [{"token": "no colon", "username": "x"}]}})


def inside(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://simulator")


async def test_it_runs_inside_a_test_as_well() -> None:
    async with inside(build()) as client:
        assert (await client.get(ME)).json()["result"]["username"] == "saksi_demo_bot"


async def test_reset_forgets_messages_and_late_comers_but_never_counts_backwards(simulator: Running) -> None:
    await simulator.sim("telegram/people", id=7002, name="Ibu")
    await simulator.sim("telegram/start", **START)
    before = await simulator.get("state")
    after = await simulator.sim("reset")
    assert after["telegram"]["chats"][0]["messages"] == []
    assert 7002 not in [person["id"] for person in after["telegram"]["people"]]
    assert after["version"] > before["version"]


async def test_updates_after_a_reset_are_newer_than_those_a_bot_acknowledged(simulator: Running) -> None:
    ids = []
    for _ in range(2):
        await simulator.sim("telegram/start", **START)
        answer = await simulator.client.get("/bot100:intake-token/getUpdates")
        ids += [update["update_id"] for update in answer.json()["result"]]
        await simulator.sim("reset")
    assert ids[0] < ids[1]


async def test_events_tell_of_every_change(simulator: Running) -> None:
    async with simulator.client.stream("GET", "/sim/events") as stream:
        versions = (json.loads(line[6:])["version"] async for line in stream.aiter_lines() if line)
        first = await anext(versions)
        await simulator.sim("telegram/start", **START)
        assert await anext(versions) > first


async def test_one_chat_can_be_read_by_itself(simulator: Running) -> None:
    await simulator.sim("telegram/start", **START)
    await simulator.sim("whatsapp/message", person="ID.demoreporter", text="halo")
    keys = "7001:saksi_demo_bot", "ID.demoreporter"
    chats = {key: (await simulator.get(f"chats/{key}"))["messages"] for key in keys}
    assert [[message["text"] for message in messages] for messages in chats.values()] == [["/start"], ["halo"]]
    state = await simulator.get("state")
    shown = [*state["telegram"]["chats"], *state["whatsapp"]["chats"]]
    assert all(one["messages"] == chats.get(one["key"], []) for one in shown)
    assert (await simulator.get("chats/nobody"))["messages"] == []


async def test_the_state_can_be_waited_for(simulator: Running) -> None:
    version = (await simulator.get("state"))["version"]
    waiting = asyncio.create_task(simulator.get("state", after=version, wait=20))
    await simulator.sim("telegram/start", **START)
    assert (await waiting)["version"] > version


async def test_the_clock_only_goes_forward(simulator: Running) -> None:
    before = (await simulator.get("state"))["clock"]
    assert (await simulator.sim("clock", advance=3600))["clock"] >= before + 3600
    answer = await simulator.client.post("/sim/clock", json={"advance": -1})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"person": "x"}',
        b'{"person": true}',
        b"\xff",
        b'{"text": "\\ud800"}',
        b"[" * 99_999,
    ],
)
async def test_bad_input_to_a_control_gets_an_error_in_words(simulator: Running, body: bytes) -> None:
    answer = await simulator.client.post("/sim/telegram/message", content=body)
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]


async def test_unknown_paths_are_answered_in_the_words_of_whoever_was_asked(simulator: Running) -> None:
    control = await simulator.client.get("/sim/nothing")
    assert (control.status_code, control.json()) == (404, {"error": "Not Found"})
    telegram = await simulator.client.get("/bot100:intake-token")
    assert telegram.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert (await simulator.client.get("/sim/media/none")).status_code == 404


async def test_the_page_is_served_with_everything_it_loads(simulator: Running) -> None:
    page = await simulator.client.get("/")
    if not (ROOT / "simulator" / "page" / "index.html").is_file():
        assert (page.status_code, page.text) == (404, "The page is not here.")
        return
    parts = re.findall(r'(?:src|href)="(?!data:|#|http)/?([^"]+)"', page.text)
    assert parts
    for part in parts:
        assert (await simulator.client.get(f"/{part}")).status_code == 200, part


async def test_every_call_is_written_down_with_its_parameters(simulator: Running) -> None:
    await simulator.sim("telegram/start", **START)
    text = {"chat_id": "7001", "text": "[1]", "disable_notification": "true"}
    await simulator.client.post("/bot100:intake-token/SENDMESSAGE", data=text)
    (call,) = await simulator.calls("sendMessage")
    assert call["body"] == {"chat_id": 7001, "text": "[1]", "disable_notification": True}
    assert (call["api"], call["bot"], call["status"]) == ("telegram", "saksi_demo_bot", 200)
    assert await simulator.calls("sendMessage", since=call["n"]) == []


async def test_what_people_upload_cannot_script_the_page(simulator: Running) -> None:
    files = {"file": ("bad.html", b"<script>alert(1)</script>", "text/html")}
    await simulator.client.post("/sim/telegram/files", data={"person": "7001", "chat": "saksi_demo_bot"}, files=files)
    (message,) = await simulator.messages("7001:saksi_demo_bot")
    served = await simulator.client.get(message["media"]["url"])
    assert served.headers["content-security-policy"] == "sandbox"
    assert served.content == files["file"][1]


async def test_faults_fail_so_many_calls_of_these_methods_and_then_no_more(simulator: Running) -> None:
    order = {"times": 2, "status": 500, "methods": ["getMe"]}
    shown = await simulator.put("faults", telegram={"fail": order})
    assert shown["telegram"]["fail"]["times"] == 2
    assert (await simulator.client.get("/bot100:intake-token/getChat?chat_id=1")).status_code == 400
    statuses = [(await simulator.client.get(ME)).status_code for _ in range(3)]
    assert statuses == [500, 500, 200]


async def test_a_failure_can_ask_for_patience(simulator: Running) -> None:
    await simulator.put("faults", telegram={"fail": {"times": 1, "status": 429, "retry_after": 7}})
    answer = (await simulator.client.get(ME)).json()
    assert answer["error_code"] == 429
    assert answer["parameters"] == {"retry_after": 7}


async def test_a_swallowed_call_is_done_but_never_answered(simulator: Running) -> None:
    await simulator.sim("telegram/start", **START)
    await simulator.put("faults", telegram={"swallow": {"times": 1, "methods": ["sendMessage"]}})
    with pytest.raises(httpx.RemoteProtocolError):
        await simulator.client.post("/bot100:intake-token/sendMessage", json={"chat_id": 7001, "text": "Halo"})
    assert [one["text"] for one in await simulator.messages("7001:saksi_demo_bot")] == ["/start", "Halo"]


async def test_a_platform_that_is_down_cuts_every_call_also_those_under_way(simulator: Running) -> None:
    poll = asyncio.create_task(simulator.client.get("/bot100:intake-token/getUpdates?timeout=20"))
    await simulator.put("faults", telegram={"down": True})
    with pytest.raises(httpx.RemoteProtocolError):
        await simulator.client.get(ME)
    await simulator.sim("telegram/start", **START)
    with pytest.raises(httpx.RemoteProtocolError):
        await poll
    await simulator.client.delete("/sim/faults")
    assert (await simulator.client.get(ME)).status_code == 200


@pytest.mark.parametrize(
    "order",
    [
        {"signal": {}},
        {"telegram": 1},
        {"telegram": {"fail": 1}},
        {"telegram": {"fail": {"times": "1"}}},
        {"telegram": {"fail": {"status": 9000}}},
        {"telegram": {"nonsense": True}},
        {"telegram": {"down": 1}},
        {"whatsapp": {"repeat": True}},
    ],
)
async def test_a_fault_nobody_knows_is_refused_and_nothing_changes(
    simulator: Running, order: dict[str, object]
) -> None:
    before = await simulator.put("faults", telegram={"delay": 0.01})
    answer = await simulator.client.put("/sim/faults", json=order)
    assert answer.status_code == 400
    assert await simulator.get("faults") == before


async def test_limits_are_shown_and_checked(simulator: Running) -> None:
    assert await simulator.put("limits", telegram={"chat_per_second": 1}) == {
        "telegram": {"chat_per_second": 1},
        "whatsapp": {},
    }
    for odd in ({"chat_per_second": "many"}, {"chat_per_second": 0}, {"per_day": 1}):
        answer = await simulator.client.put("/sim/limits", json={"telegram": odd})
        assert answer.status_code == 400
    assert (await simulator.get("limits"))["telegram"] == {"chat_per_second": 1}


async def test_the_example_stays_as_it_is_whatever_is_done_with_it() -> None:
    before = json.dumps(EXAMPLE)
    async with inside(build()) as client:
        await client.post("/sim/telegram/people", json={"id": 5, "name": "Baru"})
        await client.post("/sim/reset")
    assert json.dumps(EXAMPLE) == before


async def test_a_clock_may_stand_still_until_it_is_moved(simulator: Running) -> None:
    still = (await simulator.sim("clock", advance=0, still=True))["clock"]
    assert (await simulator.sim("clock", advance=0))["clock"] == still
    assert (await simulator.sim("clock", advance=6))["clock"] == still + 6
    await simulator.sim("setup", **EXAMPLE)
    first = (await simulator.get("state"))["clock"]
    assert (await simulator.get("state"))["clock"] > first
