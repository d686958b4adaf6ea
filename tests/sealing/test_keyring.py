"""Keys of the day live in memory, are shared by racing processes and vanish when their time is over."""

import multiprocessing
import os
import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from storage.keyring import PERIODS, Keyring, Purpose
from storage.private import Unsafe
from storage.pseudonym import Key
from storage.runtime import memory_backed, runtime_folder

DAY = 86_400.0
NOON = 20_000.5 * DAY
ROUNDS = 40


def name(key: Key) -> bytes:
    return key.pseudonym("telegram", "777000777")


def names(keyring: Keyring, purpose: Purpose, now: float) -> list[bytes]:
    return [name(key) for key in keyring.kept(purpose, now)]


def test_two_keyrings_of_one_folder_are_one(tmp_path: Path) -> None:
    here, there = Keyring(tmp_path), Keyring(tmp_path)
    assert name(here.current(Purpose.DRAFT, NOON)) == name(there.current(Purpose.DRAFT, NOON))
    assert name(here.current(Purpose.DRAFT, NOON)) != name(here.current(Purpose.SEEN, NOON))


def test_a_restart_finds_its_key_again(tmp_path: Path) -> None:
    before = name(Keyring(tmp_path).current(Purpose.DRAFT, NOON))
    assert name(Keyring(tmp_path).current(Purpose.DRAFT, NOON + 3600)) == before


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_key_is_kept_for_one_period_more_and_no_longer(tmp_path: Path, purpose: Purpose) -> None:
    keyring, period = Keyring(tmp_path), PERIODS[purpose]
    (first,) = names(keyring, purpose, NOON)
    second, still_first = names(keyring, purpose, NOON + period)
    third, still_second = names(keyring, purpose, NOON + 2 * period)
    assert (still_first, still_second) == (first, second)
    assert len({first, second, third}) == 3
    assert len(list((tmp_path / "keyring").iterdir())) == 2


def test_after_a_quiet_week_no_old_key_is_left(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path)
    keyring.turn(NOON)
    keyring.turn(NOON + 16 * DAY)
    assert len(list((tmp_path / "keyring").iterdir())) == 2, "one of each purpose"


def test_what_a_crash_left_behind_goes_with_its_period(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path)
    keyring.current(Purpose.DRAFT, NOON)
    (key,) = (tmp_path / "keyring").iterdir()
    left = key.with_name(f"{key.name}.0a1b2c3d.new")
    left.write_bytes(key.read_bytes())
    keyring.current(Purpose.DRAFT, NOON + 2 * DAY)
    assert not key.exists()
    assert not left.exists()


def test_an_old_key_is_overwritten_before_it_goes(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path)
    keyring.current(Purpose.DRAFT, NOON)
    (key,) = (tmp_path / "keyring").iterdir()
    with key.open("rb") as watched:
        keyring.current(Purpose.DRAFT, NOON + 2 * DAY)
        assert watched.read() == bytes(32)


def test_a_clock_set_back_loses_nothing(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path)
    today = name(keyring.current(Purpose.DRAFT, NOON))
    keyring.current(Purpose.DRAFT, NOON + DAY)
    assert name(keyring.current(Purpose.DRAFT, NOON)) == today


def test_nobody_else_can_read_the_keys(tmp_path: Path) -> None:
    Keyring(tmp_path).turn(NOON)
    folder = tmp_path / "keyring"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(key.stat().st_mode) for key in folder.iterdir()} == {0o600}


def test_an_open_folder_is_refused(tmp_path: Path) -> None:
    Keyring(tmp_path)
    (tmp_path / "keyring").chmod(0o755)
    with pytest.raises(Unsafe, match="chmod 700"):
        Keyring(tmp_path)


def test_an_open_key_is_refused(tmp_path: Path) -> None:
    Keyring(tmp_path).current(Purpose.DRAFT, NOON)
    (key,) = (tmp_path / "keyring").iterdir()
    key.chmod(0o640)
    with pytest.raises(Unsafe, match="chmod 600"):
        Keyring(tmp_path).current(Purpose.DRAFT, NOON)


@pytest.mark.parametrize("somewhere", ["a-folder", "nowhere"])
def test_a_folder_put_there_by_a_link_is_refused(tmp_path: Path, somewhere: str) -> None:
    (tmp_path / "a-folder").mkdir(mode=0o700)
    (tmp_path / "keyring").symlink_to(tmp_path / somewhere)
    with pytest.raises(Unsafe, match="must be a folder"):
        Keyring(tmp_path)


