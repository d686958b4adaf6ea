"""The institution's keys: made once, locked, private; the roster is signed or it is nothing."""

import stat
from datetime import date
from pathlib import Path

import msgspec
import pytest
from nacl.signing import SigningKey

from handlers.desk import Role
from storage.errors import Sealed
from storage.keys import courier_identity, desk_identity, load_roster, make, save_roster
from storage.passphrase import Work, lock, unlock
from storage.private import Unsafe
from storage.roster import Officer, Roster, load, sign
from storage.vault import new_identity, open_sealed, public_of, seal

TODAY = date(2026, 11, 9)
DESKS = {"bawaslu": "Bawaslu Kota Contoh", "inspektorat-1": "Inspektorat Kota Contoh"}
RINA = Officer(alias="Elang", desk="bawaslu", role=Role.SUPERVISOR, telegram=1000)
LITTLE_WORK = Work(passes=1, memory=8 << 10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make(tmp_path / "keys", DESKS, demo=True, officers=[RINA], today=TODAY)
    return tmp_path / "keys"


def changed(folder: Path, old: bytes, new: bytes) -> None:
    document = (folder / "roster.json").read_bytes()
    assert old in document
    (folder / "roster.json").write_bytes(document.replace(old, new))


def test_every_desk_gets_its_own_keys(folder: Path) -> None:
    roster = load_roster(folder)
    blob = seal(b"hujan", [roster.desks["bawaslu"].key, roster.desks["bawaslu"].recovery])
    recovery = (folder / "recovery-bawaslu.key").read_text().strip()
    assert open_sealed(blob, [desk_identity(folder, "bawaslu")]) == b"hujan"
    assert open_sealed(blob, [recovery]) == b"hujan"
    for other in (desk_identity(folder, "inspektorat-1"), courier_identity(folder)):
        with pytest.raises(Sealed):
            open_sealed(blob, [other])


def test_no_recovery_key_opens_another_institutions_tips(folder: Path) -> None:
    recovery = (folder / "recovery-inspektorat-1.key").read_text().strip()
    with pytest.raises(Sealed):
        open_sealed(seal(b"hujan", [load_roster(folder).desks["bawaslu"].recovery]), [recovery])


def test_the_roster_says_what_was_asked_for(folder: Path) -> None:
    roster = load_roster(folder)
    assert (roster.version, roster.made, roster.demo) == (1, TODAY, True)
    assert {name: desk.title for name, desk in roster.desks.items()} == DESKS
    assert {desk.epoch for desk in roster.desks.values()} == {"2026-11"}
    assert roster.officers == (RINA,)
    assert roster.courier == public_of(courier_identity(folder))


def test_only_the_owner_can_read_the_keys(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(key.stat().st_mode) for key in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(folder: Path, mode: int) -> None:
    (folder / "desk-bawaslu.key").chmod(mode)
    with pytest.raises(Unsafe, match=r"chmod 600 .*desk-bawaslu\.key"):
        desk_identity(folder, "bawaslu")


def test_keys_are_never_overwritten(folder: Path) -> None:
    before = desk_identity(folder, "bawaslu")
    with pytest.raises(Unsafe, match="never overwritten"):
        make(folder, DESKS, demo=True, today=TODAY)
    assert desk_identity(folder, "bawaslu") == before
    assert [path.name for path in folder.parent.iterdir()] == ["keys"]


def test_a_desk_that_makes_no_file_name_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="desk's name"):
        make(tmp_path / "keys", {"../bawaslu": "Bawaslu"}, demo=True, today=TODAY)
    assert not list(tmp_path.iterdir())


def test_a_desk_is_not_looked_for_elsewhere(folder: Path) -> None:
    with pytest.raises(Unsafe, match="desk's name"):
        desk_identity(folder, "../keys/desk-bawaslu")


def test_a_missing_key_is_named(folder: Path) -> None:
    with pytest.raises(Unsafe, match=r"there is no .*desk-kejaksaan\.key"):
        desk_identity(folder, "kejaksaan")
    with pytest.raises(Unsafe, match=r"there is no .*roster\.json"):
        load_roster(folder.parent)


def test_with_a_passphrase_no_file_holds_a_key(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    make(folder, DESKS, demo=False, today=TODAY, passphrase="hujan bulan juni", work=LITTLE_WORK)
    assert not any(b"AGE-SECRET-KEY" in file.read_bytes() for file in folder.iterdir())
    roster = load_roster(folder)
    assert public_of(desk_identity(folder, "bawaslu", "hujan bulan juni")) == roster.desks["bawaslu"].key
    with pytest.raises(Sealed, match="passphrase is wrong"):
        courier_identity(folder, "hujan bulan juli")
    with pytest.raises(Sealed, match="is locked"):
        courier_identity(folder)
    save_roster(folder, msgspec.structs.replace(roster, version=2), "hujan bulan juni")
    assert load_roster(folder).version == 2


def test_a_passphrase_is_the_same_on_every_keyboard() -> None:
    assert unlock(lock(b"hujan", "caf\u00e9", LITTLE_WORK), "cafe\u0301") == b"hujan"


def test_an_empty_passphrase_is_none() -> None:
    with pytest.raises(ValueError, match="protects nothing"):
        lock(b"hujan", "", LITTLE_WORK)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"memory":8192', b'"memory":16384'),
        (b'"memory":8192', b'"memory":99999999999'),
        (b'"passes":1', b'"passes":9999999'),
        (b'"salt":"', b'"salt":"AAAA'),
        (b'"box":"', b'"box":"AAAA'),
        (b'"box"', b'"bux"'),
        (b"}", b""),
    ],
)
def test_a_forged_lock_stays_shut_and_costs_nothing(old: bytes, new: bytes) -> None:
    document = lock(b"hujan", "hujan bulan juni", LITTLE_WORK)
    assert old in document
    with pytest.raises(Sealed):
        unlock(document.replace(old, new), "hujan bulan juni")


