"""Who works at a desk."""

from typing import Literal

from cyclopts import App

from bot.cli.plain import PassphraseFile, plainly
from bot.settings import load

officer_app = App(name="officer", help="Who works at a desk.")


@officer_app.command(name="add")
def officer_add(
    alias: str,
    telegram: int,
    *,
    role: Literal["officer", "supervisor", "auditor"] = "officer",
    whatsapp: str | None = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Put somebody on the desk's signed roster.

    Parameters
    ----------
    alias
        What colleagues see, such as "Rina".
    telegram
        Their Telegram user id, a number.
    role
        What they may do; an auditor opens nothing.
    whatsapp
        Their number on WhatsApp with the country's code, such as +62...: it is told how many reports came in. It is
        sealed to the desk; nobody else who has the roster can read it.
    passphrase_file
        A file with the passphrase of the keys, or - for standard input; by default the terminal is asked.
    """
    from bot.first import add_officer

    with plainly():
        add_officer(load(), alias, telegram, role, passphrase_file, whatsapp)


@officer_app.command(name="remove")
def officer_remove(alias: str, *, passphrase_file: PassphraseFile = None) -> None:
    """Take somebody off the desk's signed roster; the running desk notices.

    Parameters
    ----------
    alias
        What colleagues see, such as "Rina".
    passphrase_file
        A file with the passphrase of the keys, or - for standard input; by default the terminal is asked.
    """
    from bot.first import remove_officer

    with plainly():
        remove_officer(load(), alias, passphrase_file)


@officer_app.command(name="list")
def officer_list() -> None:
    """Show who is on the desk's roster."""
    from bot.app.ground import read_roster

    with plainly():
        for one in read_roster(load()).officers:
            phone = "WhatsApp" if one.whatsapp else "-"
            print(f"{one.desk}\t{one.alias}\t{one.role}\t{one.telegram}\t{phone}")
