"""What the audit makes of an answer: a hole is red, silence is told of and is not."""

import json
from collections.abc import Mapping

from tests.house.audit import judged

SOUND = {"name": "starlette", "version": "1.10.0", "vulns": []}
HOLED = {"name": "pillow", "version": "9.0.0", "vulns": [{"id": "PYSEC-2022-10", "fix_versions": ["9.0.1"]}]}
UNKNOWN = {"name": "av", "skip_reason": "Dependency not found on PyPI and could not be audited: av (18.1.0)"}


def answer(*packages: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_no_hole_is_well() -> None:
    assert judged("a.lock", answer(SOUND, SOUND)) == (True, "a.lock: 2 packages, no known hole")


def test_a_hole_is_red_and_says_what_mends_it() -> None:
    well, told = judged("a.lock", answer(SOUND, HOLED, UNKNOWN))
    assert not well
    assert "pillow 9.0.0: PYSEC-2022-10, mended in 9.0.1" in told


def test_a_service_that_knows_nothing_of_them_is_told_of() -> None:
    assert judged("a.lock", answer(SOUND, UNKNOWN)) == (
        True,
        "a.lock: skipped for 1 of 2 packages: the service knows none",
    )


def test_silence_is_told_of() -> None:
    assert judged("a.lock", "", "timed out") == (
        True,
        "a.lock: skipped, the advisory service cannot be asked (timed out)",
    )
