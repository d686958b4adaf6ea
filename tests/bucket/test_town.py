"""A whole town whose evidence is in a bucket: a report with two photos, sent while the store is away."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bucket.server import Server
from tests.pictures import photo
from tests.town import SILENCE, Town
from tests.whole.reports import QUESTIONS, Desk, greet


@pytest.fixture
def town_with_bucket(s3: Server, tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "town").mkdir()
    town = Town(tmp_path / "town")
    town.environment |= s3.settings()
    town.start()
    yield town
    town.stop()


async def test_photos_wait_for_the_store_are_called_stored_only_then_and_are_shown(
    town_with_bucket: Town, s3: Server
) -> None:
    async with town_with_bucket as town:
        reporter, officer = await town.on_telegram(), await town.officer()
        desk = await Desk.watched(officer)
        await greet(reporter)
        await reporter.walk(*QUESTIONS)
        s3.stop()
        await reporter.album(photo(), photo())
        await _logged(town, "store-away")
        assert not any("2 kiriman tersimpan" in bubble["text"] for bubble in await reporter.said())
        s3.start()
        await reporter.until(lambda bubbles: str(bubbles[-1]["text"]).startswith("2 kiriman tersimpan"))
        held = s3.files()
        assert len(held) == 2
        assert all(path.startswith("evidence/") for path in held)
        assert all(blob.startswith(b"age-encryption.org/v1") for blob in held.values())
        assert not (town.folder / "evidence").exists()
        await reporter.walk("[Sudah semua]", "[Kirim]")
        card = await desk.new_card()
        s3.stop()
        before, away = len(await officer.private.said()), town.logged().count("store-away")
        await officer.press(card, "Buka")
        await _logged(town, "store-away", away + 1)
        s3.start()
        opened = await officer.private.until(
            lambda bubbles: [one["media"]["kind"] for one in bubbles[before:] if one.get("media")] == ["photo", "photo"]
        )
        assert len(opened) >= before + 2


async def _logged(town: Town, words: str, times: int = 1) -> None:
    async with asyncio.timeout(SILENCE):
        while town.logged().count(words) < times:  # noqa: ASYNC110  # a log tells nobody that it grows
            await asyncio.sleep(0.1)
