"""An operator's slip gets one clear line that names the setting and says what to do; nothing secret is repeated."""

import asyncio
import os
import stat
import sys
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from bot import demo
from bot.settings import Settings, SettingsError, load
from storage.database import Database
from tests.town import SILENCE, Town, environ
from tests.whole.reports import greet

# Each story starts whole processes, and cores may be busy.
pytestmark = pytest.mark.timeout(300)
EXAMPLE = Path(__file__).parents[2] / ".env.example"
SECRET = "100200:AbCdEfGhIjKl-MnOpQrStUvWxYz"
LOCAL = {"SAKSI_TELEGRAM__API_BASE": "http://127.0.0.1:9", "SAKSI_DESK__API_BASE": "http://127.0.0.1:9"}

# What is set, and what the line about it must say.
SLIPS: dict[str, tuple[dict[str, str], str]] = {
    "no token": ({"TELEGRAM__API_BASE": "http://127.0.0.1:9"}, "SAKSI_TELEGRAM__TOKEN is missing: set it"),
    "half a WhatsApp": ({"WHATSAPP__TOKEN": SECRET}, "SAKSI_WHATSAPP__APP_SECRET is missing: set it"),
    "a token of something else": ({"TELEGRAM__TOKEN": SECRET[7:]}, "SAKSI_TELEGRAM__TOKEN: this is no token"),
    "the desk's as well": ({"DESK__TOKEN": SECRET[7:]}, "SAKSI_DESK__TOKEN: this is no token"),
    "a letter wrong in a group": ({"TELEGRAM__TOKEN": SECRET, "TELEGRAM__TOKN": SECRET}, "SAKSI_TELEGRAM__TOKN is no"),
    "a letter wrong before": ({"TELEGRM__TOKEN": SECRET}, "SAKSI_TELEGRM__TOKEN is no setting of Saksi"),
    "a webhook anybody may call": (
        {"TELEGRAM__TOKEN": SECRET, "TELEGRAM__WEBHOOK_URL": "https://example.org"},
        "needs a WEBHOOK_SECRET",
    ),
    "a group by name": ({"DESK__GROUP": "bawaslu"}, "SAKSI_DESK__GROUP: input should be a valid integer"),
    "a delay in words": ({"DESK__DELAY": "soon"}, "SAKSI_DESK__DELAY: write two numbers of seconds"),
    "half a key pair": ({"DESK__EXPORT_TO": "AGE-SECRET-KEY-1QQ"}, "SAKSI_DESK__EXPORT_TO: write one or several age"),
    "a port alone": ({"LISTEN": "8081"}, "SAKSI_LISTEN: write an address and a port"),
    "a port that is none": ({"LISTEN": "127.0.0.1:99999"}, "SAKSI_LISTEN: write an address and a port"),
    "a language we do not speak": ({"LANGUAGE": "jv"}, "SAKSI_LANGUAGE: input should be 'id' or 'en'"),
    "a group of settings as one word": ({"TELEGRAM": SECRET}, "SAKSI_TELEGRAM"),
}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but those of the story, and no .env but that of its own folder."""
    for name in os.environ.keys() - environ({}).keys():
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    code: int | None
    said: str
    complained: str


async def saksi(folder: Path, *arguments: str, **given: str) -> Ended:
    """Run a command line in a folder."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env=environ(given),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(2 * SILENCE):
        said, complained = await process.communicate()
    return Ended(process.returncode, said.decode(), complained.decode())


def refused(ended: Ended, *words: str) -> bool:
    """Whether a command said why in one line, and ended so that nobody tries again."""
    lines = [line for line in ended.complained.splitlines() if not line.startswith("level=info")]
    assert ended.code == 2, ended
    assert len(lines) == 1, ended
    assert lines[0].startswith("saksi: ")
    assert SECRET[7:] not in ended.said + ended.complained
    assert all(word in lines[0] for word in words), lines[0]
    return True


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_names_the_setting_and_repeats_no_value(monkeypatch: pytest.MonkeyPatch, slip: str) -> None:
    given, told = SLIPS[slip]
    for name, value in given.items():
        monkeypatch.setenv(f"SAKSI_{name}", value)
    with pytest.raises(SettingsError) as raised:
        load()
    assert told in str(raised.value)
    assert SECRET[7:] not in str(raised.value)


