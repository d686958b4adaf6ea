"""The drill: the machine burns, a backup and the recovery key are left, and every tip is there again."""

import base64
import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.parcels import CardDue, unpacked
from handlers.status import Status
from storage import keys, migrations, tips
from storage.backup import KEPT, LEFT_OUT, Backup
from storage.cards import Act
from storage.errors import Sealed
from storage.models import METADATA
from storage.tickets import derive
from storage.vault import new_identity
from storage.wrapping import unwrap
from tests.retention import by_hand
from tests.retention.conftest import Open
from tests.retention.institution import DESK, PHOTO, REPORTER, STORY, TODAY, Institution, Left
from tests.storage.conftest import BOTH

ADDRESS = frozenset({"tip.address"})


@pytest.fixture
def week(office: Institution) -> dict[str, Left]:
    """A week: a tip with a card, words both ways and an address; one that is closed; one too fresh for a card."""
    left = {
        "posted": office.receive("posted", photos=2, push=True),
        "closed": office.receive("closed", photos=1),
        "fresh": office.receive("fresh", photos=0),
    }
    for name in ("posted", "closed"):
        office.post(left[name])
    office.write(left["posted"])
    office.move(left["posted"], Status.TRACING, TODAY)
    office.close(left["closed"], TODAY)
    office.begin_a_draft()
    return left


@pytest.fixture
def backup(office: Institution, week: dict[str, Left], tmp_path: Path) -> Path:
    assert week
    office.back_up(tmp_path / "week.age")
    return tmp_path / "week.age"


def moved_in(machine: Open, kind: str, office: Institution) -> Institution:
    """A new machine that the keys were brought to."""
    new = machine("new", kind)
    shutil.copytree(office.keys, new.keys)
    return new


@pytest.mark.parametrize("onto", BOTH)
def test_all_that_is_kept_comes_back_on_an_empty_machine(
    office: Institution, week: dict[str, Left], backup: Path, machine: Open, onto: str
) -> None:
    new = moved_in(machine, onto, office)
    new.restore(backup, new.recovery)
    old = office.rows(but=ADDRESS)
    attached = [row for row in old["evidence"] if row["tip"]]
    restored = new.rows(but=ADDRESS)
    assert {name: restored[name] for name in KEPT if name in restored} == {
        name: attached if name == "evidence" else old[name] for name in KEPT if name in old
    }
    assert new.files() == sorted(id_ for left in week.values() for id_ in left.files)
    assert all(new.store.get(id_) == office.store.get(id_) for id_ in new.files())
    assert {row["address"] for row in new.rows()["tip"]} == {None}
    assert {name for name in LEFT_OUT if name in restored} == {"owed"}
    assert migrations.revision(new.database) == migrations.head()


def test_a_ticket_finds_its_tip_and_its_letters_on_the_new_machine(
    office: Institution, week: dict[str, Left], backup: Path, machine: Open
) -> None:
    new = moved_in(machine, "sqlite", office)
    new.restore(backup, new.recovery)
    opened = derive(week["posted"].ticket.code)
    with new.database.snapshot() as tx:
        found = tips.find(tx, opened.lookup)
        assert found == "posted"
        told = tips.timeline(tx, found, opened.mailbox_private)
        assert tips.open_tip(tx, "posted", [new.identity]).story == f"{STORY} posted"
        card = new.notes.card(tx, "posted")
        assert card is not None
        assert card.message == 1
    assert told is not None
    assert (told.status, told.pushed) == (Status.TRACING, False)
    assert "Jam berapa?" in [line.text for line in told.lines if line.key == "desk-asks"]


def test_recovery_opens_a_tip_and_its_photos_with_the_stock_tools(
    office: Institution, week: dict[str, Left], backup: Path
) -> None:
    archive = by_hand.unpacked(backup, office.recovery)
    [row] = [row for row in by_hand.table(archive, "tip") if row["id"] == "posted"]
    tip = by_hand.tip(row, office.recovery)
    assert (tip["id"], tip["story"]) == ("posted", f"{STORY} posted")
    assert [one["id"] for one in tip["enclosures"]] == list(week["posted"].files)
    for one in tip["enclosures"]:
        opened = by_hand.age(archive[f"evidence/{one['id']}"], one["key"])
        assert opened[by_hand.LENGTH :].rstrip(b"\0") == PHOTO


