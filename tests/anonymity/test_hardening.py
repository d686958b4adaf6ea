"""Nobody of the same user looks into a process that holds keys and drafts, and no crash writes them to a disk."""

import subprocess
import sys

import pytest

# A child of the process, of the same user, tries to read its memory's environment: once before and once after.
PROBE = """
import ctypes, os, resource
from bot.hardening import keep_memory_private

def is_open():
    watched, looker = os.getpid(), os.fork()
    if not looker:
        try:
            open(f"/proc/{watched}/environ", "rb").close()
        except PermissionError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(looker, 0)[1]) == 0

if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
    # Changing the user has hidden it already, as no ordinary start does.
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
before = is_open()
keep_memory_private()
print(before, is_open(), resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can hide a process from others of its user")
def test_another_process_of_the_same_user_cannot_look_inside_and_no_core_is_dumped() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=False)  # noqa: S603  # ours
    assert (done.stdout.strip(), done.returncode) == ("True False (0, 0)", 0), done.stderr
