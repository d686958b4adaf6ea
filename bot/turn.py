"""The inside of one turn: read what is remembered, let the handlers decide, write all of it in one transaction."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct, json
from msgspec.structs import replace
from sqlalchemy import Connection

from bot import render
from bot.channels.base import Arrived, Limits, Reporter, Shown
from bot.parcels import FETCH, HUSH, Alert, Bubble, CardDue, Erasure, Fetching, Hushing, Parcel, desk_lane, packed
from bot.reminding import put_off
from handlers import effects, lobby, ticket
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.messages import Edited, Incoming, Said, Say, Sent
from handlers.routes import Routes
from handlers.scene import Fresh, Scene, Timeline, Tired, Unknown
from handlers.ticket import Code
from handlers.tip import Enclosure
from locales import catalogue
from storage import evidence, outbox, tips
from storage.drafts import Conversations, Held
from storage.errors import Gone
from storage.tickets import Opened, Ticket
from storage.tips import Address, Ring, Route
from storage.vault import new_identity, public_of
from storage.wrapping import Wrapper

# Seconds of silence after the last file before an album is confirmed, once.
HUSH_AFTER = 1.2
# Seconds between bubbles of one turn: enough to keep their order in the outbox.
STEP = 1e-4


class Made(Struct, frozen=True):
    """What was made ready before the transaction, because it is slow on purpose (Argon2)."""

    ticket: Ticket | None = None
    opened: Opened | None = None
    tired: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """The turn cannot be finished before this is made; nothing was written. Without a code: a ticket."""

    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """The turn stands. Files in `dropped` may now leave the store; `scanned` is the poster that led here."""

    lanes: frozenset[str] = frozenset()
    dropped: tuple[str, ...] = ()
    missed: bool = False
    scanned: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """What every turn of a deployment shares."""

    conversations: Conversations
    wrapper: Wrapper
    routes: Routes
    desks: Mapping[str, Route]
    courier: str
    scenes: Mapping[str, Scene]
    limits: Mapping[str, Limits]
    clock: Callable[[], datetime]
    card_delay: Callable[[], float]
    language: str = "id"

    def turn(self, tx: Connection, arrived: Arrived, made: Made) -> Wanted | Committed:
        """Handle one message inside a transaction. The same message again changes nothing."""
        now = self.clock()
        held = self.conversations.load(tx, arrived.reporter, now)
        if arrived.id and self.conversations.was_seen(held, arrived.reporter, arrived.id, now):
            return Committed()
        writing = Writing(self, tx, arrived, made, held, now)
        return writing.turn()

    def scene(self, channel: str, draft: Draft) -> Scene:
        """Say how this draft's reporter meets the deployment: who would read it depends on whom it tells of."""
        routes = self.routes
        desk, conflict = routes.choose(draft), routes.may_conflict(draft)
        recused, office = tuple(sorted(routes.recused(draft))), routes.titles[desk]
        return replace(self.scenes[channel], desk=desk, office=office, recused=recused, may_conflict=conflict)

    def route(self, tx: Connection, tip: str) -> Route:
        """Return where a tip went. Raises Gone where it is no more, KeyError where its desk has left the roster."""
        desk = tips.route(tx, tip)
        if desk is None:
            raise Gone("no such tip")
        return self.desks[desk]

    def owe_card(
        self, tx: Connection, route: Route, card: CardDue | Alert, due: float, name: str = ""
    ) -> str:  # one row, all of it
        """Owe a desk a card or an alert, sealed to that desk: what is in the row is nobody else's to read."""
        payload = self.wrapper.to(route.key, packed(card))
        outbox.owe(tx, name or secrets.token_urlsafe(12), desk_lane(route.desk), payload, due)
        return desk_lane(route.desk)

    def apologise(self, tx: Connection, arrived: Arrived) -> Committed:
        """Set aside a message that cannot be handled: remember it, say sorry, keep the draft as it was."""
        now = self.clock()
        held = self.conversations.load(tx, arrived.reporter, now)
        writing = Writing(self, tx, arrived, Made(), held, now)
        return writing.write(Turn(held.draft, (Say("our-fault"),)))