def test_half_a_key_is_refused(tmp_path: Path) -> None:
    Keyring(tmp_path).current(Purpose.DRAFT, NOON)
    (key,) = (tmp_path / "keyring").iterdir()
    key.write_bytes(b"short")
    with pytest.raises(Unsafe, match="is no key"):
        Keyring(tmp_path).current(Purpose.DRAFT, NOON)


_start: Barrier


def ready(start: Barrier) -> None:
    global _start  # noqa: PLW0603 - a barrier reaches a process of a pool only this way
    _start = start


def race(folder: Path) -> list[bytes]:
    keyring = Keyring(folder)
    found = []
    for day in range(ROUNDS):
        _start.wait(timeout=60)
        found.append(name(keyring.current(Purpose.DRAFT, NOON + day * DAY)))
    return found


def test_two_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, spawn, ready, (spawn.Barrier(2),)) as pool:
        one, other = pool.map(race, [tmp_path, tmp_path])
    assert one == other
    assert len(set(one)) == ROUNDS
    assert not list((tmp_path / "keyring").glob("*.new"))


def mounts(tmp_path: Path, kind: str) -> Path:
    """Write a kernel's table in which the disk of `tmp_path` is of this kind."""
    device = tmp_path.stat().st_dev
    table = tmp_path / "mountinfo"
    number = f"{os.major(device)}:{os.minor(device)}"
    table.write_text(
        "22 27 0:0 / /proc rw,relatime shared:5 - proc proc rw\n"
        f"23 27 {number} / /a\\040folder rw,relatime shared:1 master:2 - {kind} none rw,size=1k\n"
    )
    return table


@pytest.mark.parametrize(("kind", "answer"), [("tmpfs", True), ("ramfs", True), ("ext4", False), ("overlay", False)])
def test_a_folder_in_memory_is_known_by_the_kernels_table(tmp_path: Path, kind: str, *, answer: bool) -> None:
    assert memory_backed(tmp_path, mounts(tmp_path, kind)) is answer


def test_where_the_kernel_is_silent_nothing_is_in_memory(tmp_path: Path) -> None:
    assert not memory_backed(tmp_path, tmp_path / "none")


def test_the_chosen_folder_wins(tmp_path: Path) -> None:
    environ = {"SAKSI_RUNTIME": str(tmp_path / "mine"), "XDG_RUNTIME_DIR": str(tmp_path)}
    assert runtime_folder(environ, None, mounts=mounts(tmp_path, "tmpfs")) == tmp_path / "mine"


def test_the_chosen_folder_on_a_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unsafe, match="SAKSI_RUNTIME"):
        runtime_folder({"SAKSI_RUNTIME": str(tmp_path)}, None, mounts=mounts(tmp_path, "ext4"))


def test_the_chosen_folder_must_not_be_everybodys_or_anothers(tmp_path: Path) -> None:
    table = mounts(tmp_path, "tmpfs")
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(Unsafe, match="everybody may write"):
        runtime_folder({"SAKSI_RUNTIME": str(tmp_path / "open")}, None, mounts=table)
    another = anothers(tmp_path)
    with pytest.raises(Unsafe, match="another user's"):
        runtime_folder({"SAKSI_RUNTIME": str(another)}, None, mounts=table)


def anothers(tmp_path: Path) -> Path:
    """Only root can give a folder away; nobody else owns the first one of all."""
    if os.geteuid():
        return Path("/")
    (tmp_path / "another").mkdir()
    os.chown(tmp_path / "another", 1, -1)
    return tmp_path / "another"


def test_systemd_comes_before_the_session(tmp_path: Path) -> None:
    for folder in ("run", "other", "session"):
        (tmp_path / folder).mkdir()
    session = {"XDG_RUNTIME_DIR": f"{tmp_path}/session"}
    systemd = session | {"RUNTIME_DIRECTORY": f"{tmp_path}/run:{tmp_path}/other"}
    table = mounts(tmp_path, "tmpfs")
    assert runtime_folder(systemd, None, mounts=table) == tmp_path / "run" / "saksi"
    assert runtime_folder(session, None, mounts=table) == tmp_path / "session" / "saksi"


def test_without_memory_nothing_starts(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": str(tmp_path), "RUNTIME_DIRECTORY": str(tmp_path / "none")}
    with pytest.raises(Unsafe, match="set SAKSI_RUNTIME"):
        runtime_folder(environ, tmp_path, mounts=mounts(tmp_path, "ext4"))


def test_the_demo_lives_in_its_state_folder(tmp_path: Path) -> None:
    folder = runtime_folder({}, tmp_path, allow_disk=True, mounts=mounts(tmp_path, "ext4"))
    assert folder == tmp_path / "runtime"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
