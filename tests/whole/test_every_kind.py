"""Every kind of file goes the whole way: from a phone, cleaned, sealed, and to an officer as what it is."""

from functools import partial

import pytest

from tests.cleaning.files import telling
from tests.cleaning.papers import plain
from tests.cleaning.recordings import sound, video
from tests.town import Message, Officer, Phone, Picture, Town
from tests.whole.reports import Desk, greet, report

# What is sent, and as which kind of message each platform brings it.
FILES = {
    "video": Picture(video(), "VID_20261112.mp4", "video/mp4"),
    "document": Picture(plain(), "rina.pdf", "application/pdf"),
    "voice": Picture(sound("libopus", "ogg"), "AUD_1.ogg", "audio/ogg"),
}
TIMED = Picture(telling("JPEG"), "IMG_20261112.jpg", "image/jpeg")
SEEN = ["photo", "video", "document", "voice"]


async def on(platform: str, town: Town) -> Phone:
    return await (town.on_telegram() if platform == "telegram" else town.on_whatsapp())


@pytest.mark.parametrize("platform", ["telegram", "whatsapp"])
async def test_a_report_with_every_kind_of_file_is_seen_by_an_officer(town: Town, platform: str) -> None:
    phone, officer = await on(platform, town), await town.officer()
    desk = await Desk.watched(officer)
    await greet(phone)
    await phone.walk("[Lanjut]", "[Mengajak/mengarahkan]", "[Camat atau lurah]", "Camat Jekan Raya", "jekan raya")
    await phone.say("kemarin")
    for kind, file in FILES.items():
        before = len(await phone.said())
        await phone.send([file], kind=kind)
        await phone.answered(before)
    await phone.press("Kirim suara")
    # As a document it keeps its hour, which a photo loses on either platform before it comes to us.
    await phone.send([TIMED], kind="document")
    await phone.until(lambda bubbles: str(bubbles[-1]["text"]).startswith("4 kiriman"))
    assert "12 November 2026, pukul 09.15" in (await phone.press("Sudah semua"))["text"]
    await phone.walk("[Ya, sertakan]", "[Kirim]")
    card = await desk.new_card(len(SEEN))
    before = len(await officer.private.said())
    await officer.press(card, "Buka")
    shown = await officer.private.until(lambda bubbles: len(bubbles) > before + len(SEEN))
    files = [bubble for bubble in shown[before:] if bubble["media"]]
    assert [file["media"]["kind"] for file in files] == SEEN
    assert "09.15" in files[0]["caption"]
    assert all(bubble["protected"] for bubble in shown[before:])
    assert not any(name in f"{files}" for name in ("rina", "2026111", "AUD_1"))


async def test_a_file_added_with_the_code_from_another_phone_is_seen_by_an_officer(town: Town) -> None:
    phone, other, officer = await town.on_whatsapp(), await town.on_telegram(), await town.officer()
    desk = await Desk.watched(officer)
    await greet(phone)
    ticket = await report(phone)
    card = await desk.new_card()
    await other.say(ticket)
    before = len(await other.said())
    await other.send([FILES["document"]], kind="document", caption="surat edarannya")
    assert "kami bersihkan" in (await other.answered(before))["text"]
    await officer.changed(card, "Bukti: 3")
    shown = await opened(officer, card, files=3)
    assert [bubble["media"]["kind"] for bubble in shown if bubble["media"]] == ["photo", "photo", "document"]
    assert "surat edarannya" in shown[-1]["text"]


async def opened(officer: Officer, card: Message, *, files: int) -> list[Message]:
    """Open a tip until all its files have come: the card counts those on their way as well."""
    while True:
        read = len(await officer.private.said())
        await officer.press(card, "Buka")
        bubbles = await officer.private.until(partial(_is_whole, read))
        if sum(bool(bubble["media"]) for bubble in bubbles[read:]) == files:
            return bubbles[read:]


def _is_whole(read: int, bubbles: list[Message]) -> bool:
    """Whether the last bubble of an opened tip is there, which has the buttons."""
    return len(bubbles) > read and bool(bubbles[-1]["buttons"])
