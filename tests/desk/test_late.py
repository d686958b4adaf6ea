"""What is late: everybody is reminded once an hour at most, and a supervisor gives a late tip to somebody else."""

from datetime import timedelta

import pytest

from handlers.status import Status
from tests.desk.hands import in_group, press, press_on, privately, types
from tests.desk.office import BAGUS, DEWI, JOKO, RINA, Office
from tests.town import Message, Officer


@pytest.fixture
async def dewi(office: Office) -> Officer:
    return await office.officer(DEWI)


@pytest.fixture
async def bagus(office: Office) -> Officer:
    return await office.officer(BAGUS)


async def late_tip(office: Office, holder: Officer | None = None) -> str:
    """A tip that nobody has read for a day, though somebody may hold it."""
    tip = await office.receive()
    await office.posted(tip)
    if holder:
        await press(office, holder, tip, "Ambil")
    await office.pass_time(hours=25)
    await office.pass_time(seconds=61)
    return tip


def shown(officer: Officer, message: Message) -> list[str]:
    return [text for text, _ in officer.private.buttons(message)]


async def test_a_late_tip_is_given_to_somebody_else_and_both_are_told(
    office: Office, dewi: Officer, bagus: Officer
) -> None:
    rina = await office.officer(RINA)
    tip = await late_tip(office, rina)
    reference = (await office.card(tip)).reference
    assert "Rina" in await types(office, dewi, "/terlambat")
    await privately(office, dewi, "Alihkan")
    await privately(office, dewi, reference)
    assert shown(dewi, await dewi.private.last()) == ["Bagus", "Dewi", "Kembali"]
    assert await privately(office, dewi, "Bagus") == f"{reference} dialihkan ke Bagus."
    assert (await office.card(tip)).holder == "Bagus"
    assert "Dipegang: Bagus" in (await office.posted(tip))["text"]
    assert ("Dewi", "reassigned Bagus") in await office.audit(tip)
    assert f"Dewi mengalihkan {reference} kepada Anda." in await bagus.private.text()
    assert f"{reference} sekarang dipegang Bagus, dialihkan oleh Dewi." in await rina.private.text()
    last = await dewi.private.last()
    assert "Belum dibaca, sudah lewat waktunya: 1" in last["text"]
    assert "Bagus" in last["text"]
    # What a supervisor did wrongly is taken back like anything else.
    await press(office, dewi, tip, "Lainnya", "Urungkan")
    assert (await office.card(tip)).holder == "Rina"


async def test_only_a_supervisor_gives_and_the_list_in_the_group_does_it_too(
    office: Office, dewi: Officer, bagus: Officer
) -> None:
    joko = await office.officer(JOKO)
    tip = await late_tip(office)
    reference = (await office.card(tip)).reference
    [listed] = await in_group(office, BAGUS, "/terlambat")
    assert "tugas penyelia" in await press_on(office, bagus, listed, "Alihkan")
    await press_on(office, dewi, listed, "Alihkan")
    await press_on(office, dewi, listed, reference)
    to_bagus = await dewi.data(listed, "Bagus")
    assert "tugas penyelia" in await bagus.forge(listed, to_bagus)
    assert "Peran Anda" in await joko.forge(listed, to_bagus)
    assert (await office.card(tip)).holder == ""
    assert "dialihkan ke Bagus" in await press_on(office, dewi, listed, "Bagus")


async def test_a_press_that_comes_late_or_twice_gives_nothing(office: Office, dewi: Officer, bagus: Officer) -> None:
    tip = await late_tip(office)
    reference = (await office.card(tip)).reference
    await types(office, dewi, "/terlambat")
    await privately(office, dewi, "Alihkan")
    whom = await dewi.private.choice(reference)
    await privately(office, dewi, reference)
    (message, to_bagus), (_, to_dewi) = await dewi.private.choice("Bagus"), await dewi.private.choice("Dewi")
    assert "dialihkan" in await dewi.forge(message, to_bagus, chat=dewi.private.bot)
    for data in (to_bagus, to_dewi, whom[1]):
        assert "sudah lama" in await dewi.forge(message, data, chat=dewi.private.bot)
    assert (await office.card(tip)).holder == "Bagus"
    assert [act for act in await office.audit(tip) if "reassigned" in act[1]] == [("Dewi", "reassigned Bagus")]
    # Read meanwhile, so there is nothing to give away.
    await office.settled()
    await privately(office, dewi, "Alihkan")
    await privately(office, dewi, reference)
    message, to_dewi = await dewi.private.choice("Dewi")
    await press(office, bagus, tip, "Buka")
    assert "sudah lama" in await dewi.forge(message, to_dewi, chat=dewi.private.bot)
    assert (await office.card(tip)).holder == "Bagus"
    assert await office.status(tip) is Status.ACKNOWLEDGED


async def test_nobody_is_offered_who_may_not_have_it(office: Office, dewi: Officer, bagus: Officer) -> None:
    tip = await late_tip(office)
    reference = (await office.card(tip)).reference
    await press(office, dewi, tip, "Lainnya", "Kecualikan petugas", "Bagus")
    await types(office, dewi, "/terlambat")
    await privately(office, dewi, "Alihkan")
    await privately(office, dewi, reference)
    assert shown(dewi, await dewi.private.last()) == ["Rina", "Dewi", "Kembali"]
    message, to_rina = await dewi.private.choice("Rina")
    assert bagus.person == BAGUS
    del office.officers[RINA]
    assert "sudah lama" in await dewi.forge(message, to_rina, chat=dewi.private.bot)
    assert (await office.card(tip)).holder == ""
    del office.officers[DEWI]
    assert "terdaftar" in await dewi.forge(message, to_rina, chat=dewi.private.bot)


async def test_who_cannot_be_told_is_named_to_the_supervisor(office: Office, dewi: Officer) -> None:
    tip = await late_tip(office)
    await types(office, dewi, "/terlambat")
    await privately(office, dewi, "Alihkan")
    await privately(office, dewi, (await office.card(tip)).reference)
    assert "Kabari sendiri" in await privately(office, dewi, "Rina")
    assert (await office.card(tip)).holder == "Rina"


async def test_everybody_is_reminded_once_an_hour_at_most(office: Office, dewi: Officer, bagus: Officer) -> None:
    tip = await late_tip(office)
    await types(office, dewi, "/terlambat")
    before = len(await office.said("lewat waktunya"))
    assert await privately(office, dewi, "Ingatkan semua") == "Grup dan penyelia diingatkan."
    await types(office, bagus, "/terlambat")
    for officer in (dewi, bagus):
        assert "kurang dari satu jam" in await privately(office, officer, "Ingatkan semua")
    assert len(await office.said("lewat waktunya")) == before + 1
    office.ahead += timedelta(hours=1)
    assert await privately(office, dewi, "Ingatkan semua") == "Grup dan penyelia diingatkan."
    assert len(await office.said("lewat waktunya")) == before + 2
    await press(office, bagus, tip, "Buka")
    assert await privately(office, dewi, "Ingatkan semua") == "Tidak ada yang terlambat."
