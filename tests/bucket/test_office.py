"""What an institution does with its evidence, in a bucket: erasing, sweeping, backup and restore."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import json

from bot import backups
from bot.sweeper import Sweeper
from handlers.tip import Tip
from storage.drafts import Conversations
from storage.errors import Unreached
from storage.keyring import Keyring
from storage.vault import open_sealed
from tests.bucket.server import Server
from tests.retention.institution import PHOTO, STORY, Institution
from tests.storage.committing import committing

TODAY = datetime.now(UTC).date()
LATER = TODAY + timedelta(days=91)


async def sweep(office: Institution, days: int) -> None:
    at = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(days=days)
    conversations = Conversations(Keyring(office.folder))
    async with committing(office.database) as committer:
        await Sweeper(conversations, committer, office.store, office.retention, lambda: at).sweep()


def test_nothing_of_a_tip_goes_there_but_sealed_bytes_under_random_names(office: Institution, s3: Server) -> None:
    left = office.receive("tip-1")
    files = s3.files()
    assert set(files) == {f"office/{id_[:2]}/{id_}" for id_ in left.files}
    held = b"".join(files.values())
    assert PHOTO not in held
    assert STORY.encode() not in held
    assert not (office.folder / "evidence").exists(), "no second store, on the disk"


def test_a_closed_tip_is_erased_with_its_files_and_what_no_row_names_is_swept(office: Institution) -> None:
    left, open_ = office.receive("tip-1", day=TODAY), office.receive("tip-2", day=TODAY)
    office.close(left, TODAY)
    office.store.put("stray", b"sealed", TODAY)
    assert office.retention.due(TODAY + timedelta(days=1)).strays == (), "it may be on its way"
    assert office.retention.due(TODAY + timedelta(days=2)).strays == ("stray",)
    erased = office.retention.sweep(LATER)
    assert (erased.tips, erased.files, erased.strays) == (("tip-1",), left.files, ("stray",))
    assert office.files() == list(open_.files)


async def test_what_could_not_be_deleted_while_the_store_was_away_goes_with_a_later_sweep(
    office: Institution, s3: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    left, open_ = office.receive("tip-1", day=TODAY), office.receive("tip-2", day=TODAY)
    office.close(left, TODAY)
    office.begin_a_draft()
    s3.stop()
    await sweep(office, 91)
    said = capsys.readouterr().out
    assert "not-erased" in said
    assert "drop-later" in said
    assert "does not answer" in said
    assert office.tips() == ["tip-2"], "who can forget at once does"
    assert len(s3.files()) == 3
    s3.start()
    await sweep(office, 91)
    assert office.files() == list(open_.files)


def test_a_backup_brings_everything_back_into_another_bucket(office: Institution, s3: Server, tmp_path: Path) -> None:
    left = office.receive("tip-1", photos=2)
    office.back_up(tmp_path / "file.age")
    new = Institution(tmp_path / "new", f"sqlite:///{tmp_path / 'new' / 'saksi.db'}", bucket=s3)
    shutil.copytree(office.keys, new.keys)
    new.restore(tmp_path / "file.age", office.recovery)
    assert new.files() == list(left.files)
    assert all(s3.files()[f"new/{id_[:2]}/{id_}"] == office.store.get(id_) for id_ in left.files)
    new.database.close()


def test_neither_backup_nor_restore_begins_while_the_store_is_away_and_afterwards_both_can(
    office: Institution, s3: Server, tmp_path: Path
) -> None:
    left = office.receive("tip-1")
    s3.stop()
    with pytest.raises(Unreached, match="does not answer"):
        office.back_up(tmp_path / "file.age")
    assert not (tmp_path / "file.age").exists()
    s3.start()
    office.back_up(tmp_path / "file.age")
    new = Institution(tmp_path / "new", f"sqlite:///{tmp_path / 'new' / 'saksi.db'}", bucket=s3)
    shutil.copytree(office.keys, new.keys)
    s3.stop()
    with pytest.raises(Unreached, match="does not answer"):
        new.restore(tmp_path / "file.age", office.recovery)
    s3.start()
    new.restore(tmp_path / "file.age", office.recovery)
    assert (new.tips(), new.files()) == (["tip-1"], list(left.files))
    new.database.close()


def test_a_folder_can_be_carried_into_the_bucket_as_it_is(office: Institution, s3: Server, tmp_path: Path) -> None:
    """The names are the same: whatever tool copies a folder tree will do."""
    before = Institution(tmp_path / "before", f"sqlite:///{office.folder / 'saksi.db'}")
    shutil.copytree(office.keys, before.keys)
    left = before.receive("tip-1")
    shutil.copytree(before.folder / "evidence", s3.folder / "saksi-test" / "office")
    key = _key_of(before)
    assert open_sealed(office.store.get(left.files[0]), [key]).startswith(PHOTO)
    before.database.close()


def _key_of(institution: Institution) -> str:
    [row] = institution.rows()["tip"]
    tip = json.decode(open_sealed(row["body"], [institution.identity]), type=Tip)
    return tip.enclosures[0].key


def test_a_sweep_by_hand_says_in_one_line_what_is_wrong(office: Institution, s3: Server) -> None:
    s3.stop()
    with pytest.raises(Unreached, match="look whether it runs"):
        list(backups.sweep(office.settings, dry_run=True, verbose=False))
