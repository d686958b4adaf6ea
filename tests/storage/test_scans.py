"""The table of posters' counts holds full fives, month by month."""

import pytest

from storage import scans
from storage.database import Database

KEDIRI, PALEMBANG = "35.71", "16.71"


def test_fives_are_added_to_what_is_there(database: Database) -> None:
    with database.transaction() as tx:
        scans.add(tx, {(KEDIRI, "2026-11"): 5, (PALEMBANG, "2026-11"): 15})
        scans.add(tx, {(KEDIRI, "2026-11"): 20, (KEDIRI, "2026-10"): 5})
    with database.transaction() as tx:
        assert list(scans.counted(tx).items()) == [
            ((KEDIRI, "2026-11"), 25),
            ((PALEMBANG, "2026-11"), 15),
            ((KEDIRI, "2026-10"), 5),
        ]


@pytest.mark.parametrize("many", [1, 4, 7, 0, -5])
def test_what_is_no_full_five_is_never_stored(database: Database, many: int) -> None:
    with database.transaction() as tx:
        with pytest.raises(ValueError, match="not full fives"):
            scans.add(tx, {(KEDIRI, "2026-11"): 5, (PALEMBANG, "2026-11"): many})
        assert scans.counted(tx) == {}


def test_nothing_counted_writes_nothing(database: Database) -> None:
    with database.transaction() as tx:
        scans.add(tx, {})
        assert scans.counted(tx) == {}
