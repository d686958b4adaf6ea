"""*Ekspor*: a paper in the order of the form, with the evidence, sealed to another institution alone."""

import hashlib
import io
import shutil
import subprocess
import zipfile
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pyrage
import pytest
from pyrage.x25519 import Identity

from bot.desk import Elsewhere
from bot.dossier.exhibits import Exhibit
from bot.dossier.sealing import TooBig, grouped, parts
from handlers.moments import Moment
from storage.database import Database
from storage.tips import Route
from storage.vault import new_identity, open_sealed
from tests.desk.hands import press
from tests.desk.office import BAGUS, DEWI, JOKO, RINA, TODAY, Office
from tests.simulator.running import Running
from tests.town import Officer

PRIVATE, PUBLIC = new_identity()
STORY = "Camat membagi amplop #let x = 1 *tebal* di $balai$ desa.\n\nSesudah itu ia berpidato."
ABOUT: dict[str, Any] = {
    "who": "Camat Budi Contoh", "story": STORY, "place": "62.71.01", "place_words": "di aula",
    "when": Moment("day", date(2026, 11, 16), date(2026, 11, 16)),
}  # fmt: skip


@pytest.fixture
async def office(platform: Running, database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    office = await Office(platform, database, tmp_path, export_to=(PUBLIC,)).start()
    yield office
    await office.stop()


async def exported(office: Office, officer: Officer, tip: str) -> list[dict[str, Any]]:
    """Export a tip; return the archives that stand in the officer's chat."""
    await press(office, officer, tip, "Lainnya", "Ekspor", "Ya, ekspor")
    await office.settled()
    return [bubble for bubble in await officer.private.said() if bubble["media"]]


async def data_of(office: Office, bubble: dict[str, Any]) -> bytes:
    """Save what stands in a chat, as a phone does."""
    return (await office.simulator.client.get(bubble["media"]["url"])).content


def unpacked(sealed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(sealed, [Identity.from_str(PRIVATE)]))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join("\n".join(page.get_textpage().get_text_range() for page in document).split())


async def test_a_dossier_opens_for_the_institution_alone_and_holds_paper_and_evidence(
    office: Office, rina: Officer
) -> None:
    tip = await office.receive(photos=2, voices=1, **ABOUT)
    await press(office, rina, tip, "Ambil")
    [bubble] = await exported(office, rina, tip)
    assert bubble["protected"] is False
    sealed = await data_of(office, bubble)
    for other in (office.keys.desk, office.keys.courier_identity, office.keys.mailbox):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(sealed, [Identity.from_str(other)])
    inside = unpacked(sealed)
    assert {"berkas.pdf", "SHA256SUMS"} < set(inside)
    evidence = {name: data for name, data in inside.items() if name.startswith("bukti/")}
    assert sorted(name.rpartition("-")[2] for name in evidence) == ["foto.jpg", "foto.jpg", "suara.ogg"]
    body = await office.committer.commit(lambda tx: office.carrier.reading.opened(tx, tip))
    cleaned = {open_sealed(office.store.get(one.id), [one.key]) for one in body.tip.enclosures}
    assert set(evidence.values()) == cleaned
    sums = {line.split()[1]: line.split()[0] for line in inside["SHA256SUMS"].decode().splitlines()}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in evidence.items()}
    paper = text_of(inside["berkas.pdf"]).replace(" ", "")
    assert all(digest in paper for digest in sums.values())
    assert ("Rina", "exported") in await office.audit(tip)


async def test_the_paper_says_all_in_the_order_of_the_form_and_nothing_of_the_reporter(
    office: Office, rina: Officer
) -> None:
    tip = await office.receive(photos=1, day=TODAY - timedelta(days=1), **ABOUT)
    await press(office, rina, tip, "Ambil", "Tanya pelapor", "Jam kejadian", "Kirim pertanyaan")
    await office.reply(tip, "Sekitar jam sembilan.")
    await press(office, rina, tip, "Lainnya", "Kode hukum", "DS8", "Kembali", "Status", "Ditelusuri")
    [bubble] = await exported(office, rina, tip)
    text = text_of(unpacked(await data_of(office, bubble))["berkas.pdf"])
    inside = (
        "Bawaslu Kota", "Identitas pelapor", "informasi awal masyarakat (tanpa identitas)",
        "Pegawai yang dilaporkan", "Camat Budi Contoh", "Peristiwa yang dilaporkan", "Bagi uang/barang", "di aula",
        "Senin, 16 November 2026", "Uraian kejadian", "#let x = 1 *tebal* di $balai$ desa.", "Kira-kira pukul berapa",
        "Sekitar jam sembilan.", "Bukti", "01-foto.jpg", "Dugaan pelanggaran", "DS8", "PP 94/2021", "Tenggat",
        "23 November 2026", "Riwayat status", "ditelusuri", "Petikan catatan kerja", "Rina", "berkas diekspor",
    )  # fmt: skip
    assert [part for part in inside if part not in text] == []
    heads = [
        text.index(f"{letter} {title}")
        for letter, title in (
            ("A", "Identitas pelapor"), ("B", "Pegawai"), ("C", "Peristiwa"), ("D", "Uraian"), ("E", "Bukti"),
            ("F", "Dugaan"), ("G", "Tenggat"), ("H", "Riwayat"), ("I", "Petikan"),
        )
    ]  # fmt: skip
    assert heads == sorted(heads)


