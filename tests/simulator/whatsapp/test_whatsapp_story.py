import base64
import hashlib

from tests.simulator.whatsapp.stage import HIDDEN, NUMBER, PHONE, PHONE_ID, SHOWN, Stage, buttons, menu

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


async def test_a_person_without_a_phone_number_writes_and_is_answered(stage: Stage) -> None:
    wamid = await stage.write("Lurah saya berkampanye")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)

    (post,) = stage.webhook.posts
    (value,) = post.values
    assert post.signed
    assert value["metadata"] == {"display_phone_number": NUMBER, "phone_number_id": PHONE_ID}
    assert value["contacts"] == [
        {"profile": {"name": "Warga Tersembunyi", "username": "warga.tersembunyi"}, "user_id": HIDDEN}
    ]
    (said,) = value["messages"]
    assert said.pop("timestamp").isdecimal()
    assert said == {
        "from_user_id": HIDDEN,
        "id": wamid,
        "type": "text",
        "text": {"body": "Lurah saya berkampanye"},
    }

    answer = await stage.send("text", {"body": "Di mana?"}, biz_opaque_callback_data="kotak-keluar-1")
    await stage.webhook.until(lambda hook: len(hook.statuses) == 2)
    assert [(s["status"], s["id"], s["biz_opaque_callback_data"]) for s in stage.webhook.statuses] == [
        ("sent", answer, "kotak-keluar-1"),
        ("delivered", answer, "kotak-keluar-1"),
    ]
    assert all("recipient_id" not in status for status in stage.webhook.statuses)
    assert [(m["from"], m["text"], m["status"]) for m in await stage.chat()] == [
        ("person", "Lurah saya berkampanye", "delivered"),
        ("business", "Di mana?", "delivered"),
    ]


async def test_a_person_with_a_phone_number_is_reached_by_it(stage: Stage) -> None:
    await stage.write("Halo", SHOWN)
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    assert stage.webhook.messages[0]["from"] == PHONE
    assert stage.webhook.posts[0].values[0]["contacts"][0]["wa_id"] == PHONE

    answer = await stage.graph(
        "POST",
        f"{PHONE_ID}/messages",
        json={"messaging_product": "whatsapp", "to": f"+{PHONE}", "type": "text", "text": {"body": "Halo"}},
    )
    assert answer.json()["contacts"] == [{"input": f"+{PHONE}", "user_id": SHOWN, "wa_id": PHONE}]
    await stage.webhook.until(lambda hook: len(hook.statuses) == 2)
    assert {status["recipient_id"] for status in stage.webhook.statuses} == {PHONE}


async def test_a_tap_on_a_button_comes_back_with_its_message(stage: Stage) -> None:
    await stage.write()
    asked = await stage.send("interactive", buttons(("lapor", "Lapor"), ("cek", "Cek laporan"), body="Mau apa?"))
    shown = (await stage.chat())[-1]
    assert (shown["kind"], shown["text"]) == ("buttons", "Mau apa?")
    assert shown["buttons"] == [{"id": "lapor", "title": "Lapor"}, {"id": "cek", "title": "Cek laporan"}]

    await stage.sim("whatsapp/press", person=HIDDEN, message=asked, id="cek")
    await stage.webhook.until(lambda hook: len(hook.messages) == 2)
    reply = stage.webhook.messages[-1]
    assert reply["type"] == "interactive"
    assert reply["context"] == {"from": NUMBER, "id": asked}
    assert reply["interactive"] == {
        "type": "button_reply",
        "button_reply": {"id": "cek", "title": "Cek laporan"},
    }


async def test_a_tap_on_a_row_comes_back_with_its_words(stage: Stage) -> None:
    await stage.write()
    rows = {"id": "k1", "title": "Jekan Raya", "description": "kecamatan"}, {"id": "k2", "title": "Sabangau"}
    asked = await stage.send("interactive", menu(*rows))
    shown = (await stage.chat())[-1]
    assert shown["kind"] == "list"
    assert shown["list"] == {"button": "Buka daftar", "rows": [rows[0], {**rows[1], "description": ""}]}

    for key in ("k1", "k2"):
        await stage.sim("whatsapp/press", person=HIDDEN, message=asked, id=key)
    await stage.webhook.until(lambda hook: len(hook.messages) == 3)
    replies = [said["interactive"]["list_reply"] for said in stage.webhook.messages[1:]]
    assert replies == list(rows)


async def test_a_tap_on_what_was_never_offered_is_sent_as_it_is(stage: Stage) -> None:
    await stage.sim("whatsapp/press", person=HIDDEN, message="wamid.HBgunknown", id="';--")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    assert stage.webhook.messages[0]["interactive"]["button_reply"]["id"] == "';--"


