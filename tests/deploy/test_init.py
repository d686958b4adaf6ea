"""`saksi init` with what the platforms gave: it asks them first, writes what they take, and says what is left."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.env_file import amended, given, keep
from bot.settings import SettingsError
from locales import catalogue
from storage.private import Unsafe
from tests.simulator.running import Running
from tests.town import environ
from tests.whole.test_settings import Ended, refused, saksi

pytestmark = pytest.mark.timeout(300)
INTAKE, DESK = "100:intake-token", "200:desk-token"
WHATSAPP = ("WHATSAPP__PHONE_ID=100000000000001", "WHATSAPP__APP_SECRET=fake", "WHATSAPP__VERIFY_TOKEN=fake")


@pytest.fixture
def simulator(simulator: Running, tmp_path: Path) -> Running:
    """The simulator, and the file with the intake's token beside it."""
    (tmp_path / "intake.txt").write_text(f"{INTAKE}\n")
    (tmp_path / "intake.txt").chmod(0o600)
    return simulator


async def init(folder: Path, simulator: Running, *orders: str, more: tuple[str, ...] = ()) -> Ended:
    bases = [f"{name}__API_BASE={simulator.url}" for name in ("TELEGRAM", "DESK", "WHATSAPP")]
    used = [base for base in bases if any(order.startswith(base.partition("__")[0]) for order in orders)]
    sets = [part for order in (*orders, *used) for part in ("--set", order)]
    return await saksi(folder, "init", *more, *sets)


def settings(file: Path) -> dict[str, str]:
    lines = (line for line in file.read_text().splitlines() if not line.startswith("#"))
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def trials(folder: Path) -> list[Path]:
    return list(folder.glob("*.trial"))


async def asked(simulator: Running, token: str, method: str, **what: Any) -> Any:
    return (await simulator.client.post(f"/bot{token}/{method}", json=what)).json()["result"]


async def test_it_introduces_both_bots_and_writes_what_they_take(tmp_path: Path, simulator: Running) -> None:
    orders = (
        "TELEGRAM__TOKEN=@intake.txt", "TELEGRAM__WEBHOOK_URL=http://127.0.0.1:9/telegram",
        "TELEGRAM__WEBHOOK_SECRET=fake", f"DESK__TOKEN={DESK}", "DESK__GROUP=-1001000000001",
    )  # fmt: skip
    done = await init(tmp_path, simulator, *orders)
    assert done.code == 0, done
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert settings(tmp_path / ".env")["SAKSI_TELEGRAM__TOKEN"] == INTAKE
    assert INTAKE not in done.said + done.complained
    for language, phone in (("id", ""), ("en", "en")):
        words = catalogue(language)
        for token, short, about in ((INTAKE, "bot-short", "bot-about"), (DESK, "desk-bot-short", "desk-bot-about")):
            shown = await asked(simulator, token, "getMyShortDescription", language_code=phone)
            assert shown == {"short_description": words.say(short)}
            shown = await asked(simulator, token, "getMyDescription", language_code=phone)
            assert shown == {"description": words.say(about)}
        assert await asked(simulator, INTAKE, "getMyCommands", language_code=phone)
    assert (await asked(simulator, INTAKE, "getWebhookInfo"))["url"] == "http://127.0.0.1:9/telegram"
    left = done.said.partition("Left to do:")[2]
    assert "Fill in" not in left
    assert "saksi officer add" in left
    assert "recovery-bawaslu.key" in left


async def test_once_more_it_changes_nothing_but_what_is_named(tmp_path: Path, simulator: Running) -> None:
    await init(tmp_path, simulator, "TELEGRAM__TOKEN=@intake.txt")
    before = settings(tmp_path / ".env")
    assert (await init(tmp_path, simulator, "KEEP_DAYS=30")).code == 0
    assert settings(tmp_path / ".env") == {**before, "SAKSI_KEEP_DAYS": "30"}
    assert (await init(tmp_path, simulator, "KEEP_DAYS=60")).code == 0
    assert (tmp_path / ".env").read_text().count("SAKSI_KEEP_DAYS") == 1
    assert "stands as it was; it holds SAKSI_KEEP_DAYS" in (await init(tmp_path, simulator, "KEEP_DAYS=60")).said
    assert settings(tmp_path / ".env") == {**before, "SAKSI_KEEP_DAYS": "60"}
    assert trials(tmp_path) == []


@pytest.mark.parametrize(
    "orders",
    [
        ("TELEGRAM__TOKEN=300:another",),
        ("DESK__TOKEN=300:another",),
        (f"DESK__TOKEN={DESK}", "DESK__GROUP=-42"),
        ("WHATSAPP__TOKEN=another", *WHATSAPP),
    ],
    ids=["reporters", "officers", "group", "whatsapp"],
)
async def test_what_a_platform_refuses_is_not_written(
    tmp_path: Path, simulator: Running, orders: tuple[str, ...]
) -> None:
    await saksi(tmp_path, "init", "--offline")
    before = (tmp_path / ".env").read_bytes()
    done = await init(tmp_path, simulator, *orders)
    assert done.code == 2, done
    assert "refuses us" in done.said
    assert "left as it was" in done.said
    assert (tmp_path / ".env").read_bytes() == before