async def test_stock_age_opens_it(office: Office, rina: Officer, tmp_path: Path) -> None:
    age = shutil.which("age")
    if age is None:
        pytest.skip("age is not installed: pyrage alone opened what was sealed")
    tip = await office.receive(photos=1)
    await press(office, rina, tip, "Ambil")
    [bubble] = await exported(office, rina, tip)
    key = tmp_path / "key.txt"
    key.write_text(f"{PRIVATE}\n")
    command = [age, "--decrypt", "--identity", str(key)]
    done = subprocess.run(command, input=await data_of(office, bubble), capture_output=True, check=True)  # noqa: ASYNC221, S603  # age of the PATH
    assert zipfile.ZipFile(io.BytesIO(done.stdout)).testzip() is None


async def test_who_neither_holds_nor_supervises_exports_nothing(office: Office, rina: Officer) -> None:
    bagus, dewi, joko = await office.officer(BAGUS), await office.officer(DEWI), await office.officer(JOKO)
    tip = await office.receive()
    assert "Tekan Ambil dulu" in await press(office, rina, tip, "Lainnya", "Ekspor")
    await press(office, rina, tip, "Kembali", "Ambil", "Lainnya", "Ekspor")
    assert "pemegang atau penyelia" in await press(office, bagus, tip, "Ya, ekspor")
    assert "hanya membaca" in await press(office, joko, tip, "Ya, ekspor")
    assert not [act for act in await office.audit(tip) if act[1] == "exported"]
    assert "obrolan pribadi" in await press(office, dewi, tip, "Ya, ekspor")
    assert ("Dewi", "exported") in await office.audit(tip)


async def test_without_a_receiver_it_says_who_can_set_one(
    platform: Running, database: Database, tmp_path: Path
) -> None:
    office = await Office(platform, database, tmp_path).start()
    rina = await office.officer(RINA)
    tip = await office.receive()
    assert "Minta pengelola" in await press(office, rina, tip, "Ambil", "Lainnya", "Ekspor")
    await office.stop()


async def test_it_never_goes_to_an_office_that_the_tip_goes_around(
    platform: Running, database: Database, tmp_path: Path
) -> None:
    around = Elsewhere("Inspektorat Kota", Route("inspektorat", "2026-11", new_identity()[1], PUBLIC))
    office = await Office(platform, database, tmp_path, others={"inspektorat": around}, export_to=(PUBLIC,)).start()
    rina = await office.officer(RINA)
    plain, barred = await office.receive(), await office.receive(recused=("inspektorat",))
    assert "Tekan Ya, ekspor" in await press(office, rina, plain, "Ambil", "Lainnya", "Ekspor")
    assert "tidak boleh sampai" in await press(office, rina, barred, "Ambil", "Lainnya", "Ekspor")
    await office.stop()


async def test_a_voice_is_warned_of_before_it_goes_out(office: Office, rina: Officer) -> None:
    tip = await office.receive(voices=1)
    assert "suara" in await press(office, rina, tip, "Ambil", "Lainnya", "Ekspor")


async def test_progress_goes_after_a_quarter_of_an_hour_and_the_archive_after_a_day(
    office: Office, rina: Officer
) -> None:
    tip = await office.receive(photos=1)
    await press(office, rina, tip, "Ambil")
    [bubble] = await exported(office, rina, tip)
    assert [one for one in await rina.private.said() if "selesai, tersegel" in one["text"]]
    await press(office, rina, tip, "Buka")
    await office.settled()
    await office.pass_time(minutes=16)
    left = await rina.private.said()
    assert bubble["id"] in {one["id"] for one in left}
    assert not [one for one in left if "tersegel" in one["text"] or one["protected"]]
    await office.pass_time(hours=24)
    assert bubble["id"] not in {one["id"] for one in await rina.private.said()}


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def told(folder: Path, words: bytes) -> list[Path]:
    """Which files have these words in them, or begin a PDF."""
    return [path for path in files(folder) if words in path.read_bytes() or b"%PDF" in path.read_bytes()]


async def test_nothing_unsealed_is_written_anywhere(office: Office, rina: Officer, tmp_path: Path) -> None:
    tip = await office.receive(photos=1, who="Camat Cendrawasih")
    await press(office, rina, tip, "Ambil")
    before = files(tmp_path)
    await exported(office, rina, tip)
    assert files(tmp_path) == before
    assert told(tmp_path, b"Cendrawasih") == []


def pieces(*sizes: int) -> list[Exhibit]:
    return [Exhibit(f"{at}.bin", "pdf", size, open=lambda size=size: bytes(size)) for at, size in enumerate(sizes)]  # type: ignore[misc]  # its size, not the last one's


def test_what_is_too_much_for_one_message_becomes_several_archives() -> None:
    sealed = list(parts(b"%PDF-", pieces(60, 30, 50, 10), [PUBLIC], most=100))
    found = [set(unpacked(one)) for one in sealed]
    assert found == [
        {"berkas.pdf", "SHA256SUMS", "bukti/0.bin", "bukti/1.bin"},
        {"SHA256SUMS", "bukti/2.bin", "bukti/3.bin"},
    ]
    with pytest.raises(TooBig, match=r"1\.bin"):
        grouped(pieces(60, 101), 5, most=100)


SHAPES = ("", "satu baris", "kata " * 3000, "\u202eterbalik", "\x00\x07", "🙂" * 50, '`raw` #include "x"')


@pytest.mark.parametrize("story", SHAPES, ids=ascii)
async def test_whatever_a_reporter_writes_is_printed(office: Office, rina: Officer, story: str) -> None:
    tip = await office.receive(story=story, who=story[:80])
    await press(office, rina, tip, "Ambil")
    [bubble] = await exported(office, rina, tip)
    assert unpacked(await data_of(office, bubble))["berkas.pdf"].startswith(b"%PDF-")
