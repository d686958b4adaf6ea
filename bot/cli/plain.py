"""How every command tells what it did, and what an operator did wrong: in plain lines."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.children import HOPELESS
from bot.settings import SettingsError

# What a process ends with that may be started again: what stopped it passes.
AGAIN = 1
# "-" is standard input, not the beginning of an option.
PassphraseFile = Annotated[Path | None, Parameter(allow_leading_hyphen=True)]


class Stop(SystemExit):
    """Say why, and end with a code that tells a supervisor not to try again."""

    def __init__(self, why: object, code: int = HOPELESS) -> None:
        print(f"saksi: {why}", file=sys.stderr)
        super().__init__(code)


@contextmanager
def plainly() -> Iterator[None]:
    """Tell an operator's mistake, and what keeps us from writing, in one line and not as a traceback."""
    from sqlalchemy.exc import OperationalError

    from bot.outage import leaves, reason
    from storage.errors import StorageError

    wrong: list[BaseException] = []
    down: list[str] = []
    try:
        yield
    except* (SettingsError, StorageError) as errors:
        wrong += leaves(errors)
    except* (OSError, OperationalError) as errors:
        if (known := reason(errors)) is None:
            raise
        down.append(known)
    if wrong:
        raise Stop(wrong[0])
    if down:
        raise Stop(down[0], AGAIN)


def show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
