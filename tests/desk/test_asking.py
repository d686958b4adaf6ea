"""A question back to the reporter: what goes out, what is refused, who has to agree, and the answer."""

import pytest

from handlers.desk import Fault, fault
from handlers.status import Status
from tests.desk.hands import press, types
from tests.desk.office import BAGUS, DEWI, JOKO, OFFICERS, Office
from tests.town import Message, Officer

FISHING = {
    Fault.IDENTITY: (
        "Siapa nama Anda?", "nama lengkap?", "Boleh tahu NIK-nya?", "n i k berapa", "N.I.K", "Kirim foto KTP.",
        "Anda siapa?", "Apa pekerjaan Anda di sana?", "Anda bekerja di mana?", "Jabatan Anda apa?", "Umur Anda berapa?",
        "Alamat rumah di mana?", "Apa hubungan Anda dengan camat?", "What is your job?", "Who are you?", "Your name?",
        "na\u200bma Anda", "\uff2e\uff29\uff2b", "Tolong perkenalkan diri.", "Di kantor Anda ada siapa lagi?", "NAMA",
    ),
    Fault.CONTACT: (
        "Boleh minta nomor?", "Hubungi kami lewat telepon.", "Ada WA?", "Kirim lewat WhatsApp saja.", "whats app?",
        "email apa", "no hp?", "Kontak Anda apa?", "W A", "Call me.", "Bisa DM?",
    ),
    Fault.MEETING: (
        "Bisa bertemu besok?", "Ketemu di mana?", "Mari ketemuan.", "Silakan datang ke kantor.", "Tatap muka sebentar.",
        "Nanti dijemput.", "Let us meet.", "Kami akan menemui saksi.",
    ),
    Fault.LINK: ("Buka https://contoh.id", "lihat www.contoh", "isi bit.ly", "tanya @petugas", "t.me", "contoh.co.id"),
    Fault.NUMBER: ("Sebelum pukul 12?", "Apakah lebih dari 3 orang?", "Ada ٣ orang?"),
    Fault.LONG: ("apa " * 101,),
}  # fmt: skip
PLAIN = (
    "Apa yang dibagikan pegawai itu?", "Siapa nama pegawai itu?", "Apa nama tempat kejadiannya?",
    "Apakah kejadiannya di dalam kantor camat?", "Siapa calon yang disebut dalam pidatonya?",
    "Apakah amplopnya bertuliskan nama calon?", "Apakah ada orang lain yang melihat?", "Kapan temuan itu dipasang?",
    "Apa yang dikatakan lurah waktu itu?", "What was the name of the place?", "Did the official hand it out himself?",
    "Apakah mobil dinas dipakai?", "Jabatan pegawai itu apa?",
)  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FISHING.items() for text in texts])
def test_what_could_show_who_the_reporter_is_is_not_asked(kind: Fault, text: str) -> None:
    assert fault(text) is kind


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_asked_about_the_event_may_be_asked(text: str) -> None:
    assert fault(text) is None


@pytest.fixture
async def tip(office: Office) -> str:
    return await office.receive()


async def read_card(office: Office, rina: Officer, tip: str) -> Message:
    """A card whose tip was opened once."""
    await rina.press(await office.posted(tip), "Buka")
    return await office.posted(tip)


async def test_four_presses_send_two_questions_and_the_answer_shows_on_the_card(
    office: Office, rina: Officer, tip: str
) -> None:
    await read_card(office, rina, tip)
    news = await office.owed_news()
    await press(office, rina, tip, "Tanya pelapor", "Jam kejadian", "Tempat persisnya")
    labels = [button["text"] for row in (await office.posted(tip))["buttons"] for button in row]
    assert {"√ Jam kejadian", "√ Tempat persisnya", "Jabatan pegawai"} <= set(labels)
    assert await press(office, rina, tip, "Kirim pertanyaan") == "Pertanyaan dikirim. Jawabannya muncul di kartu ini."
    assert "MENUNGGU JAWABAN" in (await office.posted(tip))["text"]
    assert await office.owed_news() == news + 1
    asked = [line.text for line in (await office.timeline(tip)).lines if line.key == "desk-asks"]
    assert asked == ["Kira-kira pukul berapa kejadiannya? Di mana persisnya kejadiannya?"]
    assert ("Rina", "asked") in await office.audit(tip)
    await office.reply(tip, "Sekitar jam sembilan, di aula.")
    card = await office.posted(tip)
    assert "ADA JAWABAN" in card["text"]
    assert "MENUNGGU" not in card["text"]
    assert await office.status(tip) is Status.ACKNOWLEDGED


async def test_an_opened_tip_shows_questions_and_answers_in_their_order(
    office: Office, rina: Officer, tip: str
) -> None:
    await read_card(office, rina, tip)
    for template, answer in (("Jam kejadian", "Pagi sekali."), ("Rincian kejadian", "Amplop dibagikan.")):
        await press(office, rina, tip, "Tanya pelapor", template, "Kirim pertanyaan")
        await office.reply(tip, answer)
    await office.reply(tip, "Ada lagi satu hal.")
    await press(office, rina, tip, "Buka")
    await office.settled()
    text = await rina.private.text()
    places = [text.index(part) for part in ("pukul berapa", "Pagi sekali", "Apa persisnya", "Amplop dib", "Ada lagi")]
    assert places == sorted(places)
    assert "ADA JAWABAN" not in (await office.posted(tip))["text"]


