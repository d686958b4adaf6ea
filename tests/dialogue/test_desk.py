"""What officers may do with a card: who holds it, who commands it, and how a tip gets to its end."""

from datetime import date

import pytest
from msgspec.structs import replace

from handlers.desk import (
    TEMPLATES,
    Act,
    Book,
    Card,
    Menu,
    Officer,
    Pending,
    Role,
    Sanction,
    Twin,
    actions,
    labels,
    press,
)
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
    if not moves:
        assert (done.status, done.toast.key, done.recorded) == (before, "toast-held", "")
    elif not may_follow(before, after) or before.closed:
        # What is closed is taken up again with a reason alone.
        assert (done.status, done.toast.key, done.recorded) == (before, "toast-stale", "")
    else:
        assert (done.status, done.toast.key, done.recorded) == (after, "toast-status", after)
        assert done.card.menu is (Menu.SANCTION if after is Status.PROVEN else Menu.TIP)


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


CROWD = Book((SARI, BAGUS, PENYELIA, AUDITOR), ("KE1", "DS2"), (Twin("tip-2", "jati-senja"),))
WAITING = replace(HELD, pending=Pending("Apa yang dibagikan?", "bagus", ("sari",)))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("menu", Menu)
@pytest.mark.parametrize("card", [FREE, HELD, WAITING])
def test_every_button_below_a_card_works_for_whoever_commands_it(card: Card, menu: Menu, status: Status) -> None:
    card = replace(card, menu=menu)
    rows = actions(card, status, CROWD)
    names = [name for row in rows for name in row]
    assert len(set(names)) == len(names)
    assert set(labels(card, CROWD)) <= set(names)
    others = {f"exclude-{one.mark}" for one in CROWD.officers} - {f"exclude-{SARI.mark}"}
    dead = {"agree", "refuse"} if status.closed else set()
    if menu is Menu.SANCTION and status is not Status.PROVEN:
        dead |= {f"sanction-{one}" for one in Sanction}
    if menu is Menu.REOPEN and not status.closed:
        dead |= {name for name in names if name.startswith("reopen-")}
    for name in set(names) - dead - others:
        assert press(card, status, name, SARI, CROWD).toast.key not in {"toast-stale", "toast-held"}, name
    assert menu is Menu.TIP or Act.BACK in names


@pytest.mark.parametrize(
    ("status", "menu", "names"),
    [
        (Status.RECEIVED, Menu.TIP, [("take", "open"), ("ask", "status"), ("close", "more")]),
        (Status.RECEIVED, Menu.STATUS, [("tracing",), ("referred",), ("close",), ("back",)]),
        (
            Status.TRACING,
            Menu.CLOSE,
            [("proven",), ("unproven",), ("insufficient",), ("out-of-scope",), ("spam",), ("back",)],
        ),
        (Status.PROVEN, Menu.STATUS, [("reopen",), ("back",)]),
        (Status.PROVEN, Menu.TIP, [("take", "open"), ("reopen", "more"), ("sanction",)]),
        (Status.SPAM, Menu.TIP, [("take", "open"), ("reopen", "more")]),
    ],
)
def test_what_stands_below_a_card(status: Status, menu: Menu, names: list[tuple[str, ...]]) -> None:
    assert [row for row in actions(replace(FREE, menu=menu), status) if row] == names


@pytest.mark.parametrize("outcome", sorted(CLOSED - {Status.WITHDRAWN}))
def test_three_presses_close_a_tip_with_its_outcome(outcome: Status) -> None:
    card, status = FREE, Status.ACKNOWLEDGED
    for action in ("close", outcome.value):
        assert any(action in row for row in actions(card, status, CROWD))
        done = press(card, status, action, SARI, CROWD)
        card, status = done.card, done.status
    assert status is outcome
    if outcome is Status.PROVEN:
        done = press(card, status, "sanction-heavy", SARI, CROWD)
        assert (done.card.sanction, done.recorded, done.card.menu) == ("heavy", "sanction-heavy", Menu.TIP)


@pytest.mark.parametrize("reason", ["evidence", "mistake", "order"])
@pytest.mark.parametrize("closed", sorted(CLOSED))
def test_a_closed_tip_is_taken_up_again_with_a_reason(closed: Status, reason: str) -> None:
    done = press(replace(FREE, sanction="heavy"), closed, f"reopen-{reason}", SARI)
    assert (done.status, done.recorded) == (Status.TRACING, f"reopened-{reason}")
    assert done.card.sanction == ""
    assert press(FREE, Status.TRACING, f"reopen-{reason}", SARI).toast.key == "toast-stale"


def test_templates_are_ticked_and_sent_together_in_four_presses() -> None:
    card = FREE
    for action in ("ask", "ask-where", "ask-when"):
        card = press(card, Status.ACKNOWLEDGED, action, SARI, CROWD).card
    done = press(card, Status.ACKNOWLEDGED, "ask-send", SARI, CROWD)
    card = done.card
    assert [term.key for term in done.letter if not isinstance(term, str)] == ["question-when", "question-where"]
    assert (card.awaiting, card.ticked, card.menu, done.recorded) == (True, (), Menu.TIP, "asked")


