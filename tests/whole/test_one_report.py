"""From poster to officer and back, on either platform."""

from tests.town import Town
from tests.whole.reports import Desk, greet, report


async def test_a_report_on_telegram_is_read_and_its_status_is_read_on_whatsapp(town: Town) -> None:
    reporter, other_phone, officer = await town.on_telegram(), await town.on_whatsapp(), await town.officer()
    desk = await Desk.watched(officer)
    assert "tanpa menulis nama" in (await greet(reporter))["text"]
    ticket = await report(reporter, push=True)
    card = await desk.new_card()
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
    desk = await Desk.watched(officer)
    await greet(reporter)
    ticket = await report(reporter, push=False)
    card = await desk.new_card()
    said = len(await reporter.said())
    await officer.press(card, "Buka")
    await officer.shows(card, "Status: dibaca")
    other_phone = await town.on_telegram()
    assert "Dibaca" in (await other_phone.say(ticket))["text"]
    assert len(await reporter.said()) == said
