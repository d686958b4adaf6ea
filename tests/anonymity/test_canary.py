"""A short proof that nothing of a reporter is left; `make canary` runs the whole one, on both databases."""

import re

import pytest

from tests.anonymity.canary import Found, prove

# Processes start and are killed, and cores may be busy.
pytestmark = pytest.mark.timeout(300)


def test_nothing_of_a_reporter_is_left_anywhere() -> None:
    lines: list[str] = []
    prove("SQLite", lines.append, brief=True)
    assert "0 hits" in lines[-2]


def test_a_program_that_leaves_something_is_found_out() -> None:
    with pytest.raises(Found) as found:
        prove("SQLite", lambda _: None, brief=True, leak=True)
    hits = str(found.value)
    assert re.search(r"account as \w+ in \S+/log at", hits)
    assert re.search(r" in \S+/saksi\.db\S* at", hits)
    assert re.search(r" in \S+/tmp.heard \S+, unfolded at 0 at", hits)
