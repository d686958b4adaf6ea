"""Editing and taking back messages, through the platforms as they are."""

import pytest
from msgspec import json

from bot.channels import telegram_update
from tests.town import Phone, TelegramPhone, Town
from tests.whole.reports import greet

STORY = "kemarin lurah pahandut bagi beras di pasar"
OTHER = "kemarin camat sebangau kampanye di lapangan"


async def on(platform: str, town: Town) -> Phone:
    return await (town.on_telegram() if platform == "telegram" else town.on_whatsapp())


async def edit(phone: Phone, words: str, text: str) -> None:
    """Change the person's message that says this; the bot answers it."""
    mine = next(one for one in await phone.messages() if one["text"] == words and not phone.is_ours(one))
    if isinstance(phone, TelegramPhone):
        await phone.act("telegram/edit", person=phone.person, chat=phone.bot, message=mine["id"], text=text)
    else:
        await phone.act("whatsapp/odd", person=phone.person, kind="edit", message=mine["id"], text=text)


@pytest.mark.parametrize("platform", ["telegram", "whatsapp"])
async def test_an_edited_message_is_understood_anew_until_it_is_sent(town: Town, platform: str) -> None:
    phone = await on(platform, town)
    await greet(phone)
    await phone.walk("[Lanjut]", STORY)
    await edit(phone, STORY, OTHER)
    assert "Kec. Sabangau" in await phone.text()
    assert "Ikut kampanye/deklarasi" in await phone.text()
    await phone.press("Tidak ada")
    summary = await phone.text()
    assert OTHER in summary
    assert STORY not in summary
    await phone.press("Kirim")
    await edit(phone, OTHER, STORY)
    assert (await phone.text()).startswith("Yang tadi sudah terkirim, jadi perubahan")


async def test_a_message_taken_back_on_whatsapp_leaves_the_report(town: Town) -> None:
    phone = await town.on_whatsapp()
    await greet(phone)
    await phone.walk("[Lanjut]", STORY, "ada juga pak budi")
    await phone.act("whatsapp/odd", person=phone.person, kind="revoke")
    assert (await phone.text()).startswith("Pesan itu sudah kami buang")
    await phone.press("Tidak ada")
    assert "pak budi" not in await phone.text()
    assert STORY in await phone.text()


@pytest.mark.parametrize(
    "changed",
    [
        {"location": {"latitude": -2.2, "longitude": 113.9, "live_period": 900}},
        {"photo": [{"file_id": "F", "file_size": 1}]},
        {"text": "  "},
        {"text": "kemarin", "from": {"id": 7, "is_bot": True}},
        {"text": "kemarin", "chat": {"id": -7, "type": "group"}},
    ],
)
def test_what_changes_without_words_of_somebodys_own_is_no_edit(changed: dict[str, object]) -> None:
    """A live location moves by such updates."""
    message = {"message_id": 5, "chat": {"id": 7, "type": "private"}, "from": {"id": 7}} | changed
    update = {"update_id": 1, "edited_message": message}
    assert telegram_update.decode(json.encode(update), lambda: "item") is None
