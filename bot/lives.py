"""All of a desk's tips as statistics see them, read from its notes and its work log; no tip is opened."""

from sqlalchemy import Connection

from handlers.desk.figures import Life
from storage import tips
from storage.cards import Notes
from storage.ledger import first_moves


def lives(notes: Notes, tx: Connection) -> list[Life]:
    """Read them; what was erased is not among them."""
    moves, statuses = first_moves(tx), tips.statuses(tx, notes.desk)
    found = []
    for tip, card in notes.cards(tx).items():
        if tip in statuses:
            read, closed = moves.get(tip, (None, None))
            status = statuses[tip]
            ended = closed if status.closed else None
            found.append(Life(card.what, card.place, card.day, status, read, ended, card.sanction))
    return found