async def test_a_platform_out_of_reach_stops_nobody(tmp_path: Path, simulator: Running) -> None:
    await simulator.put("faults", telegram={"fail": {"times": 9, "status": 500}})
    done = await init(tmp_path, simulator, "TELEGRAM__TOKEN=@intake.txt")
    assert done.code == 0, done
    assert "does not answer now" in done.said
    assert settings(tmp_path / ".env")["SAKSI_TELEGRAM__TOKEN"] == INTAKE


async def test_offline_it_asks_nobody(tmp_path: Path, simulator: Running) -> None:
    before = len((await simulator.get("calls"))["calls"])
    assert (await init(tmp_path, simulator, "TELEGRAM__TOKEN=@intake.txt", more=("--offline",))).code == 0
    assert len((await simulator.get("calls"))["calls"]) == before


async def test_a_number_is_asked_and_the_operator_told_what_only_they_can_do(
    tmp_path: Path, simulator: Running
) -> None:
    done = await init(tmp_path, simulator, "WHATSAPP__TOKEN=wa-token", *WHATSAPP)
    assert done.code == 0, done
    assert "GREEN  WhatsApp: the number answers" in done.said
    assert "ASK    WhatsApp:" in done.said


async def test_with_two_users_neither_file_has_the_others_token(tmp_path: Path, simulator: Running) -> None:
    orders = (
        "TELEGRAM__TOKEN=@intake.txt",
        f"DESK__TOKEN={DESK}",
        "DESK__GROUP=-1001000000001",
        "LANGUAGE=en",
        "DESK__DELAY=0-0",
    )
    done = await init(tmp_path, simulator, *orders, more=("--split",))
    assert done.code == 0, done
    intake, desk = settings(tmp_path / "intake.env"), settings(tmp_path / "desk.env")
    assert intake["SAKSI_TELEGRAM__TOKEN"] == INTAKE
    assert desk["SAKSI_DESK__TOKEN"] == DESK
    assert DESK not in str(intake)
    assert INTAKE not in str(desk)
    assert intake["SAKSI_LANGUAGE"] == desk["SAKSI_LANGUAGE"] == "en"
    # The intake draws how long a card waits.
    assert intake["SAKSI_DESK__DELAY"] == desk["SAKSI_DESK__DELAY"] == "0-0"
    assert "Fill in" not in done.said


async def test_a_slip_is_told_in_one_line_and_nothing_is_written(tmp_path: Path) -> None:
    await saksi(tmp_path, "init", "--offline")
    before = (tmp_path / ".env").read_bytes()
    orders = "TELEGRM__TOKEN=1", "nothing", "LANGUAGE=jv", "PIN=@no"
    ended = [await saksi(tmp_path, "init", "--set", order) for order in orders]
    assert refused(ended[0], "SAKSI_TELEGRM__TOKEN is no setting")
    assert refused(ended[1], "--set wants")
    assert refused(ended[2], "SAKSI_LANGUAGE")
    assert refused(ended[3], "there is no text in no")
    assert (tmp_path / ".env").read_bytes() == before
    assert trials(tmp_path) == []


def test_a_value_takes_the_place_of_its_line_or_of_the_one_that_shows_it() -> None:
    text = "# SAKSI_DESK__TOKEN=   from @BotFather\nSAKSI_STATE=state\n# a word\n"
    after = amended(text, {"SAKSI_DESK__TOKEN": r"1:\g<0>", "SAKSI_STATE": "other", "SAKSI_LANGUAGE": "en"})
    assert after == "SAKSI_DESK__TOKEN=1:\\g<0>\nSAKSI_STATE=other\n# a word\nSAKSI_LANGUAGE=en\n"


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(INTAKE)
    (tmp_path / "token").chmod(0o644)
    with pytest.raises(Unsafe):
        given([f"TELEGRAM__TOKEN=@{tmp_path / 'token'}"])
    with pytest.raises(SettingsError, match="one line"):
        given(["PIN=a\nb"])


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ.keys() - environ({}).keys():
        monkeypatch.delenv(name)


def test_a_file_keeps_its_owner_and_mode(tmp_path: Path) -> None:
    env = tmp_path / "desk.env"
    env.write_text("SAKSI_STATE=state\n")
    env.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(env, 12345, 12346)
    before = env.stat()
    keep(env, "SAKSI_STATE=other\n")
    after = env.stat()
    assert env.read_text() == "SAKSI_STATE=other\n"
    assert (after.st_uid, after.st_gid, after.st_mode) == (before.st_uid, before.st_gid, before.st_mode)
