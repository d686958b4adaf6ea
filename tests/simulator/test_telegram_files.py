"""Files both ways, through both libraries."""

import io
from typing import Any

import aiogram.exceptions
import pytest
import telegram
from aiogram.types import BufferedInputFile
from PIL import Image

from tests.simulator.clients import aiogram_bot, ptb_bot
from tests.simulator.running import Running

GROUP = -1001000000001
ME = {"person": 7001, "chat": "saksi_demo_bot"}


def picture(wide: int = 1600, high: int = 1200) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (wide, high), "teal").save(out, "JPEG")
    return out.getvalue()


async def upload(simulator: Running, kind: str, *files: tuple[str, bytes, str], **fields: str) -> dict[str, Any]:
    data = {"person": "7001", "chat": "saksi_demo_bot", "as": kind, **fields}
    answer = await simulator.client.post("/sim/telegram/files", data=data, files=[("file", f) for f in files])
    answer.raise_for_status()
    shown: dict[str, Any] = answer.json()
    return shown


async def test_aiogram_uploads_every_kind_of_file_and_reads_them_back(simulator: Running) -> None:
    await simulator.sim("telegram/start", **ME)
    photo = picture()
    async with aiogram_bot(simulator) as bot:
        shown = await bot.send_photo(7001, BufferedInputFile(photo, "a.jpg"), caption="<i>Foto</i>", parse_mode="HTML")
        await bot.send_document(7001, BufferedInputFile(b"%PDF-", "a.pdf"))
        await bot.send_video(7001, BufferedInputFile(b"mp4", "a.mp4"), width=10, height=20, duration=3)
        await bot.send_voice(7001, BufferedInputFile(b"ogg", "a.ogg"))
        await bot.send_audio(7001, BufferedInputFile(b"mp3", "a.mp3"))
        assert shown.photo is not None
        assert [size.width for size in shown.photo] == [90, 320, 800, 1600]
        file = await bot.get_file(shown.photo[-1].file_id)
        assert file.file_path is not None
        back = await bot.download_file(file.file_path)
        assert back is not None
        assert back.read() == photo
        again = await bot.send_photo(7001, shown.photo[-1].file_id)
        assert again.photo is not None
        assert again.photo[-1].file_unique_id == shown.photo[-1].file_unique_id
    kinds = [one["media"]["kind"] for one in await simulator.messages("7001:saksi_demo_bot") if one["media"]]
    assert kinds == ["photo", "document", "video", "voice", "audio", "photo"]
    (call, *_) = await simulator.calls("sendPhoto")
    assert {"file": "a.jpg", "size": len(photo)} in call["body"].values()


async def test_ptb_uploads_albums_and_reads_files_back(simulator: Running) -> None:
    async with ptb_bot(simulator) as bot:
        shown = await bot.send_document(GROUP, b"%PDF-dossier", filename="berkas.pdf", caption="Berkas")
        assert shown.document is not None
        assert shown.document.mime_type == "application/pdf"
        assert await (await shown.document.get_file()).download_as_bytearray() == b"%PDF-dossier"
        both: list[telegram.InputMediaPhoto | telegram.InputMediaVideo] = [
            telegram.InputMediaPhoto(picture(), caption="satu"),
            telegram.InputMediaVideo(b"mp4"),
        ]
        album = await bot.send_media_group(GROUP, both)
        assert len({one.media_group_id for one in album}) == 1
        await bot.send_photo(GROUP, picture())
        await bot.send_voice(GROUP, b"ogg")
    sizes = [one["media"]["size"] for one in await simulator.messages(str(GROUP))]
    assert len(sizes) == 5


async def test_a_file_id_is_good_for_one_bot_alone(simulator: Running) -> None:
    async with ptb_bot(simulator) as desk, aiogram_bot(simulator) as intake:
        sent = await desk.send_document(GROUP, b"x", filename="x.bin")
        assert sent.document is not None
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="wrong file_id"):
            await intake.get_file(sent.document.file_id)


async def test_an_album_of_a_person_is_separate_updates_with_one_group_id(simulator: Running) -> None:
    photos = [(f"{n}.jpg", picture(n, n), "image/jpeg") for n in (100, 200, 300)]
    assert len((await upload(simulator, "photo", *photos, caption="Tiga foto"))["messages"]) == 3
    async with aiogram_bot(simulator) as bot:
        updates = await bot.get_updates()
    messages = [update.message for update in updates if update.message]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["Tiga foto", None, None]
    assert all(message.photo for message in messages)


async def test_eleven_files_make_one_album_of_ten_and_one_file_alone(simulator: Running) -> None:
    await upload(simulator, "document", *[(f"{n}.txt", b"x", "text/plain") for n in range(11)])
    albums = [one["album"] for one in await simulator.messages("7001:saksi_demo_bot")]
    assert len(set(albums[:10])) == 1
    assert albums[0] is not None
    assert albums[10] is None


async def test_a_file_over_twenty_mebibytes_cannot_be_fetched(simulator: Running) -> None:
    await upload(simulator, "video", ("long.mp4", bytes(20 * 1024 * 1024 + 1), "video/mp4"))
    async with aiogram_bot(simulator) as bot:
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.video is not None
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="file is too big"):
            await bot.get_file(update.message.video.file_id)


async def test_downloads_fail_to_order_and_then_work(simulator: Running) -> None:
    await upload(simulator, "document", ("a.txt", b"isi", "text/plain"))
    await simulator.put("faults", telegram={"files": {"times": 1, "status": 503}})
    async with aiogram_bot(simulator) as bot:
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.document is not None
        file = await bot.get_file(update.message.document.file_id)
    path = f"/file/bot{bot.token}/{file.file_path}"
    assert [(await simulator.client.get(path)).status_code for _ in range(2)] == [503, 200]


@pytest.mark.parametrize("kind", ["photo", "document", "video", "voice", "audio", "sticker", "animation", "video_note"])
async def test_both_libraries_understand_every_kind_of_file(simulator: Running, kind: str) -> None:
    await upload(simulator, kind, ("a.bin", b"some bytes", "application/octet-stream"))
    async with aiogram_bot(simulator) as bot:
        (update,) = await bot.get_updates()
        assert getattr(update.message, kind)
    async with ptb_bot(simulator, bot.token) as other:
        (same,) = await other.get_updates()
        assert getattr(same.message, kind)


async def test_bytes_that_are_no_picture_still_travel_as_a_photo(simulator: Running) -> None:
    broken = picture()[:2000]
    await upload(simulator, "photo", ("a.jpg", broken, "image/jpeg"))
    async with aiogram_bot(simulator) as bot:
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.photo is not None
        (size,) = update.message.photo
        file = await bot.get_file(size.file_id)
        assert file.file_path is not None
        back = await bot.download_file(file.file_path)
        assert back is not None
        assert back.read() == broken
