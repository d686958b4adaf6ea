"""Posters."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from bot.cli.plain import Stop


def poster(  # noqa: PLR0913  # an order has these parts
    *,
    place: str,
    telegram: str | None = None,
    whatsapp: str | None = None,
    format: Annotated[Literal["pdf", "png"], Parameter(name="--format")] = "pdf",  # noqa: A002  # the option's name
    size: Literal["a3", "a4", "a5"] = "a4",
    language: Literal["id", "en"] = "id",
    office: str = "",
    output: Path = Path(),
) -> None:
    """Draw a poster with the QR codes that open the conversation. Needs no configured deployment.

    Parameters
    ----------
    place
        A kabupaten or kota, by code (62.71) or name; never finer, for a code for one office or village could
        unmask a reporter.
    telegram
        The bot's name, such as saksi_kediri_bot.
    whatsapp
        The number, such as +62 8xx-0000-0000.
    format
        pdf to print, png to send around.
    size
        The paper.
    language
        The poster's words.
    office
        Who reads the tips, to be printed.
    output
        A folder.
    """
    from bot.first import write_poster
    from bot.posters import PosterError

    try:
        path = write_poster(place, telegram, whatsapp, format, size, language, office, output)
    except PosterError as error:
        raise Stop(error) from None
    print(path)
