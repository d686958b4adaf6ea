"""Behind the lock nothing can be reached, and where the kernel gives less, the self-test says so."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from storage.cleaning import landlock
from storage.cleaning.cleaner import Cleaner
from storage.cleaning.wire import Attempt, Layer, SandboxReport
from tests.cleaning.files import noise, saved
from tests.cleaning.lesser_kernel import CALLS

ROOT = Path(__file__).parents[2]
SINCE_ABI = {
    Attempt.READ: 1,
    Attempt.WRITE: 1,
    Attempt.EXEC: 1,
    Attempt.TRACE: 1,
    Attempt.TCP: 4,
    Attempt.SIGNAL: 6,
}

known_machine = pytest.mark.skipif(not CALLS, reason="system call numbers of this machine are not listed")


async def test_nothing_outside_can_be_reached(cleaner: Cleaner) -> None:
    report = await cleaner.check()
    promised = {attempt for attempt, abi in SINCE_ABI.items() if abi <= landlock.abi()}
    if Layer.NETWORK in report.layers:
        promised |= {Attempt.TCP, Attempt.UDP}
    print(report)  # noqa: T201 - shown where this machine gives less than it should
    assert report.ready
    assert promised <= report.refused
    assert report.landlock_abi == landlock.abi()
    assert all(attempt in str(report).partition("still possible")[2] for attempt in report.allowed)


async def test_the_layers_that_need_no_permission_always_hold(cleaner: Cleaner) -> None:
    assert {Layer.PRIVILEGES, Layer.CAPABILITIES, Layer.HIDDEN, Layer.LIMITS} <= (await cleaner.check()).layers


def under(*missing: str) -> dict[str, Any]:
    """Clean a picture under a kernel without these calls."""
    public = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    command = [sys.executable, "-m", "tests.cleaning.lesser_kernel", public, *missing]
    answer = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, timeout=60)  # noqa: S603 - ours
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@known_machine
def test_without_any_walls_every_file_is_refused() -> None:
    found = under("landlock", "unshare")
    assert found["fate"] == "no-sandbox"
    assert not found["ready"]
    assert found["words"].startswith("NO SANDBOX")


@known_machine
@pytest.mark.parametrize(("missing", "kept"), [("landlock", Layer.NETWORK), ("unshare", Layer.LANDLOCK)])
def test_one_wall_is_enough_and_the_report_names_it(missing: str, kept: Layer) -> None:
    alone = {Layer.NETWORK, Layer.LANDLOCK} & set(under(missing)["layers"])
    if kept is Layer.LANDLOCK and not landlock.abi():
        pytest.skip("this kernel has no Landlock, so nothing is left")
    found = under(missing)
    assert alone == {kept}
    assert (found["ready"], found["fate"]) == (True, "cleaned")


def test_no_report_is_the_worst_report() -> None:
    nothing = SandboxReport()
    assert not nothing.ready
    assert nothing.allowed == set(Attempt)
    assert "NO SANDBOX" in str(nothing)


AS_NOBODY = """
import os, sys
from storage.cleaning import pictures, sandbox
from storage.cleaning.wire import GRAIN_BYTES, Layer
os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
assert Layer.LIMITS in sandbox.lock_down()
sys.stdout.buffer.write(pictures.clean(sys.stdin.buffer.read(), bytes(GRAIN_BYTES)).data)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become nobody; the other tests run as a user already")
@pytest.mark.parametrize("options", [{}, {"tile_size": 512}])
def test_heic_finds_the_threads_it_needs_when_not_root(options: dict[str, int]) -> None:
    """Limits on processes do not bind root, so only a plain user sees this fail."""
    photo = saved(noise(1200, 900), "HEIF", **options)
    answer = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", AS_NOBODY],
        input=photo,
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    assert answer.stdout.startswith(b"\xff\xd8\xff")
