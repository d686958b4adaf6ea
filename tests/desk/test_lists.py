"""Many tips at once: the queue and its buttons, lists by command, and how few presses a Monday costs."""

from datetime import timedelta

from bot.data import tables
from handlers.desk import PAGE
from handlers.status import Status
from storage import scans
from tests.desk.hands import in_group, press, press_on, privately, types
from tests.desk.office import BAGUS, DEWI, JOKO, RINA, TODAY, Office
from tests.town import Officer


async def test_the_queue_is_paged_in_place_with_what_is_urgent_first(office: Office, rina: Officer) -> None:
    tips = await office.receive_all([{"day": TODAY - timedelta(days=number % 5)} for number in range(23)])
    now = await office.receive(live=True)
    await office.settled()
    [queue] = await in_group(office, RINA, "/antrean@saksi_desk_bot")
    lines = queue["text"].splitlines()
    assert lines[0] == "Antrean. Belum dibaca: 24. Masih terbuka: 24."
    assert lines[2].startswith((await office.card(now)).reference)
    assert ["masuk 4 hari lalu" in line for line in lines[3:7]] == [True] * 4
    shown = {line.split()[0] for line in lines if "· masuk" in line}
    for page in (2, 3):
        await press_on(office, rina, queue, "Selanjutnya")
        after = next(one for one in await office.group_messages() if one["id"] == queue["id"])
        assert f"Halaman {page} dari 3" in after["text"]
        shown |= {line.split()[0] for line in after["text"].splitlines() if "· masuk" in line}
    assert shown == {(await office.card(tip)).reference for tip in (*tips, now)}
    await press_on(office, rina, queue, "Sebelumnya")


async def test_ten_are_taken_at_once_and_others_take_the_next_ten(office: Office, rina: Officer) -> None:
    bagus = await office.officer(BAGUS)
    tips = await office.receive_all([{} for _ in range(12)])
    await office.settled()
    [queue] = await in_group(office, RINA, "/antrean")
    assert await press_on(office, rina, queue, "Ambil 10 mendesak") == "Anda sekarang memegang 10 laporan lagi."
    assert await press_on(office, bagus, queue, "Ambil 10 mendesak") == "Anda sekarang memegang 2 laporan lagi."
    assert await press_on(office, bagus, queue, "Ambil 10 mendesak") == "Tidak ada lagi yang menunggu."
    holders = [(await office.card(tip)).holder for tip in tips]
    assert sorted(holders) == ["Bagus"] * 2 + ["Rina"] * 10
    for tip, holder in zip(tips, holders, strict=True):
        assert f"Dipegang: {holder}" in (await office.posted(tip))["text"]
    mine = await types(office, bagus, "/saya")
    assert mine.startswith("Anda memegang 2 laporan.")
    assert [("Bagus" in line) for line in mine.splitlines()[2:]] == [True, True]


async def test_forty_tips_on_a_monday_cost_few_presses_and_no_change_of_chat(office: Office, rina: Officer) -> None:
    tips = await office.receive_all([{"who": f"Camat {number}"} for number in range(40)])
    await office.settled()
    await types(office, rina, "/antrean")
    taps, outcomes = 1, ("Spam", "Ditelusuri")
    for _ in range(4):
        await privately(office, rina, "Ambil 10 mendesak")
        taps += 1
    for number in range(40):
        assert "pribadi" in await privately(office, rina, "Buka berikutnya")
        assert "Status sekarang" in await privately(office, rina, outcomes[number % 2])
        taps += 2
    statuses = [await office.status(tip) for tip in tips]
    assert sorted(statuses) == [Status.SPAM] * 20 + [Status.TRACING] * 20
    assert await privately(office, rina, "Buka berikutnya") == "Tidak ada lagi yang menunggu."
    assert taps <= 110


async def test_what_is_looked_for_is_found_by_name_place_and_status_and_opens(office: Office, rina: Officer) -> None:
    here, there = await office.receive(place="62.71.01"), await office.receive(place="62.71.03")
    name = (await office.posted(here))["text"].split()[0]
    await office.posted(there)
    found = await types(office, rina, f"/cari {name.replace('-', ' ')}")
    assert found.startswith("Ditemukan: 1")
    assert name in found
    place = (await office.card(there)).place
    assert "Ditemukan: 1" in await types(office, rina, f"/cari {place.upper()} baru")
    assert "Tidak ada yang cocok" in await types(office, rina, f"/cari {place} selesai")
    assert "Contoh: /cari" in await types(office, rina, "/cari")
    assert "Ditemukan: 2" in await types(office, rina, "/cari uang")
    assert "pribadi" in await privately(office, rina, name)
    assert "Camat membagi amplop." in await rina.private.text()
    assert await office.status(here) is Status.ACKNOWLEDGED


