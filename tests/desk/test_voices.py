"""A voice becomes words: written in private, read over, kept sealed with the tip; then the voice is gone for good."""

from datetime import timedelta

from bot import presses
from bot.channels.desk_update import Pressed
from handlers.status import Status
from storage import tips, transcripts
from storage.errors import Gone
from storage.resealing import reseal_tips
from storage.tips import Route
from storage.vault import new_identity, public_of
from tests.desk.hands import press, privately, types
from tests.desk.office import BAGUS, DEWI, JOKO, RINA, TODAY, Office
from tests.town import Officer

WORDS = "Camat menyuruh kami memilih nomor dua."


async def opens(office: Office, officer: Officer, tip: str) -> None:
    await press(office, officer, tip, "Buka")
    await office.settled()


async def starts(office: Office, officer: Officer) -> str:
    """Press, below the opened tip, what leads to writing down the next voice; return the toast."""
    await privately(office, officer, "Lainnya")
    return await privately(office, officer, "Tulis & hapus suara")


async def writes(office: Office, officer: Officer, text: str) -> str:
    """Type words of a voice; return the proof."""
    before = {bubble["id"] for bubble in await officer.private.said()}
    await office.simulator.sim("telegram/message", person=officer.person, chat=officer.private.bot, text=text)
    while not (new := [one for one in await officer.private.said() if one["id"] not in before]):
        await office.settled()
    await office.settled()
    return str(new[-1]["text"])


async def voice_files(office: Office, tip: str) -> list[bool]:
    """For every voice that ever came with this tip, whether its file is in the store."""
    found = []
    for name in (await office.card(tip)).voices:
        try:
            found.append(bool(office.store.get(name)))
        except Gone:
            found.append(False)
    return found


async def test_what_a_voice_says_is_written_and_shown_and_the_voice_is_gone(office: Office, rina: Officer) -> None:
    tip = await office.receive(photos=1, voices=1, story="")
    assert "Bukti: 2" in (await office.posted(tip))["text"]
    await opens(office, rina, tip)
    assert "obrolan pribadi" in await starts(office, rina)
    assert "Boleh beberapa pesan" in await rina.private.text()
    proof = await writes(office, rina, WORDS)
    assert WORDS in proof
    assert "untuk selamanya" in proof
    assert (await rina.private.last())["protected"]
    assert await voice_files(office, tip) == [True]
    assert await privately(office, rina, "Simpan, hapus suara") == "Tersimpan. Suaranya dihapus."
    assert await voice_files(office, tip) == [False]
    assert "Bukti: 1" in (await office.posted(tip))["text"]
    assert ("Rina", "transcribed") in await office.audit(tip)
    await opens(office, await office.officer(BAGUS), tip)
    bagus = await office.officer(BAGUS)
    assert f"Isi suara 1, ditulis Rina, 18 November 2026: {WORDS}" in await bagus.private.text()
    assert "Camat menyuruh" not in str(await office.group_messages())
    assert not [line for line in (await office.timeline(tip)).lines if "menyuruh" in line.text]


async def test_its_key_is_gone_and_the_words_are_sealed_to_desk_and_recovery(office: Office, rina: Officer) -> None:
    tip = await office.receive(photos=1, voices=1)
    await opens(office, rina, tip)
    await starts(office, rina)
    await writes(office, rina, WORDS)
    await privately(office, rina, "Simpan, hapus suara")
    identities = [office.keys.desk]
    body = await office.committer.commit(lambda tx: tips.open_tip(tx, tip, identities))
    assert [(one.kind, bool(one.key)) for one in body.enclosures] == [("image", True), ("voice", False)]
    [kept] = await office.committer.commit(lambda tx: transcripts.of(tx, tip, identities))
    assert (kept.by, kept.day, kept.text) == ("Rina", TODAY, WORDS)
    # A new key of the desk opens it as well, once the tip has moved to it.
    newer = new_identity()[0]
    route = Route("bawaslu", "2026-12", public_of(newer), office.keys.recovery)
    await office.committer.commit(lambda tx: reseal_tips(tx, "bawaslu", identities, route, 10))
    [moved] = await office.committer.commit(lambda tx: transcripts.of(tx, tip, [newer]))
    assert moved == kept


