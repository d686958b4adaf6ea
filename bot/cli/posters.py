"""Posters."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from bot.cli.plain import Stop, show


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Order:
    """What a poster is ordered with.

    Parameters
    ----------
    place
        A kabupaten or kota, by code (62.71) or name; never finer, for a code for one office or village could
        unmask a reporter.
    name
        What the poster calls the place; by default its name in Kemendagri's list.
    telegram
        The bot's name, such as saksi_kediri_bot.
    whatsapp
        The number, such as +62 8xx-0000-0000.
    format
        pdf to print, png to send around.
    size
        The paper; story is upright for a phone (1080 by 1920), stickers are eight on A4.
    language
        The poster's words.
    look
        The colours; the codes are dark on white in both.
    office
        Who reads the tips, to be printed.
    logo
        That office's logo: a PNG, JPEG or WebP.
    greeting
        A line in the tongue of the place, such as "Horas!".
    """

    place: str = ""
    name: str = ""
    telegram: str | None = None
    whatsapp: str | None = None
    format: Literal["pdf", "png"] = "pdf"
    size: Literal["a3", "a4", "a5", "story", "stickers"] = "a4"
    language: Literal["id", "en"] = "id"
    look: Literal["light", "dark"] = "light"
    office: str = ""
    logo: Annotated[Path | None, Parameter(negative=())] = None
    greeting: str = ""

    def fields(self) -> dict[str, str | None]:
        """Give it as a row of a batch would."""
        return {**vars(self), "logo": str(self.logo or "")}


NOTHING = Order()


def poster(*, order: Order = NOTHING, batch: Path | None = None, output: Path = Path()) -> None:
    """Draw a poster with the QR codes that open the conversation. Needs no configured deployment.

    Parameters
    ----------
    order
        What is ordered.
    batch
        Many at once: a CSV with a column place, and any other of these options as columns; what a row leaves empty
        is as given here.
    output
        A folder.
    """
    from bot.posters import PosterError, press

    given = order.fields()
    try:
        posters = press.read_batch(batch, given) if batch else [press.ordered(given)]
        paths = press.write(posters, output, press.bar(sys.stderr))
    except PosterError as error:
        raise Stop(error) from None
    show(map(str, paths if len(paths) == 1 else [f"{len(paths)} posters in {output}"]))
