"""Five wrong tickets an hour, counted under a name that means nothing tomorrow."""

from datetime import UTC, datetime, timedelta

from bot.channels.base import Reporter
from bot.limits import WRONG_TICKETS, Tries

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
RINA, BAGUS = Reporter("telegram", "1"), Reporter("telegram", "2")


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def tired(who: Reporter, *at: datetime) -> Tries:
    tries = Tries()
    for moment in at:
        tries.miss(who, moment)
    return tries


def test_four_wrong_ones_are_forgiven_and_five_are_not() -> None:
    tries = tired(RINA, *[NOON] * (WRONG_TICKETS - 1))
    assert not tries.spent(RINA, NOON)
    tries.miss(RINA, NOON)
    assert tries.spent(RINA, NOON)


def test_nobody_pays_for_somebody_else_or_for_another_channel() -> None:
    tries = tired(RINA, *[NOON] * WRONG_TICKETS)
    assert not tries.spent(BAGUS, NOON)
    assert not tries.spent(Reporter("whatsapp", "1"), NOON)


def test_each_is_forgiven_after_an_hour() -> None:
    tries = tired(RINA, *(NOON + minutes(10 * number) for number in range(WRONG_TICKETS)))
    assert tries.spent(RINA, NOON + minutes(59))
    assert not tries.spent(RINA, NOON + minutes(61))
    tries.miss(RINA, NOON + minutes(61))
    assert tries.spent(RINA, NOON + minutes(62))


def test_asking_leaves_nothing_in_memory() -> None:
    tries = Tries()
    for number in range(100):
        assert not tries.spent(Reporter("telegram", f"{number}"), NOON)
    assert not tries._missed  # noqa: SLF001  # memory of people who did nothing wrong is what must not be


def test_at_midnight_the_names_of_yesterday_are_forgotten() -> None:
    tries = tired(RINA, *[NOON] * WRONG_TICKETS)
    assert not tries.spent(RINA, NOON + timedelta(days=1))
    tries.miss(BAGUS, NOON + timedelta(days=1))
    assert len(tries._missed) == 1  # noqa: SLF001  # as above
