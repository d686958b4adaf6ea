"""Webhooks arrive signed, and also late, twice, backwards and together; but none is lost."""

import asyncio
import json
import re

import pytest

from simulator.whatsapp import outbox
from tests.simulator.whatsapp.stage import (
    HIDDEN,
    PHONE,
    SHOWN,
    Json,
    Stage,
    Webhook,
    message,
    raised,
    serving,
    setup,
)


def texts(webhook: Webhook) -> list[str]:
    return [said["text"]["body"] for said in webhook.messages]


async def test_the_raw_bytes_are_signed_and_escaped(stage: Stage) -> None:
    await stage.write('Kata "ASN" — 😀 / é')
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    (post,) = stage.webhook.posts
    assert post.signed
    assert post.headers["content-type"] == "application/json"
    assert post.path == "/whatsapp"
    assert b"\\u2014" in post.raw
    assert b"\\ud83d\\ude00 \\/ \\u00e9" in post.raw
    assert texts(stage.webhook) == ['Kata "ASN" — 😀 / é']
    # Whoever parses and writes it again does not get the bytes that were signed.
    assert json.dumps(post.body).encode() != post.raw


async def test_a_refused_webhook_is_tried_until_it_answers_200(stage: Stage) -> None:
    stage.webhook.answers = [500, 204, 302]
    await stage.write("Satu")
    await stage.webhook.until(lambda hook: bool(hook.taken))
    assert [post.answer for post in stage.webhook.posts] == [500, 204, 302, 200]
    assert len({post.raw for post in stage.webhook.posts}) == 1


async def test_a_webhook_that_is_down_loses_nothing() -> None:
    async with raised() as stage:
        live = (await stage.http.get("/sim/state")).json()
        async with serving(Webhook().app()) as gone:
            pass
        await stage.sim("setup", **setup(gone + "/whatsapp"))
        for n in range(20):
            await stage.write(f"{n}", SHOWN if n % 2 else HIDDEN)
        assert (await stage.state())["webhook"]["waiting"] == 20
        assert live["whatsapp"]["webhook"] == {"waiting": 0, "answered": None}

        port = int(gone.rsplit(":", 1)[1])
        returned = Webhook()
        async with serving(returned.app(), port):
            await returned.until(lambda hook: len(hook.messages) == 20)
        assert sorted(texts(returned), key=int) == [f"{n}" for n in range(20)]


async def rude(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answers: list[bytes]) -> None:
    """Read a request and answer it with the next of these bytes, then hang up."""
    head = await reader.readuntil(b"\r\n\r\n")
    (length,) = re.findall(rb"content-length: (\d+)", head.lower())
    await reader.readexactly(int(length))
    writer.write(answers.pop(0))
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def test_a_webhook_that_hangs_up_or_babbles_loses_nothing() -> None:
    answers = [
        b"",
        b"babble\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    ]
    async with raised() as stage:
        server = await asyncio.start_server(lambda r, w: rude(r, w, answers), "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            version = (await stage.sim("setup", **setup(f"http://127.0.0.1:{port}/")))["version"]
            await stage.write("Halo")
            async with asyncio.timeout(20):
                while (await stage.state())["webhook"]["waiting"]:
                    version = (await stage.http.get("/sim/state", params={"after": version, "wait": 10})).json()[
                        "version"
                    ]
    assert answers == []


async def test_a_person_is_heard_in_order(stage: Stage) -> None:
    for n in range(30):
        await stage.write(f"{n}")
    await stage.webhook.until(lambda hook: len(hook.messages) == 30)
    assert texts(stage.webhook) == [f"{n}" for n in range(30)]


async def test_a_retry_may_come_after_what_was_written_later(stage: Stage) -> None:
    stage.webhook.answers = [500]
    await stage.write("Satu")
    await stage.write("Dua")
    await stage.webhook.until(lambda hook: len(hook.messages) == 2)
    assert sorted(texts(stage.webhook)) == ["Dua", "Satu"]


async def test_repeated(stage: Stage) -> None:
    await stage.sim("faults", method="PUT", whatsapp={"repeat": 2})
    wamid = await stage.write("Sekali saja")
    await stage.webhook.until(lambda hook: len(hook.messages) == 3)
    assert {said["id"] for said in stage.webhook.messages} == {wamid}
    assert len({post.raw for post in stage.webhook.posts}) == 1


async def test_reversed(stage: Stage) -> None:
    await stage.sim("faults", method="PUT", whatsapp={"reverse": True})
    for text in "abc":
        await stage.write(text)
    await stage.webhook.until(lambda hook: len(hook.messages) == 3)
    assert texts(stage.webhook) == ["c", "b", "a"]


async def test_batched(stage: Stage) -> None:
    await stage.sim("faults", method="PUT", whatsapp={"batch": 4})
    for n in range(4):
        await stage.write(f"{n}", SHOWN if n % 2 else HIDDEN)
    await stage.webhook.until(lambda hook: len(hook.messages) == 4)
    (post,) = stage.webhook.posts
    assert post.signed
    (value,) = post.values
    assert [contact["user_id"] for contact in value["contacts"]] == [HIDDEN, SHOWN]
    assert texts(stage.webhook) == ["0", "1", "2", "3"]


async def test_a_batch_spreads_over_entries_and_changes(stage: Stage) -> None:
    await stage.write("pembuka")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    await stage.sim("faults", method="PUT", whatsapp={"batch": 3})
    await stage.write("1")
    await stage.send("text", {"body": "jawab"})
    await stage.write("2")
    await stage.write("3")
    await stage.webhook.until(lambda hook: len(hook.messages) == 4)
    body = stage.webhook.posts[-1].body
    shapes = [
        [sorted(change["value"].keys() & {"messages", "statuses"}) for change in entry["changes"]]
        for entry in body["entry"]
    ]
    assert shapes == [[["messages"], ["statuses"]], [["messages"]]]


async def test_an_unfilled_batch_does_not_wait_for_ever(stage: Stage) -> None:
    await stage.sim("faults", method="PUT", whatsapp={"batch": 100})
    await stage.write("sendirian")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)


async def test_when_too_much_waits_more_is_refused_and_nothing_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "MOST_WAITING", 3)
    async with raised() as stage:
        stage.webhook.answers = [500] * 2
        await stage.sim("faults", method="PUT", whatsapp={"batch": 100})
        for n in range(3):
            await stage.write(f"{n}")
        refused = await stage.sim("whatsapp/message", expect=503, person=HIDDEN, text="3")
        assert "waits" in refused["error"]
        assert await stage.refused("text", {"body": "Halo"}) == 130429
        await stage.webhook.until(lambda hook: len(hook.messages) == 3)
        assert texts(stage.webhook) == ["0", "1", "2"]


