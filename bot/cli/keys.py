"""Opens, closes and replaces keys."""

from cyclopts import App

from bot.cli.plain import PassphraseFile, plainly, show
from bot.settings import load

keys_app = App(name="keys", help="The keys of desks and courier: which there are, and new ones in time.")


def unlock(*, passphrase_file: PassphraseFile = None) -> None:
    """Open the keys that have a passphrase, into memory; the running processes notice.

    Parameters
    ----------
    passphrase_file
        A file with the passphrase, or - for standard input; by default the terminal is asked.
    """
    from bot import locksmith

    with plainly():
        show(locksmith.unlock(load(), passphrase_file))


def lock() -> None:
    """Take the opened keys out of memory again; the running processes forget them."""
    from bot import locksmith

    with plainly():
        show(locksmith.lock(load()))


@keys_app.command(name="list")
def keys_list() -> None:
    """Show the keys: since when, whether they are here, until when, and the words of each desk's."""
    from bot import locksmith

    with plainly():
        show(locksmith.listing(load()))


@keys_app.command(name="rotate")
def keys_rotate(*, desk: str | None = None, courier: bool = False, passphrase_file: PassphraseFile = None) -> None:
    """Replace keys: the named ones now, or else those that are due (a desk's each month, the courier's each week).

    Parameters
    ----------
    desk
        The desk whose key to replace.
    courier
        Replace the courier's key.
    passphrase_file
        A file with the passphrase, or - for standard input; by default the terminal is asked.
    """
    from bot import locksmith

    with plainly():
        show(locksmith.rotate(load(), desk, passphrase_file, courier=courier))


@keys_app.command(name="fingerprint")
def keys_fingerprint(*, desk: str | None = None) -> None:
    """Say the words of each desk's key, for officers to compare with those in their group.

    Parameters
    ----------
    desk
        Say those of this desk alone.
    """
    from bot import locksmith

    with plainly():
        show(locksmith.words(load(), desk))
