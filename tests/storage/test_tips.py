"""Tips: kept for good, found by ticket, opened by their desk alone, and told as a story."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from handlers.scene import Line
from handlers.status import CLOSED, Status
from handlers.tip import Tip
from storage import evidence, tips
from storage.box import Box
from storage.cards import Act, Notes
from storage.database import Database
from storage.errors import Gone, Sealed
from storage.tips import EVENT, MESSAGE, TIP, TO_DESK, TO_REPORTER, Letter
from tests.storage.people import (
    BAWASLU,
    DAY,
    INSPEKTORAT,
    MAILBOX,
    RECOVERY,
    ROUTE,
    TODAY,
    a_tip,
    ring,
)

ADDRESS = b"sealed to the courier"
NOTES = Notes("bawaslu", Box(bytes(32)))


def keep(database: Database, tip: Tip, number: int = 0, address: bytes | None = ADDRESS) -> None:
    with database.transaction() as tx:
        tips.keep(tx, tip, ROUTE, ring(number), address)


def move(tx: Connection, tip: str, status: Status, days: int = 0) -> None:
    """An officer moves a tip, as the room does it."""
    tips.move(tx, tip, status)
    NOTES.record(tx, Act(tip, TODAY + days * DAY, "Rina", status.value))


@pytest.mark.parametrize("reader", [BAWASLU, RECOVERY], ids=["desk", "recovery"])
def test_a_tip_is_read_by_its_desk_and_by_recovery(database: Database, reader: tuple[str, str]) -> None:
    tip = a_tip(files=("file-1", "file-2"))
    keep(database, tip)
    with database.transaction() as tx:
        assert tips.open_tip(tx, "tip-1", [reader[0]]) == tip
        assert tips.status(tx, "tip-1") is Status.RECEIVED
        assert tips.route(tx, "tip-1") == "bawaslu"
        assert tips.mailbox(tx, "tip-1") == MAILBOX.public


def test_another_desk_cannot_open_it(database: Database) -> None:
    keep(database, a_tip())
    with database.transaction() as tx, pytest.raises(Sealed):
        tips.open_tip(tx, "tip-1", [INSPEKTORAT.private])


def test_a_tip_swapped_for_another_is_noticed(database: Database) -> None:
    keep(database, a_tip("tip-1"), 1)
    keep(database, a_tip("tip-2"), 2)
    with database.transaction() as tx:
        body = tx.execute(select(TIP.c.body).where(TIP.c.id == "tip-2")).scalar_one()
        tx.execute(update(TIP).where(TIP.c.id == "tip-1").values(body=body))
        with pytest.raises(Sealed, match="another tip"):
            tips.open_tip(tx, "tip-1", [BAWASLU.private])
        assert tips.open_tip(tx, "tip-2", [BAWASLU.private]).id == "tip-2"


def test_a_changed_byte_is_noticed(database: Database) -> None:
    keep(database, a_tip())
    with database.transaction() as tx:
        body = tx.execute(select(TIP.c.body)).scalar_one()
        tx.execute(update(TIP).values(body=body[:-1] + bytes([body[-1] ^ 1])))
        with pytest.raises(Sealed):
            tips.open_tip(tx, "tip-1", [BAWASLU.private])


def test_a_row_tells_day_route_and_status_and_nothing_else(database: Database) -> None:
    keep(database, a_tip())
    with database.transaction() as tx:
        row = tx.execute(select(TIP)).mappings().one()
    readable = {name: value for name, value in row.items() if not isinstance(value, bytes)}
    assert readable == {
        "id": "tip-1", "day": TODAY.toordinal(), "route": "bawaslu", "epoch": "2026-11", "status": "received",
        "mailbox": MAILBOX.public,
    }  # fmt: skip
    assert not any(b"Camat" in value for value in row.values() if isinstance(value, bytes))


def test_long_and_short_stories_take_the_same_room(database: Database) -> None:
    short = a_tip("tip-1")
    long = Tip("tip-2", TODAY, "urging", story="Panjang sekali. " * 200)
    for number, tip in enumerate((short, long)):
        keep(database, tip, number)
    with database.transaction() as tx:
        sizes = [len(body) for body in tx.execute(select(TIP.c.body)).scalars()]
    # Not equal: rage adds a stanza of random length to every age file, so that nobody relies on there being none.
    assert max(sizes) - min(sizes) < 300


def test_a_ticket_finds_its_tip_and_no_other(database: Database) -> None:
    keep(database, a_tip("tip-1"), 1)
    keep(database, a_tip("tip-2"), 2)
    with database.transaction() as tx:
        assert [tips.find(tx, ring(number).lookup) for number in (1, 2, 3)] == ["tip-1", "tip-2", None]


def test_no_two_tips_share_a_ticket_or_a_name(database: Database) -> None:
    keep(database, a_tip("tip-1"), 1)
    for tip, number in ((a_tip("tip-2"), 1), (a_tip("tip-1"), 2)):
        with pytest.raises(IntegrityError):
            keep(database, tip, number)


@pytest.mark.parametrize("what", [tips.status, tips.mailbox, lambda tx, id_: tips.open_tip(tx, id_, [])])
def test_what_was_never_kept_is_gone(database: Database, what: object) -> None:
    assert callable(what)
    with database.transaction() as tx, pytest.raises(Gone):
        what(tx, "nothing")


@pytest.mark.parametrize("status", Status)
def test_only_a_closed_tip_loses_its_reply_address(database: Database, status: Status) -> None:
    keep(database, a_tip("tip-1"), 1)
    keep(database, a_tip("tip-2"), 2)
    with database.transaction() as tx:
        tips.move(tx, "tip-1", status)
        assert tips.status(tx, "tip-1") is status
        assert tips.address(tx, "tip-1", TODAY) == (None if status in CLOSED else ADDRESS)
        assert tips.address(tx, "tip-2", TODAY) == ADDRESS


def test_a_reply_address_is_used_for_so_many_days_only(database: Database) -> None:
    keep(database, a_tip())
    with database.transaction() as tx:
        assert tips.address(tx, "tip-1", TODAY) == ADDRESS
        assert tips.address(tx, "tip-1", TODAY + timedelta(days=1)) is None
        assert tips.address(tx, "nothing", TODAY) is None


def test_a_reporter_may_have_their_address_forgotten(database: Database) -> None:
    keep(database, a_tip())
    with database.transaction() as tx:
        told = tips.timeline(tx, "tip-1", MAILBOX.private)
        tips.detach(tx, "tip-1")
        told_after = tips.timeline(tx, "tip-1", MAILBOX.private)
        assert tips.address(tx, "tip-1", TODAY) is None
    assert told
    assert told.pushed
    assert told_after
    assert not told_after.pushed


def test_a_story_is_told_by_the_day_and_within_a_day_as_tips_live(database: Database) -> None:
    keep(database, a_tip())
    with database.transaction() as tx:
        move(tx, "tip-1", Status.ACKNOWLEDGED, 1)
        move(tx, "tip-1", Status.TRACING, 2)
        move(tx, "tip-1", Status.PROVEN, 2)
        NOTES.record(tx, Act("tip-1", TODAY, "Rina", "opened"))
        letter = Letter("letter-1", "tip-1", TO_REPORTER, TODAY + DAY, "Di mana tepatnya?")
        tips.write(tx, letter, [MAILBOX.public])
        told = tips.timeline(tx, "tip-1", MAILBOX.private)
    assert told
    assert (told.status, told.closed, told.pushed) == (Status.PROVEN, True, False)
    assert told.lines == (
        Line("status-received", TODAY),
        Line("status-acknowledged", TODAY + DAY),
        Line("desk-asks", TODAY + DAY, "Di mana tepatnya?"),
        Line("status-tracing", TODAY + 2 * DAY),
        Line("status-proven", TODAY + 2 * DAY),
    )


def test_what_happened_on_one_day_is_told_in_its_order(database: Database) -> None:
    keep(database, a_tip())
    story = [Status.ACKNOWLEDGED, Status.UNPROVEN, Status.TRACING, Status.PROVEN, Status.TRACING]
    with database.transaction() as tx:
        for status in story:
            move(tx, "tip-1", status)
            NOTES.record(tx, Act("tip-2", TODAY, "Rina", "opened"))
        # Another desk counts on.
        Notes("bkn", Box(bytes(32))).record(tx, Act("tip-1", TODAY, "Sari", "referred bawaslu"))
        move(tx, "tip-1", Status.ACKNOWLEDGED)
        told = tips.timeline(tx, "tip-1", MAILBOX.private)
    assert told
    expected = ["received", *story, "referred", "acknowledged"]
    assert [line.key for line in told.lines] == [f"status-{status}" for status in expected]


def test_what_was_done_before_steps_were_counted_is_told_as_tips_live(database: Database) -> None:
    keep(database, a_tip())
    with database.transaction() as tx:
        for status in (Status.TRACING, Status.ACKNOWLEDGED):
            move(tx, "tip-1", status)
        tx.execute(update(EVENT).values(step=None))
        move(tx, "tip-1", Status.REFERRED)
        told = tips.timeline(tx, "tip-1", MAILBOX.private)
    assert told
    assert [line.key for line in told.lines[1:]] == ["status-acknowledged", "status-tracing", "status-referred"]


def test_a_story_is_of_one_tip_alone(database: Database) -> None:
    keep(database, a_tip("tip-1"), 1)
    keep(database, a_tip("tip-2"), 2)
    with database.transaction() as tx:
        move(tx, "tip-2", Status.TRACING)
        tips.write(tx, Letter("letter-1", "tip-2", TO_REPORTER, TODAY, "?"), [MAILBOX.public])
        told = tips.timeline(tx, "tip-1", MAILBOX.private)
        assert told
        assert [line.key for line in told.lines] == ["status-received"]
        assert tips.timeline(tx, "nothing", MAILBOX.private) is None


def test_a_letter_is_read_by_whom_it_is_meant_for_alone(database: Database) -> None:
    keep(database, a_tip())
    with database.transaction() as tx:
        for number, text in enumerate(("kedua", "pertama")):
            letter = Letter(f"letter-{number}", "tip-1", TO_DESK, TODAY - number * DAY, text)
            tips.write(tx, letter, ROUTE.recipients)
        tips.write(tx, Letter("letter-9", "tip-1", TO_REPORTER, TODAY, "Di mana?"), [MAILBOX.public])
        told = [(letter.day, letter.text) for letter in tips.letters(tx, "tip-1", [BAWASLU.private])]
        assert told == [(TODAY - DAY, "pertama"), (TODAY, "kedua")]
        with pytest.raises(Sealed):
            tips.letters(tx, "tip-1", [MAILBOX.private])
        with pytest.raises(Sealed):
            tips.timeline(tx, "tip-1", BAWASLU.private)
        assert not any(b"Di mana" in body for body in tx.execute(select(MESSAGE.c.body)).scalars())


def test_a_tip_taken_back_leaves_nothing(database: Database) -> None:
    keep(database, a_tip("tip-1", files=("file-1",)), 1)
    keep(database, a_tip("tip-2", files=("file-2",)), 2)
    with database.transaction() as tx:
        tips.withdraw(tx, "tip-1")
        assert tips.find(tx, ring(1).lookup) is None
        assert tips.route(tx, "tip-1") is None
        assert evidence.of(tx, "tip-1") == []
        assert tips.find(tx, ring(2).lookup) == "tip-2"
        assert [piece.id for piece in evidence.of(tx, "tip-2")] == ["file-2"]


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_a_closed_tip_is_not_taken_back(database: Database, status: Status) -> None:
    tip = a_tip(files=("file-1",))
    keep(database, tip)
    with database.transaction() as tx:
        evidence.arrive(tx, "file-1", "image", 4096, TODAY)
        tips.move(tx, "tip-1", Status(status))
        assert tips.take_back(tx, "tip-1", ROUTE) == []
        assert tips.status(tx, "tip-1") == status
        assert tips.open_tip(tx, "tip-1", [BAWASLU.private]) == tip


def test_a_tip_that_is_no_more_is_not_taken_back(database: Database) -> None:
    with database.transaction() as tx:
        assert tips.take_back(tx, "tip-1", ROUTE) == []
