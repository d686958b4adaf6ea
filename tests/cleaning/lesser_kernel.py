"""Clean under a kernel that lacks system calls: `python -m tests.cleaning.lesser_kernel PUBLIC_KEY CALL...`.

Prints one line of JSON: what the self-test found, and what became of a picture. A seccomp filter (seccomp(2))
answers the named calls with "not permitted", as a container does.
"""

import asyncio
import ctypes
import json
import platform
import struct
import sys
from typing import Final

from handlers.messages import Kind
from storage.cleaning.cleaner import Cleaner
from storage.errors import Unclean
from tests.cleaning.files import noise, saved

CALLS: Final = {
    "x86_64": {"landlock": 444, "unshare": 272},
    "aarch64": {"landlock": 444, "unshare": 97},
}.get(platform.machine(), {})

_LOAD_NUMBER = struct.pack("HBBI", 0x20, 0, 0, 0)
_ALLOW = struct.pack("HBBI", 0x06, 0, 0, 0x7FFF0000)
_NOT_PERMITTED = struct.pack("HBBI", 0x06, 0, 0, 0x00050001)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def take_away(calls: list[str]) -> None:
    steps = [_LOAD_NUMBER]
    for call in calls:
        steps += [struct.pack("HBBI", 0x15, 0, 1, CALLS[call]), _NOT_PERMITTED]
    steps.append(_ALLOW)
    libc = ctypes.CDLL(None)
    program = _Program(len(steps), b"".join(steps))
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    assert libc.prctl(22, 2, ctypes.byref(program)) == 0


async def main() -> None:
    cleaner = Cleaner()
    report = await cleaner.check()
    try:
        await cleaner.clean(Kind.IMAGE, saved(noise(), "JPEG"), sys.argv[1])
    except Unclean as refusal:
        fate = str(refusal)
    else:
        fate = "cleaned"
    found = {"ready": report.ready, "layers": sorted(report.layers), "words": str(report), "fate": fate}
    print(json.dumps(found))  # noqa: T201 - the answer to the test that started this


if __name__ == "__main__":
    take_away(sys.argv[2:])
    asyncio.run(main())
