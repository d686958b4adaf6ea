"""Files: stored before they are spoken of, tied to their tip whichever comes first, swept when nobody wants them."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import evidence, tips
from storage.database import Database
from storage.errors import Gone
from storage.evidence import EVIDENCE, UNWANTED_AFTER_DAYS, Folder, Piece
from tests.storage.people import DAY, ROUTE, TODAY, a_tip, ring


def arrive(database: Database, *names: str, day: date = TODAY) -> list[str | None]:
    with database.transaction() as tx:
        return [evidence.arrive(tx, name, "image", 4096, day) for name in names]


def keep(database: Database, *files: str, tip: str = "tip-1", number: int = 0) -> None:
    with database.transaction() as tx:
        tips.keep(tx, a_tip(tip, files=files), ROUTE, ring(number), None)


def pieces(database: Database, tip: str = "tip-1") -> list[Piece]:
    with database.transaction() as tx:
        return evidence.of(tx, tip)


def test_a_file_that_came_before_its_tip_belongs_to_it(database: Database) -> None:
    assert arrive(database, "file-1") == [None]
    keep(database, "file-1")
    assert pieces(database) == [Piece("file-1", "image", here=True, lost=False)]


def test_a_file_that_comes_after_its_tip_belongs_to_it_and_the_tip_is_told(database: Database) -> None:
    keep(database, "file-1")
    assert pieces(database) == [Piece("file-1", "image", here=False, lost=False)]
    assert arrive(database, "file-1") == ["tip-1"]
    assert pieces(database) == [Piece("file-1", "image", here=True, lost=False)]


def test_a_file_that_comes_twice_is_there_once(database: Database) -> None:
    keep(database, "file-1")
    assert arrive(database, "file-1", "file-1") == ["tip-1", "tip-1"]
    assert len(pieces(database)) == 1


def test_a_file_and_its_tip_find_each_other_though_two_processes_hold_them(database: Database, other: Database) -> None:
    """Whichever is first, and also when neither sees the other: twenty times, both at once."""
    for number in range(20):
        tip, file = f"tip-{number}", f"file-{number}"
        with ThreadPoolExecutor(2) as pool:
            kept = pool.submit(keep, database, file, tip=tip, number=number)
            arrived = pool.submit(arrive, other, file)
            kept.result()
            arrived.result()
        assert pieces(database, tip) == [Piece(file, "image", here=True, lost=False)]


def test_a_file_that_never_comes_is_called_lost_where_a_tip_waits_for_it(database: Database) -> None:
    keep(database, "file-1")
    with database.transaction() as tx:
        assert evidence.lose(tx, "file-1") == "tip-1"
        assert evidence.lose(tx, "file-9") is None
    assert pieces(database) == [Piece("file-1", "image", here=False, lost=True)]
    with database.transaction() as tx:
        assert evidence.of(tx, "tip-9") == []


def test_only_loose_files_are_thrown_away(database: Database) -> None:
    arrive(database, "loose", "attached")
    keep(database, "attached")
    with database.transaction() as tx:
        assert evidence.discard(tx, ["loose", "attached", "unknown"]) == ["loose"]
        assert evidence.discard(tx, []) == []
        assert tx.execute(select(EVIDENCE.c.id)).scalars().all() == ["attached"]


def test_only_old_loose_files_are_swept(database: Database) -> None:
    arrive(database, "old", "attached")
    arrive(database, "young", day=TODAY + DAY)
    keep(database, "attached")
    with database.transaction() as tx:
        assert evidence.sweep(tx, TODAY + UNWANTED_AFTER_DAYS * DAY) == []
        assert evidence.sweep(tx, TODAY + (UNWANTED_AFTER_DAYS + 1) * DAY) == ["old"]
        assert set(tx.execute(select(EVIDENCE.c.id)).scalars()) == {"attached", "young"}
        assert evidence.sweep(tx, TODAY + 400 * DAY) == ["young"]


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "evidence")
    folder.put("Ab-_9xyz", b"sealed" * 1000, TODAY)
    assert folder.get("Ab-_9xyz") == b"sealed" * 1000
    folder.put("Ab-_9xyz", b"again", TODAY)
    assert folder.get("Ab-_9xyz") == b"again"
    assert Folder(tmp_path / "evidence").get("Ab-_9xyz") == b"again"


def test_what_was_dropped_is_gone_and_dropping_twice_harms_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("abcd", b"sealed", TODAY)
    for name in ("abcd", "abcd", "never-there"):
        folder.drop(name)
    with pytest.raises(Gone):
        folder.get("abcd")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "/etc/passwd", "a\0b", "a b", "x.part", "-", "é", "a\n"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = Folder(tmp_path)
    for touch in (lambda: folder.put(name, b"", TODAY), lambda: folder.get(name), lambda: folder.drop(name)):
        with pytest.raises(ValueError, match="name"):
            touch()
    assert list(tmp_path.iterdir()) == []


def test_nothing_in_the_folder_tells_the_hour(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "evidence")
    for name in ("abcd", "abef", "xyz1"):
        folder.put(name, b"sealed", TODAY)
    folder.drop("abef")
    midnight = datetime.combine(TODAY, time()).timestamp()
    found = [tmp_path / "evidence", *(tmp_path / "evidence").rglob("*")]
    assert sorted(path.name for path in found) == ["ab", "abcd", "evidence", "xy", "xyz1"]
    assert {path.stat().st_mtime for path in found} == {midnight}
    assert {path.stat().st_mtime_ns % 10**9 for path in found} == {0}


def test_nobody_else_can_look_in(tmp_path: Path) -> None:
    Folder(tmp_path / "evidence").put("abcd", b"sealed", TODAY)
    assert stat.S_IMODE((tmp_path / "evidence").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "evidence/ab").stat().st_mode) == 0o700


# Writes down, in a process of its own, what reaches the disk in which order.
WATCHED = """
import os, sys
from datetime import date
from pathlib import Path
from storage.evidence import Folder