async def test_a_photo_is_fetched_checked_and_deleted(stage: Stage) -> None:
    await stage.give(("foto.png", PHOTO, "image/png"), kind="image", caption="Spanduk di kantor")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    image = stage.webhook.messages[0]["image"]
    assert (image["caption"], image["mime_type"]) == ("Spanduk di kantor", "image/png")
    assert base64.b64decode(image["sha256"]) == hashlib.sha256(PHOTO).digest()
    assert (await stage.graph("GET", image["id"], params={"phone_number_id": PHONE_ID})).status_code == 200

    told = (await stage.graph("GET", image["id"])).json()
    assert (told["sha256"], told["file_size"]) == (hashlib.sha256(PHOTO).hexdigest(), len(PHOTO))
    for url in (told["url"], image["url"]):
        assert (await stage.http.get(url)).status_code == 401
        fetched = await stage.http.get(url, headers={"Authorization": "Bearer wa-token"})
        assert (fetched.content, fetched.headers["content-type"]) == (PHOTO, "image/png")

    assert (await stage.graph("DELETE", image["id"])).json() == {"success": True}
    gone = await stage.graph("GET", image["id"])
    assert (gone.status_code, gone.json()["error"]["code"], gone.json()["error"]["error_subcode"]) == (
        400,
        100,
        33,
    )
    assert (await stage.http.get(told["url"], headers={"Authorization": "Bearer wa-token"})).status_code == 404
    # It is still on the person's own phone.
    shown = (await stage.chat())[0]["media"]
    assert (await stage.http.get(shown["url"])).content == PHOTO


async def test_a_file_address_lives_five_minutes_and_its_id_seven_days(stage: Stage) -> None:
    await stage.give(("foto.png", PHOTO, "image/png"), kind="document")
    await stage.webhook.until(lambda hook: len(hook.messages) == 1)
    document = stage.webhook.messages[0]["document"]
    assert document["filename"] == "foto.png"

    async def fetched(url: str) -> int:
        return (await stage.http.get(url, headers={"Authorization": "Bearer wa-token"})).status_code

    await stage.sim("clock", advance=290)
    assert await fetched(document["url"]) == 200
    await stage.sim("clock", advance=11)
    assert await fetched(document["url"]) == 404
    fresh = (await stage.graph("GET", document["id"])).json()["url"]
    assert await fetched(fresh) == 200
    assert await fetched(fresh.replace("hash=", "hash=0")) == 404

    await stage.sim("clock", advance=7 * 24 * 3600)
    assert (await stage.graph("GET", document["id"])).status_code == 400


async def test_several_files_are_several_messages(stage: Stage) -> None:
    files = [(f"{n}.ogg", bytes([n]), "audio/ogg") for n in range(3)]
    await stage.give(*files, kind="voice")
    await stage.webhook.until(lambda hook: len(hook.messages) == 3)
    assert [said["type"] for said in stage.webhook.messages] == ["audio"] * 3
    assert all(said["audio"]["voice"] is True for said in stage.webhook.messages)


async def test_the_business_sends_a_file_of_its_own(stage: Stage) -> None:
    await stage.write()
    key = (await stage.upload(b"%PDF-1.7", "bukti.pdf", "application/pdf")).json()["id"]
    await stage.send("document", {"id": key, "filename": "tanda-terima.pdf", "caption": "Simpan"})
    shown = (await stage.chat())[-1]
    assert (shown["kind"], shown["text"], shown["media"]["name"]) == (
        "document",
        "Simpan",
        "tanda-terima.pdf",
    )
    assert (await stage.http.get(shown["media"]["url"])).content == b"%PDF-1.7"


async def test_reading_turns_ticks_blue_and_shows_who_is_writing(stage: Stage) -> None:
    first, second, third = [await stage.write(text) for text in "abc"]
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": second}
    assert (await stage.post({**body, "typing_indicator": {"type": "text"}})).json() == {"success": True}

    await stage.webhook.until(lambda hook: len(hook.messages) == 3)
    ticks = {shown["id"]: shown["status"] for shown in await stage.chat()}
    assert (ticks[first], ticks[second]) == ("read", "read")
    assert ticks[third] in {"sent", "delivered"}

    async def typing() -> bool:
        chats = (await stage.state())["chats"]
        return next(bool(chat["typing"]) for chat in chats if chat["key"] == HIDDEN)

    assert await typing()
    await stage.sim("clock", advance=26)
    assert not await typing()


async def test_looking_at_the_phone_sends_read_statuses(stage: Stage) -> None:
    await stage.write()
    sent = [await stage.send("text", {"body": text}) for text in "ab"]
    assert (await stage.sim("whatsapp/seen", person=HIDDEN))["read"] == sent
    await stage.webhook.until(lambda hook: sum(s["status"] == "read" for s in hook.statuses) == 2)
    assert (await stage.sim("whatsapp/seen", person=HIDDEN))["read"] == []


async def test_the_business_reacts_and_takes_it_back(stage: Stage) -> None:
    wamid = await stage.write()
    await stage.send("reaction", {"message_id": wamid, "emoji": "👍"})
    assert [shown["reaction"] for shown in await stage.chat()] == ["👍"]
    await stage.send("reaction", {"message_id": wamid, "emoji": ""})
    assert [shown["reaction"] for shown in await stage.chat()] == [None]


async def test_the_handshake_is_played(stage: Stage) -> None:
    assert (await stage.sim("whatsapp/verify"))["verified"] is True
    wrong = await stage.sim("whatsapp/verify", verify_token="another")
    assert (wrong["status"], wrong["verified"]) == (403, False)


async def test_every_call_is_written_down(stage: Stage) -> None:
    await stage.write()
    await stage.send("text", {"body": "Halo"})
    await stage.upload(b"x" * 10)
    sent, uploaded = await stage.calls()
    assert (sent["api"], sent["method"], sent["status"], sent["body"]["text"]) == (
        "whatsapp", "POST messages", 200, {"body": "Halo"},
    )  # fmt: skip
    assert (uploaded["method"], uploaded["body"]["file"]) == ("POST media", {"file": "foto.png", "size": 10})