async def test_several_voices_go_one_by_one_and_a_further_press_says_so(office: Office, rina: Officer) -> None:
    tip, proofs = await office.receive(voices=2), []
    await opens(office, rina, tip)
    calls = await office.simulator.calls("sendVoice")
    assert ["Suara 1" in str(call["body"]) for call in calls[-2:]] == [True, False]
    for place in (1, 2):
        await starts(office, rina)
        assert f"isi suara {place}" in await rina.private.text()
        await writes(office, rina, f"Suara ke {place}.")
        proofs.append(await rina.private.choice("Simpan, hapus suara"))
        await privately(office, rina, "Simpan, hapus suara")
        assert await voice_files(office, tip) == [False, place == 1]
    assert "sudah ditulis dan dihapus" in await rina.forge(*proofs[-1], chat=rina.private.bot)
    await opens(office, rina, tip)
    text = await rina.private.text()
    assert text.index("Suara ke 1.") < text.index("Suara ke 2.")
    assert [act for act in await office.audit(tip) if act[1] == "transcribed"] == [("Rina", "transcribed")] * 2


async def test_further_words_are_added_and_an_older_proof_keeps_nothing(office: Office, rina: Officer) -> None:
    tip = await office.receive(voices=1)
    await opens(office, rina, tip)
    await starts(office, rina)
    await writes(office, rina, "Kata satu.")
    older = await rina.private.choice("Simpan, hapus suara")
    assert "Kata satu.\nKata dua." in await writes(office, rina, "Kata dua.")
    assert "sudah berubah" in await rina.forge(*older, chat=rina.private.bot)
    assert await voice_files(office, tip) == [True]
    await privately(office, rina, "Tulis ulang")
    assert "Kata satu" not in await writes(office, rina, "Kata tiga.")
    await privately(office, rina, "Simpan, hapus suara")
    await opens(office, rina, tip)
    text = await rina.private.text()
    assert "Kata tiga." in text
    assert "Kata satu" not in text


async def test_nothing_goes_before_it_was_read_over_or_after_it_was_given_up(office: Office, rina: Officer) -> None:
    tip = await office.receive(voices=1)
    await opens(office, rina, tip)
    await starts(office, rina)
    await writes(office, rina, WORDS)
    proof = await rina.private.choice("Simpan, hapus suara")
    await types(office, rina, "/batal")
    assert "sudah berubah" in await rina.forge(*proof, chat=rina.private.bot)
    assert "terlalu panjang" not in await types(office, rina, "Kata lain.")
    assert await voice_files(office, tip) == [True]
    assert ("Rina", "transcribed") not in await office.audit(tip)


async def test_words_of_yesterday_keep_nothing(office: Office, rina: Officer) -> None:
    tip = await office.receive(voices=1)
    await opens(office, rina, tip)
    await starts(office, rina)
    await writes(office, rina, WORDS)
    proof = await rina.private.choice("Simpan, hapus suara")
    office.ahead += timedelta(days=1)
    assert "sudah berubah" in await rina.forge(*proof, chat=rina.private.bot)
    assert await voice_files(office, tip) == [True]


async def test_two_officers_at_once_keep_the_first_words(office: Office, rina: Officer) -> None:
    bagus = await office.officer(BAGUS)
    tip = await office.receive(voices=1)
    for officer in (rina, bagus):
        await opens(office, officer, tip)
        await starts(office, officer)
        await writes(office, officer, f"Ditulis {officer.person}.")
    other = await bagus.private.choice("Simpan, hapus suara")
    await privately(office, rina, "Simpan, hapus suara")
    assert "sudah ditulis dan dihapus" in await bagus.forge(*other, chat=bagus.private.bot)
    assert "petugas lain" in await types(office, bagus, "Satu kata lagi.")
    [kept] = await office.committer.commit(lambda tx: transcripts.of(tx, tip, [office.keys.desk]))
    assert kept.text == f"Ditulis {RINA}."


