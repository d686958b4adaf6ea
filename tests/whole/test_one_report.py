"""From poster to officer and back, on either platform."""

from tests.pictures import photo
from tests.town import Message, Phone, Town

QUESTIONS = ("[Lanjut]", "[Mengajak/mengarahkan]", "[Camat atau lurah]", "Camat Jekan Raya", "jekan raya", "kemarin")


async def report(phone: Phone, *, push: bool) -> str:
    """Report with an album of two photos; return the ticket."""
    await phone.walk(*QUESTIONS)
    await phone.send([photo(), photo()], kind="photo" if "Telegram" in type(phone).__name__ else "image")
    await phone.until(lambda bubbles: "2 foto" in bubbles[-1]["text"])
    await phone.walk("[Sudah semua]", "[Kirim, kabari saya]" if push else "[Kirim]")
    return await phone.ticket()


def with_two_files(message: Message) -> bool:
    return "Bukti: 2" in message["text"] and "Status: baru" in message["text"] and "belum ada" in message["text"]


async def test_a_report_on_telegram_is_read_and_its_status_is_read_on_whatsapp(town: Town) -> None:
    reporter, other_phone, officer = await town.on_telegram(), await town.on_whatsapp(), await town.officer()
    assert "tanpa menulis nama" in (await reporter.start("p-6271"))["text"]
    ticket = await report(reporter, push=True)
    card = await officer.card(with_two_files)
    assert await officer.press(card, "Ambil") == "Anda yang memegang sekarang."
    await officer.shows(card, "Rina")
    before = len(await officer.private.said())
    assert "pribadi" in await officer.press(card, "Buka")
    opened = await officer.private.until(lambda bubbles: len(bubbles) >= before + 3)
    assert "Camat Jekan Raya" in opened[-1]["text"]
    assert [bubble["media"]["kind"] for bubble in opened[-3:-1]] == ["photo", "photo"]
    await officer.shows(card, "Status: dibaca")
    await officer.press(card, "Status")
    await officer.card(lambda message: any("Ditelusuri" in str(row) for row in message["buttons"]))
    await officer.press(card, "Ditelusuri")
    await officer.shows(card, "ditelusuri")
    await reporter.until(lambda bubbles: "Ada kabar" in bubbles[-1]["text"])
    told = await other_phone.say(ticket.lower().replace("-", " "))
    assert "elusur" in told["text"]


async def test_a_report_on_whatsapp_reaches_the_desk_and_nobody_is_pushed_who_did_not_ask(town: Town) -> None:
    reporter, officer = await town.on_whatsapp(), await town.officer()
    await reporter.say("Halo dari poster 6271")
    ticket = await report(reporter, push=False)
    card = await officer.card(with_two_files)
    said = len(await reporter.said())
    await officer.press(card, "Buka")
    await officer.shows(card, "Status: dibaca")
    other_phone = await town.on_telegram()
    assert "Dibaca" in (await other_phone.say(ticket))["text"]
    assert len(await reporter.said()) == said
