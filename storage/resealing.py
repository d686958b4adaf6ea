"""What is still needed moves to the present key before the old one dies: open tips, and the addresses of reporters."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, select, update

from handlers.status import CLOSED
from storage import wrapping
from storage.errors import Sealed
from storage.models import METADATA
from storage.tips import TO_REPORTER, Route
from storage.vault import open_sealed, seal

TIP, MESSAGE = METADATA.tables["tip"], METADATA.tables["message"]
_CLOSED = [status.value for status in CLOSED]


class Resealed(Struct, frozen=True):
    """One round: the tips that were resealed, how many no key opened, and after which tip to go on; none at the end."""

    tips: tuple[str, ...] = ()
    shut: int = 0
    after: str | None = None


def reseal_tips(  # noqa: PLR0913, PLR0917 - a round's beginning and end, and the two keys between
    tx: Connection, desk: str, identities: Sequence[str], route: Route, limit: int, after: str = ""
) -> Resealed:
    """Move open tips of earlier epochs, and what their reporters added, to the key of `route` and to recovery.

    Looks at `limit` tips behind the one named `after`. Tips that are closed stay as they are: when the old key is
    destroyed only the institution's recovery key opens them. For the desk's process, which alone has the keys.
    """
    earlier = TIP.c.route == desk, TIP.c.epoch != route.epoch, TIP.c.status.not_in(_CLOSED)
    rows = tx.execute(_next(TIP.c.body, limit, after).where(*earlier)).all()
    done: list[str] = []
    for row in rows:
        if opened := _opened(row.body, identities):
            mine = TIP.c.id == row.id
            tx.execute(update(TIP).where(mine).values(body=seal(opened, route.recipients), epoch=route.epoch))
            reseal_letters(tx, row.id, identities, route)
            done.append(row.id)
    return Resealed(tuple(done), len(rows) - len(done), rows[-1].id if len(rows) == limit else None)


def reseal_addresses(  # noqa: PLR0913, PLR0917 - as above
    tx: Connection, identities: Sequence[str], courier: str, oldest: date, limit: int, after: str = ""
) -> Resealed:
    """Move reply addresses to the courier's present public key; forget those of tips from before `oldest`.

    `identities` has the private half of `courier` first. Looks at `limit` tips behind the one named `after`. Nothing in
    an address says which key it is sealed to, so each is tried. For the intake's process.
    """
    rows = tx.execute(_next(TIP.c.address, limit, after).where(TIP.c.address.is_not(None))).all()
    kept = [row for row in rows if row.day >= oldest.toordinal()]
    _write(tx, {row.id: None for row in rows if row not in kept})
    old = [row for row in kept if _opened(row.address, identities[:1], wrapping.unwrap) is None]
    opened = {row.id: _opened(row.address, identities[1:], wrapping.unwrap) for row in old}
    moved = {id_: wrapping.wrap(courier, address) for id_, address in opened.items() if address}
    _write(tx, moved)
    return Resealed(tuple(moved), len(old) - len(moved), rows[-1].id if len(rows) == limit else None)


def _next(column: ColumnElement[bytes], limit: int, after: str) -> Select[str, int, bytes]:
    wanted = select(TIP.c.id, TIP.c.day, column).where(TIP.c.id > after).order_by(TIP.c.id)
    return wanted.limit(limit).with_for_update()


def _opened(blob: bytes, identities: Sequence[str], how: Callable[..., bytes] = open_sealed) -> bytes | None:
    """Open something; none where its key was destroyed, or it was changed: then there is nothing to move."""
    try:
        return how(blob, identities)
    except Sealed:
        return None


def _write(tx: Connection, addresses: Mapping[str, bytes | None]) -> None:
    for id_, address in addresses.items():
        tx.execute(update(TIP).where(TIP.c.id == id_).values(address=address))


def reseal_letters(tx: Connection, tip: str, identities: Sequence[str], route: Route) -> None:
    """Seal what a desk reads of a tip's letters to `route`; letters to the reporter are the reporter's."""
    wanted = select(MESSAGE.c.id, MESSAGE.c.body).where(MESSAGE.c.tip == tip, MESSAGE.c.direction != TO_REPORTER)
    for letter in tx.execute(wanted).all():
        if opened := _opened(letter.body, identities):
            mine = MESSAGE.c.id == letter.id
            tx.execute(update(MESSAGE).where(mine).values(body=seal(opened, route.recipients)))
