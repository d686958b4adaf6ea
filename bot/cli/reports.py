"""The transparency page."""

from pathlib import Path

from bot.cli.plain import plainly, show
from bot.settings import load


def report(folder: Path) -> None:
    """Write a page for the public: how many reports a desk had and what became of them, in tables without a person.

    It covers whole months, up to the last one, in Indonesian and English, with the numbers as CSV and JSON. Run it as
    the desk's user: it reads the desk's notes and opens no tip. Fewer than five are never told, nor by subtraction.

    Parameters
    ----------
    folder
        Where a web server finds the files; it is made where it is not there.
    """
    from bot.edition import writing

    with plainly():
        show(writing.write(load(), folder))