async def test_a_typed_question_waits_for_a_second_officer_who_reads_it_in_private(
    office: Office, rina: Officer, tip: str
) -> None:
    bagus = await office.officer(BAGUS)
    await read_card(office, rina, tip)
    assert "obrolan pribadi" in await press(office, rina, tip, "Tanya pelapor", "Tulis sendiri")
    assert "menunggu petugas lain" in await types(office, rina, "Apa yang dibagikan pegawai itu?")
    assert "MENUNGGU SETUJU" in (await office.posted(tip))["text"]
    assert "dibagikan" not in str(await office.group_messages())
    assert "petugas lain" in await press(office, rina, tip, "Setuju")
    assert "Baca" in await press(office, bagus, tip, "Setuju")
    await office.settled()
    assert "Apa yang dibagikan pegawai itu?" in await bagus.private.text()
    assert (await bagus.private.last())["protected"]
    assert not [line for line in (await office.timeline(tip)).lines if line.key == "desk-asks"]
    assert "dikirim" in await press(office, bagus, tip, "Setuju")
    asked = [line.text for line in (await office.timeline(tip)).lines if line.key == "desk-asks"]
    assert asked == ["Apa yang dibagikan pegawai itu?"]
    assert {("Rina", "question-written"), ("Bagus", "asked")} <= set(await office.audit(tip))


async def test_a_second_officer_may_keep_a_question_from_going_out(office: Office, rina: Officer, tip: str) -> None:
    bagus = await office.officer(BAGUS)
    await read_card(office, rina, tip)
    await press(office, rina, tip, "Tanya pelapor", "Tulis sendiri")
    await types(office, rina, "Apa yang dibagikan?")
    assert await press(office, bagus, tip, "Jangan kirim") == "Pertanyaan itu tidak dikirim."
    assert "MENUNGGU" not in (await office.posted(tip))["text"]
    assert not [line for line in (await office.timeline(tip)).lines if line.key == "desk-asks"]


async def test_where_nobody_else_could_agree_it_goes_out_at_once(office: Office, rina: Officer, tip: str) -> None:
    for person in (BAGUS, DEWI):
        del office.officers[person]
        await office.simulator.sim("telegram/member", group=office.group, person=person, status="left")
    await read_card(office, rina, tip)
    await press(office, rina, tip, "Tanya pelapor", "Tulis sendiri")
    # An auditor is nobody who could.
    assert OFFICERS[JOKO] in office.officers.values()
    assert "dikirim" in await types(office, rina, "Apa yang dibagikan?")
    assert "MENUNGGU JAWABAN" in (await office.posted(tip))["text"]


async def test_a_question_that_fishes_is_refused_with_a_reason_and_can_be_written_anew(
    office: Office, rina: Officer, tip: str
) -> None:
    await read_card(office, rina, tip)
    await press(office, rina, tip, "Tanya pelapor", "Tulis sendiri")
    for text, reason in (("Siapa nama Anda?", "siapa pelapornya"), ("Ada WA?", "menghubungi"), ("Jam 9?", "Angka")):
        assert reason in await types(office, rina, text)
    assert (await office.card(tip)).pending is None
    assert "menunggu" in await types(office, rina, "Apa yang dibagikan?")
    # What is typed after that is for nobody.
    assert "Tekan tombol" in await types(office, rina, "Apa lagi?")
    pending = (await office.card(tip)).pending
    assert pending
    assert pending.text == "Apa yang dibagikan?"


async def test_a_question_is_given_up_by_a_command_or_the_next_day(office: Office, rina: Officer, tip: str) -> None:
    await read_card(office, rina, tip)
    await press(office, rina, tip, "Tanya pelapor", "Tulis sendiri")
    assert "Tekan tombol" in await types(office, rina, "/batal")
    assert "Tekan tombol" in await types(office, rina, "Apa yang dibagikan?")
    await press(office, rina, tip, "Tanya pelapor", "Tulis sendiri")
    await office.settled()
    await office.pass_time(days=1)
    assert "Tekan tombol" in await types(office, rina, "Apa yang dibagikan?")
    assert (await office.card(tip)).pending is None


async def test_nothing_is_asked_once_a_tip_is_closed(office: Office, rina: Officer, tip: str) -> None:
    dewi = await office.officer(DEWI)
    await read_card(office, rina, tip)
    await press(office, rina, tip, "Tanya pelapor", "Tulis sendiri")
    await press(office, dewi, tip, "Selesai …", "Spam")
    assert "sudah berubah" in await types(office, rina, "Apa yang dibagikan?")
    labels = [button["text"] for row in (await office.posted(tip))["buttons"] for button in row]
    assert "Tanya pelapor" not in labels


async def test_somebody_whose_chat_is_not_open_is_led_there_first(office: Office, tip: str) -> None:
    bagus = await office.officer(BAGUS, started=False)
    await office.posted(tip)
    await bagus.press(await office.posted(tip), "Tanya pelapor")
    before = len(await office.simulator.calls("answerCallbackQuery"))
    data = await bagus.data(await office.posted(tip), "Tulis sendiri")
    card = await office.posted(tip)
    press_it = {"person": BAGUS, "chat": office.group, "message": card["id"], "data": data}
    await office.simulator.sim("telegram/press", **press_it)
    while len(calls := await office.simulator.calls("answerCallbackQuery")) == before:
        await office.settled()
    assert calls[-1]["body"]["url"].endswith("?start=buka")
    assert (await office.card(tip)).menu == "ask"


async def test_a_closed_tip_awaits_no_answer_and_still_tells_of_one(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    await press(office, rina, tip, "Tanya pelapor", "Jam kejadian", "Kirim pertanyaan")
    assert "MENUNGGU JAWABAN" in (await office.posted(tip))["text"]
    await press(office, rina, tip, "Selesai …", "Tidak terbukti")
    assert "MENUNGGU JAWABAN" not in (await office.posted(tip))["text"]
    await office.reply(tip, "Sekitar jam sembilan.")
    assert "ADA JAWABAN" in (await office.posted(tip))["text"]
