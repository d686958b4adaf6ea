"""Which weekend is meant, on a Sunday that is one itself and on the Monday after."""

from datetime import date, datetime

import pytest

from handlers.moments import Moment, read
from tests.dialogue.world import NOW


@pytest.mark.parametrize(
    ("today", "said", "saturday"),
    [
        (22, "akhir pekan kemarin", date(2026, 11, 14)),
        (22, "akhir pekan ini", date(2026, 11, 21)),
        (23, "akhir pekan kemarin", date(2026, 11, 21)),
    ],
)
def test_a_weekend_is_the_one_meant(today: int, said: str, saturday: date) -> None:
    found = read(said, datetime(2026, 11, today, 14, 30, tzinfo=NOW.tzinfo), {})
    assert isinstance(found, Moment)
    assert (found.first, found.last.toordinal() - found.first.toordinal()) == (saturday, 1)
