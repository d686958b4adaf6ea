"""Closed tips are erased in time, with everything that belongs to them, and nothing else is."""

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from handlers.status import Status
from storage import tips
from storage.erasure import BATCH, ErasedList, Retention, checkpoint
from tests.retention.institution import TODAY, Institution, Left

KEEP = 90
CLOSED = date(2026, 7, 1)


def test_a_closed_tip_is_kept_for_ninety_days_and_not_one_more(office: Institution) -> None:
    left = office.receive("tip-1", day=CLOSED)
    office.close(left, CLOSED)
    office.retention.sweep(CLOSED + timedelta(days=KEEP))
    assert office.tips() == ["tip-1"]
    office.retention.sweep(CLOSED + timedelta(days=KEEP + 1))
    assert office.tips() == []


def test_the_days_are_counted_from_the_last_closing(office: Institution) -> None:
    left = office.receive("tip-1", day=CLOSED)
    again = CLOSED + timedelta(days=30)
    office.close(left, CLOSED)
    office.move(left, Status.TRACING, again)
    office.retention.sweep(CLOSED + timedelta(days=1000))
    assert office.tips() == ["tip-1"]
    office.close(left, again)
    office.retention.sweep(again + timedelta(days=KEEP))
    assert office.tips() == ["tip-1"]
    office.retention.sweep(again + timedelta(days=KEEP + 1))
    assert office.tips() == []


def test_a_closed_tip_goes_even_where_the_audit_was_lost(office: Institution) -> None:
    office.close(office.receive("tip-1", day=CLOSED), CLOSED)
    with office.database.transaction() as tx:
        tx.execute(tips.EVENT.delete())
    office.retention.sweep(CLOSED + timedelta(days=KEEP))
    assert office.tips() == ["tip-1"]
    office.retention.sweep(CLOSED + timedelta(days=KEEP + 1))
    assert office.tips() == []


@pytest.mark.parametrize("status", [status for status in Status if not status.closed])
def test_an_open_tip_is_never_erased(office: Institution, status: Status) -> None:
    office.move(office.receive("tip-1", day=CLOSED), status, CLOSED)
    office.retention.sweep(CLOSED + timedelta(days=10_000))
    assert office.tips() == ["tip-1"]


def closed_beside_an_open_one(office: Institution) -> tuple[Left, Left]:
    old, open_ = office.receive("old", photos=2, day=CLOSED), office.receive("open", photos=2)
    for left in (old, open_):
        office.post(left)
        office.write(left)
    office.close(old, CLOSED)
    return old, open_


def test_everything_of_the_tip_goes_and_nothing_of_its_neighbour(office: Institution) -> None:
    old, open_ = closed_beside_an_open_one(office)
    before = office.rows()
    found = office.retention.sweep(TODAY)
    assert (found.tips, sorted(found.files)) == (("old",), sorted(old.files))
    assert office.files() == sorted(open_.files)
    rows = office.rows()
    for table in ("tip", "evidence", "message", "card"):
        whose = "id" if table == "tip" else "tip"
        assert rows[table] == [row for row in before[table] if row[whose] == "open"]
    assert office.erased.ids() == {"old"}


def test_the_audit_stays_and_names_nobody_but_officers(office: Institution) -> None:
    closed_beside_an_open_one(office)
    before = office.rows()["event"]
    office.retention.sweep(TODAY)
    assert office.rows()["event"] == before


def test_a_look_says_what_would_be_erased_and_changes_nothing(office: Institution) -> None:
    old, _ = closed_beside_an_open_one(office)
    before, files = office.rows(), office.files()
    found = office.retention.due(TODAY)
    assert (found.tips, sorted(found.files)) == (("old",), sorted(old.files))
    assert (office.rows(), office.files(), office.erased.ids()) == (before, files, frozenset())


def test_more_than_one_batch_is_erased_at_once(office: Institution) -> None:
    office.close(office.receive("tip-0", photos=0, day=CLOSED), CLOSED)
    row = office.rows()["tip"][0]
    event = office.rows()["event"][0]
    with office.database.transaction() as tx:
        many = range(1, 2 * BATCH + 2)
        tx.execute(tips.TIP.insert(), [{**row, "id": f"tip-{n}", "lookup": f"{n}".encode()} for n in many])
        tx.execute(tips.EVENT.insert(), [{**event, "tip": f"tip-{n}", "link": f"{n}".encode()} for n in many])
    assert len(office.retention.sweep(TODAY).tips) == 2 * BATCH + 2
    assert office.tips() == []


def test_what_came_for_a_tip_in_the_moment_it_went_goes_as_well(office: Institution) -> None:
    left = office.receive("tip-1", day=CLOSED)
    office.close(left, CLOSED)
    office.retention.sweep(TODAY)
    office.post(left)
    office.write(left)
    office.retention.sweep(TODAY)
    assert set(office.rows()) == {"event", "desk"}


