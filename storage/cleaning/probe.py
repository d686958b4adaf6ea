"""Try, behind the lock, what a stranger's code would try: the self-test of the sandbox."""

import ctypes
import errno
import os
import socket
import sys
from collections.abc import Callable
from typing import Final

from storage.cleaning.wire import Attempt

_PTRACE_SEIZE: Final = 0x4206

# What the kernel says when it forbids. "Connection refused" is none of these: that network was reached.
_REFUSALS: Final = frozenset({errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENETUNREACH, errno.EMFILE, errno.EFBIG})


def probe() -> frozenset[Attempt]:
    """Try every Attempt and say which were refused; closes stdin first, as an attacker would."""
    os.close(sys.stdin.fileno())
    return frozenset(attempt for attempt, attack in _ATTACKS if _refused(attack))


def _refused(attack: Callable[[], object]) -> bool:
    try:
        attack()
    except OSError as error:
        return error.errno in _REFUSALS
    return False


def _read() -> None:
    os.close(os.open(sys.executable, os.O_RDONLY))


def _write() -> None:
    descriptor = os.open(".", os.O_TMPFILE | os.O_WRONLY)  # nameless: nothing is left where it succeeds
    os.write(descriptor, b"x")


def _connect() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as outside:
        outside.connect(("127.0.0.1", 9))


def _send_datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
        outside.sendto(b"x", ("127.0.0.1", 9))


def _signal_parent() -> None:
    os.kill(os.getppid(), 0)


def _trace_parent() -> None:
    """Seize and not attach: that does not stop the parent, and ends with this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (ctypes.c_long(argument) for argument in (os.getppid(), 0, 0))
    if libc.ptrace(ctypes.c_long(_PTRACE_SEIZE), *arguments):
        raise OSError(ctypes.get_errno(), "ptrace")


def _exec() -> None:
    """Become another program; where that succeeds no report is left, and none is the worst report."""
    os.execv(sys.executable, [sys.executable, "-c", ""])  # noqa: S606 - the attempt is the point


_ATTACKS: Final[tuple[tuple[Attempt, Callable[[], object]], ...]] = (
    (Attempt.READ, _read),
    (Attempt.WRITE, _write),
    (Attempt.TCP, _connect),
    (Attempt.UDP, _send_datagram),
    (Attempt.SIGNAL, _signal_parent),
    (Attempt.TRACE, _trace_parent),
    (Attempt.EXEC, _exec),
)
