"""Backs up and brings back, and erases what has had its time."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.cli.plain import PassphraseFile, plainly, show
from bot.settings import load


def backup(file: Path, *, to: Annotated[list[str] | None, Parameter(negative=())] = None) -> None:
    """Write a sealed backup: tips, evidence, the desks' notes; no reply address, no draft, no private key.

    Parameters
    ----------
    file
        A new file, such as saksi-2026-11-12.age.
    to
        An age public key that opens it, as often as you like; by default every institution's recovery key.
    """
    from bot import backups

    with plainly():
        show(backups.make(load(), file, to or ()))


def restore(
    file: Path,
    *,
    identity: Annotated[list[Path], Parameter(negative=())],
    check: bool = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Bring a backup back into an empty database; docs/recovery.md has it step by step.

    Parameters
    ----------
    file
        The backup.
    identity
        A file with a private key that opens it, such as recovery-bawaslu.key; as often as you like.
    check
        Open the backup and read it to its end, and change nothing.
    passphrase_file
        A file with the passphrase of the key, or - for standard input; by default the terminal is asked.
    """
    from bot import backups

    with plainly():
        keys = backups.read_identities(identity, passphrase_file)
        show((backups.check if check else backups.bring_back)(load(), file, keys))


def sweep(*, dry_run: bool = False, verbose: bool = False) -> None:
    """Erase closed tips that have had their time, now; the intake does it every hour.

    Parameters
    ----------
    dry_run
        Say what would be erased, and erase nothing.
    verbose
        Name each tip and file by its random id.
    """
    from bot import backups

    with plainly():
        show(backups.sweep(load(), dry_run=dry_run, verbose=verbose))