@dataclass(slots=True)
class Writing:
    """One turn on its way into the database."""

    house: House
    tx: Connection
    arrived: Arrived
    made: Made
    held: Held
    now: datetime
    lanes: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)

    @property
    def who(self) -> Reporter:
        return self.arrived.reporter

    @property
    def draft(self) -> Draft:
        return self.held.draft if self.held.version else replace(self.held.draft, language=self.house.language)

    def turn(self) -> Wanted | Committed:
        fresh = self._fresh()
        turned = lobby.turn(self.draft, self._meant(fresh), fresh)
        for effect in turned.effects:
            match effect:
                case effects.LookUp(code):
                    return Wanted(code)
                case effects.FileTip() if not self.made.ticket:
                    return Wanted()
                case _:
                    continue
        committed = self.write(turned)
        missed = isinstance(fresh.looked, Unknown)
        return Committed(committed.lanes, committed.dropped, missed=missed, scanned=self._scanned(turned.draft))

    def _scanned(self, after: Draft) -> str:
        """Name the poster that this turn is the first to know of: a conversation counts once."""
        return after.hint if after.hint != self.draft.hint else ""

    def _meant(self, fresh: Fresh) -> Incoming:
        """Take typed words for a button that stands in the chat."""
        if not isinstance(self.arrived.incoming, Said):
            return self.arrived.incoming
        return render.take_any(
            self.arrived.incoming,
            lobby.standing(self.draft, fresh),
            catalogue(self.draft.language),
            self.house.limits[self.who.channel],
        )

    def _fresh(self) -> Fresh:
        draft, made = self.draft, self.made
        return Fresh(
            now=self.now,
            scene=self.house.scene(self.who.channel, draft),
            key=new_identity()[0] if isinstance(self.arrived.incoming, Sent) else "",
            ticket=ticket.shown(made.ticket.code) if made.ticket else "",
            tip=secrets.token_urlsafe(12),
            card=secrets.token_urlsafe(12),
            withdrawable=draft.receipt is not None and outbox.untouched(self.tx, draft.receipt.card),
            message=self._marks(),
            looked=self._looked(),
        )

    def _marks(self) -> tuple[str, ...]:
        about = self.arrived.about
        marks = self.house.conversations.marks(self.who, f"about {about}", self.now) if about else ()
        return tuple(mark.hex() for mark in marks)

    def _looked(self) -> Timeline | Unknown | Tired | None:
        session = self.draft.session
        match self.made:
            case Made(tired=True):
                return Tired()
            case Made(opened=Opened(lookup, key)):
                found = tips.find(self.tx, lookup)
                return (self._timeline(found, key) if found else None) or Unknown()
            case _ if session is None or self._is_ticket:
                return None
            case _:
                return self._timeline(session.tip, session.key)

    def _timeline(self, tip: str, key: str) -> Timeline | None:
        told = tips.timeline(self.tx, tip, key)
        return told.titled(self.house.routes.titles) if told else None

    @property
    def _is_ticket(self) -> bool:
        """Whether the message is itself a ticket: then it opens another tip than the one that stands open."""
        said = self.arrived.incoming
        return isinstance(said, Said | Edited) and isinstance(ticket.read(said.text), str)

    def write(self, turned: Turn) -> Committed:
        """Write down all that the turn led to."""
        conversations = self.house.conversations
        for effect in turned.effects:
            self._do(effect)
        if not any(isinstance(effect, effects.Forget) for effect in turned.effects):
            if turned.draft != self.draft or not self.held.version:
                conversations.save(self.tx, self.who, turned.draft, self.held.version, self.now)
            if self.arrived.message and self.house.scenes[self.who.channel].erasable:
                conversations.trace(self.tx, self.who, [self.arrived.message], self.now)
        if self.arrived.id:
            conversations.see(self.tx, self.who, self.held, self.arrived.id, self.now)
        if turned.draft.touched != self.draft.touched:
            self.lanes |= put_off(self.house, self.tx, self.who, turned.draft, self.now)
        self._say(turned)
        return Committed(frozenset(self.lanes), tuple(self.dropped))

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
        outbox.owe(self.tx, name, lane, payload, self.now.timestamp() + after)
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
            case effects.FileTip() if self.made.ticket:
                self._file(effect, self.made.ticket)
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
        address = Address(tip.id, self.who.channel, self.who.id, self.draft.language) if effect.push else None
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
