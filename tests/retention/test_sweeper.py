"""The intake's hourly sweep keeps the promise, and a day on which it cannot costs nobody a report."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest

from bot.sweeper import Sweeper
from storage.drafts import Conversations
from storage.erasure import ErasedList, Retention
from storage.keyring import Keyring
from tests.retention.institution import TODAY, Institution
from tests.storage.committing import committing

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


class FullDisk(ErasedList):
    """A list that cannot be written."""

    def add(self, ids: Collection[str]) -> None:  # noqa: ARG002  # as the list takes them
        raise OSError(28, "No space left on device")


async def sweep(office: Institution, retention: Retention, at: datetime) -> None:
    conversations = Conversations(Keyring(office.folder))
    async with committing(office.database) as committer:
        await Sweeper(conversations, committer, office.store, retention, lambda: at).sweep()


async def test_drafts_their_files_and_closed_tips_go_each_in_its_time(office: Institution) -> None:
    office.begin_a_draft()
    left = office.receive("tip-1")
    office.close(left, TODAY)
    await sweep(office, office.retention, NOON + timedelta(days=3))
    assert (office.tips(), office.files()) == (["tip-1"], list(left.files))
    assert "draft" not in office.rows()
    await sweep(office, office.retention, NOON + timedelta(days=91))
    assert (office.tips(), office.files()) == ([], [])


async def test_a_full_disk_is_no_reason_to_stop_and_the_next_hour_tries_again(
    office: Institution, capsys: pytest.CaptureFixture[str]
) -> None:
    office.close(office.receive("tip-1"), TODAY)
    late = NOON + timedelta(days=91)
    full = Retention(office.database, office.store, FullDisk(office.folder / "erased"), 90)
    await sweep(office, full, late)
    assert "not-erased" in capsys.readouterr().out
    assert office.tips() == ["tip-1"]
    await sweep(office, office.retention, late + timedelta(hours=1))
    assert office.tips() == []