def test_a_tick_goes_off_again_and_nothing_ticked_is_not_sent() -> None:
    ticked = press(FREE, Status.ACKNOWLEDGED, "ask-when", SARI).card
    assert press(ticked, Status.ACKNOWLEDGED, "ask-when", SARI).card.ticked == ()
    assert not press(FREE, Status.ACKNOWLEDGED, "ask-send", SARI).letter
    assert all(press(FREE, Status.ACKNOWLEDGED, f"ask-{name}", SARI).card.ticked == (name,) for name in TEMPLATES)


def test_a_typed_question_goes_out_when_a_second_officer_has_read_it() -> None:
    card = replace(FREE, pending=Pending("Apa yang dibagikan?", "sari"))
    assert press(card, Status.TRACING, "agree", SARI).toast.key == "toast-not-own"
    first = press(card, Status.TRACING, "agree", BAGUS)
    assert (first.glimpsed, first.letter, first.toast.key) == (True, (), "toast-read-first")
    # Who has read it says nothing about anybody else.
    assert press(first.card, Status.TRACING, "agree", PENYELIA).glimpsed
    second = press(first.card, Status.TRACING, "agree", BAGUS)
    assert (second.letter, second.card.pending, second.card.awaiting) == (("Apa yang dibagikan?",), None, True)
    assert press(card, Status.TRACING, "refuse", BAGUS).card.pending is None
    assert not press(first.card, Status.PROVEN, "agree", BAGUS).letter


def test_an_excluded_officer_neither_opens_nor_acts() -> None:
    done = press(HELD, Status.TRACING, f"exclude-{SARI.mark}", PENYELIA, CROWD)
    assert (done.card.excluded, done.card.holder) == (("sari",), "")
    for action in ("open", "take", "status", "proven", "ask", "agree", "note", f"exclude-{SARI.mark}"):
        assert press(done.card, Status.TRACING, action, SARI, CROWD).toast.key == "toast-excluded"
    assert press(done.card, Status.TRACING, f"exclude-{SARI.mark}", PENYELIA, CROWD).card.excluded == ()


def test_only_a_supervisor_keeps_others_from_a_tip_and_anybody_may_stand_back() -> None:
    assert press(FREE, Status.TRACING, f"exclude-{BAGUS.mark}", SARI, CROWD).toast.key == "toast-stale"
    assert press(FREE, Status.TRACING, f"exclude-{PENYELIA.mark}", PENYELIA, CROWD).card.excluded == (PENYELIA.alias,)
    assert press(FREE, Status.TRACING, f"exclude-{SARI.mark}", SARI, CROWD).card.excluded == ("sari",)


def test_ones_own_last_change_is_undone_and_nobody_elses() -> None:
    done = press(HELD, Status.TRACING, "spam", SARI)
    assert press(done.card, done.status, "undo", PENYELIA).toast.key == "toast-not-undone"
    undone = press(done.card, done.status, "undo", SARI)
    assert (undone.status, undone.card.holder, undone.recorded) == (Status.TRACING, "sari", "undone")
    assert press(undone.card, undone.status, "undo", SARI).toast.key == "toast-not-undone"


def test_codes_and_twins_are_ticked_from_what_there_is() -> None:
    tagged = press(replace(FREE, menu=Menu.TAG), Status.TRACING, "tag-ds2", SARI, CROWD).card
    assert tagged.codes == ("DS2",)
    assert press(tagged, Status.TRACING, "tag-ds2", SARI, CROWD).card.codes == ()
    assert press(FREE, Status.TRACING, "tag-xx", SARI, CROWD).toast.key == "toast-stale"
    linked = press(FREE, Status.TRACING, "twin-jati-senja", SARI, CROWD)
    assert (linked.twin, linked.card.twins, linked.recorded) == ("tip-2", CROWD.alike, "linked")
    freed = press(linked.card, Status.TRACING, "twin-jati-senja", SARI, Book())
    assert (freed.twin, freed.card.twins, freed.recorded) == ("tip-2", (), "unlinked")


def reachable(start: Status) -> frozenset[Status]:
    seen = {start}
    while more := {after for status in seen for after in NEXT[status]} - seen:
        seen |= more
    return frozenset(seen)


@pytest.mark.parametrize("status", Status)
def test_every_tip_can_be_closed_in_every_way_and_taken_up_again(status: Status) -> None:
    assert reachable(status) >= CLOSED - {Status.WITHDRAWN}
    assert not status.closed or NEXT[status] == {Status.TRACING}
    assert status not in NEXT[status]


def test_no_officer_withdraws_a_tip() -> None:
    assert all(Status.WITHDRAWN not in following for following in NEXT.values())


def test_nothing_leads_back_to_received() -> None:
    assert all(Status.RECEIVED not in following for following in NEXT.values())
