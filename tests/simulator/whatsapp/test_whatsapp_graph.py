"""The Cloud API says no as Meta does: tokens, objects, the window, the pair limit, faults to order."""

import httpx
import pytest

from tests.simulator.whatsapp.stage import (
    HIDDEN,
    PHONE,
    PHONE_ID,
    SHOWN,
    Stage,
    buttons,
    message,
    raised,
)

DAY = 24 * 3600
HELLO = {"body": "Halo"}


@pytest.mark.parametrize("token", ["-", "wrong", "wa-token2"])
async def test_a_wrong_token_is_refused_everywhere(stage: Stage, token: str) -> None:
    for method, path in (
        ("POST", f"{PHONE_ID}/messages"),
        ("POST", f"{PHONE_ID}/media"),
        ("GET", "123"),
        ("DELETE", "123"),
    ):
        answer = await stage.graph(method, path, token=token)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)


async def test_any_version_will_do_and_nonsense_will_not(stage: Stage) -> None:
    auth = {"Authorization": "Bearer wa-token"}
    for path, status, code in (
        (f"/v19.0/{PHONE_ID}", 200, None),
        (f"/vX/{PHONE_ID}", 400, 2500),
        ("/v25.0/999", 400, 100),
        (f"/v25.0/{PHONE_ID}/nonsense", 400, 2500),
    ):
        answer = await stage.http.get(path, headers=auth)
        assert (answer.status_code, answer.json().get("error", {}).get("code")) == (status, code)


async def test_another_phone_number_is_not_ours(stage: Stage) -> None:
    answer = await stage.graph("POST", "999/messages", json=message("text", HELLO))
    assert answer.json()["error"]["error_subcode"] == 33


async def test_the_number_tells_about_itself(stage: Stage) -> None:
    said = (await stage.graph("GET", PHONE_ID, params={"fields": "verified_name,quality_rating"})).json()
    assert said == {"verified_name": "Saksi", "quality_rating": "GREEN", "id": PHONE_ID}


async def test_the_number_tells_where_its_messages_are_brought_if_asked(stage: Stage) -> None:
    said = (await stage.graph("GET", PHONE_ID, params={"fields": "status,webhook_configuration"})).json()
    assert said["status"] == "CONNECTED"
    assert said["webhook_configuration"]["application"].startswith("http://127.0.0.1:")
    assert "webhook_configuration" not in (await stage.graph("GET", PHONE_ID)).json()


async def test_people_are_reached_only_by_what_they_show(stage: Stage) -> None:
    await stage.write()
    await stage.write(person=SHOWN)
    await stage.send("text", HELLO, to=SHOWN)
    await stage.send("text", HELLO, to=PHONE)
    assert await stage.refused("text", HELLO, to="628111") == 131030
    assert await stage.refused("text", HELLO, to="ID.99") == 131026
    assert await stage.refused("text", HELLO, to=HIDDEN.removeprefix("ID.")) == 131030


async def test_after_24_hours_only_a_template_passes(stage: Stage) -> None:
    assert await stage.refused("text", HELLO) == 131047
    await stage.write()
    await stage.sim("clock", advance=DAY - 60)
    await stage.send("text", HELLO)
    await stage.sim("clock", advance=120)
    assert await stage.refused("text", HELLO) == 131047
    assert await stage.refused("interactive", buttons(("a", "A"))) == 131047
    await stage.send("template", {"name": "kabar_baru", "language": {"code": "id"}})
    await stage.write()
    await stage.send("text", HELLO)


async def test_a_reader_does_not_open_the_window(stage: Stage) -> None:
    await stage.write()
    await stage.send("text", HELLO)
    await stage.sim("clock", advance=DAY + 1)
    await stage.sim("whatsapp/seen", person=HIDDEN)
    assert await stage.refused("text", HELLO) == 131047


