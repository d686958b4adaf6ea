"""What officers may do with a card: who holds it, who commands it, and how a tip gets to its end."""

from datetime import date

import pytest
from msgspec.structs import replace

from handlers.desk import Act, Card, Menu, Officer, Role, actions, press
from handlers.status import CLOSED, NEXT, Status, may_follow

SARI, BAGUS = Officer("sari", Role.OFFICER), Officer("bagus", Role.OFFICER)
PENYELIA, AUDITOR = Officer("dewi", Role.SUPERVISOR), Officer("joko", Role.AUDITOR)
FREE = Card("rotan-fajar", "uang", "Pahandut", date(2026, 11, 18), 2)
HELD = replace(FREE, holder="sari")
BUSY = replace(HELD, answered=True, menu=Menu.STATUS)


@pytest.mark.parametrize(
    ("card", "action", "officer", "holder", "toast"),
    [
        (FREE, Act.TAKE, SARI, "sari", "toast-taken"),
        (HELD, Act.TAKE, SARI, "sari", "toast-taken"),
        (HELD, Act.TAKE, BAGUS, "sari", "toast-held"),
        (HELD, Act.TAKE, PENYELIA, "sari", "toast-held"),
        (HELD, Act.RELEASE, SARI, "", "toast-released"),
        (HELD, Act.RELEASE, BAGUS, "sari", "toast-held"),
        (HELD, Act.RELEASE, PENYELIA, "", "toast-released"),
        (FREE, Act.RELEASE, BAGUS, "", "toast-released"),
    ],
)
def test_a_card_has_one_holder_whom_only_a_supervisor_may_free(
    card: Card, action: Act, officer: Officer, holder: str, toast: str
) -> None:
    done = press(card, Status.RECEIVED, action, officer)
    assert (done.card.holder, done.toast.key) == (holder, toast)
    assert bool(done.recorded) == (toast != "toast-held")


@pytest.mark.parametrize(
    ("card", "officer", "moves"),
    [(FREE, BAGUS, True), (HELD, SARI, True), (HELD, BAGUS, False), (HELD, PENYELIA, True)],
)
@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_a_status_moves_only_where_it_may_and_by_whom_it_may(
    card: Card, officer: Officer, before: Status, after: Status, *, moves: bool
) -> None:
    done = press(card, before, after, officer)
    if not may_follow(before, after):
        assert (done.status, done.toast.key, done.recorded) == (before, "toast-stale", "")
    elif not moves:
        assert (done.status, done.toast.key, done.recorded) == (before, "toast-held", "")
    else:
        assert (done.status, done.toast.key, done.recorded) == (after, "toast-status", after)
        assert done.card.menu is Menu.TIP


@pytest.mark.parametrize("action", [*Act, *Status, "bohong", ""])
@pytest.mark.parametrize("status", Status)
def test_an_auditor_changes_and_opens_nothing(action: str, status: Status) -> None:
    done = press(FREE, status, action, AUDITOR)
    assert (done.card, done.status, done.opened, done.recorded) == (FREE, status, False, "")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("officer", [SARI, BAGUS, PENYELIA])
def test_opening_is_free_to_all_officers_and_is_the_first_reading(officer: Officer, status: Status) -> None:
    done = press(BUSY, status, Act.OPEN, officer)
    assert done.opened
    assert done.recorded == "opened"
    assert not done.card.answered
    assert done.status is (Status.ACKNOWLEDGED if status is Status.RECEIVED else status)


@pytest.mark.parametrize("action", ["bohong", "", "TAKE", "received"])
def test_a_button_that_is_not_ours_does_nothing(action: str) -> None:
    done = press(FREE, Status.TRACING, action, SARI)
    assert (done.card, done.status, done.toast.key, done.recorded) == (FREE, Status.TRACING, "toast-stale", "")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("menu", Menu)
@pytest.mark.parametrize("card", [FREE, HELD])
def test_every_button_below_a_card_works_for_whoever_commands_it(card: Card, menu: Menu, status: Status) -> None:
    rows = actions(replace(card, menu=menu), status)
    names = [name for row in rows for name in row]
    assert len(set(names)) == len(names)
    for name in names:
        assert press(replace(card, menu=menu), status, name, SARI).toast.key not in {"toast-stale", "toast-held"}
    assert menu is Menu.TIP or Act.BACK in names


@pytest.mark.parametrize(
    ("status", "menu", "names"),
    [
        (Status.RECEIVED, Menu.TIP, [("take", "open"), ("status",)]),
        (Status.RECEIVED, Menu.STATUS, [("tracing",), ("referred",), ("close",), ("back",)]),
        (
            Status.TRACING,
            Menu.CLOSE,
            [("proven",), ("unproven",), ("insufficient",), ("out-of-scope",), ("spam",), ("back",)],
        ),
        (Status.PROVEN, Menu.STATUS, [("tracing",), ("back",)]),
    ],
)
def test_what_stands_below_a_card(status: Status, menu: Menu, names: list[tuple[str, ...]]) -> None:
    assert [row for row in actions(replace(FREE, menu=menu), status) if row] == names


def reachable(start: Status) -> frozenset[Status]:
    seen = {start}
    while more := {after for status in seen for after in NEXT[status]} - seen:
        seen |= more
    return frozenset(seen)


@pytest.mark.parametrize("status", Status)
def test_every_tip_can_be_closed_in_every_way_and_taken_up_again(status: Status) -> None:
    assert reachable(status) >= CLOSED
    assert not status.closed or NEXT[status] == {Status.TRACING}
    assert status not in NEXT[status]


def test_nothing_leads_back_to_received() -> None:
    assert all(Status.RECEIVED not in following for following in NEXT.values())
