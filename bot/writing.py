"""Writes down all that a turn led to: the draft, the tip, and everything owed, in the turn's own transaction."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import json
from sqlalchemy import Connection

from bot import render
from bot.channels.base import Arrived, Reporter, Shown
from bot.parcels import FETCH, HUSH, Bubble, CardDue, Erasure, Fetching, Hushing, Parcel, packed
from bot.reminding import put_off
from handlers import effects
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.messages import Sent
from handlers.tip import Enclosure
from locales import catalogue
from storage import evidence, outbox, tips
from storage.drafts import Held
from storage.tickets import Ticket
from storage.tips import Address, Ring, Route
from storage.vault import public_of

if TYPE_CHECKING:
    from bot.turn import House

# Seconds of silence after the last file before an album is confirmed, once.
HUSH_AFTER = 1.2
# Seconds between bubbles of one turn: enough to keep their order in the outbox.
STEP = 1e-4


@dataclass(slots=True)
class Writing:
    """One turn on its way into the database: what is owed wakes `lanes`, `dropped` may leave the store afterwards."""

    house: "House"
    tx: Connection
    arrived: Arrived
    held: Held
    before: Draft
    ticket: Ticket | None
    now: datetime
    lanes: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)

    @property
    def who(self) -> Reporter:
        return self.arrived.reporter

    def write(self, turned: Turn) -> None:
        """Write it all, each effect first."""
        conversations = self.house.conversations
        for effect in turned.effects:
            self._do(effect)
        if not any(isinstance(effect, effects.Forget) for effect in turned.effects):
            if turned.draft != self.before or not self.held.version:
                conversations.save(self.tx, self.who, turned.draft, self.held.version, self.now)
            if self.arrived.message and self.house.scenes[self.who.channel].erasable:
                conversations.trace(self.tx, self.who, [self.arrived.message], self.now)
        if self.arrived.id:
            conversations.see(self.tx, self.who, self.held, self.arrived.id, self.now)
        if turned.draft.touched != self.before.touched:
            self.lanes |= put_off(self.house, self.tx, self.who, turned.draft, self.now)
        self._say(turned)

    def _say(self, turned: Turn) -> None:
        words = catalogue(turned.draft.language)
        limits = self.house.limits[self.who.channel]
        secret = any(isinstance(effect, effects.FileTip) for effect in turned.effects)
        bubbles = [shown for say in turned.says for shown in render.show(say, words, limits)]
        for place, shown in enumerate(bubbles):
            self._owe_bubble(shown, place * STEP, lasting=secret)

    def _owe_bubble(self, shown: Shown, after: float, *, lasting: bool) -> None:
        """A ticket not yet shown must outlive a power cut; a prompt dies with its draft."""
        name = secrets.token_urlsafe(12)
        bubble = Bubble(self.who.channel, self.who.id, shown)
        to_draft = self.house.wrapper.to_draft
        payload = self._lasting(bubble, name) if lasting else to_draft(packed(bubble), name, self.now)
        self._owe(name, self.who.channel, payload, after)

    def _owe(self, name: str, lane: str, payload: bytes, after: float = 0) -> None:
        way = self.house.way(self.who, self.now) if lane == self.who.channel else None
        outbox.owe(self.tx, name, lane, payload, self.now.timestamp() + after, way)
        self.lanes.add(lane)

    def _lasting(self, parcel: Parcel, name: str) -> bytes:
        return self.house.wrapper.lasting(self.house.courier, packed(parcel), name, self.now)

    def _do(self, effect: effects.Effect) -> None:
        match effect:
            case effects.Fetch(item, recipient_of):
                self._fetch(item, recipient_of)
            case effects.Hush():
                self._hush()
            case effects.Discard(item):
                outbox.settle(self.tx, [item])
                self.dropped += evidence.discard(self.tx, [item])
            case effects.FileTip() if self.ticket:
                self._file(effect, self.ticket)
            case effects.Withdraw():
                self._withdraw(effect)
            case effects.Reply() | effects.Attach() | effects.Detach() | effects.TakeBack():
                self._follow(effect)
            case effects.Forget():
                self._forget()
            case effects.FileTip() | effects.LookUp():
                raise AssertionError("what the turn wanted was not made before it was written")

    def _follow(self, effect: effects.Reply | effects.Attach | effects.Detach | effects.TakeBack) -> None:
        match effect:
            case effects.Reply(tip, text):
                self._reply(tip, text)
            case effects.Attach(tip, enclosure):
                self._attach(tip, enclosure)
            case effects.Detach(tip):
                tips.detach(self.tx, tip)
            case effects.TakeBack(tip):
                route = self.house.route(self.tx, tip)
                self.dropped += tips.take_back(self.tx, tip, route)
                self._owe_card(route, CardDue(tip), 0)

    def _fetch(self, item: str, key: str) -> None:
        sent, file = self.arrived.incoming, self.arrived.file
        if not isinstance(sent, Sent) or file is None:
            raise TypeError("only a file that was sent can be fetched")
        job = Fetching(self.who.channel, self.who.id, item, sent.kind, file, public_of(key))
        self._owe(item, FETCH, self._lasting(job, item))

    def _hush(self) -> None:
        """One confirmation for one album: each file puts it off again."""
        name = f"hush-{self.house.conversations.mark(self.who, HUSH, self.now).hex()}"
        data = packed(Hushing(self.who.channel, self.who.id))
        self._owe(name, HUSH, self.house.wrapper.to_draft(data, name, self.now), HUSH_AFTER)

    def _file(self, effect: effects.FileTip, ticket: Ticket) -> None:
        tip, route = effect.tip, self.house.desks[effect.desk]
        address = Address(tip.id, self.who.channel, self.who.id, self.before.language) if effect.push else None
        sealed = self.house.wrapper.to(self.house.courier, json.encode(address)) if address else None
        tips.keep(self.tx, tip, route, Ring(ticket.lookup, ticket.mailbox), sealed)
        after = 0.0 if tip.live else self.house.card_delay()
        self._owe_card(route, CardDue(tip.id), after, effect.card)

    def _owe_card(self, route: Route, card: CardDue, after: float, name: str = "") -> None:
        self.lanes.add(self.house.owe_card(self.tx, route, card, self.now.timestamp() + after, name))

    def _withdraw(self, effect: effects.Withdraw) -> None:
        outbox.settle(self.tx, [effect.card, *effect.files])
        tips.withdraw(self.tx, effect.tip)
        self.dropped += effect.files

    def _reply(self, tip: str, text: str) -> None:
        route = self.house.route(self.tx, tip)
        name = secrets.token_urlsafe(12)
        tips.write(self.tx, tips.Letter(name, tip, tips.TO_DESK, self.now.date(), text), route.recipients)
        self._owe_card(route, CardDue(tip, answered=True), 0)

    def _attach(self, tip: str, enclosure: Enclosure) -> None:
        route = self.house.route(self.tx, tip)
        tips.attach(self.tx, tip, enclosure, route, self.now.date())
        self._owe_card(route, CardDue(tip, answered=True), 0)

    def _forget(self) -> None:
        """Forget the conversation, and have the chat deleted on both sides as far as the channel can."""
        messages = self.house.conversations.forget(self.tx, self.who, self.now)
        if messages and self.house.scenes[self.who.channel].erasable:
            erasure = Erasure(self.who.channel, self.who.id, tuple(messages))
            name = secrets.token_urlsafe(12)
            self._owe(name, self.who.channel, self._lasting(erasure, name), STEP)
