"""A new key takes over: what is still needed moves to it, what was read before stays readable, and old keys die."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from rapidfuzz.distance import Levenshtein
from sqlalchemy import Connection, select, update

from handlers.desk import Card
from handlers.status import Status
from handlers.tip import Tip
from storage import migrations, tips
from storage.box import Box, Boxes
from storage.cards import Notes
from storage.database import Database
from storage.epochs import courier_is_due, desk_is_due, destroy_retired, rotate_courier, rotate_desk
from storage.errors import Sealed
from storage.fingerprint import fingerprint, word_list
from storage.keys import (
    COURIER,
    courier_identities,
    desk_identities,
    desk_identity,
    load_newest,
    load_roster,
    make,
    pin_of,
)
from storage.models import METADATA
from storage.passphrase import Work
from storage.private import Unsafe
from storage.resealing import reseal_addresses, reseal_tips
from storage.roster import Roster
from storage.tips import Letter, Ring, Route
from storage.vault import new_identity, public_of, seal
from storage.wrapping import unwrap, wrap

NOVEMBER, DECEMBER = date(2026, 11, 9), date(2026, 12, 1)
DESKS = {"bawaslu": "Bawaslu Kota Contoh", "bawaslu-2": "Bawaslu Kota Lain"}
LITTLE_WORK = Work(passes=1, memory=8 << 10)
WEEK = timedelta(days=7)
TIP = METADATA.tables["tip"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make(tmp_path / "keys", DESKS, demo=False, today=NOVEMBER)
    return tmp_path / "keys"


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Connection]:
    database = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    migrations.upgrade(database)
    with database.transaction() as connection:
        yield connection
    database.close()


def route_of(roster: Roster, name: str = "bawaslu") -> Route:
    desk = roster.desks[name]
    return Route(name, desk.epoch, desk.key, desk.recovery)


@dataclass
class Office:
    """An institution with keys and tips."""

    folder: Path
    tx: Connection

    def keep(self, id_: str, status: Status = Status.RECEIVED, address: bytes | None = None) -> None:
        """A reporter sends a tip, and adds something to it; both are sealed to the present key."""
        route = route_of(load_roster(self.folder))
        tips.keep(self.tx, Tip(id_, NOVEMBER, "campaigning", story="hujan"), route, Ring(id_.encode(), "age1"), address)
        tips.write(self.tx, Letter(f"letter-{id_}", id_, tips.TO_DESK, NOVEMBER, "juga angin"), route.recipients)
        self.tx.execute(update(TIP).where(TIP.c.id == id_).values(status=status.value))

    def reseal(
        self, name: str = "bawaslu", limit: int = 10, after: str = ""
    ) -> tuple[tuple[str, ...], int, str | None]:
        route = route_of(load_roster(self.folder), name)
        done = reseal_tips(self.tx, name, desk_identities(self.folder, name), route, limit, after)
        return done.tips, done.shut, done.after

    def opens(self, id_: str, identity: str) -> bool:
        try:
            assert tips.open_tip(self.tx, id_, [identity]).story == "hujan"
            assert [letter.text for letter in tips.letters(self.tx, id_, [identity])] == ["juga angin"]
        except Sealed:
            return False
        return True

    def recovery(self) -> str:
        return (self.folder / "recovery-bawaslu.key").read_text().strip()


@pytest.fixture
def office(folder: Path, tx: Connection) -> Office:
    return Office(folder, tx)


# The keys themselves.


def test_a_new_month_has_a_new_key_and_the_old_one_is_kept(folder: Path) -> None:
    before = desk_identity(folder, "bawaslu")
    roster = rotate_desk(folder, "bawaslu", DECEMBER)
    now, kept = desk_identities(folder, "bawaslu")
    assert kept == before
    assert roster == load_roster(folder)
    assert (roster.version, roster.desks["bawaslu"].epoch, roster.desks["bawaslu"].key) == (
        2,
        "2026-12",
        public_of(now),
    )
    assert roster.retired == {"desk-bawaslu-2026-11": DECEMBER}


def test_nothing_else_changes_with_a_desks_key(folder: Path) -> None:
    before = load_roster(folder)
    after = rotate_desk(folder, "bawaslu", DECEMBER)
    assert after.desks["bawaslu"].recovery == before.desks["bawaslu"].recovery
    assert after.desks["bawaslu-2"] == before.desks["bawaslu-2"]
    assert after.courier == before.courier
    assert len(desk_identities(folder, "bawaslu-2")) == 1


def test_a_key_somebody_may_have_seen_is_replaced_in_the_same_month(folder: Path) -> None:
    epochs = [rotate_desk(folder, "bawaslu", NOVEMBER).desks["bawaslu"].epoch for _ in range(3)]
    assert epochs == ["2026-11b", "2026-11c", "2026-11d"]
    assert rotate_desk(folder, "bawaslu", DECEMBER).desks["bawaslu"].epoch == "2026-12"
    identities = desk_identities(folder, "bawaslu")
    assert len(set(identities)) == 5
    assert public_of(identities[0]) == load_roster(folder).desks["bawaslu"].key


def test_the_courier_has_a_new_key_each_week(folder: Path) -> None:
    before = courier_identities(folder)
    assert not courier_is_due(load_roster(folder), NOVEMBER + timedelta(days=6))
    assert courier_is_due(load_roster(folder), NOVEMBER + WEEK)
    roster = rotate_courier(folder, NOVEMBER + WEEK)
    assert not courier_is_due(roster, NOVEMBER + WEEK)
    assert courier_identities(folder)[1:] == before
    assert roster.courier == public_of(courier_identities(folder)[0])
    assert roster.courier_epoch == "2026-11-16"


def test_a_desk_is_due_when_the_month_is_over(folder: Path) -> None:
    roster = load_roster(folder)
    assert not desk_is_due(roster, "bawaslu", date(2026, 11, 30))
    assert desk_is_due(roster, "bawaslu", DECEMBER)
    assert desk_is_due(roster, "bawaslu", date(2027, 1, 1))


def test_a_new_key_is_behind_the_same_passphrase(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    make(folder, DESKS, demo=False, today=NOVEMBER, passphrase="hujan bulan juni", work=LITTLE_WORK)
    for wrong in (None, "hujan bulan juli"):
        with pytest.raises(Sealed):
            rotate_desk(folder, "bawaslu", DECEMBER, wrong, work=LITTLE_WORK)
    assert load_roster(folder).version == 1
    rotate_desk(folder, "bawaslu", DECEMBER, "hujan bulan juni", work=LITTLE_WORK)
    rotate_courier(folder, DECEMBER, "hujan bulan juni", work=LITTLE_WORK)
    assert not any(b"AGE-SECRET-KEY" in file.read_bytes() for file in folder.iterdir())
    assert len(desk_identities(folder, "bawaslu", "hujan bulan juni")) == 2


def test_an_unknown_desk_has_no_key_to_replace(folder: Path) -> None:
    with pytest.raises(Unsafe, match="no desk 'kejaksaan'"):
        rotate_desk(folder, "kejaksaan", DECEMBER)


def test_a_clock_that_runs_behind_makes_no_key(folder: Path) -> None:
    with pytest.raises(Unsafe, match="set the clock"):
        rotate_desk(folder, "bawaslu", date(2026, 10, 31))
    assert load_roster(folder).version == 1


def test_without_the_signing_key_nothing_is_made(folder: Path) -> None:
    before = desk_identities(folder, "bawaslu")
    (folder / "roster.key").rename(folder.parent / "in-the-safe")
    with pytest.raises(Unsafe, match=r"there is no .*roster\.key"):
        rotate_desk(folder, "bawaslu", DECEMBER)
    assert desk_identities(folder, "bawaslu") == before


def test_a_crash_before_the_new_roster_loses_no_key(folder: Path) -> None:
    listed = desk_identity(folder, "bawaslu")
    old_roster = (folder / "roster.json").read_bytes()
    rotate_desk(folder, "bawaslu", DECEMBER)
    made = desk_identity(folder, "bawaslu")
    # As it is when the power goes after the keys were written and before the roster was.
    (folder / "roster.json").write_bytes(old_roster)
    roster = rotate_desk(folder, "bawaslu", DECEMBER)
    assert roster.desks["bawaslu"].key == public_of(made)
    assert desk_identities(folder, "bawaslu") == (made, listed)


def test_a_key_that_is_not_the_listed_one_is_not_built_upon(folder: Path) -> None:
    (folder / "desk-bawaslu.key").write_text(new_identity()[0])
    with pytest.raises(Unsafe, match="not the key that the roster lists"):
        rotate_desk(folder, "bawaslu", DECEMBER)


@pytest.mark.parametrize("name", ["bawaslu-2026-11", "bawaslu-2026-11b"])
def test_no_desk_is_called_like_anothers_old_key(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="does not end in a month"):
        make(tmp_path / "keys", {name: "Bawaslu"}, demo=False, today=NOVEMBER)


# The roster.


def test_rosters_only_grow_newer(folder: Path) -> None:
    versions = [
        load_roster(folder).version,
        rotate_desk(folder, "bawaslu", DECEMBER).version,
        rotate_courier(folder, DECEMBER).version,
        rotate_desk(folder, "bawaslu-2", DECEMBER).version,
    ]
    assert versions == [1, 2, 3, 4]


def test_a_roster_older_than_the_last_one_seen_is_refused_by_every_later_process(folder: Path, tmp_path: Path) -> None:
    old, memory = (folder / "roster.json").read_bytes(), tmp_path / "roster.seen"
    rotate_desk(folder, "bawaslu", DECEMBER)
    assert load_newest(folder, memory).version == 2
    (folder / "roster.json").write_bytes(old)
    for _ in range(2):
        with pytest.raises(Unsafe, match=r"older \(version 1\) than one already seen \(2\)"):
            load_newest(folder, memory)


def test_a_memory_that_was_tampered_with_is_no_memory(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "roster.seen").write_text("never")
    with pytest.raises(Unsafe, match="look who changed it"):
        load_newest(folder, tmp_path / "roster.seen")


# Tips.


def test_old_tips_stay_readable_after_a_rotation(office: Office) -> None:
    office.keep("tip-1")
    rotate_desk(office.folder, "bawaslu", DECEMBER)
    assert tips.open_tip(office.tx, "tip-1", desk_identities(office.folder, "bawaslu")).story == "hujan"


def test_a_resealed_tip_opens_with_the_new_key_alone_and_with_recovery(office: Office) -> None:
    office.keep("tip-1")
    old = desk_identity(office.folder, "bawaslu")
    rotate_desk(office.folder, "bawaslu", DECEMBER)
    assert office.reseal() == (("tip-1",), 0, None)
    assert office.opens("tip-1", desk_identity(office.folder, "bawaslu"))
    assert office.opens("tip-1", office.recovery())
    assert not office.opens("tip-1", old)
    assert office.reseal() == ((), 0, None)


def test_tips_are_resealed_a_few_at_a_time_and_none_is_forgotten(office: Office) -> None:
    for number in range(5):
        office.keep(f"tip-{number}")
    rotate_desk(office.folder, "bawaslu", DECEMBER)
    first = office.reseal(limit=2)
    second = office.reseal(limit=2, after=first[2] or "")
    third = office.reseal(limit=2, after=second[2] or "")
    assert (*first[0], *second[0], *third[0]) == tuple(f"tip-{number}" for number in range(5))
    assert third[2] is None


def test_a_closed_tip_is_left_to_recovery_when_its_key_dies(office: Office) -> None:
    office.keep("tip-1", Status.PROVEN)
    roster = rotate_desk(office.folder, "bawaslu", DECEMBER)
    assert office.reseal() == ((), 0, None)
    assert destroy_retired(office.folder, "desk-bawaslu", roster, DECEMBER + timedelta(days=120))
    assert not office.opens("tip-1", desk_identity(office.folder, "bawaslu"))
    assert office.opens("tip-1", office.recovery())


def test_a_tip_that_no_key_opens_holds_up_no_other(office: Office) -> None:
    for number in (1, 2, 3):
        office.keep(f"tip-{number}")
    office.tx.execute(update(TIP).where(TIP.c.id == "tip-1").values(body=seal(b"?", [new_identity()[1]])))
    rotate_desk(office.folder, "bawaslu", DECEMBER)
    assert office.reseal() == (("tip-2", "tip-3"), 1, None)


def test_another_desks_tips_are_left_alone(office: Office) -> None:
    office.keep("tip-1")
    rotate_desk(office.folder, "bawaslu-2", DECEMBER)
    assert office.reseal("bawaslu-2") == ((), 0, None)
    assert office.opens("tip-1", desk_identity(office.folder, "bawaslu"))


def test_a_desks_own_notes_move_with_their_tips(tx: Connection) -> None:
    old, new = Box(bytes(32)), Box(bytes([1]) * 32)
    card = Card("rotan-fajar", "campaigning", "Jekan Raya", NOVEMBER, 2)
    before = Notes("bawaslu", old)
    before.put(tx, "open", card)
    before.put(tx, "closed", card)
    before.keep(tx, msgspec.structs.replace(before.room(tx), group=-100))
    both = Notes("bawaslu", Boxes(new, old))
    assert (both.card(tx, "open"), both.card(tx, "closed")) == (card, card)
    both.reseal(tx, ["open"])
    after = Notes("bawaslu", new)
    assert after.room(tx).group == -100
    assert after.card(tx, "open") == card
    assert after.card(tx, "closed") is None, "its key is gone, and with it what was noted"


# Reply addresses.


def addresses(tx: Connection) -> dict[str, bytes | None]:
    return {row.id: row.address for row in tx.execute(select(TIP.c.id, TIP.c.address)).all()}


def moved(office: Office, today: date = NOVEMBER + WEEK, limit: int = 10) -> tuple[tuple[str, ...], int]:
    roster, oldest = load_roster(office.folder), today - timedelta(days=90)
    done = reseal_addresses(office.tx, courier_identities(office.folder), roster.courier, oldest, limit)
    return done.tips, done.shut


def test_a_resealed_address_opens_with_the_new_key_alone(office: Office) -> None:
    office.keep("tip-1", address=wrap(load_roster(office.folder).courier, b"alamat"))
    office.keep("tip-2")
    (old,) = courier_identities(office.folder)
    rotate_courier(office.folder, NOVEMBER + WEEK)
    assert moved(office) == (("tip-1",), 0)
    found = addresses(office.tx)["tip-1"]
    assert found
    assert unwrap(found, courier_identities(office.folder)[:1]) == b"alamat"
    with pytest.raises(Sealed):
        unwrap(found, [old])
    assert addresses(office.tx)["tip-2"] is None


def test_an_address_under_the_present_key_is_not_touched(office: Office) -> None:
    office.keep("tip-1", address=wrap(load_roster(office.folder).courier, b"alamat"))
    before = addresses(office.tx)
    assert moved(office) == ((), 0)
    assert addresses(office.tx) == before


def test_an_address_whose_key_was_destroyed_stays_shut(office: Office) -> None:
    office.keep("tip-1", address=wrap(load_roster(office.folder).courier, b"alamat"))
    roster = rotate_courier(office.folder, NOVEMBER + WEEK)
    today = NOVEMBER + WEEK + timedelta(days=14)
    assert destroy_retired(office.folder, COURIER, roster, today) == ["courier-2026-11-09"]
    assert moved(office, today) == ((), 1)
    found = addresses(office.tx)["tip-1"]
    assert found
    with pytest.raises(Sealed):
        unwrap(found, courier_identities(office.folder))


def test_an_address_that_no_push_may_use_any_more_is_forgotten(office: Office) -> None:
    office.keep("tip-1", address=wrap(load_roster(office.folder).courier, b"alamat"))
    assert moved(office, NOVEMBER + timedelta(days=90)) == ((), 0)
    assert addresses(office.tx)["tip-1"]
    assert moved(office, NOVEMBER + timedelta(days=91)) == ((), 0)
    assert addresses(office.tx)["tip-1"] is None


# The end of a key.


@pytest.mark.parametrize(("days", "left"), [(119, 2), (120, 1)])
def test_a_desks_old_key_is_destroyed_within_120_days(folder: Path, days: int, left: int) -> None:
    roster = rotate_desk(folder, "bawaslu", DECEMBER)
    destroy_retired(folder, "desk-bawaslu", roster, DECEMBER + timedelta(days=days))
    assert len(desk_identities(folder, "bawaslu")) == left


@pytest.mark.parametrize(("days", "left"), [(13, 2), (14, 1)])
def test_a_couriers_old_key_is_destroyed_after_14_days(folder: Path, days: int, left: int) -> None:
    roster = rotate_courier(folder, DECEMBER)
    destroy_retired(folder, COURIER, roster, DECEMBER + timedelta(days=days))
    assert len(courier_identities(folder)) == left


def test_the_days_are_counted_from_the_signed_roster_not_from_a_file(folder: Path) -> None:
    roster = rotate_desk(folder, "bawaslu", DECEMBER)
    shutil.copy(folder / "desk-bawaslu-2026-11.key", folder / "desk-bawaslu-2020-01.key")
    assert not destroy_retired(folder, "desk-bawaslu", roster, DECEMBER + timedelta(days=100))
    assert len(desk_identities(folder, "bawaslu")) == 3


def test_a_desk_destroys_no_other_desks_key(folder: Path) -> None:
    rotate_desk(folder, "bawaslu", DECEMBER)
    roster = rotate_desk(folder, "bawaslu-2", DECEMBER)
    assert destroy_retired(folder, "desk-bawaslu", roster, date(2028, 1, 1)) == ["desk-bawaslu-2026-11"]
    assert len(desk_identities(folder, "bawaslu-2")) == 2


def test_a_destroyed_key_is_overwritten_first(folder: Path) -> None:
    roster = rotate_desk(folder, "bawaslu", DECEMBER)
    with (folder / "desk-bawaslu-2026-11.key").open("rb") as watched:
        destroy_retired(folder, "desk-bawaslu", roster, date(2028, 1, 1))
        assert set(watched.read()) == {0}


# Eight words.


def test_the_words_are_everyday_and_none_is_a_letter_from_another() -> None:
    words = word_list()
    assert len(words) == len(set(words)) == 256
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in words)
    near = [(a, b) for a in words for b in words if a < b and Levenshtein.distance(a, b, score_cutoff=1) < 2]
    assert not near


def test_the_words_of_a_key_never_change() -> None:
    key = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa"
    assert fingerprint("ab" * 32, "bawaslu", key) == fingerprint("AB" * 32, "bawaslu", key)
    assert fingerprint("ab" * 32, "bawaslu", key) == "piano papan butir garam kamar botol sikat enam"


def test_another_key_another_desk_or_another_roster_has_other_words(folder: Path) -> None:
    pin, roster = pin_of(folder), load_roster(folder)
    keys = [desk.key for desk in roster.desks.values()]
    told = [fingerprint(p, name, key) for p in (pin, "00" * 32) for name in roster.desks for key in keys]
    assert len(set(told)) == len(told) == 8
