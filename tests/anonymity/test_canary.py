"""A short proof that nothing of a reporter is left; `make canary` runs the whole one, on both databases."""

import pytest

from tests.anonymity.canary import prove


# Processes start and are killed, and cores may be busy.
@pytest.mark.timeout(300)
def test_nothing_of_a_reporter_is_left_anywhere() -> None:
    lines: list[str] = []
    prove("SQLite", lines.append, brief=True)

    assert "0 hits" in lines[-2]
