"""What cannot be restored is refused with a line that says why, and nothing of it is loaded."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import json

from bot.backups import read_identities
from handlers.status import Status
from storage import archive, migrations, restore
from storage.archive import Damaged, Unwritten, member
from storage.backup import Backup
from storage.errors import Sealed
from storage.migrations import Behind
from storage.passphrase import Work, lock
from storage.private import Unsafe
from storage.restore import Restore
from storage.vault import new_identity
from tests.retention.conftest import Open
from tests.retention.institution import TODAY, Institution

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def backup(office: Institution, tmp_path: Path) -> Path:
    office.post(office.receive("tip-1", photos=2, push=True))
    office.back_up(tmp_path / "week.age")
    return tmp_path / "week.age"


@pytest.fixture
def new(machine: Open, office: Institution) -> Institution:
    new = machine("new", "sqlite")
    shutil.copytree(office.keys, new.keys)
    return new


def untouched(new: Institution) -> bool:
    """Whether nothing at all was loaded."""
    return migrations.revision(new.database) is None and new.files() == []


def test_another_key_opens_nothing_and_the_line_says_so(new: Institution, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "other.key").write_text(new_identity()[0])
    with pytest.raises(Sealed, match=r"the key does not open .*week\.age: it was sealed to others"):
        new.restore(backup, tmp_path / "other.key")
    assert untouched(new)


def test_the_desks_own_key_opens_no_backup(new: Institution, backup: Path) -> None:
    with pytest.raises(Sealed, match="sealed to others"):
        new.restore(backup, new.keys / "desk-bawaslu.key")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data())
def test_a_backup_cut_short_anywhere_is_damaged(
    office: Institution, backup: Path, tmp_path: Path, data: st.DataObject
) -> None:
    whole = backup.read_bytes()
    cut = tmp_path / "cut.age"
    cut.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(Damaged, match=r"cut\.age"), opened(office, cut):
        raise AssertionError("nothing of it may be read")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data())
def test_a_backup_with_one_changed_bit_is_damaged(
    office: Institution, backup: Path, tmp_path: Path, data: st.DataObject
) -> None:
    changed = bytearray(backup.read_bytes())
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (tmp_path / "changed.age").write_bytes(changed)
    # A changed recipient's stanza fits no key: that is not told apart from a wrong key, and need not be.
    with pytest.raises((Damaged, Sealed), match=r"changed\.age"), opened(office, tmp_path / "changed.age"):
        raise AssertionError("nothing of it may be read")


@contextmanager
def opened(office: Institution, file: Path) -> Iterator[restore.Contents]:
    with restore.opened(file, read_identities([office.recovery]), office.folder) as contents:
        yield contents


@pytest.mark.parametrize("half", ["cut", "changed"])
def test_nothing_of_a_damaged_backup_is_loaded(new: Institution, backup: Path, half: str) -> None:
    whole = backup.read_bytes()
    middle = len(whole) // 2
    backup.write_bytes(whole[:middle] + (b"" if half == "cut" else bytes([whole[middle] ^ 1]) + whole[middle + 1 :]))
    with pytest.raises(Damaged, match="it was cut short or changed"):
        new.restore(backup, new.recovery)
    assert untouched(new)


@pytest.mark.parametrize("words", [b"", b"hello", b"age-encryption.org/v1\n", b"\0" * 5000])
def test_what_is_no_backup_at_all_is_called_so(office: Institution, tmp_path: Path, words: bytes) -> None:
    (tmp_path / "odd.age").write_bytes(words)
    with pytest.raises(Damaged, match=r"odd\.age is no age file"), opened(office, tmp_path / "odd.age"):
        raise AssertionError("nothing of it may be read")


def test_a_backup_that_is_not_there_is_named(office: Institution, tmp_path: Path) -> None:
    with pytest.raises(Damaged, match=r"gone\.age: No such file"), opened(office, tmp_path / "gone.age"):
        raise AssertionError("nothing of it may be read")


ABOUT = json.encode({"format": 1, "revision": migrations.head(), "made": "2026-11-12", "desks": {}})
NOTHING = dict.fromkeys(("tip", "evidence", "message", "event", "card", "desk", "poster_count"), 0)
END = json.encode({"rows": NOTHING, "files": 0})
ONE_TIP = json.encode({"rows": NOTHING | {"tip": 1}, "files": 0})
FORGED = {
    "an empty archive": [],
    "no beginning": [("end.json", END)],
    "no end": [("about.json", ABOUT)],
    "words after the end": [("about.json", ABOUT), ("end.json", END), ("erased", b"")],
    "an about of something else": [("about.json", b"[]"), ("end.json", END)],
    "fewer rows than told": [("about.json", ABOUT), ("end.json", ONE_TIP)],
    "fewer files than told": [("about.json", ABOUT), ("end.json", json.encode({"rows": NOTHING, "files": 1}))],
    "a table that is left out": [("about.json", ABOUT), ("tables/draft/00000", b"{}\n"), ("end.json", END)],
    "a row that is none": [("about.json", ABOUT), ("tables/tip/00000", b"7\n"), ("end.json", END)],
    "a row in a row": [("about.json", ABOUT), ("tables/tip/00000", b'{"id": {}}\n'), ("end.json", ONE_TIP)],
    "a name that climbs": [("about.json", ABOUT), ("evidence/../keys", b"x"), ("end.json", END)],
    "a private key": [("about.json", ABOUT), ("keys/desk.key", b"x"), ("end.json", END)],
    "ids of another alphabet": [("about.json", ABOUT), ("erased", b"\xff"), ("end.json", END)],
}  # fmt: skip


def sealed(office: Institution, file: Path, parts: list[tuple[str, bytes]]) -> Path:
    """Write an archive as a forger can, for everybody may seal to a public key."""
    pieces = [piece for name, data in parts for piece in member(name, data)]
    archive.write(file, iter([*pieces, archive.END]), [office.route().recovery])
    return file


@pytest.mark.parametrize("parts", FORGED.values(), ids=FORGED)
def test_a_forged_archive_is_refused(office: Institution, tmp_path: Path, parts: list[tuple[str, bytes]]) -> None:
    with pytest.raises(Damaged), opened(office, sealed(office, tmp_path / "forged.age", parts)):
        raise AssertionError("nothing of it may be read")


@pytest.mark.parametrize(
    "row", [b'{"id": "x"}', b'{"id": "x", "salary": 7}', b'{"id": "x", "lookup": "%%"}', b'{"lookup": 7}'], ids=str
)
def test_rows_that_do_not_fit_are_refused_and_leave_the_tables_empty(
    office: Institution, new: Institution, tmp_path: Path, row: bytes
) -> None:
    parts = [("about.json", ABOUT), ("tables/tip/00000", row + b"\n"), ("end.json", ONE_TIP)]
    with pytest.raises(Damaged, match="nothing was loaded"):
        new.restore(sealed(office, tmp_path / "odd.age", parts), new.recovery)
    assert new.rows() == {}


def test_a_backup_of_a_newer_saksi_is_called_so(office: Institution, new: Institution, tmp_path: Path) -> None:
    newer = json.encode({"format": 1, "revision": "9999", "made": "2026-11-12", "desks": {}})
    file = sealed(office, tmp_path / "newer.age", [("about.json", newer), ("end.json", END)])
    with pytest.raises(Behind, match="a newer Saksi made it"):
        new.restore(file, new.recovery)
    later = json.encode({"format": 2, "revision": "0001", "made": "2026-11-12", "desks": {}})
    file = sealed(office, tmp_path / "later.age", [("about.json", later), ("end.json", END)])
    with pytest.raises(Behind, match="format 2"):
        new.restore(file, new.recovery)


@pytest.mark.parametrize("what", ["a tip", "a draft"])
def test_a_database_that_holds_anything_is_never_restored_over(new: Institution, backup: Path, what: str) -> None:
    migrations.upgrade(new.database)
    new.receive("precious") if what == "a tip" else new.begin_a_draft()
    before = new.rows()
    with pytest.raises(Unsafe, match="the database is not empty"):
        new.restore(backup, new.recovery)
    assert new.rows() == before


def test_a_restore_does_not_happen_twice(new: Institution, backup: Path) -> None:
    new.restore(backup, new.recovery)
    before = new.rows()
    with pytest.raises(Unsafe, match="not empty"):
        new.restore(backup, new.recovery)
    assert new.rows() == before


def test_tables_that_are_there_and_empty_are_no_hindrance(new: Institution, backup: Path) -> None:
    migrations.upgrade(new.database)
    new.restore(backup, new.recovery)
    assert new.tips() == ["tip-1"]


def test_what_was_erased_after_the_backup_stays_erased(office: Institution, new: Institution, backup: Path) -> None:
    left = office.receive("tip-2")
    office.close(left, TODAY)
    office.back_up(backup.with_name("with-both.age"))
    before = office.rows()
    office.retention.sweep(TODAY + timedelta(days=91))
    assert office.tips() == ["tip-1"]
    shutil.copy(office.folder / "erased", new.folder / "erased")
    new.restore(backup.with_name("with-both.age"), new.recovery)
    assert new.tips() == ["tip-1"]
    assert not set(left.files) & set(new.files())
    [body] = [row["body"] for row in before["tip"] if row["id"] == "tip-2"]
    assert not any(body[500:564] in path.read_bytes() for path in new.folder.glob("saksi.db*"))
    assert [row["tip"] for row in new.rows()["event"]] == ["tip-2"]


def test_a_restored_file_is_no_stray_on_the_next_sweep(new: Institution, office: Institution, tmp_path: Path) -> None:
    office.receive("old", day=TODAY - timedelta(days=400))
    office.back_up(tmp_path / "old.age")
    with restore.opened(tmp_path / "old.age", read_identities([new.recovery]), new.folder) as contents:
        Restore(new.database, new.store, new.erased, TODAY, lambda *_: None).load(contents)
    with new.database.transaction() as tx:
        tx.exec_driver_sql("DELETE FROM evidence")
    assert new.retention.due(TODAY).strays == ()


def test_a_backup_is_never_overwritten(office: Institution, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(Unwritten, match="never overwritten"):
        office.back_up(backup)
    assert backup.read_bytes() == before


@contextmanager
def files_no_bigger_than(most: int) -> Iterator[None]:
    """Let the disk be full after so many bytes; Python ignores the signal that comes with it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_no_half_backup(office: Institution, tmp_path: Path) -> None:
    office.receive("tip-1", photos=3)
    with pytest.raises(Unwritten, match="File too large"), files_no_bigger_than(20_000):
        office.back_up(tmp_path / "full.age")
    assert not list(tmp_path.glob("full.age*"))


