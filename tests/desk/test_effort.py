"""What officers' usual work costs them stays as little as it is; `make bench` prints the same figures."""

import pytest

from benchmarks import desk
from tests.desk.office import Office


@pytest.mark.parametrize("work", desk.WORK)
async def test_usual_work_takes_no_more_taps_and_no_change_of_chat(office: Office, work: str) -> None:
    effort = await desk.WORK[work](office)
    assert effort.what == work
    assert effort.taps <= desk.MOST_TAPS[work]
    assert effort.moves == 0