async def test_the_window_may_close_late() -> None:
    async with raised(late_window=True) as stage:
        sent = await stage.send("text", HELLO, biz_opaque_callback_data="k1")
        await stage.webhook.until(lambda hook: bool(hook.statuses))
        (status,) = stage.webhook.statuses
        assert (status["id"], status["status"], status["biz_opaque_callback_data"]) == (sent, "failed", "k1")
        assert status["errors"][0]["code"] == 131047
        assert "contacts" not in stage.webhook.posts[0].values[0]
        assert [shown["status"] for shown in await stage.chat()] == ["failed"]


async def test_a_message_may_fail_after_it_was_accepted(stage: Stage) -> None:
    await stage.write()
    await stage.sim("faults", method="PUT", whatsapp={"late_fail": {"times": 1, "code": 131026}})
    await stage.send("text", HELLO)
    await stage.send("text", HELLO)
    await stage.webhook.until(lambda hook: len(hook.statuses) == 3)
    assert sorted(status["status"] for status in stage.webhook.statuses) == ["delivered", "failed", "sent"]


async def test_a_burst_borrows_from_the_future(stage: Stage) -> None:
    await stage.sim("limits", method="PUT", whatsapp={"person_per_6s": 1, "burst": 5})
    await stage.write()
    await stage.write(person=SHOWN)
    for _ in range(5):
        await stage.send("text", HELLO)
    assert await stage.refused("text", HELLO) == 131056
    await stage.send("text", HELLO, to=SHOWN)  # the limit is a pair's own
    await stage.sim("clock", advance=20)
    assert await stage.refused("text", HELLO) == 131056
    await stage.sim("clock", advance=11)
    await stage.send("text", HELLO)


async def test_without_limits_nobody_counts(stage: Stage) -> None:
    await stage.write()
    for _ in range(60):
        await stage.send("text", HELLO)


@pytest.mark.parametrize(("status", "code"), [(400, 131056), (400, 130429), (400, 80007), (500, 131000), (401, 190)])
async def test_an_ordered_failure_does_nothing(stage: Stage, status: int, code: int) -> None:
    await stage.write()
    fail = {"times": 2, "status": status, "code": code, "methods": ["POST messages"]}
    await stage.sim("faults", method="PUT", whatsapp={"fail": fail})
    for _ in range(2):
        answer = await stage.post(message("text", HELLO))
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    await stage.send("text", HELLO)
    assert [shown["from"] for shown in await stage.chat()] == ["person", "business"]
    assert [call["status"] for call in await stage.calls()] == [status, status, 200]


async def test_a_swallowed_call_is_done_and_never_answered(stage: Stage) -> None:
    await stage.write()
    await stage.sim("faults", method="PUT", whatsapp={"swallow": {"times": 1}})
    with pytest.raises(httpx.RemoteProtocolError):
        await stage.post(message("text", HELLO, biz_opaque_callback_data="k7"))
    await stage.webhook.until(lambda hook: len(hook.statuses) == 2)
    assert {status["biz_opaque_callback_data"] for status in stage.webhook.statuses} == {"k7"}


async def test_downloads_fail_to_order(stage: Stage) -> None:
    await stage.give(("a.png", b"x", "image/png"), kind="image")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    url = stage.webhook.messages[0]["image"]["url"]
    await stage.sim("faults", method="PUT", whatsapp={"files": {"times": 1, "status": 503}})
    statuses = [(await stage.http.get(url, headers={"Authorization": "Bearer wa-token"})).status_code for _ in "ab"]
    assert statuses == [503, 200]


@pytest.mark.parametrize(
    ("name", "data", "mime", "code"),
    [
        ("a.zip", b"x", "application/zip", 100),
        ("a.png", b"", "image/png", 131053),
        ("a.png", b"x" * (5 * 1024 * 1024 + 1), "image/png", 131053),
    ],
)
async def test_an_upload_of_a_wrong_kind_or_size_is_refused(
    stage: Stage, name: str, data: bytes, mime: str, code: int
) -> None:
    answer = await stage.upload(data, name, mime)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


