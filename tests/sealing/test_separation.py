"""Two users, two halves of the secret: what the operator's commands make, and what each user can read of it."""

import asyncio
import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import locksmith
from bot.app.ground import keep_private, now, read_roster, tell_if_not_apart
from bot.children import SUPERVISED
from bot.first import add_officer, begin, meet, remove_officer, tell_left
from bot.settings import Settings, SettingsError, load
from bot.zones import WESTERN
from storage.evidence import Folder
from storage.fingerprint import fingerprint
from storage.keys import load_roster, make, pin_of
from storage.opened import courier_keys, desk_keys
from storage.passphrase import Work
from storage.private import Unsafe, replace, state_folder

TITLE = "Bawaslu Kota Contoh"
NOVEMBER = date(2026, 11, 9)
LITTLE_WORK = Work(passes=1, memory=8 << 10)
# Two users and their group, as the kernel knows them: they need no entry anywhere.
INTAKE, DESK, GROUP = 61001, 61002, 61000


@pytest.fixture(autouse=True)
def own_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other users can reach, as pytest's own cannot be."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def halves(place: Path) -> Path:
    begin(place / "state", {"bawaslu": TITLE}, place / ".env", None, split=True)
    return place


def settings(tmp_path: Path, **more: object) -> Settings:
    return Settings(_env_file=None, state=tmp_path / "state", runtime=tmp_path / "runtime", **more)  # type: ignore[call-arg, arg-type]  # pydantic-settings' own way


@pytest.fixture
def town_hall(tmp_path: Path) -> Settings:
    """Keys of one user, long due to be replaced; the runtime folder of a demo may be on a disk."""
    today = now(WESTERN).date() - timedelta(days=60)
    (tmp_path / "state").mkdir(mode=0o700)
    make(tmp_path / "state" / "keys", {"bawaslu": TITLE}, demo=True, today=today)
    return settings(tmp_path)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# What `saksi init --split` makes.


def test_each_process_has_settings_of_its_own_and_no_others_secret(halves: Path) -> None:
    assert not (halves / ".env").exists()
    intake, desk = (halves / "intake.env").read_text(), (halves / "desk.env").read_text()
    assert "SAKSI_TELEGRAM__TOKEN" in intake
    assert "SAKSI_WHATSAPP__TOKEN" in intake
    assert "SAKSI_DESK__TOKEN" not in intake
    assert "SAKSI_DESK__TOKEN" in desk
    assert not {"SAKSI_TELEGRAM", "SAKSI_WHATSAPP"} & {line[2:16] for line in desk.splitlines()}
    assert {mode(halves / name) for name in ("intake.env", "desk.env")} == {0o600}


def test_each_process_finds_its_own_key_and_the_roster_of_both(halves: Path) -> None:
    intake, desk = load(halves / "intake.env"), load(halves / "desk.env")
    assert read_roster(intake) == read_roster(desk)
    roster = read_roster(intake)
    assert courier_keys(intake.keys_folder, halves, roster.courier)
    assert desk_keys(desk.keys_folder, halves, "bawaslu", roster.desks["bawaslu"].key)
    with pytest.raises(Unsafe):
        desk_keys(intake.keys_folder, halves, "bawaslu", roster.desks["bawaslu"].key)
    with pytest.raises(Unsafe):
        courier_keys(desk.keys_folder, halves, roster.courier)


def test_what_is_there_already_stays_as_it_is(halves: Path) -> None:
    before = {path: path.read_bytes() for path in halves.rglob("*") if path.is_file()}
    begin(halves / "state", {"bawaslu": "Somebody Else"}, halves / ".env", None, split=True)
    assert {path: path.read_bytes() for path in halves.rglob("*") if path.is_file()} == before