def test_nothing_in_a_backup_leads_to_a_reporter_or_is_a_private_key(office: Institution, backup: Path) -> None:
    archive = by_hand.unpacked(backup, office.recovery)
    whole = b"".join(archive.values())
    rows = office.rows()
    hot = [value for table in LEFT_OUT for row in rows[table] for value in row.values() if isinstance(value, bytes)]
    addresses = [row["address"] for row in rows["tip"] if row["address"]]
    assert len(addresses) == 1
    assert len(hot) >= len(LEFT_OUT)
    for secret in (*hot, *addresses):
        assert secret not in whole
        assert base64.b64encode(secret) not in whole
    private = [path.read_text().strip() for path in office.keys.glob("*.key")]
    assert len(private) == 4
    for words in (REPORTER, STORY, "AGE-SECRET-KEY", *private):
        assert words.encode() not in whole
    assert {name.partition("/")[0] for name in archive} == {
        "about.json", "roster", "tables", "evidence", "erased", "end.json",
    }  # fmt: skip
    assert "of-a-draft" not in whole.decode("latin-1")


def test_a_thief_without_the_key_sees_of_a_backup_only_that_it_is_one(office: Institution, backup: Path) -> None:
    sealed = backup.read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1\n")
    for words in (DESK, "posted", "tables/", "Rina", *(row["id"] for row in office.rows()["message"])):
        assert words.encode() not in sealed


def test_every_table_is_kept_or_left_out_by_decision() -> None:
    assert sorted((*KEPT, *LEFT_OUT)) == sorted(METADATA.tables)


def test_addresses_of_a_stolen_database_stay_shut_once_the_couriers_key_is_destroyed(
    office: Institution, week: dict[str, Left]
) -> None:
    assert week
    [address] = [row["address"] for row in office.rows()["tip"] if row["address"]]
    assert json.loads(unwrap(address, [keys.courier_identity(office.keys)]))["id"] == REPORTER
    (office.keys / "courier.key").unlink()
    left = [path.read_text().strip() for path in office.keys.glob("*.key") if path.name != "roster.key"]
    assert len(left) == 2
    with pytest.raises(Sealed):
        unwrap(address, left)


def owed_cards(new: Institution) -> list[str]:
    """Which tips the desk will show to its group."""
    parcels = [unpacked(unwrap(row["payload"], [new.identity])) for row in new.rows()["owed"]]
    assert {row["lane"] for row in new.rows()["owed"]} == {f"desk:{DESK}"}
    return sorted(parcel.tip for parcel in parcels if isinstance(parcel, CardDue))


def test_the_desk_is_owed_every_open_tip_and_no_closed_one(office: Institution, backup: Path, machine: Open) -> None:
    new = moved_in(machine, "sqlite", office)
    new.restore(backup, new.recovery)
    assert owed_cards(new) == ["fresh", "posted"]


def test_where_all_keys_burned_recovery_hands_open_tips_to_the_desks_new_key(
    office: Institution, backup: Path, machine: Open, tmp_path: Path
) -> None:
    shutil.copy(office.recovery, tmp_path / "safe.key")
    new = machine("new", "sqlite")
    new.make_keys()
    new.restore(backup, tmp_path / "safe.key")
    with new.database.snapshot() as tx:
        assert tips.open_tip(tx, "posted", [new.identity]).story == f"{STORY} posted"
        [letter] = tips.letters(tx, "posted", [new.identity])
        assert (letter.day, letter.text) == (TODAY, "Sekitar jam sembilan.")
        assert tips.open_tip(tx, "fresh", [new.recovery.read_text().strip()]).id == "fresh"
        assert new.notes.card(tx, "posted") is None
        assert new.notes.room(tx).length == 0
        with pytest.raises(Sealed):
            tips.open_tip(tx, "closed", [new.identity])
        assert tips.open_tip(tx, "closed", [(tmp_path / "safe.key").read_text().strip()]).id == "closed"
    assert owed_cards(new) == ["fresh", "posted"]