def test_a_changed_roster_is_refused(folder: Path) -> None:
    changed(folder, b'"version":1', b'"version":2')
    with pytest.raises(Unsafe, match="was changed"):
        load_roster(folder)


def test_a_key_slipped_into_the_roster_is_refused(folder: Path) -> None:
    changed(folder, load_roster(folder).courier.encode(), new_identity()[1].encode())
    with pytest.raises(Unsafe, match="was changed"):
        load_roster(folder)


def test_a_roster_signed_by_another_is_refused(folder: Path, tmp_path: Path) -> None:
    make(tmp_path / "theirs", DESKS, demo=True, today=TODAY)
    theirs = (tmp_path / "theirs" / "roster.json").read_bytes()
    (folder / "roster.json").write_bytes(theirs)
    with pytest.raises(Unsafe, match="another key"):
        load_roster(folder)


def test_a_pin_kept_elsewhere_is_the_one_that_counts(folder: Path, tmp_path: Path) -> None:
    pin = (folder / "roster.pub").read_text()
    make(tmp_path / "theirs", DESKS, demo=True, today=TODAY)
    assert load_roster(folder, pin=pin).version == 1
    with pytest.raises(Unsafe, match="another key"):
        load_roster(tmp_path / "theirs", pin=pin)


@pytest.mark.parametrize("pin", ["", "hujan", "00", "00" * 32])
def test_a_pin_that_is_none_is_refused(folder: Path, pin: str) -> None:
    with pytest.raises(Unsafe):
        load_roster(folder, pin=pin)


@pytest.mark.parametrize("document", [b"", b"{}", b"[]", b'{"roster":{},"signature":""}', b"\xff", b'{"version":1}'])
def test_what_is_unsigned_is_refused(folder: Path, document: bytes) -> None:
    (folder / "roster.json").write_bytes(document)
    with pytest.raises(Unsafe):
        load_roster(folder)


def test_an_older_roster_is_refused(folder: Path) -> None:
    old = (folder / "roster.json").read_bytes()
    save_roster(folder, msgspec.structs.replace(load_roster(folder), version=2))
    assert load_roster(folder, oldest=2).officers == (RINA,)
    (folder / "roster.json").write_bytes(old)
    with pytest.raises(Unsafe, match="older"):
        load_roster(folder, oldest=2)


def test_a_new_roster_is_newer(folder: Path) -> None:
    with pytest.raises(Unsafe, match="version above 1"):
        save_roster(folder, load_roster(folder))


def test_a_signature_for_another_purpose_is_no_rosters(folder: Path) -> None:
    key = SigningKey.generate()
    body = msgspec.json.encode(load_roster(folder))
    document = msgspec.json.encode({"signature": key.sign(body).signature, "roster": msgspec.Raw(body)})
    with pytest.raises(Unsafe, match="was changed"):
        load(document, key.verify_key.encode())


@pytest.mark.parametrize(
    ("officers", "fault"),
    [
        ((Officer("Elang", "kejaksaan", Role.OFFICER, 1),), "unknown desk"),
        ((RINA, Officer("Elang", "bawaslu", Role.AUDITOR, 2)), "one alias"),
    ],
)
def test_a_roster_that_contradicts_itself_is_not_signed(
    folder: Path, officers: tuple[Officer, ...], fault: str
) -> None:
    roster = msgspec.structs.replace(load_roster(folder), officers=officers)
    with pytest.raises(ValueError, match=fault):
        sign(roster, SigningKey.generate())


def test_a_roster_cannot_be_changed_in_hand(folder: Path) -> None:
    roster: Roster = load_roster(folder)
    with pytest.raises(AttributeError):
        roster.demo = False  # type: ignore[misc]  # that it cannot is the test
