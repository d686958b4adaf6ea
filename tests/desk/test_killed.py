"""A real process, really killed while it shows a tip: what it had sent is owed to be deleted."""

import signal
import time
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app.ground import now
from bot.parcels import Sweeping, unpacked
from bot.zones import WESTERN
from storage.database import Database
from storage.keys import desk_identity
from storage.outbox import OWED
from storage.wrapping import Wrapper
from tests.town import RINA, Town
from tests.whole.reports import Desk, greet, report

pytestmark = pytest.mark.timeout(200)


def owed_sweepings(folder: Path, at: datetime) -> list[tuple[float, Sweeping]]:
    """What is owed to be deleted, and when, as the desk will read it."""
    wrapper = Wrapper(identities=[desk_identity(folder / "keys", "bawaslu")])
    database = Database.at(f"sqlite:///{folder / 'saksi.db'}")
    with database.snapshot() as tx:
        rows = tx.execute(select(OWED).where(OWED.c.lane == "desk:bawaslu")).all()
    database.close()
    parcels = [(row.due, unpacked(wrapper.open(row.payload, row.id, at))) for row in rows]
    return [(due, parcel) for due, parcel in parcels if isinstance(parcel, Sweeping)]


async def test_what_a_killed_desk_had_shown_is_owed_to_go(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.start()
    try:
        async with town:
            officer, reporter = await town.officer(), await town.on_whatsapp()
            desk = await Desk.watched(officer)
            await greet(reporter)
            await report(reporter)
            card = await desk.new_card()
            data = await officer.data(card, "Buka")
            await town.simulator.put("faults", telegram={"delay": 4})
            press = {"person": RINA, "chat": officer.group, "message": card["id"], "data": data}
            await town.simulator.sim("telegram/press", **press)
            # Telegram has taken the pictures; nobody has heard that yet.
            bubbles = await officer.private.until(lambda bubbles: any(one["protected"] for one in bubbles))
            town.kill("desk", signal.SIGKILL)
            shown = {one["id"] for one in bubbles if one["protected"]}
            [(due, sweeping)] = owed_sweepings(tmp_path, now(WESTERN))
            assert shown <= set(sweeping.messages)
            assert due - time.time() < 15 * 60
    finally:
        town.stop()