async def test_an_upload_needs_its_file_and_product(stage: Stage) -> None:
    assert (await stage.upload(b"x", messaging_product="sms")).json()["error"]["code"] == 100
    bare = await stage.graph(
        "POST", f"{PHONE_ID}/media", data={"messaging_product": "whatsapp"}, files={"x": ("", b"")}
    )
    assert bare.json()["error"]["code"] == 100


async def test_a_file_nobody_uploaded_cannot_be_sent(stage: Stage) -> None:
    await stage.write()
    assert await stage.refused("image", {"id": "1234567890123456"}) == 100
    await stage.send("image", {"link": "https://example.test/a.jpg"})


async def test_a_picture_of_a_wrong_kind_fails_late(stage: Stage) -> None:
    await stage.write()
    key = (await stage.upload(b"%PDF", "a.pdf", "application/pdf")).json()["id"]
    await stage.send("image", {"id": key})
    await stage.webhook.until(lambda hook: bool(hook.statuses))
    assert stage.webhook.statuses[0]["errors"][0]["code"] == 131053


async def test_templates_are_known_by_name_language_and_parameters() -> None:
    body = {"type": "BODY", "text": "Ada kabar untuk {{1}}."}
    known = {
        "name": "kabar_baru",
        "language": "id",
        "status": "APPROVED",
        "category": "UTILITY",
        "components": [body],
    }
    async with raised(templates=[known]) as stage:

        async def refused(name: str, language: str = "id", *words: str) -> int:
            return await stage.refused("template", template(name, language, *words))

        assert await refused("lain") == 132001
        assert await refused("kabar_baru", "en") == 132001
        assert await refused("kabar_baru") == 132000
        await stage.send("template", template("kabar_baru", "id", "laporan Anda"))
        assert (await stage.chat())[-1]["text"] == "Ada kabar untuk laporan Anda."

        made = {"name": "lain", "language": "id", "category": "UTILITY", "components": [body]}
        answer = await stage.graph("POST", "200000000000001/message_templates", json=made)
        assert answer.json()["status"] == "APPROVED"
        await stage.send("template", template("lain", "id", "x"))
        listed = await stage.graph("GET", "200000000000001/message_templates", params={"name": "lain"})
        assert [found["name"] for found in listed.json()["data"]] == ["lain"]


def template(name: str, language: str, *words: str) -> dict[str, object]:
    parameters = [{"type": "text", "text": word} for word in words]
    return {
        "name": name,
        "language": {"code": language},
        "components": [{"type": "body", "parameters": parameters}],
    }


async def test_a_tap_under_a_template_is_a_button_message(stage: Stage) -> None:
    press = {
        "type": "button",
        "sub_type": "quick_reply",
        "index": 0,
        "parameters": [{"type": "payload", "payload": "buka"}],
    }
    sent = await stage.send("template", {"name": "kabar", "language": {"code": "id"}, "components": [press]})
    await stage.sim("whatsapp/press", person=HIDDEN, message=sent, id="buka")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    assert stage.webhook.messages[0]["button"] == {"payload": "buka", "text": "buka"}


async def test_the_profile_and_the_subscription_are_kept(stage: Stage) -> None:
    edge = f"{PHONE_ID}/whatsapp_business_profile"
    set_it = await stage.graph("POST", edge, json={"messaging_product": "whatsapp", "about": "Lapor tanpa nama"})
    assert set_it.json() == {"success": True}
    assert (await stage.graph("GET", edge)).json()["data"][0]["about"] == "Lapor tanpa nama"
    long = await stage.graph("POST", edge, json={"messaging_product": "whatsapp", "about": "x" * 140})
    assert long.json()["error"]["code"] == 100
    assert (await stage.graph("POST", "200000000000001/subscribed_apps")).json() == {"success": True}
    assert (await stage.graph("GET", "200000000000001/subscribed_apps")).json()["data"]


async def test_reading_what_nobody_wrote_is_refused(stage: Stage) -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.HBgnothing"}
    assert (await stage.post(body)).json()["error"]["code"] == 131009