def hook(event, args):
    if event in ("open", "os.rename", "os.utime") and str(args[0]).startswith(sys.argv[1]):
        print(event, Path(str(args[1] if event == "os.rename" else args[0])).name, flush=True)

real = os.fsync
def fsync(descriptor):
    real(descriptor)
    print("synced", Path(os.readlink(f"/proc/self/fd/{descriptor}")).name, flush=True)

os.fsync = fsync
sys.addaudithook(hook)
Folder(Path(sys.argv[1])).put("abcd", b"sealed", date(2026, 11, 18))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux names an open file in /proc")
def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_name_before_put_returns(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WATCHED, str(tmp_path / "evidence")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)  # noqa: S603  # our own code
    happened = done.stdout.splitlines()
    order = ["synced abcd.part", "os.rename abcd", "synced ab", "synced evidence"]
    assert [line for line in happened if line in order] == order


def test_a_file_cut_short_never_gets_its_name(tmp_path: Path) -> None:
    """A full disk: the process may write no more than a page."""
    code = f"""
import resource, signal
from datetime import date
from pathlib import Path
from storage.evidence import Folder
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    Folder(Path({str(tmp_path)!r})).put("abcd", bytes(9000), date(2026, 11, 18))
except OSError as error:
    print("refused", error.errno)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)  # noqa: S603  # our own code
    assert done.stdout.startswith("refused")
    folder = Folder(tmp_path)
    with pytest.raises(Gone):
        folder.get("abcd")
    folder.put("abcd", b"whole", TODAY)
    assert folder.get("abcd") == b"whole"
    assert [path.name for path in (tmp_path / "ab").iterdir()] == ["abcd"]


def test_the_leftover_of_a_crash_is_named_for_the_sweeper_and_dropped(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("abcd", b"sealed", TODAY)
    folder.put("abef", b"sealed", TODAY + DAY)
    (tmp_path / "ab/abxy.part").write_bytes(b"half")
    os.utime(tmp_path / "ab/abxy.part", (0, 0))
    assert sorted(folder.older(TODAY + DAY)) == ["abcd", "abxy"]
    folder.drop("abxy")
    assert sorted(path.name for path in (tmp_path / "ab").iterdir()) == ["abcd", "abef"]
