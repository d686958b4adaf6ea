"""What an operator types and reads."""

import os
import re
import runpy
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.ground import now
from bot.zones import WESTERN
from storage.erasure import ErasedList
from storage.passphrase import Work, lock
from tests.retention.institution import Institution

LITTLE_WORK = Work(passes=1, memory=8 << 10)

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def saksi(office: Institution, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command with this institution's settings."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("SAKSI_")}
    command = [sys.executable, "-m", "bot", *map(str, arguments)]
    environment = {**others, "SAKSI_STATE": str(office.folder), "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(  # noqa: S603  # our own code
        command, capture_output=True, text=True, check=False, cwd=office.folder, env=environment, timeout=60
    )


def test_a_backup_is_made_looked_into_and_brought_back(office: Institution, tmp_path: Path) -> None:
    office.receive("tip-1", photos=2, push=True)
    file = tmp_path / "saksi.age"
    made = saksi(office, "backup", file)
    assert re.fullmatch(rf"{file}: 1 tips and 2 files, .*\nSHA-256 [0-9a-f]{{64}}\n", made.stdout), made.stderr
    looked = saksi(office, "restore", file, "--identity", office.recovery, "--check")
    assert "whole, made on" in looked.stdout, looked.stderr
    assert "1 tips, of which the key opens 1" in looked.stdout
    new = Institution(tmp_path / "new", f"sqlite:///{tmp_path / 'new' / 'saksi.db'}")
    shutil.copytree(office.keys, new.keys)
    back = saksi(new, "restore", file, "--identity", new.recovery)
    assert "1 tips and 2 files are back" in back.stdout, back.stderr
    assert "by their ticket alone" in back.stdout
    assert (new.tips(), new.files()) == (["tip-1"], office.files())
    again = saksi(new, "restore", file, "--identity", new.recovery)
    assert (again.returncode, again.stdout) != (0, "")
    assert again.stderr.splitlines()[-1].startswith("saksi: the database is not empty")
    new.database.close()


def test_a_sweep_counts_first_and_names_random_ids_alone(office: Institution) -> None:
    long_ago = now(WESTERN).date() - timedelta(days=91)
    office.close(office.receive("tip-1", day=long_ago), long_ago)
    looked = saksi(office, "sweep", "--dry-run", "--verbose")
    assert looked.stdout.splitlines() == [
        "would be erased: 1 tips, 1 files, 0 files that belong to nothing", "tip tip-1", "file tip-1-0",
    ], looked.stderr  # fmt: skip
    assert office.tips() == ["tip-1"]
    assert saksi(office, "sweep").stdout == "erased: 1 tips, 1 files, 0 files that belong to nothing\n"
    assert (office.tips(), office.files()) == ([], [])
    assert ErasedList(office.folder / "erased").ids() == {"tip-1"}


@pytest.mark.parametrize("odd", ["backup nowhere/x.age", "restore gone.age --identity gone.key"])
def test_an_operators_mistakes_are_told_in_one_line(office: Institution, odd: str) -> None:
    told = saksi(office, *odd.split())
    assert told.returncode != 0
    assert re.fullmatch(r"saksi: [^\n]+\n", told.stderr), told.stderr


def test_the_few_lines_of_the_handbook_unlock_a_recovery_key_without_us(
    office: Institution, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "recovery.md").read_text()
    [lines] = re.findall(r"```python\n(.+?)```", handbook, re.DOTALL)
    (tmp_path / "unlock.py").write_text(lines)
    (tmp_path / "locked.key").write_bytes(lock(office.recovery.read_bytes(), "kata sandi", LITTLE_WORK))
    monkeypatch.setattr("getpass.getpass", lambda: "kata sandi")
    monkeypatch.setattr(sys, "argv", ["unlock.py", str(tmp_path / "locked.key")])
    runpy.run_path(str(tmp_path / "unlock.py"))
    assert capsys.readouterr().out == office.recovery.read_text()
