"""What posters bring is counted by the real intake, and told to officers by the real desk."""

import signal
from pathlib import Path

from tests.town import Town
from tests.whole.reports import greet


async def test_five_people_from_posters_are_told_to_officers_once_the_intake_has_ended_in_order(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.start()
    try:
        async with town:
            for _ in range(3):
                await greet(await town.on_whatsapp())
            for _ in range(3):
                await greet(await town.on_telegram())
            officer = await town.officer()
            assert "Belum ada poster" in (await officer.private.say("/poster"))["text"]
            town.kill("intake", signal.SIGTERM)
            assert "Kota Palangka Raya" in (await officer.private.say("/poster"))["text"]
            assert "sekitar 5" in await officer.private.text()
            assert "scans-lost" not in town.logged()
    finally:
        town.stop()
