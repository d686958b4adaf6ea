"""A report is withdrawn with its code, through the platforms as they are."""

import pytest

from tests.town import Town
from tests.whole.reports import Desk, greet, report


@pytest.mark.parametrize("platform", ["telegram", "whatsapp"])
@pytest.mark.parametrize("read", [False, True])
async def test_a_report_is_withdrawn_with_its_code(town: Town, platform: str, *, read: bool) -> None:
    phone = await (town.on_telegram() if platform == "telegram" else town.on_whatsapp())
    officer = await town.officer()
    desk = await Desk.watched(officer)
    await greet(phone)
    ticket = await report(phone)
    card = await desk.new_card()
    if read:
        await officer.press(card, "Buka")
        await officer.changed(card, "Status: dibaca")
    await phone.say(ticket)
    asked = await phone.press("Cabut laporan")
    assert ("sudah membukanya" in asked["text"]) is read
    done = await phone.press("Ya, cabut")
    assert ("isi dan berkasnya kami hapus" in done["text"].casefold()) is not read
    await officer.shows(card, "DICABUT PELAPOR")
    await phone.say(ticket)
    await phone.until(lambda bubbles: "Keadaan sekarang: Dicabut" in bubbles[-1]["text"])
