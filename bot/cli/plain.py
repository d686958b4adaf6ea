"""How every command tells what it did, and what an operator did wrong: in plain lines."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.children import HOPELESS
from bot.settings import SettingsError

# "-" is standard input, not the beginning of an option.
PassphraseFile = Annotated[Path | None, Parameter(allow_leading_hyphen=True)]


class Stop(SystemExit):
    """Say why, and end with a code that tells a supervisor not to try again."""

    def __init__(self, why: object) -> None:
        print(f"saksi: {why}", file=sys.stderr)
        super().__init__(HOPELESS)


@contextmanager
def plainly() -> Iterator[None]:
    """Tell an operator's mistake in one line, not as a traceback."""
    from storage.errors import StorageError

    wrong: list[BaseException] = []
    try:
        yield
    except* (SettingsError, StorageError) as errors:
        wrong += _leaves(errors)
    if wrong:
        raise Stop(wrong[0])


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for one in error.exceptions for leaf in _leaves(one)]
    return [error]


def show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
