"""Asks for a passphrase: at the terminal, or from a file or standard input for scripts."""

import sys
from getpass import getpass
from pathlib import Path

from bot.settings import SettingsError
from storage.private import read_private

STDIN = Path("-")


def ask(file: Path | None, *, new: bool = False) -> str:
    """Ask for a passphrase, twice for a new one; `file` holds it on its first line, `-` is standard input.

    Raises SettingsError where there is none, and Unsafe where others can read the file.
    """
    given = _typed(new=new) if file is None else _read(file)
    if not given:
        raise SettingsError("the passphrase is empty")
    return given


def can_ask() -> bool:
    return sys.stdin.isatty()


def _typed(*, new: bool) -> str:
    if not can_ask():
        raise SettingsError("no terminal to ask for the passphrase: give --passphrase-file FILE, or - for stdin")
    given = getpass("Passphrase: ")
    if new and getpass("Once more: ") != given:
        raise SettingsError("these were two different passphrases; nothing was made")
    return given


def _read(file: Path) -> str:
    try:
        held = sys.stdin.readline() if file == STDIN else read_private(file).decode()
    except FileNotFoundError:
        raise SettingsError(f"there is no {file} to read the passphrase from") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file} is no text") from None
    return held.partition("\n")[0].removesuffix("\r")