def test_the_operator_is_told_whose_is_what(halves: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(halves / "state", {"bawaslu": TITLE}, halves / ".env", None, split=True)
    assert asyncio.run(meet(halves / ".env", {}, split=True, offline=True))
    tell_left(halves / "state", ["bawaslu", "bkn"], halves / ".env", split=True)
    told = capsys.readouterr().out
    assert "chown -R saksi-desk" in told
    assert "recovery-bawaslu.key" in told
    assert "desk-bkn.key" in told
    assert "SAKSI_ENV=desk.env saksi desk" in told


def test_keys_without_a_passphrase_are_called_what_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(tmp_path / "state", {"bawaslu": TITLE}, tmp_path / ".env", None)
    assert "whoever takes this disk opens all tips" in capsys.readouterr().out


def can_read(user: int, path: Path) -> bool:
    done = subprocess.run(  # noqa: S603  # a file of ours
        ["cat", path],  # noqa: S607  # of the PATH
        user=user,
        group=GROUP,
        extra_groups=[],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of two users")
def test_two_users_share_what_is_sealed_and_nothing_that_opens_it(halves: Path) -> None:
    state, keys = halves / "state", halves / "state" / "keys"
    # As the command tells the operator to.
    for path, user in ((state, INTAKE), (keys, 0), (keys / "intake", INTAKE), (keys / "desk", DESK)):
        for one in (path, *path.rglob("*")):
            os.chown(one, user, GROUP if path == state else -1)
    keep_private(load(halves / "intake.env"))
    Folder(state_folder(state / "evidence")).put("aa11", b"sealed", NOVEMBER)

    seen = {
        name: (can_read(INTAKE, path), can_read(DESK, path))
        for name, path in {
            "courier": keys / "intake" / "courier.key",
            "desk": keys / "desk" / "desk-bawaslu.key",
            "recovery": keys / "recovery-bawaslu.key",
            "signing": keys / "roster.key",
            "roster": keys / "roster.json",
            "pin": keys / "roster.pub",
            "evidence": next(path for path in (state / "evidence").rglob("*") if path.is_file()),
        }.items()
    }
    assert seen == {
        "courier": (True, False),
        "desk": (False, True),
        "recovery": (False, False),
        "signing": (False, False),
        "roster": (True, True),
        "pin": (True, True),
        "evidence": (True, True),
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="only root writes for other users")
def test_a_key_that_root_makes_belongs_to_its_process(halves: Path) -> None:
    folder = halves / "state" / "keys" / "desk"
    for path in (folder, *folder.iterdir()):
        os.chown(path, DESK, GROUP)
    list(locksmith.rotate(load(halves / "desk.env"), "bawaslu", None, courier=False))
    assert len(list(folder.iterdir())) == 2
    assert {(path.stat().st_uid, mode(path)) for path in folder.iterdir()} == {(DESK, 0o600)}
    assert mode(halves / "state" / "keys" / "roster.json") == 0o644


def test_a_shared_state_is_still_nobody_elses(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    folder.chmod(0o2775)
    with pytest.raises(Unsafe, match="chmod 2770"):
        state_folder(folder)
    folder.chmod(0o2770)
    assert state_folder(folder) == folder
    folder.chmod(0o770)
    with pytest.raises(Unsafe, match="chmod 700"):
        state_folder(folder)


# What a process says of itself.


def complaints(given: Settings, *others: str) -> list[str]:
    roster = load_roster(given.roster_folder)
    with capture_logs() as logs:
        tell_if_not_apart(given, roster, *others)
    return [f"{entry['event']} {entry['why']}" for entry in logs]


@pytest.fixture
def one_user(tmp_path: Path) -> Settings:
    (tmp_path / "state").mkdir(mode=0o700)
    make(tmp_path / "state" / "keys", {"bawaslu": TITLE}, demo=False, today=NOVEMBER)
    return settings(tmp_path)


def test_a_process_that_could_be_the_other_complains(one_user: Settings) -> None:
    [desk_says] = complaints(one_user, "courier*.key")
    assert "not-apart" in desk_says
    assert "courier.key" in desk_says
    assert len(complaints(one_user, "desk-*.key", "recovery-*.key")) == 2


def test_a_process_that_has_its_own_half_alone_says_nothing(tmp_path: Path, one_user: Settings) -> None:
    mine = tmp_path / "mine"
    mine.mkdir(mode=0o700)
    (one_user.keys_folder / "desk-bawaslu.key").rename(mine / "desk-bawaslu.key")
    (one_user.keys_folder / "courier.key").unlink()
    assert not complaints(settings(tmp_path, keys=mine, roster=one_user.keys_folder), "courier*.key")


def test_below_saksi_run_it_was_said_already(one_user: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SUPERVISED, "1")
    assert not complaints(one_user, "courier*.key")


# The pin and the memory.


def test_with_a_pin_in_the_settings_no_other_roster_is_believed(tmp_path: Path, one_user: Settings) -> None:
    pinned = settings(tmp_path, pin=pin_of(one_user.keys_folder))
    assert read_roster(pinned).version == 1
    make(tmp_path / "theirs", {"bawaslu": TITLE}, demo=False, today=NOVEMBER)
    for name in ("roster.json", "roster.pub"):
        replace(one_user.keys_folder / name, (tmp_path / "theirs" / name).read_bytes())
    with pytest.raises(Unsafe, match="another key"):
        read_roster(pinned)


def test_init_writes_the_pin_into_the_settings(tmp_path: Path) -> None:
    begin(tmp_path / "state", {"bawaslu": TITLE}, tmp_path / ".env", None)
    assert load(tmp_path / ".env").pin == pin_of(tmp_path / "state" / "keys")


def test_an_older_roster_is_refused_by_whoever_reads_it_next(tmp_path: Path, one_user: Settings) -> None:
    old = (one_user.keys_folder / "roster.json").read_bytes()
    add_officer(one_user, "Rina", 9001, "officer", None)
    assert len(read_roster(one_user).officers) == 1
    replace(one_user.keys_folder / "roster.json", old)
    with pytest.raises(Unsafe, match="older"):
        read_roster(settings(tmp_path))


# Officers.


def test_officers_come_and_go_by_signature(town_hall: Settings) -> None:
    add_officer(town_hall, "Rina", 9001, "supervisor", None)
    add_officer(town_hall, "Bagus", 9002, "officer", None)
    remove_officer(town_hall, "Rina", None)
    roster = read_roster(town_hall)
    assert [(one.alias, one.telegram) for one in roster.officers] == [("Bagus", 9002)]
    assert roster.version == 4


def test_nobody_is_removed_by_a_typing_error(town_hall: Settings) -> None:
    add_officer(town_hall, "Rina", 9001, "officer", None)
    with pytest.raises(SettingsError, match="'Rini' at bawaslu, where the roster has Rina"):
        remove_officer(town_hall, "Rini", None)
    with pytest.raises(SettingsError, match="one alias"):
        add_officer(town_hall, "Rina", 9009, "officer", None)
    assert read_roster(town_hall).version == 2


def test_behind_a_passphrase_officers_are_signed_for_with_it(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o700)
    make(
        tmp_path / "state" / "keys", {"bawaslu": TITLE}, demo=True, today=NOVEMBER, passphrase="hujan", work=LITTLE_WORK
    )
    replace(tmp_path / "words", b"hujan\n")
    add_officer(settings(tmp_path), "Rina", 9001, "officer", tmp_path / "words")
    assert [one.alias for one in read_roster(settings(tmp_path)).officers] == ["Rina"]


# The keys as the operator sees them.


def test_what_is_due_is_replaced_and_listed(town_hall: Settings) -> None:
    told = list(locksmith.rotate(town_hall, None, None, courier=False))
    assert [line.partition(":")[0] for line in told] == ["desk bawaslu", "courier"]
    assert list(locksmith.rotate(town_hall, None, None, courier=False)) == ["no key is due"]
    listed, roster = list(locksmith.listing(town_hall)), read_roster(town_hall)
    assert [line.split("\t")[0] for line in listed] == ["desk-bawaslu", "courier", *sorted(roster.retired)]
    words = fingerprint(pin_of(town_hall.keys_folder), "bawaslu", roster.desks["bawaslu"].key)
    assert listed[0].endswith(words)
    assert sum("destroyed by" in line for line in listed) == 2
    assert list(locksmith.words(town_hall, "bawaslu")) == [f"bawaslu\t{roster.desks['bawaslu'].epoch}\t{words}"]


def test_only_what_was_named_is_replaced(town_hall: Settings) -> None:
    before = read_roster(town_hall)
    list(locksmith.rotate(town_hall, None, None, courier=True))
    after = read_roster(town_hall)
    assert after.courier != before.courier
    assert after.desks == before.desks
    with pytest.raises(SettingsError, match="no desk 'kejaksaan'"):
        list(locksmith.words(town_hall, "kejaksaan"))


def test_what_was_unlocked_is_unlocked_after_a_rotation_too(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o700)
    make(
        tmp_path / "state" / "keys", {"bawaslu": TITLE}, demo=True, today=now(WESTERN).date(), passphrase="hujan",
        work=LITTLE_WORK,
    )  # fmt: skip
    given, words = settings(tmp_path), tmp_path / "words"
    replace(words, b"hujan")
    list(locksmith.unlock(given, words))
    told = list(locksmith.rotate(given, "bawaslu", words, courier=False))
    assert told[-1] == "unlocked as the old ones were"
    key = read_roster(given).desks["bawaslu"].key
    assert len(desk_keys(given.keys_folder, tmp_path / "runtime", "bawaslu", key)) == 2
    assert len(list(locksmith.lock(given))) == 1
    assert desk_keys(given.keys_folder, tmp_path / "runtime", "bawaslu", key) == ()
    assert list(locksmith.lock(given)) == ["nothing was unlocked"]
