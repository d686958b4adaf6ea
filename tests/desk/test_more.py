"""What stands behind *Selesai* and *Lainnya*: outcomes, sanctions, reasons, notes, codes, duplicates, undo."""

import pytest

from handlers.desk import Role
from handlers.moments import Moment
from handlers.status import Status
from tests.desk.hands import press, types
from tests.desk.office import BAGUS, DEWI, TODAY, Office
from tests.town import Officer


@pytest.fixture
async def dewi(office: Office) -> Officer:
    return await office.officer(DEWI)


async def test_three_presses_close_as_proven_with_a_sanction(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    toast = await press(office, rina, tip, "Selesai …", "Terbukti", "Moral, terbuka")
    assert toast == "Tercatat. Sanksi: Moral, terbuka."
    assert await office.status(tip) is Status.PROVEN
    assert (await office.card(tip)).sanction == "moral-open"
    assert ("Rina", "sanction-moral-open") in await office.audit(tip)
    # What PPK decides later is recorded later.
    await press(office, rina, tip, "Sanksi …", "Berat")
    assert (await office.card(tip)).sanction == "heavy"


async def test_a_closed_tip_is_opened_again_with_a_reason_and_its_reporter_reads_that(
    office: Office, rina: Officer
) -> None:
    tip = await office.receive()
    await press(office, rina, tip, "Selesai …", "Tidak terbukti", "Buka lagi …", "Ada bukti baru")
    assert await office.status(tip) is Status.TRACING
    assert ("Rina", "reopened-evidence") in await office.audit(tip)
    told = await office.timeline(tip)
    assert (told.status, told.closed) == ("tracing", False)
    assert [line.key for line in told.lines] == ["status-received", "status-unproven", "status-tracing"]


async def test_a_note_is_typed_in_private_and_shown_to_officers_alone(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    await press(office, rina, tip, "Lainnya", "Catatan")
    assert "tersimpan" in await types(office, rina, "Sudah dicek ke kecamatan.")
    assert "dicek" not in str(await office.group_messages())
    assert ("Rina", "noted") in await office.audit(tip)
    await press(office, rina, tip, "Buka")
    await office.settled()
    assert "18 November 2026, Rina: Sudah dicek ke kecamatan." in await rina.private.text()
    assert not [line for line in (await office.timeline(tip)).lines if "dicek" in line.text]


async def test_a_note_is_words_and_not_endless(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    await press(office, rina, tip, "Lainnya", "Catatan")
    assert "terlalu panjang" in await types(office, rina, "a " * 700)
    await rina.private.odd("sticker")
    assert "hanya tulisan" in await rina.private.text()
    assert "tersimpan" in await types(office, rina, "Singkat saja.")


async def test_legal_codes_of_the_category_are_ticked_and_shown(office: Office, rina: Officer) -> None:
    tip = await office.receive(what="uang")
    await press(office, rina, tip, "Lainnya", "Kode hukum", "DS8", "PD4", "√ PD4", "Kembali", "Buka")
    await office.settled()
    assert "Kode hukum: DS8" in await rina.private.text()
    assert ("Rina", "tag-ds8") in await office.audit(tip)


async def test_likely_duplicates_are_proposed_and_linking_keeps_both(office: Office, rina: Officer) -> None:
    day = Moment("day", TODAY, TODAY)
    one = await office.receive(who="Camat Budi Contoh", when=day)
    same = await office.receive(who="Pak Budi, camat", when=day, what="kampanye")
    elsewhere = await office.receive(who="Camat Siti", when=day, place="62.71.03", what="kampanye")
    for tip in (one, same, elsewhere):
        await office.posted(tip)
    await press(office, rina, one, "Lainnya", "Duplikat dari")
    labels = [button["text"] for row in (await office.posted(one))["buttons"] for button in row]
    twin, stranger = (await office.card(same)).reference, (await office.card(elsewhere)).reference
    assert twin in labels
    assert stranger not in labels
    await press(office, rina, one, "Kembali", "Buka")
    await office.settled()
    assert f"Mungkin kejadian yang sama: {twin}\n" in await rina.private.text()
    await press(office, rina, one, "Lainnya", "Duplikat dari")
    await press(office, rina, one, twin)
    assert [link.tip for link in (await office.card(one)).twins] == [same]
    assert [link.tip for link in (await office.card(same)).twins] == [one]
    assert [await office.status(tip) for tip in (one, same)] == [Status.ACKNOWLEDGED, Status.RECEIVED]
    await press(office, rina, one, f"√ {twin}")
    assert not (await office.card(one)).twins
    assert not (await office.card(same)).twins


async def test_an_excluded_officer_neither_opens_nor_acts_even_in_their_own_chat(office: Office, dewi: Officer) -> None:
    bagus = await office.officer(BAGUS)
    tip = await office.receive()
    await press(office, bagus, tip, "Buka")
    await office.settled()
    opened = await bagus.private.last()
    data = next(data for text, data in bagus.private.buttons(opened) if text == "Buka")
    await press(office, dewi, tip, "Lainnya", "Kecualikan petugas", "Bagus")
    assert "tidak ditangani oleh Anda" in await press(office, bagus, tip, "√ Bagus")
    before = len(await bagus.private.said())
    assert "tidak ditangani oleh Anda" in await bagus.forge(opened, data, chat=bagus.private.bot)
    await office.settled()
    assert len(await bagus.private.said()) == before
    assert ("Dewi", "excluded Bagus") in await office.audit(tip)
    assert office.officers[DEWI].role is Role.SUPERVISOR


@pytest.mark.parametrize("who", [BAGUS, DEWI])
async def test_anybody_may_stand_back_and_nobody_but_a_supervisor_keeps_others_away(office: Office, who: int) -> None:
    officer = await office.officer(who)
    tip = await office.receive()
    await press(office, officer, tip, "Lainnya", "Kecualikan petugas", "Rina")
    assert (await office.card(tip)).excluded == (("Rina",) if who == DEWI else ())
    await press(office, officer, tip, office.officers[who].alias)
    assert office.officers[who].alias in (await office.card(tip)).excluded


async def test_a_wrong_press_is_taken_back(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    await press(office, rina, tip, "Ambil", "Selesai …", "Spam", "Lainnya", "Urungkan")
    assert await office.status(tip) is Status.RECEIVED
    assert (await office.card(tip)).holder == "Rina"
    assert ("Rina", "undone") in await office.audit(tip)