def test_a_key_that_only_opens_the_archive_leaves_the_tips_of_a_new_desk_shut_and_says_so(
    office: Institution, week: dict[str, Left], machine: Open, tmp_path: Path
) -> None:
    assert week
    private, public = new_identity()
    (tmp_path / "mine.key").write_text(f"# created: 2026-11-12\n# public key: {public}\n{private}\n")
    office.back_up(tmp_path / "mine.age", public)
    new = machine("new", "sqlite")
    new.make_keys()
    said = new.restore(tmp_path / "mine.age", tmp_path / "mine.key")
    assert "2 open tips could not be handed to the desk's new key: give the recovery key as well" in said


def test_a_backup_names_what_was_erased_before_and_while_it_was_made(
    office: Institution, machine: Open, tmp_path: Path
) -> None:
    office.receive("tip-1", photos=2)
    left = office.receive("tip-2", photos=2)
    office.close(left, TODAY)

    def meanwhile(done: int, _of: int) -> None:
        if done == 1:
            office.retention.sweep(TODAY + timedelta(days=91))

    work = Backup(office.database, office.store, office.erased, {}, {}, TODAY, meanwhile)
    written = work.write(tmp_path / "meanwhile.age", [office.route().recovery])
    assert (written.rows["tip"], written.files, written.missing) == (2, 2, 2)
    new = moved_in(machine, "sqlite", office)
    new.restore(tmp_path / "meanwhile.age", new.recovery)
    assert (new.tips(), new.erased.ids()) == (["tip-1"], frozenset({"tip-2"}))


@pytest.mark.parametrize("kind", BOTH)
def test_what_was_taken_back_after_the_backup_does_not_come_back(
    office: Institution, machine: Open, tmp_path: Path, kind: str
) -> None:
    left = office.receive("regretted", photos=2)
    office.receive("other", photos=1)
    office.back_up(tmp_path / "before.age")
    office.take_back(left)
    office.retention.sweep(TODAY)
    office.retention.sweep(TODAY)
    assert office.erased.lines() == {"~regretted"}
    new = moved_in(machine, kind, office)
    shutil.copy(office.folder / "erased", new.folder / "erased")
    new.restore(tmp_path / "before.age", new.recovery)
    with new.database.transaction() as tx:
        assert tips.find(tx, derive(left.ticket.code).lookup)
        assert tips.status(tx, "regretted") is Status.WITHDRAWN
        assert not tips.open_tip(tx, "regretted", [new.identity]).story
        assert tips.open_tip(tx, "other", [new.identity]).story
    assert new.files() == ["other-0"]


def test_what_an_officer_took_up_again_after_it_was_taken_back_stays_taken_up(
    office: Institution, machine: Open, tmp_path: Path
) -> None:
    left = office.receive("read", photos=1)
    with office.database.transaction() as tx:
        office.notes.record(tx, Act(left.id, TODAY, "Rina", "opened"))
    office.take_back(left)
    with office.database.transaction() as tx:
        office.notes.record(tx, Act(left.id, TODAY, "-", Status.WITHDRAWN))
    office.retention.sweep(TODAY)
    office.move(left, Status.TRACING, TODAY)
    office.back_up(tmp_path / "after.age")
    new = moved_in(machine, "sqlite", office)
    new.restore(tmp_path / "after.age", new.recovery)
    with new.database.transaction() as tx:
        assert tips.status(tx, "read") is Status.TRACING
    assert new.files() == ["read-0"]


def test_a_backup_waits_for_nobody_who_writes(office: Institution, tmp_path: Path) -> None:
    office.receive("tip-1", photos=1)

    def meanwhile(_done: int, _of: int) -> None:
        office.receive("tip-2", photos=0)

    work = Backup(office.database, office.store, office.erased, {}, {}, TODAY, meanwhile)
    written = work.write(tmp_path / "busy.age", [office.route().recovery])
    assert (written.rows["tip"], office.tips()) == (1, ["tip-1", "tip-2"])
