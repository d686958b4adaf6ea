"""A file comes home for a conversation that is gone by then: nothing of it stays, neither a row nor bytes."""

from collections.abc import AsyncGenerator
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from bot.carriers import Home
from bot.channels.base import FileRef, Limits, Reporter, Shown
from bot.channels.whatsapp import LIMITS
from bot.courier import After
from bot.parcels import Fetching
from handlers.messages import Kind
from storage.cleaning.cleaner import Cleaner
from storage.committer import Committer
from storage.evidence import Folder
from storage.models import METADATA
from storage.vault import new_identity
from tests.courier.intake import CHANNEL, Intake
from tests.pictures import photo

EVIDENCE = METADATA.tables["evidence"]


def stored(store: Folder) -> list[str]:
    return list(store.older(date.max))


class Platform:
    """A platform that has one photo."""

    name, tells, erases, window = CHANNEL, True, False, 0
    secrets: tuple[str, ...] = ()
    limits: Limits = LIMITS

    async def aclose(self) -> None:
        """Nothing is open."""

    async def show(self, to: Reporter, shown: Shown, tracker: str = "") -> tuple[str, ...]:
        raise AssertionError(f"nothing is to be said: {to} {shown} {tracker}")

    async def fetch(self, file: FileRef, limit: int) -> AsyncGenerator[bytes, None]:
        assert file.id == "photo"
        yield photo()[:limit]

    async def erase(self, to: Reporter, messages: tuple[str, ...]) -> None:
        raise AssertionError(f"nothing is to be deleted: {to} {messages}")


async def test_a_file_that_nobody_waits_for_any_more_leaves_the_store_at_once(
    committer: Committer, tmp_path: Path
) -> None:
    intake = Intake.opened(committer, tmp_path)
    store = Folder(tmp_path / "evidence")
    home = Home(intake.turns.house, {CHANNEL: Platform()}, Cleaner(), store, 1 << 20)
    parcel = Fetching(CHANNEL, "1", "item", Kind.IMAGE, FileRef("photo"), new_identity()[1])
    settle = await home.deliver(parcel, "item")
    assert stored(store) == ["item"], "it is durable before any row names it"
    after = await committer.commit(settle)
    assert isinstance(after, After)
    assert after.then is not None
    after.then()
    assert stored(store) == []
    assert await committer.commit(lambda tx: tx.execute(select(func.count()).select_from(EVIDENCE)).scalar()) == 0
