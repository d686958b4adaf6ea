"""What an operator or auditor checks offline: that nobody has changed, dropped or cut short what officers did."""

from collections.abc import Iterator
from contextlib import closing

from bot.settings import Settings
from storage.audit import verify
from storage.database import Database
from storage.errors import StorageError
from storage.ledger import Ledger, ledgers


class Tampered(StorageError):
    """The audit does not fit; the message says where."""


def check(settings: Settings, desk: str | None, head: str | None) -> Iterator[str]:
    """Check each desk's chain (or one desk's, against a head from its group); say what was found.

    Raises Tampered.
    """
    with closing(Database.at(settings.database_url)) as database, database.snapshot() as tx:
        found = [one for one in ledgers(tx) if desk in {None, one.desk}]
    if head and not any(one.place(head) is not None for one in found):
        raise Tampered(f"no chain has ever had the head {head}: it was cut short or rewritten")
    for one in found:
        yield _checked(one, head)


def _checked(ledger: Ledger, head: str | None) -> str:
    wrong = verify(ledger.chain)
    if wrong is not None:
        raise Tampered(f"{ledger.desk}: event {wrong + 1} was changed, or does not follow the one before it")
    if ledger.strays:
        raise Tampered(f"{ledger.desk}: {ledger.strays} events belong to no chain: some before them are gone")
    since = ledger.place(head) if head else None
    after = "" if since is None else f", {len(ledger.chain) - since} of them after {head}"
    return f"{ledger.desk}: {len(ledger.chain)} events{after}, head {ledger.head[:16]}"