async def test_who_may_not_act_on_the_tip_writes_nothing_of_its_voice(office: Office, rina: Officer) -> None:
    bagus, dewi, joko = [await office.officer(person) for person in (BAGUS, DEWI, JOKO)]
    tip = await office.receive(voices=1)
    await opens(office, bagus, tip)
    await starts(office, bagus)
    await writes(office, bagus, WORDS)
    message, keep = await bagus.private.choice("Simpan, hapus suara")
    card = await office.posted(tip)
    assert "Peran Anda" in await joko.forge(card, keep)
    assert "sudah berubah" in await rina.forge(card, keep)
    await press(office, rina, tip, "Ambil")
    assert "Sedang dipegang Rina" in await bagus.forge(message, keep, chat=bagus.private.bot)
    await press(office, dewi, tip, "Lainnya", "Kecualikan petugas", "Bagus")
    assert "tidak ditangani oleh Anda" in await bagus.forge(message, keep, chat=bagus.private.bot)
    assert "sudah berubah" in await types(office, bagus, "Kata lain.")
    del office.officers[BAGUS]
    assert "terdaftar" in await bagus.forge(message, keep, chat=bagus.private.bot)
    assert await voice_files(office, tip) == [True]
    assert await office.status(tip) is Status.ACKNOWLEDGED


async def test_the_group_sees_no_button_of_it_and_a_tip_without_a_voice_has_none(office: Office, rina: Officer) -> None:
    with_voice, without = await office.receive(voices=1), await office.receive(photos=1)
    for tip in (with_voice, without):
        await opens(office, rina, tip)
        await privately(office, rina, "Lainnya")
        assert "suara" not in str((await office.posted(tip))["buttons"])
        shown = [text for text, _ in rina.private.buttons(await rina.private.last())]
        assert ("Tulis & hapus suara" in shown) == (tip == with_voice)
    forged = office.desk.buttons.one(without, "transcribe", Status.ACKNOWLEDGED, "").data
    assert "tidak punya suara" in await rina.forge(await office.posted(without), forged)


async def test_what_was_typed_leaves_the_chat_as_the_tip_does(office: Office, rina: Officer) -> None:
    tip = await office.receive(voices=1)
    await opens(office, rina, tip)
    await starts(office, rina)
    await writes(office, rina, WORDS)
    assert WORDS in str(await rina.private.messages())
    await office.pass_time(minutes=16)
    assert WORDS not in str(await rina.private.messages())


async def test_a_file_added_later_is_written_down_as_well(office: Office, rina: Officer) -> None:
    tip = await office.receive()
    await office.posted(tip)
    await office.add(tip, "voice")
    await opens(office, rina, tip)
    await starts(office, rina)
    await writes(office, rina, WORDS)
    await privately(office, rina, "Simpan, hapus suara")
    assert await voice_files(office, tip) == [False]
    [brought] = await office.committer.commit(lambda tx: tips.attached(tx, tip, [office.keys.desk]))
    assert not brought.key


async def test_a_desk_that_dies_after_the_press_still_drops_the_file(office: Office, rina: Officer) -> None:
    tip = await office.receive(voices=1)
    await opens(office, rina, tip)
    await starts(office, rina)
    await writes(office, rina, WORDS)
    message, data = await rina.private.choice("Simpan, hapus suara")
    [voice] = (await office.card(tip)).voices
    await office.stop()
    with office.database.transaction() as tx:
        presses.decide(office.desk, tx, Pressed(RINA, RINA, message["id"], data, "1", private=True))
    assert office.store.get(voice)
    await office.start()
    await office.settled()
    assert await voice_files(office, tip) == [False]
