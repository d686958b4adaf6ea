"""What to do while nothing can be written: say why once, wait, and go on by itself.

A full or read-only disk and a database that is gone cost nobody a word: what came in is not acknowledged before it is
kept, so the platforms have it still, and what is owed is owed until that can be written down.
"""

import asyncio
import errno
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.exc import OperationalError

from bot.logs import log
from storage.database import is_down, is_gone

T = TypeVar("T")
# Seconds between two tries, and between two lines about one outage.
AGAIN, QUIET = 5.0, 600.0
FULL = "the disk is full: make room, all goes on by itself then"
READ_ONLY = "the disk cannot be written to: look why (dmesg) and mount it anew, all goes on by itself then"
GONE = "the database does not answer: start it, or correct SAKSI_DATABASE; all goes on by itself then"
LOCKED = "another program holds the database: close it, all goes on by itself then"
ELSE = "the database takes nothing: look at its log, all goes on by itself then"
# What the operating system, SQLite (https://sqlite.org/rescode.html) and PostgreSQL (Appendix A) call it.
OF_SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EIO: READ_ONLY}
OF_SQLITE = {5: LOCKED, 6: LOCKED, 8: READ_ONLY, 10: READ_ONLY, 13: FULL, 14: "the database cannot be opened: " + FULL}
OF_POSTGRES = {"53100": FULL}


def why(error: BaseException) -> str | None:
    """Say in one line what keeps us from writing, and what to do; none where it is anything else."""
    if isinstance(error, OSError):
        return OF_SYSTEM.get(error.errno or 0)
    if not isinstance(error, OperationalError) or not is_down(error):
        return None
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return OF_SQLITE.get(number & 0xFF, ELSE)
    return GONE if is_gone(error) else OF_POSTGRES.get(str(getattr(error.orig, "sqlstate", "")), ELSE)


def reason(error: BaseException) -> str | None:
    """Say why, of all that failed at once; none where any of it failed for another reason."""
    reasons = [why(one) for one in leaves(error)]
    return reasons[0] if all(reasons) else None


def leaves(error: BaseException) -> Iterator[BaseException]:
    """Name what failed, out of all groups."""
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from leaves(one)
    else:
        yield error


@dataclass(slots=True)
class Outage:
    """What was last told of an outage."""

    told: float = float("-inf")

    def tell(self, known: str) -> None:
        """Say it, unless it was said a little while ago."""
        if time.monotonic() >= self.told + QUIET:
            self.told = time.monotonic()
            log.error("not-kept", why=known)


outage = Outage()


async def outlast(work: Callable[[], Awaitable[T]]) -> T:
    """Do it again until it can be written down; what fails for another reason is raised."""
    while True:
        try:
            return await work()
        except (OSError, OperationalError, ExceptionGroup) as error:
            if (known := reason(error)) is None:
                raise
            outage.tell(known)
        await asyncio.sleep(AGAIN)