def test_a_file_that_nothing_names_is_dropped_when_it_cannot_be_on_its_way_any_more(office: Institution) -> None:
    left = office.receive("tip-1", day=TODAY - timedelta(days=9))
    for name, age in (("stray-today", 0), ("stray-yesterday", 1), ("stray-before", 2)):
        office.store.put(name, b"sealed", TODAY - timedelta(days=age))
    assert office.retention.due(TODAY).strays == ("stray-before",)
    office.retention.sweep(TODAY)
    assert office.files() == sorted((*left.files, "stray-today", "stray-yesterday"))


def test_what_a_crash_left_of_a_file_is_dropped_and_what_others_put_there_is_not(office: Institution) -> None:
    home = office.folder / "evidence" / "ab"
    home.mkdir()
    long_ago = datetime(2026, 1, 1, 12).timestamp()  # noqa: DTZ001  # as a file system counts
    for name in ("abc.part", ".nfs00000001"):
        (home / name).write_bytes(b"half")
        os.utime(home / name, (long_ago, long_ago))
    office.retention.sweep(TODAY)
    assert office.files() == [".nfs00000001"]


def test_evidence_that_waits_for_its_draft_is_none_of_retentions_business(office: Institution) -> None:
    office.begin_a_draft()
    before = office.rows()
    office.retention.sweep(TODAY + timedelta(days=5))
    assert (office.rows(), office.files()) == (before, ["of-a-draft"])


class FullDisk(ErasedList):
    """A list that cannot be written."""

    def add(self, ids: Collection[str]) -> None:  # noqa: ARG002  # as the list takes them
        raise OSError(28, "No space left on device")


def test_what_cannot_be_written_down_is_not_erased(office: Institution) -> None:
    old, open_ = closed_beside_an_open_one(office)
    before = office.rows()
    full = Retention(office.database, office.store, FullDisk(office.folder / "erased"), KEEP)
    with pytest.raises(OSError, match="No space"):
        full.sweep(TODAY)
    assert (office.rows(), office.files()) == (before, sorted((*old.files, *open_.files)))


def test_what_was_named_before_a_crash_is_erased_after_it_whatever_became_of_it(office: Institution) -> None:
    old, open_ = closed_beside_an_open_one(office)
    office.erased.add([old.id])
    office.move(old, Status.TRACING, TODAY)
    assert office.retention.due(TODAY).tips == ("old",)
    office.retention.sweep(TODAY)
    assert (office.tips(), office.files()) == (["open"], sorted(open_.files))


def test_a_line_that_a_crash_cut_short_spoils_none_of_the_next(office: Institution) -> None:
    office.erased.add(["first"])
    with (office.folder / "erased").open("ab") as file:
        file.write(b"hal")
    office.erased.add(["second"])
    assert {"first", "second"} < office.erased.ids()
    assert (office.folder / "erased").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_no_byte_of_an_erased_tip_is_left_in_sqlite_or_its_log(office: Institution) -> None:
    old, _ = closed_beside_an_open_one(office)
    bodies = [row["body"] for table in ("tip", "message", "card") for row in office.rows()[table]]
    gone = [row["body"] for table in ("tip", "message", "card") for row in office.rows()[table] if row_of(row, old.id)]
    kept = [body for body in bodies if body not in gone]
    assert all(left_of(body, office) for body in bodies)
    office.retention.sweep(TODAY)
    assert not any(left_of(body, office) for body in gone)
    assert all(left_of(body, office) for body in kept)


def row_of(row: dict[str, object], tip: str) -> bool:
    return tip in (row.get("tip"), row["id"] if "route" in row else None)


def left_of(body: bytes, office: Institution) -> bool:
    """Whether a slice of this is in any file of the database; a row's pages hold at least 64 bytes in a piece."""
    files = [path.read_bytes() for path in office.folder.glob("saksi.db*")]
    return any(body[start : start + 64] in file for start in range(0, len(body) - 64, 64) for file in files)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_long_reader_puts_the_emptying_of_the_log_off_and_stops_nobody(office: Institution) -> None:
    left = office.receive("tip-1", day=CLOSED)
    with office.database.snapshot() as reader:
        assert tips.status(reader, "tip-1") is Status.RECEIVED
        office.close(left, TODAY)
        assert not checkpoint(office.database)
        office.move(left, Status.TRACING, TODAY)
        assert tips.status(reader, "tip-1") is Status.RECEIVED
    assert checkpoint(office.database)
    assert (office.folder / "saksi.db-wal").stat().st_size == 0


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_checkpoint_leaves_the_patience_of_the_connection_as_it_was(office: Institution) -> None:
    checkpoint(office.database)
    with closing(office.database.engine.raw_connection()) as connection:
        assert connection.cursor().execute("PRAGMA busy_timeout").fetchone() == (20_000,)
    with closing(sqlite3.connect(office.folder / "saksi.db")) as whole:
        assert whole.execute("PRAGMA integrity_check").fetchone() == ("ok",)
