"""A platform that will not hand a file out for a while: it comes home once and whole, and nobody waits for it."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import select
from starlette.responses import JSONResponse, Response

from bot.carriers import Back, Home
from bot.channels.base import Arrived, FileRef
from bot.channels.whatsapp import WhatsApp
from bot.courier import Carrier, Courier
from bot.parcels import FETCH, HUSH
from handlers.answers import Fate
from handlers.messages import Chose, Kind, Sent
from storage.cleaning.cleaner import Cleaner
from storage.committer import Committer
from storage.evidence import Folder
from storage.models import METADATA
from tests.channels.cloud import Cloud, cloud, whatsapp
from tests.courier.intake import RINA, Intake
from tests.pictures import photo

EVIDENCE = METADATA.tables["evidence"]
BYTES = photo()
BUSY = 5


def waiting(meta: Cloud, path: str) -> Response:
    """Say where the photo waits, as Meta does."""
    known = {"url": meta.url + path, "sha256": hashlib.sha256(BYTES).hexdigest(), "file_size": len(BYTES)}
    return JSONResponse({"messaging_product": "whatsapp", "mime_type": "image/jpeg", "id": "600", **known})


def reluctant(meta: Cloud) -> None:
    """Refuse the photo five times, then name an address whose five minutes are over, then give it."""
    there, stale = waiting(meta, "/unduh"), waiting(meta, "/lama")
    meta.on("GET /v25.0/600", *[there] * BUSY, stale, there)
    meta.on("GET /unduh", *[Response(status_code=503)] * BUSY, Response(BYTES))
    meta.on("GET /lama", Response(status_code=404))


@asynccontextmanager
async def delivering(intake: Intake, channel: WhatsApp, store: Folder) -> AsyncIterator[Courier]:
    house = intake.turns.house
    carriers: dict[str, Carrier] = {
        FETCH: Home(house, {channel.name: channel}, Cleaner(), store, 1 << 20),
        HUSH: Back(house),
    }
    courier = Courier(intake.committer, intake.wrapper, carriers, clock=intake.clock, wake_others=lambda _lanes: None)
    running = asyncio.create_task(courier.run())
    yield courier
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def pass_time(intake: Intake, courier: Courier) -> None:
    intake.clock.move(10)
    courier.wake()
    await asyncio.sleep(0.05)


async def test_five_refusals_and_an_expired_address_end_with_the_file_stored_once(
    committer: Committer, tmp_path: Path
) -> None:
    intake, store = Intake.opened(committer, tmp_path), Folder(tmp_path / "evidence")
    async with cloud() as meta, whatsapp(meta.url) as channel, delivering(intake, channel, store) as courier:
        reluctant(meta)
        await intake.say("halo", "hello")
        await intake.turns.take(Arrived(RINA, "go on", Chose("notice", "go")))
        await intake.said()
        await intake.turns.take(Arrived(RINA, "file", Sent("item", Kind.IMAGE), file=FileRef("600", len(BYTES))))
        answered = 0
        async with asyncio.timeout(60):
            while not list(store.older(date.max)):
                await intake.say(f"Camat membagi amplop, kali ke-{answered}.", f"word {answered}")
                answered += bool(await intake.said())
                await pass_time(intake, courier)
            while (await intake.held()).files.held[0].fate is not Fate.KEPT:
                await pass_time(intake, courier)
        assert answered > BUSY, "and the conversation went on meanwhile"
        asked = len(meta.asked)
        assert [one.path for one in meta.asked].count("/unduh") == BUSY + 1
        for _ in range(9):
            await pass_time(intake, courier)
        assert len(meta.asked) == asked, "nothing is fetched again"
        assert list(store.older(date.max)) == ["item"]
        rows = await committer.commit(lambda tx: tx.execute(select(EVIDENCE.c.id, EVIDENCE.c.lost)).all())
        assert [(row.id, bool(row.lost)) for row in rows] == [("item", False)]