@pytest.mark.parametrize("line", ["SAKSI_TELEGRM__TOKEN", "SAKSI_DESK__DELEY", "SAKSI_STAET", "COMPOSE_PROJECT_NAME"])
def test_a_letter_wrong_in_env_is_named_as_it_stands_there(tmp_path: Path, line: str) -> None:
    (tmp_path / ".env").write_text(f"{line}={SECRET}\n")
    with pytest.raises(SettingsError, match=f"^{line} is no setting of Saksi: look for a typo") as raised:
        load()
    assert SECRET[7:] not in str(raised.value)


SERVICE = {
    "SERVICE_HOST": "10.0.0.1", "SERVICE_PORT": "8080", "SERVICE_PORT_HTTP": "8080", "PORT": "tcp://10.0.0.1:8080",
    "PORT_8080_TCP": "tcp://10.0.0.1:8080", "PORT_8080_TCP_PROTO": "tcp", "PORT_8080_TCP_PORT": "8080",
    "PORT_8080_TCP_ADDR": "10.0.0.1", "DESK_SERVICE_HOST": "10.0.0.2", "DESK_PORT": "tcp://10.0.0.2:80",
}  # fmt: skip


def test_what_an_orchestrator_says_of_a_service_of_our_name_is_no_slip(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SERVICE.items():
        monkeypatch.setenv(f"SAKSI_{name}", value)
    assert load() == Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings' own way to name none


@pytest.mark.parametrize("slip", ["PORT", "DESK_PORT", "SERVICE", "SERVICE_HOTS", "DESK_TOKEN", "PORT_TCP", "LISTN"])
def test_a_slip_beside_an_orchestrators_is_still_named(monkeypatch: pytest.MonkeyPatch, slip: str) -> None:
    for name, value in {**SERVICE, slip: "8080"}.items():
        monkeypatch.setenv(f"SAKSI_{name}", value)
    with pytest.raises(SettingsError, match=f"^SAKSI_{slip} is no setting of Saksi"):
        load()


def test_several_slips_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAKSI_LANGUAGE", "jv")
    monkeypatch.setenv("SAKSI_LISTEN", "8081")
    with pytest.raises(SettingsError) as raised:
        load()
    assert len(str(raised.value).splitlines()) == 2


def test_the_example_can_be_used_as_it_is_and_switches_nothing_on(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text())
    settings = load()
    assert (settings.telegram, settings.whatsapp, settings.desk.token) == (None, None, None)


async def test_before_the_first_init_a_process_says_what_is_missing(tmp_path: Path) -> None:
    intake, desk = await asyncio.gather(
        saksi(tmp_path, "intake", **LOCAL, SAKSI_TELEGRAM__TOKEN=SECRET),
        saksi(tmp_path, "desk", SAKSI_STATE=str(tmp_path)),
    )
    assert refused(intake, "make the keys first")
    assert refused(desk, "SAKSI_DESK__TOKEN", "SAKSI_DESK__GROUP")


async def test_no_process_starts_where_it_could_not_keep_its_promises(tmp_path: Path) -> None:
    demo.prepare(tmp_path)
    state = {"SAKSI_STATE": str(tmp_path), "SAKSI_TELEGRAM__TOKEN": SECRET}
    real, nowhere, silent = await asyncio.gather(
        saksi(tmp_path, "intake", **state),
        saksi(tmp_path, "intake", **state, **LOCAL, SAKSI_DESK__NAME="inspektorat"),
        saksi(tmp_path, "intake", SAKSI_STATE=str(tmp_path)),
    )
    assert refused(real, "the demo's", "saksi init")
    assert refused(nowhere, "SAKSI_DESK__NAME", "'inspektorat'", "bawaslu")
    assert refused(silent, "no channel is on", "SAKSI_TELEGRAM__TOKEN")


async def test_a_database_of_another_version_is_left_alone(tmp_path: Path) -> None:
    demo.prepare(tmp_path)
    database = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    with database.transaction() as tx:
        tx.exec_driver_sql("update alembic_version set version_num = '0000'")
    database.close()
    given = {"SAKSI_STATE": str(tmp_path), "SAKSI_TELEGRAM__TOKEN": SECRET, **LOCAL}
    assert refused(await saksi(tmp_path, "intake", **given), "0000", "saksi migrate")


async def test_a_token_that_telegram_does_not_know_is_named(town: Town) -> None:
    given = {**town.environment, "SAKSI_LISTEN": f"{demo.HOST}:{demo.free_port()}"}
    intake, desk = await asyncio.gather(
        saksi(town.folder, "intake", **{**given, "SAKSI_TELEGRAM__TOKEN": SECRET}),
        saksi(town.folder, "desk", **{**given, "SAKSI_DESK__TOKEN": SECRET}),
    )
    assert refused(intake, "SAKSI_TELEGRAM__TOKEN")
    assert refused(desk, "SAKSI_DESK__TOKEN")


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_init_makes_everything_once_and_overwrites_nothing(tmp_path: Path) -> None:
    order = ("init", "--desk", "bawaslu", "--title", "Bawaslu Kota Kediri")
    first = await saksi(tmp_path, *order)
    assert first.code == 0, first
    made = everything(tmp_path)
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    private = [path for path in made if path.suffix == ".key"]
    assert len(private) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
    assert "saksi officer add" in first.said
    second = await saksi(tmp_path, *order)
    assert second.code == 0, second
    assert everything(tmp_path) == made
    assert second.said.count("left as") == 2


async def test_a_desk_with_an_impossible_name_is_refused_in_one_line(tmp_path: Path) -> None:
    assert refused(await saksi(tmp_path, "init", "--desk", "Bawaslu Kediri"), "a-z, 0-9 and dashes")
    assert not (tmp_path / "state" / "keys").exists()


async def test_officers_are_put_on_the_roster_and_shown(tmp_path: Path) -> None:
    await saksi(tmp_path, "init")
    assert (await saksi(tmp_path, "officer", "add", "Rina", "9001", "--role", "supervisor")).code == 0
    assert (await saksi(tmp_path, "officer", "add", "Bagus", "9002")).code == 0
    twice = await saksi(tmp_path, "officer", "add", "Bagus", "9005")
    assert refused(twice, "two officers of a desk have one alias")
    shown = await saksi(tmp_path, "officer", "list")
    assert shown.said.splitlines() == ["bawaslu\tRina\tsupervisor\t9001\t-", "bawaslu\tBagus\tofficer\t9002\t-"]


async def test_a_poster_needs_nothing_but_a_place_and_a_bot(tmp_path: Path) -> None:
    bot = ("--telegram", "saksi_kediri_bot", "--output", "posters")
    drawn, too_fine = await asyncio.gather(
        saksi(tmp_path, "poster", "--place", "35.71", *bot), saksi(tmp_path, "poster", "--place", "35.71.01", *bot)
    )
    assert (tmp_path / drawn.said.strip()).read_bytes().startswith(b"%PDF-")
    assert refused(too_fine, "35.71.01")


async def test_a_second_intake_by_mistake_harms_nobody(town: Town) -> None:
    """Telegram then answers 409 to one of them, in turn; once one has gone the other goes on."""
    phone = await town.on_telegram()
    await greet(phone)
    given = environ({**town.environment, "SAKSI_LISTEN": f"{demo.HOST}:{demo.free_port()}"})
    second = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "intake"), cwd=town.folder, env=given, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await conflicted(town)
        await phone.walk("[Lanjut]", "[Mengajak/mengarahkan]")
    finally:
        second.terminate()
        await second.wait()
    await phone.walk("[Camat atau lurah]", "Camat Jekan Raya")
    texts = [bubble["text"] for bubble in await phone.said()]
    assert len(texts) == len(set(texts)) == 5


async def conflicted(town: Town) -> None:
    """Wait until Telegram has told one of two pollers that there is another."""
    since = 0
    while True:
        calls = (await town.simulator.get("calls", since=since, wait=10))["calls"]
        if any(call["status"] == httpx.codes.CONFLICT for call in calls):
            return
        since = calls[-1]["n"] if calls else since


async def test_a_port_that_is_taken_is_named(town: Town) -> None:
    await greet(await town.on_telegram())
    ended = await saksi(town.folder, "intake", **town.environment)
    assert refused(ended, "SAKSI_LISTEN", town.listen, "in use")
