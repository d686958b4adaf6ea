"""Keeps a process's memory, where drafts and keys lie open, from other processes of its user and from the disk."""

import ctypes
import resource
import sys

_PR_SET_DUMPABLE = 4


def keep_memory_private() -> None:
    """Leave no core dump and be traced by nobody but root; call it first, children start afresh.

    From then on /proc/self/environ, mem and maps belong to root. Raises OSError where the kernel refuses.
    """
    # The hard limit too: the soft one alone could be raised again.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # The call takes unsigned longs, and a variadic function would be handed ints.
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(ctypes.c_int(_PR_SET_DUMPABLE), *(ctypes.c_ulong(0) for _ in range(4))) != 0:
            raise OSError(ctypes.get_errno(), "the kernel does not let this process keep its memory to itself")
