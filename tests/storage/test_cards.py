"""The desk's own notes come back as they were, and nobody rewrites what its officers did."""

from itertools import count

import pytest
from msgspec import json
from sqlalchemy import delete, select, update

from handlers.desk import Card, Menu
from storage.audit import START, verify
from storage.box import Box
from storage.cards import CARD, DESK, EVENT, Act, Notes, Room
from storage.database import Database
from storage.errors import Sealed
from tests.storage.people import DAY, TODAY

KEY = bytes(range(32))
CARDS = (
    Card("rotan-senja", "urging", "Kec. Jekan Raya", TODAY, 2),
    Card("jati-pagi", "urging", "", TODAY, 0, live=True, holder="Rina", menu=Menu.STATUS, message=4711, answered=True),
)


@pytest.fixture
def notes() -> Notes:
    return Notes("bawaslu", Box(KEY))


def act(number: int, action: str = "taken") -> Act:
    return Act(f"tip-{number}", TODAY + number * DAY, "Rina", action)


def chain(database: Database, desk: str = "bawaslu") -> list[tuple[bytes, bytes]]:
    """The audit as an auditor reads it: each event and its link, found by following the links."""
    with database.transaction() as tx:
        rows = {row.previous: row for row in tx.execute(select(EVENT).where(EVENT.c.desk == desk)).all()}
    found, previous = [], START
    while row := rows.get(previous):
        told = Act(row.tip, TODAY.fromordinal(row.day), row.officer, row.action)
        found.append((json.encode(told), row.link))
        previous = row.link
    return found


def head(database: Database, notes: Notes) -> Room:
    with database.transaction() as tx:
        return notes.room(tx)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.reference))
def test_a_card_comes_back_as_it_was(database: Database, notes: Notes, card: Card) -> None:
    with database.transaction() as tx:
        assert notes.card(tx, "tip-1") is None
        notes.put(tx, "tip-1", CARDS[0])
        notes.put(tx, "tip-1", card)
    with database.transaction() as tx:
        assert notes.card(tx, "tip-1") == card
        assert notes.card(tx, "tip-2") is None


def test_a_card_says_nothing_to_who_has_no_key(database: Database, notes: Notes) -> None:
    with database.transaction() as tx:
        for number, card in enumerate(CARDS):
            notes.put(tx, f"tip-{number}", card)
        bodies = tx.execute(select(CARD.c.body)).scalars().all()
        assert Notes("bawaslu", Box(bytes(32))).card(tx, "tip-1") is None
    assert len({len(body) for body in bodies}) == 1
    assert not any(word in body for body in bodies for word in (b"rotan", b"Jekan", b"Rina", b"urging"))


def test_a_card_moved_to_another_tip_is_not_taken_for_its_own(database: Database, notes: Notes) -> None:
    with database.transaction() as tx:
        notes.put(tx, "tip-1", CARDS[0])
        tx.execute(update(CARD).values(tip="tip-2"))
        assert notes.card(tx, "tip-2") is None


def test_a_room_is_remembered_and_sealed_to_its_desk(database: Database, notes: Notes) -> None:
    with database.transaction() as tx:
        assert notes.room(tx) == Room()
        notes.keep(tx, Room(-1001234, (9001, 9002)))
        assert notes.room(tx) == Room(-1001234, (9001, 9002))
        assert Notes("inspektorat", Box(KEY)).room(tx) == Room()
        with pytest.raises(Sealed):
            Notes("bawaslu", Box(bytes(32))).room(tx)
        assert b"9001" not in tx.execute(select(DESK.c.body)).scalar_one()


def test_what_officers_do_is_chained_and_the_chain_holds(database: Database, notes: Notes) -> None:
    with database.transaction() as tx:
        notes.keep(tx, Room(-1001234, (9001,)))
    for number in range(7):
        with database.transaction() as tx:
            notes.record(tx, act(number))
    room = head(database, notes)
    assert (room.group, room.chats, room.length) == (-1001234, (9001,), 7), "the rest of the room is untouched"
    assert len(chain(database)) == 7
    assert verify(chain(database), anchor=room.head) is None


def test_the_same_act_twice_is_two_links(database: Database, notes: Notes) -> None:
    with database.transaction() as tx:
        notes.record(tx, act(1))
        notes.record(tx, act(1))
    assert len(chain(database)) == 2


def test_what_is_rolled_back_was_never_done(database: Database, notes: Notes) -> None:
    with database.transaction() as tx:
        notes.record(tx, act(1))

    def crash() -> None:
        with database.transaction() as tx:
            notes.record(tx, act(2))
            raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        crash()
    with database.transaction() as tx:
        notes.record(tx, act(3))
    assert verify(chain(database), anchor=head(database, notes).head) is None
    assert len(chain(database)) == 2


def test_every_desk_has_a_chain_of_its_own(database: Database, notes: Notes) -> None:
    other = Notes("inspektorat", Box(bytes(32)))
    for number, one in zip(range(6), [notes, other] * 3, strict=True):
        with database.transaction() as tx:
            one.record(tx, act(number))
    for one in (notes, other):
        assert len(chain(database, one.desk)) == 3
        assert verify(chain(database, one.desk), anchor=head(database, one).head) is None


@pytest.mark.parametrize("column", ["tip", "officer", "action", "day"])
def test_a_changed_event_is_found(database: Database, notes: Notes, column: str) -> None:
    with database.transaction() as tx:
        for number in range(5):
            notes.record(tx, act(number))
    third = chain(database)[2][1]
    with database.transaction() as tx:
        other = 1 if column == "day" else "Bagus"
        tx.execute(update(EVENT).where(EVENT.c.link == third).values({column: other}))
    assert verify(chain(database), anchor=head(database, notes).head) == 2


@pytest.mark.parametrize("place", range(5))
def test_a_dropped_event_is_found_by_the_head_that_the_desk_keeps(database: Database, notes: Notes, place: int) -> None:
    with database.transaction() as tx:
        for number in range(5):
            notes.record(tx, act(number))
    dropped = chain(database)[place][1]
    with database.transaction() as tx:
        tx.execute(delete(EVENT).where(EVENT.c.link == dropped))
    assert verify(chain(database), anchor=head(database, notes).head) == place


def test_a_chain_written_anew_does_not_fit_the_head(database: Database, notes: Notes) -> None:
    with database.transaction() as tx:
        for number in range(3):
            notes.record(tx, act(number))
    anchor = head(database, notes).head
    forger = Notes("bawaslu", Box(KEY))
    numbers = count()
    with database.transaction() as tx:
        tx.execute(delete(EVENT))
        tx.execute(delete(DESK))
        for _ in range(3):
            forger.record(tx, act(next(numbers), "released"))
    assert verify(chain(database)) is None
    assert verify(chain(database), anchor=anchor) == 3


def test_steps_are_counted_within_a_tip_at_whichever_desk_it_is(database: Database, notes: Notes) -> None:
    other = Notes("inspektorat", Box(bytes(32)))
    with database.transaction() as tx:
        for one, tip, action in ((notes, 1, "taken"), (notes, 2, "taken"), (notes, 1, "opened"), (other, 1, "opened")):
            one.record(tx, act(tip, action))
        told = tx.execute(select(EVENT.c.tip, EVENT.c.step).order_by(EVENT.c.tip, EVENT.c.step)).all()
    assert [tuple(row) for row in told] == [("tip-1", 1), ("tip-1", 2), ("tip-1", 3), ("tip-2", 1)]
