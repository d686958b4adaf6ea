"""Conversations: remembered under names that change, unreadable to others, and forgotten in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec import msgpack
from sqlalchemy import Connection, Table, insert, select, text, update

from handlers.answers import Draft, Gathered, Item, Words
from handlers.messages import Kind
from storage.database import Database
from storage.drafts import DRAFT, REMEMBERED, SEEN, TRACE, Conversations, Held
from storage.errors import Overtaken
from storage.keyring import Keyring, Purpose
from tests.storage.people import BAGUS, DAY, NOON, RINA, Person

STORY = "Apel pagi di halaman kantor, semua diminta memilih nomor sembilan"
TOLD = Draft().put("story", Words(STORY))


def load(database: Database, conversations: Conversations, who: Person = RINA, now: datetime = NOON) -> Held:
    with database.transaction() as tx:
        return conversations.load(tx, who, now)


def save(
    database: Database, conversations: Conversations, draft: Draft, who: Person = RINA, now: datetime = NOON
) -> None:
    with database.transaction() as tx:
        conversations.save(tx, who, draft, conversations.load(tx, who, now).version, now)


def see(database: Database, conversations: Conversations, *ids: str, now: datetime = NOON) -> None:
    with database.transaction() as tx:
        for id_ in ids:
            conversations.see(tx, RINA, conversations.load(tx, RINA, now), id_, now)


def was_seen(database: Database, conversations: Conversations, id_: str, now: datetime = NOON) -> bool:
    return conversations.was_seen(load(database, conversations, now=now), RINA, id_, now)


def count(database: Database) -> list[int]:
    """How many rows there are of drafts, of what was seen, of traces."""
    with database.transaction() as tx:
        return [len(tx.execute(select(table)).all()) for table in (DRAFT, SEEN, TRACE)]


def dump(database: Database) -> bytes:
    """Every byte of the three tables."""
    with database.transaction() as tx:
        rows = [row for table in (DRAFT, SEEN, TRACE) for row in tx.execute(select(table)).all()]
    return b"".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)


def test_nobody_is_known_before_they_have_said_anything(database: Database, conversations: Conversations) -> None:
    assert load(database, conversations) == Held(Draft(), 0, ())


def test_what_was_told_is_remembered_and_every_turn_has_a_version_of_its_own(
    database: Database, conversations: Conversations
) -> None:
    files = Gathered((Item("file-1", Kind.IMAGE, "AGE-SECRET-KEY-..."),))
    versions = set[int]()
    for draft in (TOLD, TOLD.put("evidence", files), TOLD):
        save(database, conversations, draft)
        held = load(database, conversations)
        assert (held.draft, held.seen) == (draft, ())
        versions.add(held.version)
    assert count(database) == [1, 0, 0]
    assert len(versions - {0}) == 3


def test_an_empty_draft_leaves_no_row(database: Database, conversations: Conversations) -> None:
    save(database, conversations, TOLD)
    save(database, conversations, Draft())
    assert count(database) == [0, 0, 0]
    assert load(database, conversations).version == 0


def test_two_conversations_never_mix(database: Database, conversations: Conversations) -> None:
    also_rina = Person(BAGUS.channel, RINA.id)
    save(database, conversations, TOLD)
    save(database, conversations, Draft(language="en"), BAGUS)
    assert load(database, conversations).draft == TOLD
    assert load(database, conversations, BAGUS).draft == Draft(language="en")
    assert load(database, conversations, also_rina).draft == Draft()
    with database.transaction() as tx:
        conversations.forget(tx, RINA, NOON)
    assert load(database, conversations, BAGUS).draft == Draft(language="en")


def test_a_row_says_nothing_of_what_was_told_or_by_whom(database: Database, conversations: Conversations) -> None:
    save(database, conversations, TOLD)
    see(database, conversations, "update-4711")
    with database.transaction() as tx:
        conversations.trace(tx, RINA, ["message-815"], NOON)
    rests = dump(database)
    for told in ("Apel", "nomor", "story", RINA.id, RINA.channel, "4711", "815"):
        assert told.encode() not in rests


def test_every_draft_of_everyday_length_takes_the_same_room(database: Database, conversations: Conversations) -> None:
    sizes = set()
    for words in ("ya", STORY, STORY * 9):
        save(database, conversations, TOLD.put("story", Words(words)))
        with database.transaction() as tx:
            sizes.add(len(tx.execute(select(DRAFT.c.body)).scalar_one()))
    assert len(sizes) == 1


def test_a_body_moved_to_another_persons_row_is_as_good_as_none(
    database: Database, conversations: Conversations
) -> None:
    save(database, conversations, TOLD)
    save(database, conversations, Draft(language="en"), BAGUS)
    with database.transaction() as tx:
        body = tx.execute(select(DRAFT.c.body).limit(1)).scalar_one()
        tx.execute(update(DRAFT).values(body=body))
    drafts = [load(database, conversations, who).draft for who in (RINA, BAGUS)]
    assert Draft() in drafts
    assert TOLD in drafts or Draft(language="en") in drafts


@pytest.mark.parametrize("later", [DAY * 0.25, DAY * 0.6, DAY])
def test_midnight_and_yesterdays_key_lose_nothing(
    database: Database, conversations: Conversations, later: timedelta
) -> None:
    save(database, conversations, TOLD)
    with database.transaction() as tx:
        conversations.trace(tx, RINA, ["1"], NOON)
    save(database, conversations, TOLD.put("who", Words("Camat")), now=NOON + later)
    assert load(database, conversations, now=NOON + later).draft == TOLD.put("who", Words("Camat"))
    with database.transaction() as tx:
        conversations.trace(tx, RINA, ["2"], NOON + later)
    assert count(database) == [1, 0, 1], "the row of yesterday's name has gone"
    with database.transaction() as tx:
        assert [message for message, _ in conversations.forget(tx, RINA, NOON + later)] == ["1", "2"]
    assert count(database) == [0, 0, 0]


def test_a_draft_dies_with_its_key(database: Database, conversations: Conversations) -> None:
    save(database, conversations, TOLD)
    assert load(database, conversations, now=NOON + 2 * DAY) == Held(Draft(), 0, ())


def test_after_a_power_cut_everybody_starts_anew(
    database: Database, conversations: Conversations, tmp_path: Path
) -> None:
    save(database, conversations, TOLD)
    see(database, conversations, "1")
    after = Conversations(Keyring(tmp_path / "another boot"))
    assert load(database, after) == Held(Draft(), 0, ())
    save(database, after, Draft(language="en"))
    assert load(database, after).draft == Draft(language="en")


def test_a_restart_that_keeps_the_keys_loses_nothing(
    database: Database, conversations: Conversations, tmp_path: Path
) -> None:
    save(database, conversations, TOLD)
    assert load(database, Conversations(Keyring(tmp_path))).draft == TOLD


@pytest.mark.parametrize("body", [b"", b"x", bytes(1100)])
@pytest.mark.parametrize("table", [DRAFT, SEEN, TRACE], ids=lambda table: str(table.name))
def test_a_body_that_nobody_can_read_stops_nobody_from_writing(
    database: Database, conversations: Conversations, table: Table, body: bytes
) -> None:
    save(database, conversations, TOLD)
    see(database, conversations, "1")
    with database.transaction() as tx:
        conversations.trace(tx, RINA, ["1"], NOON)
        tx.execute(update(table).values(body=body))
    assert load(database, conversations).draft == (Draft() if table is DRAFT else TOLD)
    save(database, conversations, TOLD)
    see(database, conversations, "2")
    assert load(database, conversations).draft == TOLD
    assert was_seen(database, conversations, "2")
    with database.transaction() as tx:
        conversations.trace(tx, RINA, ["2"], NOON)
        assert "2" in [message for message, _ in conversations.forget(tx, RINA, NOON)]


def test_a_draft_of_another_version_of_the_program_stops_nobody(
    database: Database, conversations: Conversations, keyring: Keyring
) -> None:
    key = keyring.current(Purpose.DRAFT, NOON.timestamp())
    name = key.pseudonym(RINA.channel, RINA.id)
    for number, body in enumerate(
        (msgpack.encode({"answers": 7}), msgpack.encode({"unheard-of": 1, "language": "en"}))
    ):
        row = {"pseudonym": name, "version": 3, "day": 1, "body": key.box(name).seal(body, b"draft")}
        with database.transaction() as tx:
            tx.execute(text("DELETE FROM draft"))
            tx.execute(insert(DRAFT), row)
        assert load(database, conversations) == Held(Draft(language="en") if number else Draft(), 3, ())
        save(database, conversations, TOLD)
        assert load(database, conversations).draft == TOLD


def test_a_message_is_recognised_when_it_comes_again(database: Database, conversations: Conversations) -> None:
    assert not was_seen(database, conversations, "1")
    see(database, conversations, "1", "2")
    assert was_seen(database, conversations, "1")
    assert was_seen(database, conversations, "2")
    assert not was_seen(database, conversations, "12")


def test_what_was_seen_is_of_one_person_alone(database: Database, conversations: Conversations) -> None:
    see(database, conversations, "1")
    held = load(database, conversations)
    assert not conversations.was_seen(held, BAGUS, "1", NOON)


def test_what_was_seen_outlives_what_was_told(database: Database, conversations: Conversations) -> None:
    save(database, conversations, TOLD)
    see(database, conversations, "1")
    with database.transaction() as tx:
        conversations.forget(tx, RINA, NOON)
    assert load(database, conversations).draft == Draft()
    assert was_seen(database, conversations, "1")


@pytest.mark.parametrize("days", [1, 6, 8])
def test_a_repetition_is_recognised_by_the_older_key(
    database: Database, conversations: Conversations, days: int
) -> None:
    """WhatsApp repeats for seven days; a key of what was seen is the present one for eight."""
    see(database, conversations, "1")
    later = NOON + days * DAY
    assert was_seen(database, conversations, "1", later)
    see(database, conversations, "2", now=later)
    assert was_seen(database, conversations, "1", later)
    assert count(database) == [0, 1, 0]


def test_only_the_newest_are_remembered(database: Database, conversations: Conversations) -> None:
    held = Held(Draft(), 0, tuple(number.to_bytes(8) for number in range(REMEMBERED)))
    with database.transaction() as tx:
        conversations.see(tx, RINA, held, "newest", NOON)
        after = conversations.load(tx, RINA, NOON)
    assert len(after.seen) == REMEMBERED
    assert after.seen[1:] == held.seen[:-1]
    assert conversations.was_seen(after, RINA, "newest", NOON)


def test_a_trace_tells_which_messages_and_when_and_is_told_once(
    database: Database, conversations: Conversations
) -> None:
    later = NOON + DAY / 24
    with database.transaction() as tx:
        conversations.trace(tx, RINA, ["1", "2"], NOON)
        conversations.trace(tx, RINA, ["3"], later)
        conversations.trace(tx, BAGUS, ["x"], NOON)
        expected = [("1", NOON), ("2", NOON), ("3", later)]
        assert conversations.forget(tx, RINA, later) == [(name, int(at.timestamp())) for name, at in expected]
        assert conversations.forget(tx, RINA, later) == []
        assert [message for message, _ in conversations.forget(tx, BAGUS, later)] == ["x"]


@pytest.mark.parametrize(
    ("days", "left"),
    [(0, [1, 1, 1]), (1, [1, 1, 1]), (2, [0, 1, 1]), (3, [0, 1, 0]), (8, [0, 1, 0]), (9, [0, 0, 0])],
)
def test_each_is_swept_in_its_time(
    database: Database, conversations: Conversations, days: int, left: list[int]
) -> None:
    save(database, conversations, TOLD)
    see(database, conversations, "1")
    with database.transaction() as tx:
        conversations.trace(tx, RINA, ["1"], NOON)
    with database.transaction() as tx:
        conversations.sweep(tx, NOON + days * DAY)
    assert count(database) == left


def test_a_sweep_destroys_the_keys_of_what_it_forgets(
    database: Database, conversations: Conversations, tmp_path: Path
) -> None:
    save(database, conversations, TOLD)
    [key] = (tmp_path / "keyring").glob("draft-*.key")
    with database.transaction() as tx:
        conversations.sweep(tx, NOON + 2 * DAY)
    assert not key.exists()


def one_more_turn(database: Database, conversations: Conversations, who: Person = RINA) -> None:
    """A turn as the intake does it: again from the start, when somebody else was quicker."""

    def turn(tx: Connection) -> None:
        held = conversations.load(tx, who, NOON)
        told = held.draft["story"]
        words = told.text if isinstance(told, Words) else ""
        conversations.save(tx, who, held.draft.put("story", Words(f"{words}x")), held.version, NOON)

    while True:
        try:
            with database.transaction() as tx:
                turn(tx)
        except Overtaken:
            continue
        return


def test_twenty_turns_of_two_processes_are_twenty_turns(
    database: Database, other: Database, conversations: Conversations
) -> None:
    """From the very first one on, when there is no row yet that could be locked."""
    with ThreadPoolExecutor(4) as pool:
        turns = [pool.submit(one_more_turn, one, conversations) for one in [database, other] * 10]
    for turn in turns:
        turn.result()
    assert load(database, conversations).draft == Draft().put("story", Words("x" * 20))


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_who_is_overtaken_at_the_first_message_is_told_and_overwrites_nothing(
    database: Database, other: Database, conversations: Conversations
) -> None:
    def overtaken() -> None:
        with database.transaction() as tx:
            held = conversations.load(tx, RINA, NOON)
            save(other, conversations, TOLD)
            conversations.save(tx, RINA, Draft(language="en"), held.version, NOON)

    with pytest.raises(Overtaken):
        overtaken()
    assert load(database, conversations).draft == TOLD
