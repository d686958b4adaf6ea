"""Whatever people send by mistake or on purpose: a clear answer in their language, and the conversation stands."""

from collections.abc import Mapping

import pytest

from handlers.dialogue import LONGEST
from locales import catalogue
from tests.pictures import photo
from tests.town import Phone, Picture, Town
from tests.whole.reports import greet

MIB = 1 << 20
JUNK = bytes(range(256)) * 40
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
BIG = bytes(25 * MIB)

Sent = Mapping[str, tuple[str, Picture, str]]

# What is sent oddly, and the key of the answer.
ODD: dict[str, dict[str, str]] = {
    "telegram": {
        "sticker": "odd-sticker",
        "contact": "odd-contact",
        "live-location": "odd-live-location",
        "animation": "odd-animation",
        "poll": "odd-poll",
        "dice": "odd-unknown",
        "story": "odd-unknown",
        "empty": "odd-unknown",
    },
    "whatsapp": {
        "sticker": "odd-sticker",
        "contacts": "odd-contact",
        "live-location": "odd-live-location",
        "unsupported": "odd-poll",
        "order": "odd-unknown",
    },
}
# What is sent as which kind of file, and the key of the answer that comes last.
FILES_ON_BOTH: Sent = {
    "a small video": ("video", Picture(JUNK, "v.mp4", "video/mp4"), "lost-kind"),
    "a voice": ("voice", Picture(JUNK, "v.ogg", "audio/ogg"), "lost-kind"),
    "a song": ("audio", Picture(JUNK, "v.mp3", "audio/mpeg"), "lost-kind"),
    "a PDF": ("document", Picture(PDF, "d.pdf", "application/pdf"), "lost-broken"),
    "a program": ("document", Picture(JUNK, "d.exe", "application/x-msdownload"), "file-document"),
    "a GIF as a document": ("document", Picture(GIF, "g.gif", "image/gif"), "lost-not-a-picture"),
}
FILES: Mapping[str, Sent] = {
    "telegram": {
        **FILES_ON_BOTH,
        "a video of 25 MB": ("video", Picture(BIG, "v.mp4", "video/mp4"), "odd-too-big"),
        "a document of 25 MB": ("document", Picture(BIG, "d.pdf", "application/pdf"), "odd-too-big"),
        "a picture that is none": ("photo", Picture(JUNK), "lost-not-a-picture"),
        "half a picture": ("photo", Picture(photo()[:700]), "lost-broken"),
    },
    "whatsapp": {
        **FILES_ON_BOTH,
        "a picture of 25 MB": ("image", Picture(BIG), "lost-too-big"),
        "a picture that is none": ("image", Picture(JUNK), "lost-not-a-picture"),
        "half a picture": ("image", Picture(photo()[:700]), "lost-broken"),
    },
}
# A client may send any bytes as a press: of no step, of another step, of this one but never offered, too many.
PRESSES = (
    *("", "x", ":", "who", "who:", "who:drop table", "send:send", "when:0", "evidence:done"),
    *("\x00:\x00", "é:🧨", "a" * 64),
)


def in_words(key: str, language: str = "id", **words: int) -> str:
    """What the bot says there, in the reporter's language."""
    return catalogue(language).say(key, words)


async def on(platform: str, town: Town) -> Phone:
    return await (town.on_telegram() if platform == "telegram" else town.on_whatsapp())


async def at_the_question_who(phone: Phone, language: str = "id") -> None:
    """Walk to the one question that takes free words."""
    await greet(phone)
    if language == "en":
        await phone.say("english")
    for label in ("notice-go", "what-ajakan", "post-district"):
        await phone.press(in_words(label, language))
    assert await phone.text() == in_words("ask-who", language)


async def goes_on(phone: Phone, language: str = "id") -> None:
    """The right answer still is one, and leads to the next question."""
    assert (await phone.say("Camat Jekan Raya"))["text"] == in_words("ask-where", language)


