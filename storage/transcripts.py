"""What officers write of a voice: kept sealed in its place, when the voice itself and its key are gone for good."""

import secrets
from collections.abc import Sequence
from datetime import date

from msgspec import Struct, json
from msgspec.structs import replace
from sqlalchemy import Connection, select, update

from handlers.tip import Enclosure
from storage import evidence, tips
from storage.models import METADATA
from storage.tips import FILE, Letter, Route
from storage.vault import open_sealed, seal

TIP, MESSAGE = METADATA.tables["tip"], METADATA.tables["message"]
TRANSCRIPT = "transcript"


class Transcript(Struct, frozen=True):
    """The words of one voice, as an officer heard them; `by` is the officer's alias."""

    voice: str
    by: str
    day: date
    text: str


def stand_for(tx: Connection, tip: str, words: Transcript, route: Route, identities: Sequence[str]) -> bool:
    """Keep words in the place of a voice: its row and its only key go; the caller drops the file.

    False, and nothing is kept, where that voice is not here any more. Raises Gone, or Sealed.
    """
    if not evidence.give_up(tx, words.voice, tip):
        return False
    _forget_key(tx, tip, words.voice, route, identities)
    letter = Letter(secrets.token_urlsafe(12), tip, TRANSCRIPT, words.day, json.encode(words).decode())
    tips.write(tx, letter, route.recipients)
    return True


def of(tx: Connection, tip: str, identities: Sequence[str]) -> tuple[Transcript, ...]:
    """Read what was written of a tip's voices, with the desk's keys."""
    wanted = select(MESSAGE.c.body).where(MESSAGE.c.tip == tip, MESSAGE.c.direction == TRANSCRIPT)
    bodies = tx.execute(wanted.order_by(MESSAGE.c.day, MESSAGE.c.id)).scalars()
    return tuple(json.decode(open_sealed(body, identities), type=Transcript) for body in bodies)


def _forget_key(tx: Connection, tip: str, voice: str, route: Route, identities: Sequence[str]) -> None:
    """Take the voice's key out of the tip, or out of the letter that brought it later.

    The tip's epoch stays: what else belongs to it may still be under an older key, and is resealed by that.
    """
    body = tips.open_tip(tx, tip, identities)
    shut = tuple(_shut(one, voice) for one in body.enclosures)
    if shut != body.enclosures:
        sealed = seal(json.encode(replace(body, enclosures=shut)), route.recipients)
        tx.execute(update(TIP).where(TIP.c.id == tip).values(body=sealed))
    for letter in tx.execute(select(MESSAGE).where(MESSAGE.c.tip == tip, MESSAGE.c.direction == FILE)).all():
        brought = json.decode(open_sealed(letter.body, identities), type=Enclosure)
        if brought.id == voice:
            sealed = seal(json.encode(_shut(brought, voice)), route.recipients)
            tx.execute(update(MESSAGE).where(MESSAGE.c.id == letter.id).values(body=sealed))


def _shut(one: Enclosure, voice: str) -> Enclosure:
    return replace(one, key="") if one.id == voice else one
