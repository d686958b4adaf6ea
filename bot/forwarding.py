"""Hands a tip on to another of the deployment's offices, which alone can open it from then on."""

from collections.abc import Collection

from msgspec.structs import replace
from sqlalchemy import Connection

from bot import faces
from bot.data import tables
from bot.desk import Desk
from bot.parcels import CardDue, Parting
from handlers.desk import Card, Handed, Remark
from handlers.messages import Say
from handlers.routes import barred
from storage.cards import Act
from storage.forwarding import hand_on


def forward(desk: Desk, tx: Connection, tip: str, card: Card, to: str, alias: str) -> Collection[str] | None:  # noqa: PLR0913, PLR0917  # who hands what on, and where to
    """Hand a tip on: the other desk is owed its card, this one's says where it went, the reporter is told of news.

    None, and nothing is done, where the tip itself forbids that office. Raises Gone or Sealed.
    """
    office, today = desk.offices[to], desk.clock().date()
    rules, names = tables.rules(), (desk.name, *desk.offices)
    if not hand_on(tx, tip, office.route, desk.identities, lambda body: to not in barred(body, rules, names)):
        return None
    desk.notes.record(tx, Act(tip, today, alias, f"referred {to}"))
    _unlink(desk, tx, tip, card)
    desk.notes.forget(tx, tip)
    lanes = {*desk.owe_news(tx, tip), *desk.owe_elsewhere(tx, office.route, CardDue(tip, handed=_handed(desk, card)))}
    if card.message:
        text = faces.gone(card.reference, office.title, today, desk.words)
        lanes |= set(desk.owe(tx, Parting(desk.room(tx), card.message, text)))
    return lanes


def received(card: Card, handed: Handed | None) -> Card:
    """Take over, once, what another office noted; nobody here has read the tip yet."""
    if handed is None or card.origin:
        return card
    known = {heard.letter for heard in handed.thread}
    new = (heard for heard in card.thread if heard.letter not in known)
    return replace(
        card,
        origin=handed.by,
        unread=True,
        known=handed.known or card.known,
        awaiting=handed.awaiting,
        thread=(*handed.thread, *new),
        remarks=(*handed.remarks, *card.remarks),
        codes=handed.codes,
        voices=(*handed.voices, *(voice for voice in card.voices if voice not in handed.voices)),
    )


def _handed(desk: Desk, card: Card) -> Handed:
    """Gather what goes along; officers are known by their office elsewhere."""
    told = Remark(desk.title, desk.clock().date(), desk.say(Say("desk-handed")))
    remarks = tuple(replace(one, by=desk.title) for one in card.remarks)
    return Handed(
        by=desk.title,
        known=card.known,
        awaiting=card.awaiting,
        thread=card.thread,
        remarks=(*remarks, told),
        codes=card.codes,
        voices=card.voices,
    )


def _unlink(desk: Desk, tx: Connection, tip: str, card: Card) -> None:
    """No card here leads to it any more."""
    for twin in card.twins:
        if other := desk.notes.card(tx, twin.tip):
            twins = tuple(one for one in other.twins if one.tip != tip)
            desk.notes.put(tx, twin.tip, replace(other, twins=twins))