async def test_what_is_late_is_one_message_and_one_press_reminds(office: Office, rina: Officer) -> None:
    dewi = await office.officer(DEWI)
    assert await types(office, dewi, "/terlambat") == "Tidak ada yang terlambat."
    tip = await office.receive()
    await office.settled()
    await office.pass_time(hours=25)
    await office.pass_time(seconds=61)
    told = await types(office, dewi, "/terlambat")
    assert (await office.card(tip)).reference in told
    assert "masuk kemarin" in told
    before, dewis = len(await office.said("lewat waktunya")), len(await dewi.private.said())
    assert await privately(office, dewi, "Ingatkan semua") == "Grup dan penyelia diingatkan."
    assert len(await office.said("lewat waktunya")) == before + 1
    assert len(await dewi.private.said()) == dewis + 1
    assert await office.status(tip) is Status.RECEIVED
    assert rina.person == RINA


async def test_numbers_are_words_and_count_what_there_is(office: Office, rina: Officer) -> None:
    tips = await office.receive_all([{"what": "uang"}, {"what": "uang"}, {"what": "apk", "place": "62.71.03"}])
    await office.settled()
    await press(office, rina, tips[0], "Selesai …", "Spam")
    text = await types(office, rina, "/statistik")
    assert "Semua laporan: 3" in text
    assert "selesai, spam: 1" in text
    assert "baru: 2" in text
    assert "Bagi uang/barang: 2" in text


async def test_posters_are_counted_in_fives_and_small_numbers_are_not_told(office: Office, rina: Officer) -> None:
    assert "Belum ada poster" in await types(office, rina, "/poster")
    counts = {("62.71", "2026-10"): 145, ("35.71", "2026-11"): 5, ("93.01", "2026-11"): 40}
    await office.committer.commit(lambda tx: scans.add(tx, counts))
    text = await types(office, rina, "/poster")
    assert text.splitlines()[1:4] == [
        "Kabupaten Merauke, 11/2026: sekitar 40",
        "Kota Kediri, 11/2026: sekitar 5",
        "Kota Palangka Raya, 10/2026: sekitar 140",
    ]
    assert "Kurang dari 5 tidak ditampilkan" in text


async def test_many_posters_are_told_ten_at_a_time(office: Office, rina: Officer) -> None:
    counts = {(code, "2026-11"): 5 * number for number, code in enumerate(list(tables.regencies())[:40], 1)}
    await office.committer.commit(lambda tx: scans.add(tx, counts))
    text = await types(office, rina, "/poster")
    assert f"dan {40 - PAGE} lagi" in text
    assert text.count("sekitar") == PAGE


async def test_an_auditor_looks_and_takes_nothing(office: Office) -> None:
    joko = await office.officer(JOKO)
    tip = await office.receive()
    await office.settled()
    await types(office, joko, "/antrean")
    for label in ("Ambil 10 mendesak", "Buka berikutnya"):
        assert "Peran Anda" in await privately(office, joko, label)
    assert (await office.card(tip)).holder == ""


async def test_strangers_and_anonymous_admins_get_no_list(office: Office) -> None:
    await office.simulator.sim("telegram/member", group=office.group, person=7001, status="member")
    assert await in_group(office, 7001, "/antrean") == []
    await office.simulator.sim("telegram/member", group=office.group, person=7001, status="left")
    [told] = await in_group(office, RINA, "/antrean", anonymous=True)
    assert "sebagai grup" in told["text"]


async def test_a_forged_button_of_a_list_is_old(office: Office, rina: Officer) -> None:
    await office.receive()
    await office.settled()
    await types(office, rina, "/antrean")
    message, data = await rina.private.choice("Ambil 10 mendesak")
    other = "A" if data[-1] != "A" else "B"
    for forged in (data[:-1] + other, data.replace("list-take", "list-next"), "1.list-take.x.AAAA"):
        assert "sudah lama" in await rina.forge(message, forged, chat=rina.private.bot)


async def test_commands_stand_behind_the_menu_button(office: Office) -> None:
    state = await office.simulator.get("state")
    [bot] = [one for one in state["telegram"]["bots"] if one["username"] == "saksi_desk_bot"]
    names = [one["command"] for one in bot["commands"]]
    assert names == ["antrean", "terlambat", "saya", "cari", "statistik", "poster", "bantuan"]
