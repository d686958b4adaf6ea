"""Opens tips for the desk, and keeps what their cards say up to date with what is in them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import letters, transcripts
from bot.desk import Desk
from bot.references import references
from bot.whole import Opened
from handlers.desk import Card, gist
from handlers.places import Places
from handlers.tip import Tip
from storage import evidence, tips
from storage.transcripts import of as written


@dataclass(frozen=True, slots=True)
class Reading:
    """What opens the tips of one desk."""

    desk: Desk
    identities: Sequence[str]
    places: Places

    def opened(self, tx: Connection, id_: str) -> Opened:
        """Open a tip, and bring its card up to date. Raises Gone, and Sealed where it is another desk's."""
        tip = tips.open_tip(tx, id_, self.identities)
        tip = replace(tip, enclosures=(*tip.enclosures, *tips.attached(tx, id_, self.identities)))
        found = tuple(evidence.of(tx, id_))
        replies = tuple(tips.replies(tx, id_, self.identities))
        known = self.desk.notes.card(tx, id_)
        card = letters.noted(known or self._new_card(tx, tip), replies)
        card = transcripts.noted(card, tip.enclosures)
        if card != known:
            # A new one is kept before it is posted: a press on it must find it, and a second posting must not have
            # another reference.
            self.desk.notes.put(tx, id_, card)
        items = sum(not piece.lost for piece in found)
        spoken, group = written(tx, id_, self.identities), self.desk.room(tx)
        return Opened(tip, replace(card, items=items), tips.status(tx, id_), found, replies, group, spoken)

    def _new_card(self, tx: Connection, tip: Tip) -> Card:
        code = self.places.kecamatan(tip.place) or tip.place
        place = self.places.named(code) if code else ""
        taken = {card.reference for card in self.desk.notes.cards(tx).values()}
        name = next(one for one in references(secrets.randbelow) if one not in taken)
        known = tip.known or tip.when
        return Card(
            reference=name,
            what=tip.what,
            place=place,
            day=tip.day,
            items=len(tip.enclosures),
            live=tip.live,
            known=known.first if known and known.kind != "unknown" else tip.day,
            gist=gist(tip, code),
        )
