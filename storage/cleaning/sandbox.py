"""The lock: once it is shut, a process can compute, and answer on the pipes it has, and nothing else."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from storage.cleaning import landlock
from storage.cleaning.wire import Layer

MEMORY_BYTES: Final = 1 << 30
CPU_SECONDS: Final = 15

_PROCESSES: Final = 8
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38
_CLONE_NEWIPC: Final = 0x08000000
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_CAPABILITY_VERSION_3: Final = 0x20080522


def lock_down() -> frozenset[Layer]:
    """Give up everything that can be given up here, for good, and say what that was.

    Every step but the limits binds one thread only, so nothing is claimed once a codec has started another.
    """
    if sys.platform != "linux" or len(list(Path("/proc/self/task").iterdir())) != 1:
        return frozenset()
    return frozenset(layer for layer, lock in _LOCKS if lock())


def _renounce_privileges() -> bool:
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def _leave_network() -> bool:
    """Move to a network without interfaces; root may do so even where user namespaces are switched off."""
    apart = _CLONE_NEWNET | _CLONE_NEWIPC
    libc = ctypes.CDLL(None)
    if libc.unshare(_CLONE_NEWUSER | apart) != 0:
        return bool(libc.unshare(apart) == 0)
    # A new user namespace counts from one. Elsewhere the count is that of all the user's threads, and would
    # forbid the two that libheif and libde265 insist on for a tiled HEIC (measured with 1.23.6 and 1.1.3).
    resource.setrlimit(resource.RLIMIT_NPROC, (_PROCESSES, _PROCESSES))
    return True


def _leave_root() -> bool:
    """Make a folder without files the root: neither Landlock nor a network namespace hides Unix sockets."""
    try:
        os.chroot("/proc/self/fdinfo")
        os.chdir("/")
    except OSError:  # not allowed, or no /proc
        return False
    return True


def _drop_capabilities() -> bool:
    """Drop what root has, and what a new user namespace hands out to anybody."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    return bool(ctypes.CDLL(None).capset(header, none) == 0)


def _hide() -> bool:
    """Leave no core dump, be traced by nobody, die with the parent; after the above, which undo it."""
    return _prctl(_PR_SET_DUMPABLE, 0) and _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit() -> bool:
    """Bound what a bomb can take; no file descriptor beyond the three in use is left."""
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 3,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    # A second of grace: at the soft limit the signal says which one it was, at the hard one nothing does.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    return True


def _prctl(option: int, value: int) -> bool:
    # The call takes unsigned longs, and a variadic function would be handed ints.
    arguments = (ctypes.c_ulong(argument) for argument in (value, 0, 0, 0))
    return bool(ctypes.CDLL(None).prctl(ctypes.c_int(option), *arguments) == 0)


_LOCKS: Final[tuple[tuple[Layer, Callable[[], bool]], ...]] = (
    (Layer.PRIVILEGES, _renounce_privileges),
    (Layer.NETWORK, _leave_network),
    (Layer.ROOT, _leave_root),
    (Layer.CAPABILITIES, _drop_capabilities),
    (Layer.LANDLOCK, landlock.shut),
    (Layer.HIDDEN, _hide),
    (Layer.LIMITS, _limit),
)
