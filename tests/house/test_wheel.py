"""The wheel holds everything: unpacked elsewhere it runs the demo, page, words, tables, migrations and all."""

import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from bot import demo
from tests.town import environ

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "storage", "locales", "simulator")
BUILD = "import sys, uv_build; print(uv_build.build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip would put it down, without what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-c", BUILD, str(folder)]
    # The backend looks for its own program on the PATH.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env={**os.environ, "PATH": path})  # noqa: S603  # our own code
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def committed() -> set[str]:
    listed = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607  # git of the PATH
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of what is committed")
    return set(listed.stdout.split())


def test_the_wheel_holds_every_committed_file_of_its_packages(unpacked: Path) -> None:
    assert {name for name in committed() if not (unpacked / name).is_file()} == set()


def test_the_wheel_holds_its_packages_and_no_other(unpacked: Path) -> None:
    names = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    assert names == set(PACKAGES)
    [about] = unpacked.glob("*.dist-info")
    assert "saksi = bot.cli:main" in (about / "entry_points.txt").read_text()
    assert (about / "licenses" / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()


def test_the_demo_runs_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    arguments = ["-m", "bot", "demo", "--port", str(demo.free_port()), "--no-browser"]
    given = environ({"PYTHONPATH": str(unpacked), "PYTHONUNBUFFERED": "1", "TMPDIR": str(tmp_path)})
    with subprocess.Popen(  # noqa: S603  # our own code
        [sys.executable, *arguments], cwd=tmp_path, env=given, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        try:
            shown = next(found for line in process.stdout if (found := re.search(r"Saksi: (\S+)", line)))
            assert "Saksi" in httpx.get(shown[1]).text
            started = httpx.get(f"{shown[1]}/sim/state").json()
            assert started["telegram"]["chats"] is not None
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(20)
