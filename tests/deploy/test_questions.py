"""`saksi init` at a terminal: it asks for what is missing, and for nothing that stands."""

import asyncio
import stat
from pathlib import Path

import pytest

from tests.deploy.terminal import Terminal
from tests.deploy.test_init import DESK, INTAKE, settings
from tests.simulator.running import Running

pytestmark = pytest.mark.timeout(300)
SECRET = "lima kata yang sangat panjang"
BASES = ("TELEGRAM", "DESK", "WHATSAPP")


def init(folder: Path, simulator: Running, *more: str) -> Terminal:
    """Begin, with the make-believe platforms in the place of the real ones."""
    bases = [part for name in BASES for part in ("--set", f"{name}__API_BASE={simulator.url}")]
    return Terminal(folder, ["init", *more, *bases])


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(terminal: Terminal) -> None:
    terminal.answers("The office, as reporters read it", "Bawaslu Kota Kediri")
    terminal.answers("Passphrase: ", SECRET)
    terminal.answers("Once more: ", SECRET)


def all_of_it(folder: Path, simulator: Running) -> None:
    with init(folder, simulator) as terminal:
        made(terminal)
        terminal.answers("its token: ", INTAKE)
        terminal.answers("(Enter: it is polled): ", "")
        terminal.answers("its token: ", DESK)
        terminal.answers("a negative number: ", "-1001000000001")
        terminal.answers("system user's token: ", "wa-token")
        terminal.answers("(not the number): ", "100000000000001")
        terminal.answers("the app secret: ", "fake-app-secret")
        assert terminal.ends() == 0, terminal.shown
        for hidden in (SECRET, INTAKE, DESK, "wa-token", "fake-app-secret"):
            assert hidden not in terminal.shown
        assert "@saksi_demo_bot has its words and commands, and hears by polling" in terminal.shown
        assert "Fill in" not in terminal.shown
    held = settings(folder / ".env")
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
    assert (held["SAKSI_TELEGRAM__TOKEN"], held["SAKSI_DESK__TOKEN"]) == (INTAKE, DESK)
    assert (held["SAKSI_DESK__GROUP"], held["SAKSI_WHATSAPP__TOKEN"]) == ("-1001000000001", "wa-token")
    assert len(held["SAKSI_WHATSAPP__VERIFY_TOKEN"]) == 32
    assert "Bawaslu Kota Kediri" in (folder / "state/keys/roster.json").read_text()


async def test_it_asks_for_everything_and_a_second_time_for_nothing(tmp_path: Path, simulator: Running) -> None:
    await asyncio.to_thread(all_of_it, tmp_path, simulator)
    files = everything(tmp_path)

    def again() -> None:
        with init(tmp_path, simulator) as terminal:
            assert terminal.ends() == 0, terminal.shown
            assert "Passphrase" not in terminal.shown
            assert "leaves it for later" not in terminal.shown
            assert terminal.shown.count("left as") == 2

    await asyncio.to_thread(again)
    assert everything(tmp_path) == files


async def test_a_wrong_token_is_asked_again_and_what_is_left_out_can_come_later(
    tmp_path: Path, simulator: Running
) -> None:
    def first() -> None:
        with init(tmp_path, simulator) as terminal:
            made(terminal)
            terminal.answers("its token: ", "bukan token")
            terminal.answers("(Enter: it is polled): ", "")
            terminal.sees("they look like 123456:AbCd-EfGh")
            terminal.answers("its token: ", "300:another")
            terminal.answers("(Enter: it is polled): ", "")
            terminal.sees("refuses us (code 401) -> have a new one made")
            terminal.answers("its token: ", INTAKE)
            terminal.answers("(Enter: it is polled): ", "saksi.example.org")
            terminal.answers("its token: ", "")
            terminal.answers("system user's token: ", "")
            assert terminal.ends() == 0, terminal.shown
            assert "Fill in SAKSI_DESK__TOKEN, SAKSI_DESK__GROUP" in terminal.shown
            assert "bukan token" not in terminal.shown

    await asyncio.to_thread(first)
    held = settings(tmp_path / ".env")
    assert held["SAKSI_TELEGRAM__WEBHOOK_URL"] == "https://saksi.example.org/telegram"
    assert "SAKSI_DESK__TOKEN" not in held

    def later() -> None:
        with init(tmp_path, simulator) as terminal:
            terminal.answers("its token: ", DESK)
            terminal.answers("a negative number: ", "-1001000000001")
            terminal.answers("system user's token: ", "")
            assert terminal.ends() == 0, terminal.shown

    await asyncio.to_thread(later)
    assert settings(tmp_path / ".env") == {**held, "SAKSI_DESK__TOKEN": DESK, "SAKSI_DESK__GROUP": "-1001000000001"}


async def test_whoever_breaks_off_loses_nothing_and_is_told_how_to_go_on(tmp_path: Path, simulator: Running) -> None:
    def broken_off(key: bytes) -> None:
        with init(tmp_path, simulator, "--split") as terminal:
            if not (tmp_path / "state").exists():
                made(terminal)
                terminal.answers("its token: ", INTAKE)
                terminal.answers("(Enter: it is polled): ", "")
            terminal.presses("its token: ", key)
            assert terminal.ends() == 2
            assert "saksi: broken off; what was made so far stands" in terminal.shown
            assert "Traceback" not in terminal.shown

    for key in (b"\x03", b"\x04"):
        await asyncio.to_thread(broken_off, key)
        assert settings(tmp_path / "intake.env")["SAKSI_TELEGRAM__TOKEN"] == INTAKE
        assert INTAKE not in (tmp_path / "desk.env").read_text()
