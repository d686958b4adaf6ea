"""The tables that people's reports rest in are those that the code believes in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Integer, Table, inspect, text

from storage import migrations
from storage.database import Database
from storage.migrations import Behind
from storage.models import METADATA
from tests.storage.conftest import BOTH, empty_database


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    database = Database.at(empty_database(request, tmp_path))
    yield database
    database.close()


@pytest.fixture
def migrated(empty: Database) -> Database:
    migrations.upgrade(empty)
    return empty


def differences(database: Database) -> list[object]:
    """What a migration would have to change; the compared types and defaults included."""
    with database.transaction() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, METADATA))


def test_the_migrations_make_exactly_the_tables_of_the_models(migrated: Database) -> None:
    assert differences(migrated) == []


def test_a_column_that_no_migration_makes_would_be_noticed(migrated: Database) -> None:
    with migrated.transaction() as tx:
        tx.execute(text("ALTER TABLE tip DROP COLUMN epoch"))
    assert [difference[:1] for difference in differences(migrated)] == [("add_column",)]  # type: ignore[index]  # a tuple


def test_an_index_that_no_migration_makes_would_be_noticed(migrated: Database) -> None:
    with migrated.transaction() as tx:
        Table("surplus", METADATA.__class__(), Column("id", Integer, primary_key=True)).create(tx)
        tx.execute(text("DROP INDEX ix_tip_day"))
    assert {difference[0] for difference in differences(migrated)} == {"remove_table", "add_index"}  # type: ignore[index]  # a tuple


def test_an_upgrade_brings_an_empty_database_to_the_head(empty: Database) -> None:
    assert migrations.revision(empty) is None
    migrations.upgrade(empty)
    assert migrations.revision(empty) == migrations.head()
    migrations.require_head(empty)


def test_an_upgrade_twice_changes_nothing(empty: Database) -> None:
    migrations.upgrade(empty)
    with empty.transaction() as tx:
        tx.execute(text("INSERT INTO poster_count (code, month, count) VALUES ('62.71', '2026-11', 7)"))
    migrations.upgrade(empty)
    with empty.transaction() as tx:
        assert tx.execute(text("SELECT count FROM poster_count")).scalar() == 7


def test_a_program_does_not_start_on_an_empty_database(empty: Database) -> None:
    with pytest.raises(Behind, match="saksi migrate"):
        migrations.require_head(empty)


def test_a_program_does_not_start_on_a_newer_database(migrated: Database) -> None:
    with migrated.transaction() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for work in (migrations.require_head, migrations.upgrade, migrations.pending):
        with pytest.raises(Behind, match=r"stands at 9999, .* never taken back: install the version that made them"):
            work(migrated)
    assert migrations.revision(migrated) == "9999"


def test_what_would_be_done_is_told_and_not_done(empty: Database) -> None:
    there = migrations.exists(empty)
    steps = migrations.pending(empty)
    assert [step.partition(" ")[0] for step in steps] == [name.partition("_")[0] for name in every_migration()]
    assert migrations.exists(empty) is there
    migrations.upgrade(empty, "0001")
    assert migrations.pending(empty) == steps[1:]
    assert migrations.revision(empty) == "0001"
    migrations.upgrade(empty)
    assert migrations.pending(empty) == []


def every_migration() -> list[str]:
    return sorted(path.stem for path in migrations.VERSIONS.glob("[0-9]*.py"))


def test_the_head_is_read_off_the_names_of_files_as_alembic_would_find_it() -> None:
    assert ScriptDirectory(str(migrations.VERSIONS.parent)).get_heads() == [migrations.head()]


def test_a_migration_that_fails_halfway_leaves_nothing(empty: Database) -> None:
    def plugged_out() -> None:
        with empty.transaction() as tx:
            METADATA.create_all(tx)
            raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        plugged_out()
    with empty.transaction() as tx:
        assert inspect(tx).get_table_names() == []
