"""Hands a tip on to another desk: sealed anew to that one and its institution, and to nobody else from then on."""

from collections.abc import Callable, Sequence

from msgspec import json
from sqlalchemy import Connection, update

from handlers.status import Status
from handlers.tip import Tip
from storage import tips
from storage.models import METADATA
from storage.resealing import reseal_letters
from storage.tips import Route
from storage.vault import seal

TIP = METADATA.tables["tip"]


def hand_on(tx: Connection, id_: str, route: Route, identities: Sequence[str], may_go: Callable[[Tip], bool]) -> bool:
    """Seal a tip, and what its reporter added, to another desk; false where what the tip says forbids that.

    The keys of its evidence are inside and go with it. Raises Gone, and Sealed where it is not ours to hand on.
    """
    tip = tips.open_tip(tx, id_, identities)
    if not may_go(tip):
        return False
    body = seal(json.encode(tip), route.recipients)
    values = {"body": body, "route": route.desk, "epoch": route.epoch, "status": Status.REFERRED.value}
    tx.execute(update(TIP).where(TIP.c.id == id_).values(values))
    reseal_letters(tx, id_, identities, route)
    return True
