"""`saksi migrate` from outside: it says first what it would do, and takes nothing back."""

from pathlib import Path

from storage import migrations
from storage.database import Database
from tests.whole.test_settings import refused, saksi


async def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    looked = await saksi(tmp_path, "migrate", "--dry-run")
    assert looked.code == 0, looked
    assert (
        looked.said.splitlines()[-1]
        == f"nothing was changed; {int(migrations.head() or 0)} steps are left to do up to {migrations.head()}"
    )
    assert not (tmp_path / "state").exists()
    done = await saksi(tmp_path, "migrate")
    assert done.said.replace("done:", "would do").splitlines()[:-1] == looked.said.splitlines()[:-1]
    again = await saksi(tmp_path, "migrate", "--dry-run")
    assert again.said == f"nothing was changed; 0 steps are left to do up to {migrations.head()}\n"


async def test_tables_of_a_newer_version_are_never_taken_back(tmp_path: Path) -> None:
    await saksi(tmp_path, "migrate")
    database = Database.at(f"sqlite:///{tmp_path / 'state' / 'saksi.db'}")
    with database.transaction() as tx:
        tx.exec_driver_sql("update alembic_version set version_num = '9999'")
    database.close()
    for order in (("migrate",), ("migrate", "--dry-run"), ("run",)):
        assert refused(await saksi(tmp_path, *order), "stands at 9999", "never taken back", "install the version")
