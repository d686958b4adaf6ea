"""Several tips of the queue at once: the alike are linked in one press; spam is ticked, asked about, and closed."""

import time
from datetime import timedelta
from typing import Any

import pytest

from handlers.desk import Card, groups
from handlers.moments import Moment
from handlers.status import Status
from tests.desk.hands import in_group, press, press_on, privately, types
from tests.desk.office import BAGUS, JOKO, RINA, TODAY, Office
from tests.town import Message, Officer

DAY = Moment("day", TODAY, TODAY)


@pytest.fixture
async def bagus(office: Office) -> Officer:
    return await office.officer(BAGUS)


async def references(office: Office, tips: list[str]) -> list[str]:
    await office.settled()
    return [(await office.card(tip)).reference for tip in tips]


async def alike(office: Office) -> list[str]:
    """Three tips of one event, two of another, and one by itself."""
    budi = {"who": "Camat Budi Contoh", "when": DAY}
    siti = {"who": "Lurah Siti", "when": DAY, "place": "62.71.03", "what": "apk"}
    abouts: list[dict[str, Any]] = [
        {**budi},
        {**budi},
        {**budi, "what": "kampanye"},
        siti,
        siti,
        {"place": "", "what": "lain", "when": None},
    ]
    tips = await office.receive_all(abouts)
    await office.settled()
    return tips


def labels(message: Message) -> list[str]:
    return [button["text"] for row in message["buttons"] for button in row]


async def shown(office: Office, message: Message) -> Message:
    await office.settled()
    return next(one for one in await office.group_messages() if one["id"] == message["id"])


async def test_what_looks_alike_is_linked_in_one_press_and_stays_open(office: Office, rina: Officer) -> None:
    tips = await alike(office)
    names = await references(office, tips)
    await types(office, rina, "/antrean")
    await privately(office, rina, "Mirip (5)")
    text = await rina.private.text()
    lines = [sorted(line.partition(" · ")[0].split(", ")) for line in text.splitlines() if " · " in line]
    assert sorted(lines) == sorted([sorted(names[:3]), sorted(names[3:5])])
    assert await privately(office, rina, "Hubungkan semua") == "5 laporan dihubungkan. Semuanya tetap terbuka."
    for place, tip in enumerate(tips):
        others = set(tips[:3] if place < 3 else tips[3:5] if place < 5 else ()) - {tip}
        assert {twin.tip for twin in (await office.card(tip)).twins} == others
        assert await office.status(tip) is Status.RECEIVED
        assert [act for act in await office.audit(tip) if act[1] == "linked"] == [("Rina", "linked")] * bool(others)
    queue = await rina.private.last()
    assert [text for text, _ in rina.private.buttons(queue)] == ["Ambil 10 mendesak", "Buka berikutnya", "Spam"]


async def test_linking_a_second_time_or_what_has_changed_links_nothing(
    office: Office, rina: Officer, bagus: Officer
) -> None:
    tips = await alike(office)
    [queue] = await in_group(office, RINA, "/antrean")
    await press_on(office, rina, queue, "Mirip (5)")
    link = await rina.data(queue, "Hubungkan semua")
    [newer] = await office.receive_all([{"who": "Camat Budi Contoh", "when": DAY}])
    await office.settled()
    assert "sudah berubah" in await rina.forge(queue, link)
    assert not (await office.card(tips[0])).twins
    assert (await office.card(newer)).reference in (await shown(office, queue))["text"]
    link = await rina.data(queue, "Hubungkan semua")
    assert "6 laporan" in await bagus.forge(queue, link)
    assert "sudah berubah" in await rina.forge(queue, link)
    assert "Tidak ada yang mirip lagi." in (await shown(office, queue))["text"]


async def test_nobody_links_what_they_may_not_change(office: Office, rina: Officer, bagus: Officer) -> None:
    tips = await alike(office)
    joko = await office.officer(JOKO)
    [queue] = await in_group(office, RINA, "/antrean")
    await press_on(office, rina, queue, "Mirip (5)")
    link = await rina.data(queue, "Hubungkan semua")
    assert "Peran Anda" in await joko.forge(queue, link)
    for tip in tips[:2]:
        await press(office, bagus, tip, "Ambil")
    assert "sudah berubah" in await rina.forge(queue, link)
    await office.settled()
    assert "2 laporan" in await press_on(office, rina, queue, "Hubungkan semua")
    assert not (await office.card(tips[2])).twins
    del office.officers[RINA]
    assert "terdaftar" in await rina.forge(queue, link)


