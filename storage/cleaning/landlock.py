"""Landlock with an empty allow-list: no file, no TCP port, no signal and no abstract socket outside.

Source: landlock(7) and linux/landlock.h, ABI 1 (Linux 5.13) to 7 (Linux 6.15); checked 2026-11-20.
"""

import ctypes
import os
from typing import Final

_CREATE_RULESET: Final = 444  # one number on every architecture since Linux 5.13
_RESTRICT_SELF: Final = 446
_CREATE_RULESET_VERSION: Final = 1

_FILES_ABI_1: Final = (1 << 13) - 1
_REFER: Final = 1 << 13
_TRUNCATE: Final = 1 << 14
_IOCTL_DEV: Final = 1 << 15
_BIND_TCP_CONNECT_TCP: Final = 0b11
_ABSTRACT_SOCKETS_SIGNALS: Final = 0b11

# (since which ABI, rights over files, rights over the network, what is scoped)
_RIGHTS: Final = (
    (1, _FILES_ABI_1, 0, 0),
    (2, _REFER, 0, 0),
    (3, _TRUNCATE, 0, 0),
    (4, 0, _BIND_TCP_CONNECT_TCP, 0),
    (5, _IOCTL_DEV, 0, 0),
    (6, 0, 0, _ABSTRACT_SOCKETS_SIGNALS),
)


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


def abi() -> int:
    """Say which version of Landlock the kernel speaks; 0 for none."""
    version = _syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_CREATE_RULESET_VERSION))
    return max(version, 0)


def shut() -> bool:
    """Take every right Landlock knows from this thread, for good, and say whether that worked.

    Needs "no new privileges" before it.
    """
    version = abi()
    if not version:
        return False
    known = [rights for rights in _RIGHTS if rights[0] <= version]
    ruleset = _Ruleset(*(sum(column) for column in zip(*(rights[1:] for rights in known), strict=True)))
    # An older kernel refuses a longer struct with E2BIG only if the rest is not zero, and here it is.
    descriptor = _syscall(
        _CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(ctypes.sizeof(ruleset)), ctypes.c_uint32(0)
    )
    if descriptor < 0:
        return False
    restricted = _syscall(_RESTRICT_SELF, ctypes.c_int(descriptor), ctypes.c_uint32(0))
    os.close(descriptor)
    return restricted == 0


def _syscall(number: int, *arguments: object) -> int:
    call = ctypes.CDLL(None).syscall
    call.restype = ctypes.c_long
    return int(call(ctypes.c_long(number), *arguments))
