"""Each way in which nothing can be written is told in a line of its own; what is none of them is never hidden."""

import asyncio
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from bot import outage
from bot.cli.plain import AGAIN, plainly
from bot.settings import SettingsError
from storage.database import Database


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "outage", outage.Outage())
    monkeypatch.setattr(outage, "AGAIN", 0.01)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    with opened.transaction() as tx:
        tx.execute(text("CREATE TABLE words (word TEXT)"))
    yield opened
    opened.close()


def failure(database: Database, *statements: str) -> OperationalError:
    try:
        with database.transaction() as tx:
            for statement in statements:
                tx.execute(text(statement))
    except OperationalError as error:
        return error
    raise AssertionError("it works")


MANY = "INSERT INTO words SELECT hex(randomblob(2000)) FROM sqlite_master a, sqlite_master b"


def test_a_full_disk_is_called_so(database: Database) -> None:
    assert outage.why(failure(database, "PRAGMA max_page_count = 3", MANY, MANY, MANY)) == outage.FULL
    assert outage.why(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == outage.FULL


def test_a_disk_that_cannot_be_written_is_called_so(database: Database) -> None:
    assert outage.why(failure(database, "PRAGMA query_only = ON", MANY)) == outage.READ_ONLY
    assert outage.why(OSError(errno.EROFS, os.strerror(errno.EROFS))) == outage.READ_ONLY


def test_a_file_that_cannot_be_opened_is_called_so(tmp_path: Path) -> None:
    nowhere = Database.at(f"sqlite:///{tmp_path / 'no' / 'where.db'}")
    assert "cannot be opened" in str(outage.why(failure(nowhere, "SELECT 1")))


def test_a_database_that_another_program_holds_is_called_so(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.PRAGMAS", ("busy_timeout=1",))
    other = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    with database.transaction():
        assert outage.why(failure(other, "SELECT 1")) == outage.LOCKED
    other.close()


def test_a_server_that_does_not_answer_is_called_so(tmp_path: Path) -> None:
    gone = Database.at(f"postgresql+psycopg://nobody@/saksi?host={tmp_path}")
    assert outage.why(failure(gone, "SELECT 1")) == outage.GONE
    gone.close()


def test_a_defect_is_none_of_them(database: Database) -> None:
    assert outage.why(failure(database, "SELECT nothing FROM nowhere")) is None
    assert outage.why(OSError(errno.ENOENT, "no such file")) is None
    assert outage.why(IntegrityError("", {}, Exception("twice"))) is None
    full = OSError(errno.ENOSPC, "full")
    assert outage.reason(ExceptionGroup("", [full, ExceptionGroup("", [full])])) == outage.FULL
    assert outage.reason(ExceptionGroup("", [full, ValueError("a defect")])) is None


class Work:
    """Fails as it is told, then works."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.times = 0

    async def __call__(self) -> str:
        self.times += 1
        if self.failures:
            raise self.failures.pop(0)
        return "kept"


async def test_work_is_done_again_until_it_is_kept_and_the_reason_is_told_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    work = Work(*[OSError(errno.ENOSPC, "full")] * 5)
    assert await outage.outlast(work) == "kept"
    assert work.times == 6
    assert capsys.readouterr().out.count(outage.FULL) == 1


async def test_a_defect_is_raised_at_once() -> None:
    work = Work(ExceptionGroup("", [ValueError("a defect"), OSError(errno.ENOSPC, "full")]))
    with pytest.raises(ExceptionGroup):
        await outage.outlast(work)
    assert work.times == 1


async def test_who_waits_can_be_stopped() -> None:
    task = asyncio.create_task(outage.outlast(Work(*[OSError(errno.EROFS, "read-only")] * 10_000)))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_a_command_says_it_in_one_line_and_may_be_tried_again(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped, plainly():
        raise ExceptionGroup("", [OSError(errno.ENOSPC, "full")])
    assert stopped.value.code == AGAIN
    assert capsys.readouterr().err == f"saksi: {outage.FULL}\n"


def test_a_command_that_is_wrong_and_cannot_write_is_called_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped, plainly():
        raise ExceptionGroup("", [OSError(errno.ENOSPC, "full"), SettingsError("SAKSI_LISTEN: taken")])
    assert stopped.value.code == 2
    assert capsys.readouterr().err == "saksi: SAKSI_LISTEN: taken\n"


def test_a_defect_of_a_command_stays_what_it_is() -> None:
    statement = ProgrammingError("", {}, sqlite3.ProgrammingError("closed"))
    for defect in (OSError(errno.ENOENT, "no such file"), statement):
        with pytest.raises(ExceptionGroup if isinstance(defect, OSError) else type(defect)), plainly():
            raise defect
