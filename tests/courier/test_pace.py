"""So many in a minute and no more, counted over any minute."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Later
from bot.pace import Bucket

MOST, SECONDS = 3, 10.0


def bucket_at(moments: list[float]) -> Bucket:
    """A bucket whose clock shows the last of these moments."""
    return Bucket(MOST, SECONDS, clock=lambda: moments[-1])


def test_the_first_are_let_through_and_the_next_is_told_when() -> None:
    moments = [100.0]
    bucket = bucket_at(moments)
    for _ in range(MOST):
        bucket.take()
    moments.append(104.0)
    with pytest.raises(Later) as later:
        bucket.take()
    assert later.value.after == pytest.approx(6.0)


def test_whoever_waits_as_long_as_told_is_let_through() -> None:
    moments = [0.0]
    bucket = bucket_at(moments)
    for moment in (0.0, 2.0, 4.0):
        moments.append(moment)
        bucket.take()
    moments.append(10.0)
    bucket.take()
    moments.append(11.0)
    with pytest.raises(Later) as later:
        bucket.take()
    assert later.value.after == pytest.approx(1.0)


def test_a_refusal_takes_nothing() -> None:
    moments = [0.0]
    bucket = bucket_at(moments)
    for _ in range(MOST):
        bucket.take()
    for _ in range(50):
        with pytest.raises(Later):
            bucket.take()
    moments.append(SECONDS)
    for _ in range(MOST):
        bucket.take()


@given(st.lists(st.floats(0, 5), max_size=80))
def test_no_span_ever_holds_more(pauses: list[float]) -> None:
    moments, taken = [0.0], list[float]()
    bucket = bucket_at(moments)
    for pause in pauses:
        moments.append(moments[-1] + pause)
        with suppress(Later):
            bucket.take()
            taken.append(moments[-1])
    # Sums of seconds are rounded; a millionth more or less is nobody's concern.
    assert all(later - first > SECONDS - 1e-6 for first, later in zip(taken, taken[MOST:], strict=False))