async def refused(phone: Phone, kind: str, file: Picture, key: str) -> None:
    """Send a file, and wait until the bot has said this of it."""
    before, words = len(await phone.said()), in_words(key)
    await phone.send([file], kind=kind)
    await phone.until(lambda bubbles: len(bubbles) > before and bubbles[-1]["text"] == words)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("platform", ["telegram", "whatsapp"])
async def test_what_is_no_answer_is_named_and_the_question_stands(town: Town, platform: str, language: str) -> None:
    phone = await on(platform, town)
    await at_the_question_who(phone, language)
    for kind, key in ODD[platform].items():
        assert (await phone.odd(kind))["text"] == in_words(key, language), kind
        assert [label for label, _ in phone.buttons(await phone.last())] == [in_words("skip", language)], kind
    await goes_on(phone, language)


@pytest.mark.parametrize("platform", ["telegram", "whatsapp"])
async def test_every_file_we_cannot_take_is_named_and_the_question_stands(town: Town, platform: str) -> None:
    phone = await on(platform, town)
    await at_the_question_who(phone)
    for kind, file, key in FILES[platform].values():
        await refused(phone, kind, file, key)
    await goes_on(phone)


async def test_a_file_that_is_no_picture_never_reaches_the_summary(town: Town) -> None:
    phone = await town.on_telegram()
    await greet(phone)
    await phone.walk("[Lanjut]", "[Mengajak/mengarahkan]", "[Camat atau lurah]", "Camat Jekan Raya", "jekan raya")
    await phone.walk("kemarin")
    await refused(phone, "photo", Picture(JUNK), "lost-not-a-picture")
    assert "Bukti: tidak diisi" in (await phone.press("Tidak ada"))["text"]


@pytest.mark.parametrize("platform", ["telegram", "whatsapp"])
async def test_an_empty_message_or_a_book_is_answered_and_the_question_stands(town: Town, platform: str) -> None:
    phone = await on(platform, town)
    await at_the_question_who(phone)
    assert (await phone.say("\u200b \u3000"))["text"] == in_words("odd-empty")
    # More than 4096 characters leave a Telegram client as two messages, so there the book is a little shorter.
    book = await phone.say("panjang " * (500 if platform == "telegram" else 625))
    said = in_words("long-noted") if platform == "telegram" else in_words("too-long", most=LONGEST)
    assert book["text"] == said
    await goes_on(phone)


@pytest.mark.parametrize("platform", ["telegram", "whatsapp"])
async def test_a_press_may_carry_any_bytes_and_the_question_stands(town: Town, platform: str) -> None:
    phone = await on(platform, town)
    await at_the_question_who(phone)
    here = await phone.last()
    stale, of_an_older_question = await phone.choice("Camat atau lurah")
    for data in (*PRESSES, of_an_older_question):
        message = stale if data == of_an_older_question else here
        assert (await phone.forge(message, data))["text"] in (in_words("ask-who"), in_words("not-words"))
    await goes_on(phone)


async def test_updates_of_an_unknown_or_broken_kind_cost_nobody_anything(town: Town) -> None:
    phone = await town.on_telegram()
    await at_the_question_who(phone)
    before = len(await phone.said())
    strange: list[dict[str, object]] = [
        {"message": "words"},
        {"message": {"message_id": "one", "chat": None}},
        {"message": {"message_id": 1, "chat": {"id": 0, "type": "galaxy"}, "date": 1, "from": {"id": 1}}},
        {"callback_query": {"id": 1}},
        {"callback_query": {"id": "1", "from": {"id": phone.person}, "data": "who:skip"}},
        {"edited_message": {"message_id": 1}},
        {"made_up_in_2031": {"id": 1}},
    ]
    for update in strange:
        await town.simulator.sim("telegram/update", bot=phone.bot, update=update)
    await goes_on(phone)
    assert len(await phone.said()) == before + 1
