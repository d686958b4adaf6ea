"""What the doctor says of the machine, the keys, the state and the words; each check is shown something bad."""

import resource
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot import backups, demo
from bot.app.ground import read_roster
from bot.doctor import finding, house, keys, machine, words
from bot.doctor.finding import Finding, Light
from bot.settings import Settings, TelegramSettings
from handlers.desk import Role
from locales import catalogue
from storage import epochs, migrations, opened, outbox
from storage import keys as made
from storage.database import Database
from storage.passphrase import Work
from storage.roster import Officer
from tests.town import Town, environ

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
TODAY = NOW.date()
ROOT = Path(__file__).parents[2]
LATER = timedelta(days=400)
LITTLE = Work(passes=1, memory=8 << 10)


def lights(found: Iterable[Finding], about: str = "") -> set[str]:
    return {one.light.name for one in found if about in {"", one.about}}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh state with two officers, keys without a passphrase, and a database at its head."""
    folder = tmp_path / "state"
    folder.mkdir(0o700)
    officers = [Officer(alias, "bawaslu", Role.OFFICER, number) for alias, number in (("Rina", 9001), ("Bagus", 9002))]
    made.make(folder / "keys", {"bawaslu": "Bawaslu"}, demo=False, today=TODAY, officers=officers)
    opened = Database.at(f"sqlite:///{folder / 'saksi.db'}")
    migrations.upgrade(opened)
    opened.close()
    (folder / "saksi.db").chmod(0o600)
    return Settings(_env_file=None, state=folder, pin=made.pin_of(folder / "keys"))  # type: ignore[call-arg]  # pydantic-settings' own


def look(settings: Settings, today: date = TODAY) -> list[Finding]:
    return list(keys.look(settings, read_roster(settings), today))


def test_the_worst_light_is_the_exit_code_and_a_question_has_no_weight() -> None:
    green, amber, red = finding.green("a", "b"), finding.amber("a", "b", "c"), finding.red("a", "b", "c")
    question = finding.ask("a", "b")
    assert [finding.worst(one) for one in ([], [green, question], [green, amber], [amber, red, green])] == [0, 0, 1, 2]


def test_a_line_says_its_light_in_a_word_too() -> None:
    line = finding.red("keys", "gone", "bring them back")
    assert line.line() == "RED    keys: gone -> bring them back"
    assert "\033[31mRED" in line.line(colour=True)


def test_swap_on_a_disk_is_red_and_compressed_memory_is_not(tmp_path: Path) -> None:
    swaps = tmp_path / "swaps"
    assert machine.swap(swaps).light is Light.AMBER
    swaps.write_text("Filename Type Size Used Priority\n/dev/zram0 partition 1 0 100\n")
    assert machine.swap(swaps).light is Light.GREEN
    swaps.write_text("Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n")
    assert machine.swap(swaps).light is Light.RED
    assert machine.swap(swaps, limit=0).light is Light.AMBER


def test_the_limit_of_swap_is_read_from_the_own_cgroup(tmp_path: Path) -> None:
    (tmp_path / "cgroup").write_text("0::/system.slice/saksi-intake.service\n")
    own = tmp_path / "system.slice" / "saksi-intake.service"
    own.mkdir(parents=True)
    assert machine.swap_limit(tmp_path / "cgroup", tmp_path) is None
    (own / "memory.swap.max").write_text("0\n")
    assert machine.swap_limit(tmp_path / "cgroup", tmp_path) == 0
    (own / "memory.swap.max").write_text("max\n")
    assert machine.swap_limit(tmp_path / "cgroup", tmp_path) is None


@pytest.mark.parametrize("hardened", [False, True])
def test_core_dumps_are_seen_by_a_process_that_is_not_hardened(hardened: bool) -> None:  # noqa: FBT001  # pytest's
    before = "from bot.hardening import keep_memory_private; keep_memory_private()" if hardened else ""
    code = f"{before}\nfrom bot.doctor.machine import core_dumps; print(core_dumps().light.name)"
    shell = 'ulimit -S -c 1024 2>/dev/null; exec "$@"'
    done = subprocess.run(  # noqa: S603  # our own code
        ["/bin/sh", "-c", shell, "sh", sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    # Where this machine allows none at all, none can be seen.
    allowed = resource.getrlimit(resource.RLIMIT_CORE)[1] != 0
    assert done.stdout.strip() == ("RED" if allowed and not hardened else "GREEN")


def test_tracing_is_amber_where_the_kernel_lets_everybody(tmp_path: Path) -> None:
    scope = tmp_path / "ptrace_scope"
    scope.write_text("0\n")
    assert machine.tracing(scope).light is Light.AMBER
    scope.write_text("1\n")
    assert machine.tracing(scope).light is Light.GREEN


async def test_the_sandbox_of_this_machine_is_told_as_it_is() -> None:
    found = await machine.sandbox()
    assert found.light in {Light.GREEN, Light.AMBER, Light.RED}
    assert ("NO SANDBOX" in found.found) == (found.light is Light.RED)


def test_little_room_is_amber_and_none_is_red(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lights(machine.room(tmp_path)) <= {"GREEN", "AMBER", "RED"}
    monkeypatch.setattr(machine, "LITTLE", 1 << 60)
    monkeypatch.setattr(machine, "TOO_LITTLE", 1)
    assert "AMBER" in lights(machine.room(tmp_path))
    monkeypatch.setattr(machine, "TOO_LITTLE", 1 << 60)
    assert "RED" in lights(machine.room(tmp_path))


def test_keys_that_belong_into_a_safe_are_red_and_gone_they_are_not(settings: Settings) -> None:
    assert sum(one.light is Light.RED for one in look(settings)) == 2
    for name in ("recovery-bawaslu.key", "roster.key"):
        (settings.keys_folder / name).unlink()
    assert "RED" not in lights(look(settings))


def test_a_key_that_others_can_read_is_red(settings: Settings) -> None:
    (settings.keys_folder / "courier.key").chmod(0o640)
    assert any("others can read" in one.found for one in look(settings) if one.light is Light.RED)


def test_demo_keys_with_a_real_token_are_red(settings: Settings) -> None:
    real = settings.model_copy(update={"desk": settings.desk.model_copy(update={"token": "100:fake"})})
    roster = replace(read_roster(settings), demo=True)
    assert any(one.found.startswith("the demo's keys meet") for one in keys.look(real, roster, TODAY))
    assert "the demo's, for make-believe platforms alone" in {one.found for one in keys.look(settings, roster, TODAY)}


def test_an_unpinned_roster_and_one_without_officers_are_seen(settings: Settings) -> None:
    roster = read_roster(settings)
    assert lights(keys.look(settings, roster, TODAY), "roster") == {"GREEN"}
    assert lights(keys.look(settings.model_copy(update={"pin": None}), roster, TODAY), "roster") == {"AMBER"}
    assert "RED" in lights(keys.look(settings, replace(roster, officers=()), TODAY), "roster")
    assert "AMBER" in lights(keys.look(settings, replace(roster, officers=roster.officers[:1]), TODAY), "roster")


def test_keys_that_are_due_are_amber_and_one_that_should_be_gone_is_red(settings: Settings) -> None:
    assert lights(look(settings), "epochs") == {"GREEN"}
    assert lights(look(settings, TODAY + timedelta(days=40)), "epochs") == {"AMBER"}
    epochs.rotate_courier(settings.keys_folder, TODAY + timedelta(days=8))
    assert lights(look(settings, TODAY + timedelta(days=8)), "epochs") == {"GREEN"}
    assert "RED" in lights(look(settings, TODAY + timedelta(days=30)), "epochs")


def test_tips_kept_longer_than_keys_are_seen(settings: Settings) -> None:
    assert "AMBER" in lights(look(settings.model_copy(update={"keep_days": 200})), "epochs")


def test_tokens_that_others_can_read_are_red(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    assert house.settings_file(env).light is Light.GREEN
    env.write_text("SAKSI_LANGUAGE=id\n")
    env.chmod(0o644)
    assert house.settings_file(env).light is Light.RED
    env.chmod(0o600)
    assert house.settings_file(env).light is Light.GREEN


def test_a_state_that_others_can_read_is_red_and_a_groups_is_not(settings: Settings, tmp_path: Path) -> None:
    assert lights(house.state(settings.state)) == {"GREEN"}
    (settings.state / "saksi.db").chmod(0o640)
    assert lights(house.state(settings.state)) == {"RED"}
    settings.state.chmod(0o2770)
    assert lights(house.state(settings.state)) == {"GREEN"}
    assert lights(house.state(tmp_path / "nowhere")) == {"RED"}


def test_draft_keys_on_a_disk_are_red(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roster, on_disk = read_roster(settings), settings.model_copy(update={"runtime": Path("/var/tmp")})  # noqa: S108  # no memory
    monkeypatch.setattr("storage.runtime.memory_backed", lambda *_: False)
    assert house.runtime(settings.model_copy(update={"runtime": tmp_path}), roster).light is Light.RED
    assert house.runtime(on_disk, roster).light is Light.RED


def test_keys_that_wait_for_their_passphrase_are_amber_until_they_are_unlocked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.runtime.memory_backed", lambda *_: True)
    made.make(tmp_path / "keys", {"bawaslu": "Bawaslu"}, demo=False, today=TODAY, passphrase="lima kata", work=LITTLE)
    (tmp_path / "runtime").mkdir(0o700)
    settings = Settings(_env_file=None, state=tmp_path, runtime=tmp_path / "runtime")  # type: ignore[call-arg]  # as above
    roster = read_roster(settings)
    [waiting] = house.unlocked(settings, roster)
    assert (waiting.light, waiting.do) == (Light.AMBER, "saksi unlock")
    assert "courier, desk-bawaslu locked" in waiting.found
    opened.unlock_all(settings.keys_folder, tmp_path / "runtime", "lima kata")
    assert lights(house.unlocked(settings, roster)) == {"GREEN"}


def test_keys_without_a_passphrase_wait_for_nobody(settings: Settings) -> None:
    assert list(house.unlocked(settings, read_roster(settings))) == []


def test_both_tokens_in_one_file_are_amber_where_the_keys_are_apart(settings: Settings) -> None:
    desk = settings.desk.model_copy(update={"token": "200:fake"})
    (settings.keys_folder / "courier.key").unlink()
    alone = settings.model_copy(update={"desk": desk})
    assert lights(look(alone), "separation") == {"GREEN"}
    both = alone.model_copy(update={"telegram": TelegramSettings.model_validate({"token": "100:fake"})})
    assert lights(look(both), "separation") == {"AMBER"}


def test_of_a_proxy_is_asked_where_there_are_webhooks(settings: Settings) -> None:
    assert list(house.proxy(settings)) == []
    secret = {"token": "100:fake", "webhook_url": "https://saksi.example.org/telegram", "webhook_secret": "fake"}
    brought = settings.model_copy(update={"telegram": TelegramSettings.model_validate(secret)})
    assert lights(house.proxy(brought)) == {"ASK"}
    polled = TelegramSettings.model_validate({"token": "100:fake"})
    assert list(house.proxy(settings.model_copy(update={"telegram": polled}))) == []


def test_a_database_behind_or_out_of_reach_is_red(settings: Settings, tmp_path: Path) -> None:
    assert lights(house.database(settings, NOW)) == {"GREEN"}
    empty = settings.model_copy(update={"database": f"sqlite:///{tmp_path / 'empty.db'}"})
    assert [one.do for one in house.database(empty, NOW)] == ["saksi migrate"]
    gone = settings.model_copy(update={"database": f"sqlite:///{tmp_path / 'no' / 'where.db'}"})
    assert lights(house.database(gone, NOW)) == {"RED"}


@pytest.mark.parametrize(("late", "light"), [(60, "GREEN"), (1000, "AMBER"), (4000, "RED")])
def test_what_is_overdue_is_seen_and_what_only_waits_for_word_is_not(settings: Settings, late: int, light: str) -> None:
    with Database.at(settings.database_url).transaction() as tx:
        outbox.owe(tx, "a", "telegram", b"fake", NOW.timestamp() - late)
        outbox.owe(tx, "b", outbox.sent_lane("whatsapp"), b"fake", NOW.timestamp() - 90_000)
        outbox.owe(tx, "c", "telegram", b"fake", NOW.timestamp() + 90_000)
    assert lights(house.database(settings, NOW), "delivery") == {light}


def test_what_is_parked_is_seen(settings: Settings) -> None:
    with Database.at(settings.database_url).transaction() as tx:
        outbox.owe(tx, "a", "telegram", b"fake", 1.0)
        outbox.park(tx, outbox.Row("a", "telegram", 1, b"fake"), 403)
    assert any(one.found == "1 could not be delivered" for one in house.database(settings, NOW))


def test_the_age_of_the_newest_backup_is_told(settings: Settings, tmp_path: Path) -> None:
    assert house.backups(settings, TODAY).light is Light.AMBER
    list(backups.make(settings, tmp_path / "saksi.age"))
    made_on = backups.last_made(settings)
    assert made_on is not None
    days = {0: Light.GREEN, house.OLD + 1: Light.AMBER, house.TOO_OLD + 1: Light.RED}
    for after, light in days.items():
        assert house.backups(settings, made_on + timedelta(days=after)).light is light


def test_a_zone_that_is_not_that_of_the_places_is_red(settings: Settings, tmp_path: Path) -> None:
    assert house.zone(settings).light.name == "GREEN"
    assert house.zone(settings.model_copy(update={"zone": "Asia/Jayapura"})).light.name == "RED"
    assert house.zone(settings.model_copy(update={"places": tmp_path / "none.tsv"})).light.name == "RED"


def test_each_language_is_complete_and_a_gap_is_red(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lights(words.languages()) == {"GREEN"}
    full = catalogue("id")

    def gappy(language: str) -> object:
        return replace_keys(full) if language == "en" else full

    monkeypatch.setattr(words, "catalogue", gappy)
    assert sorted(one.light.name for one in words.languages()) == ["GREEN", "RED"]


def replace_keys(full: object) -> object:
    from dataclasses import replace as other  # noqa: PLC0415  # beside msgspec's

    assert hasattr(full, "keys")
    return other(full, keys=frozenset(sorted(full.keys)[1:]))  # type: ignore[type-var]  # a catalogue


def test_what_nobody_checked_for_a_year_is_amber() -> None:
    assert lights(words.facts(TODAY)) == {"GREEN"}
    old = list(words.facts(TODAY + LATER))
    assert lights(old) == {"AMBER"}
    assert {"bot/data/routes.json", "bot/data/violations.json"} <= {one.found.split()[0] for one in old}


async def test_the_command_says_every_light_in_words_and_no_secret(tmp_path: Path) -> None:
    town = Town(tmp_path)
    try:
        async with town:
            for arguments, calls in ((["--offline"], False), ([], True)):
                done = subprocess.run(  # noqa: ASYNC221, S603  # our own code; nothing else runs here
                    [sys.executable, "-m", "bot", "doctor", *arguments],
                    cwd=tmp_path,
                    env=environ(town.environment),
                    capture_output=True,
                    text=True,
                    check=False,
                    timeout=100,
                )
                lines = done.stdout.splitlines()
                assert {line.split()[0] for line in lines[:-1]} <= {light.name for light in Light}, done.stderr
                assert done.returncode == (2 if any(line.startswith("RED") for line in lines) else 1), done.stdout
                assert bool(await town.simulator.calls("getWebhookInfo")) is calls
                assert ("GREEN  officers' group" in done.stdout) is calls
                whole = done.stdout + done.stderr
                assert not [
                    one for one in (town.secrets.intake, town.secrets.desk, town.secrets.whatsapp) if one in whole
                ]
    finally:
        town.stop()


def test_the_command_without_keys_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(0o700)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "doctor", "--offline"],
        cwd=tmp_path,
        env=environ({"PYTHONPATH": str(ROOT)}),
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 2
    assert "RED    roster: there is no" in done.stdout
    assert demo.TITLE not in done.stdout