async def test_any_bytes_can_be_delivered_by_hand(stage: Stage) -> None:
    body = {"object": "whatsapp_business_account", "entry": "nonsense"}
    assert (await stage.sim("whatsapp/webhook", body=body))["status"] == 200
    stage.webhook.answers = [400]
    assert (await stage.sim("whatsapp/webhook", body="{half"))["status"] == 400
    forged = await stage.sim("whatsapp/webhook", body="{}", signature="sha256=é")
    assert forged["status"] == 200
    assert [post.raw for post in stage.webhook.posts[1:]] == [b"{half", b"{}"]
    assert [post.signed for post in stage.webhook.posts] == [True, True, False]


async def test_a_reset_forgets_what_waited() -> None:
    async with raised() as stage:
        stage.webhook.answers = [500] * 3
        await stage.write("lama")
        await stage.sim("reset")
        await stage.write("baru")
        await stage.webhook.until(lambda hook: "baru" in texts(hook))
        assert (await stage.state())["webhook"]["waiting"] == 0
        assert [shown["text"] for shown in await stage.chat()] == ["baru"]


async def test_without_a_webhook_people_still_write() -> None:
    async with raised() as stage:
        await stage.sim("setup", **setup(None))
        await stage.write("Halo")
        assert [shown["text"] for shown in await stage.chat()] == ["Halo"]
        assert (await stage.sim("whatsapp/verify", expect=409))["error"]


SLIPS: list[tuple[str, Json, int]] = [
    ("message", {}, 400),
    ("message", {"person": "ID.0", "text": "x"}, 404),
    ("message", {"person": HIDDEN, "text": ""}, 400),
    ("message", {"person": HIDDEN, "text": 7}, 400),
    ("message", {"person": HIDDEN, "text": "x" * 70_000}, 400),
    ("message", {"person": HIDDEN, "text": "\ud800"}, 400),
    ("press", {"person": HIDDEN, "message": "wamid.x"}, 400),
    ("odd", {"person": HIDDEN, "kind": "hologram"}, 400),
    ("odd", {"person": HIDDEN, "kind": "revoke"}, 409),
    ("odd", {"person": HIDDEN, "kind": "reaction"}, 409),
    ("odd", {"person": HIDDEN, "kind": "location", "latitude": "north"}, 400),
    ("people", {"id": HIDDEN}, 409),
    ("people", {"id": "tanpa negara"}, 400),
    ("people", {"id": "ID.3", "phone": "not a phone"}, 400),
    ("webhook", {}, 400),
]


async def test_a_slip_in_a_control_call_gets_a_clear_answer(stage: Stage) -> None:
    for path, body, status in SLIPS:
        answer = await stage.http.post(f"/sim/whatsapp/{path}", content=json.dumps(body).encode())
        assert answer.status_code == status, (path, body)
        assert answer.json()["error"]
    assert await stage.chat() == []
    assert stage.webhook.posts == []


async def test_a_setup_that_cannot_be_leaves_the_old_world(stage: Stage) -> None:
    await stage.write("Halo")
    twice = [{"id": "ID.1", "phone": PHONE}, {"id": "ID.2", "phone": f"+{PHONE}"}]
    for wrong, status in (
        ({"webhook": "ftp://x"}, 400),
        ({"webhook": "http://[::1/"}, 400),
        ({"webhook": "http://a..b/"}, 400),
        ({"webhook": "http://127.0.0.1:99999/"}, 400),
        ({"number": "nomor"}, 400),
        ({"people": "semua"}, 400),
        ({"people": [{"id": "ID.1"}, {"id": "ID.1"}]}, 409),
        ({"people": twice}, 409),
        ({"token": 7}, 400),
    ):
        asked = setup(None)
        asked["whatsapp"] |= wrong
        assert (await stage.sim("setup", expect=status, **asked))["error"]
    assert [shown["text"] for shown in await stage.chat()] == ["Halo"]


async def test_nobody_moves_to_a_number_that_is_taken(stage: Stage) -> None:
    await stage.sim("whatsapp/odd", expect=409, person=HIDDEN, kind="system", phone=PHONE)
    await stage.sim("whatsapp/odd", expect=409, person=HIDDEN, kind="system", id=SHOWN)
    await stage.sim("whatsapp/odd", expect=400, person=HIDDEN, kind="system", id="nobody")
    assert [person["id"] for person in (await stage.state())["people"]] == [HIDDEN, SHOWN]


async def test_a_newcomer_is_heard_at_once(stage: Stage) -> None:
    await stage.sim("whatsapp/people", id="ID.3", name="Baru")
    await stage.write("Halo", "ID.3")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    assert (await stage.post(message("text", {"body": "Halo"}, "ID.3"))).status_code == 200