async def test_spam_is_ticked_asked_about_and_closed(office: Office, rina: Officer) -> None:
    tips = await office.receive_all([{"day": TODAY - timedelta(days=number)} for number in range(12)])
    names = await references(office, tips)
    first, second = names[11], names[10]
    await types(office, rina, "/antrean")
    for label in ("Spam", first, second, names[9]):
        await privately(office, rina, label)
    await privately(office, rina, f"√ {names[9]}")
    await privately(office, rina, "Tutup sebagai spam")
    text = await rina.private.text()
    assert text.startswith("Tutup 2 laporan sebagai spam?")
    assert first in text
    assert second in text
    assert [await office.status(tip) for tip in tips] == [Status.RECEIVED] * 12
    assert await privately(office, rina, "Ya, tutup") == "2 laporan ditutup sebagai spam."
    assert [await office.status(tip) for tip in tips] == [Status.RECEIVED] * 10 + [Status.SPAM] * 2
    assert ("Rina", "spam") in await office.audit(tips[11])
    assert "Masih terbuka: 10." in await rina.private.text()
    # Each of them is taken back like any other.
    await press(office, rina, tips[11], "Lainnya", "Urungkan")
    assert await office.status(tips[11]) is Status.RECEIVED


async def test_spam_has_pages_and_a_way_back(office: Office, rina: Officer) -> None:
    tips = await office.receive_all([{"day": TODAY - timedelta(days=number)} for number in range(12)])
    names = await references(office, tips)
    [queue] = await in_group(office, RINA, "/antrean")
    await press_on(office, rina, queue, "Spam")
    assert labels(await shown(office, queue)) == [*reversed(names[2:]), "Selanjutnya", "Kembali"]
    await press_on(office, rina, queue, "Selanjutnya")
    assert labels(await shown(office, queue)) == [names[1], names[0], "Sebelumnya", "Kembali"]
    await press_on(office, rina, queue, names[0])
    await press_on(office, rina, queue, "Tutup sebagai spam")
    await press_on(office, rina, queue, "Kembali")
    assert labels(await shown(office, queue)) == [names[1], names[0], "Sebelumnya", "Kembali"]
    await press_on(office, rina, queue, "Kembali")
    assert "Antrean." in (await shown(office, queue))["text"]
    assert [await office.status(tip) for tip in tips] == [Status.RECEIVED] * 12


async def test_late_and_double_presses_close_nothing_more(office: Office, rina: Officer, bagus: Officer) -> None:
    tips = await office.receive_all([{"day": TODAY - timedelta(days=number)} for number in range(3)])
    names, joko = await references(office, tips), await office.officer(JOKO)
    [queue] = await in_group(office, RINA, "/antrean")
    for label in ("Spam", names[2], "Tutup sebagai spam"):
        await press_on(office, rina, queue, label)
    close = await rina.data(queue, "Ya, tutup")
    assert "Peran Anda" in await joko.forge(queue, close)
    await press(office, bagus, tips[1], "Ambil")
    # The list is not what it was when the button was made.
    assert "sudah berubah" in await rina.forge(queue, close)
    assert [await office.status(tip) for tip in tips] == [Status.RECEIVED] * 3
    await office.settled()
    assert labels(await shown(office, queue)) == [names[2], names[0], "Kembali"]
    for label in (names[2], "Tutup sebagai spam"):
        await press_on(office, rina, queue, label)
    close = await rina.data(queue, "Ya, tutup")
    assert "1 laporan" in await rina.forge(queue, close)
    assert "sudah berubah" in await rina.forge(queue, close)
    assert [await office.status(tip) for tip in tips] == [Status.RECEIVED, Status.RECEIVED, Status.SPAM]
    other = "A" if close[-1] != "A" else "B"
    assert "sudah berubah" in await rina.forge(queue, close[:-1] + other)


def test_a_flood_is_compared_before_anybody_notices() -> None:
    words = [f"nama{number:03}" for number in range(500)]
    cards = {
        name: Card(name, "uang", "", TODAY, 0, gist=("62.71.01" if number % 2 else "", TODAY.isoformat(), name))
        for number, name in enumerate(words)
    }
    start = time.perf_counter()
    found = groups(cards)
    assert time.perf_counter() - start < 0.5
    assert all(len(group) <= 8 for group in found)
    assert found