def test_a_backup_that_is_stopped_leaves_nothing_and_is_not_called_done(office: Institution, tmp_path: Path) -> None:
    office.receive("tip-1")

    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    work = Backup(office.database, office.store, office.erased, {}, {}, TODAY, stop)
    with pytest.raises(KeyboardInterrupt):
        work.write(tmp_path / "half.age", [office.route().recovery])
    assert not list(tmp_path.glob("half.age*"))


def test_a_folder_that_is_not_there_is_named(office: Institution, tmp_path: Path) -> None:
    with pytest.raises(Unwritten, match="No such file"):
        office.back_up(tmp_path / "nowhere" / "week.age")


def test_only_an_age_key_can_be_sealed_to(office: Institution, tmp_path: Path) -> None:
    with pytest.raises(Unwritten, match="'age1oops' is no age public key"):
        office.back_up(tmp_path / "week.age", "age1oops")


def test_a_key_file_is_read_as_ours_as_age_keygens_and_locked(office: Institution, tmp_path: Path) -> None:
    private, public = new_identity()
    key = tmp_path / "a.key"
    key.write_text(f"# created: 2026-11-12T09:00:00+07:00\n# public key: {public}\n{private}\n")
    assert read_identities([key]) == [private]
    key.write_bytes(lock(f"{private}\n".encode(), "kata sandi", Work(passes=1, memory=8 << 10)))
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    for path, words in ((right, "kata sandi"), (wrong, "salah")):
        path.write_text(words)
        path.chmod(0o600)
    assert read_identities([key], right) == [private]
    with pytest.raises(Sealed, match="passphrase is wrong"):
        read_identities([key], wrong)
    assert read_identities([office.recovery])[0].startswith("AGE-SECRET-KEY-")


@pytest.mark.parametrize(
    ("words", "why"), [(b"", "holds no age private key"), (b"# nothing\n", "holds no"), (b"age1oops", "no age private")]
)
def test_a_file_that_holds_no_key_is_called_so(tmp_path: Path, words: bytes, why: str, office: Institution) -> None:
    (office.folder / "odd.key").write_bytes(words)
    with pytest.raises(Sealed, match=why):
        read_identities([office.folder / "odd.key"])
    with pytest.raises(Unsafe, match="No such file"):
        read_identities([tmp_path / "gone.key"])


def test_a_tip_closed_before_the_backup_is_erased_in_time_after_the_restore(
    office: Institution, new: Institution, tmp_path: Path
) -> None:
    office.receive("tip-1")
    left = office.receive("closed")
    office.move(left, Status.UNPROVEN, TODAY)
    office.back_up(tmp_path / "closed.age")
    new.restore(tmp_path / "closed.age", new.recovery)
    new.retention.sweep(TODAY + timedelta(days=90))
    assert new.tips() == ["closed", "tip-1"]
    new.retention.sweep(TODAY + timedelta(days=91))
    assert new.tips() == ["tip-1"]
