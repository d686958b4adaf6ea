"""The inside of one turn: read what is remembered, let the handlers decide, write all of it in one transaction."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from bot import render
from bot.channels.base import Arrived, Limits, Reporter
from bot.parcels import Alert, CardDue, desk_lane, packed
from bot.writing import Writing
from handlers import effects, lobby, standing, ticket
from handlers.answers import Draft
from handlers.dialogue import Turn
from handlers.messages import Edited, Incoming, Said, Say, Sent
from handlers.routes import Routes
from handlers.scene import Fresh, Scene, Timeline, Tired, Unknown
from handlers.ticket import Code
from locales import catalogue
from storage import outbox, tips
from storage.drafts import Conversations, Held
from storage.errors import Gone
from storage.tickets import Opened, Ticket
from storage.tips import Route
from storage.vault import new_identity
from storage.wrapping import Wrapper

# What a chat is named by, where no message is meant.
WAY = "way"


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
        held, now = self._held(tx, arrived.reporter)
        if arrived.id and self.conversations.was_seen(held, arrived.reporter, arrived.id, now):
            return Committed()
        return _Deciding(self, tx, arrived, made, held, now).turn()

    def apologise(self, tx: Connection, arrived: Arrived) -> Committed:
        """Set aside a message that cannot be handled: remember it, say sorry, keep the draft as it was."""
        held, now = self._held(tx, arrived.reporter)
        deciding = _Deciding(self, tx, arrived, Made(), held, now)
        return deciding.written(Turn(held.draft, (Say("our-fault"),)))

    def _held(self, tx: Connection, who: Reporter) -> tuple[Held, datetime]:
        """Read what is remembered of somebody, and the clock once that is had: another intake may have made us wait."""
        held = self.conversations.load(tx, who, self.clock())
        return held, self.clock()

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

    def way(self, who: Reporter, now: datetime) -> bytes:
        """Name the chat with this person in the outbox, so that only who holds the key of these days can tell whose."""
        return self.conversations.mark(who, WAY, now)

    def owe_card(
        self, tx: Connection, route: Route, card: CardDue | Alert, due: float, name: str = ""
    ) -> str:  # one row, all of it
        """Owe a desk a card or an alert, sealed to that desk: what is in the row is nobody else's to read."""
        payload = self.wrapper.to(route.key, packed(card))
        outbox.owe(tx, name or secrets.token_urlsafe(12), desk_lane(route.desk), payload, due)
        return desk_lane(route.desk)


@dataclass(frozen=True, slots=True)
class _Deciding:
    """One turn, from what is remembered to what the handlers make of it."""

    house: House
    tx: Connection
    arrived: Arrived
    made: Made
    held: Held
    now: datetime

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
        return self.written(turned, missed=isinstance(fresh.looked, Unknown))

    def written(self, turned: Turn, *, missed: bool = False) -> Committed:
        writing = Writing(self.house, self.tx, self.arrived, self.held, self.draft, self.made.ticket, self.now)
        writing.write(turned)
        # The poster that this turn is the first to know of: a conversation counts once.
        scanned = turned.draft.hint if turned.draft.hint != self.draft.hint else ""
        return Committed(frozenset(writing.lanes), tuple(writing.dropped), missed=missed, scanned=scanned)

    def _meant(self, fresh: Fresh) -> Incoming:
        """Take typed words for a button that stands in the chat."""
        if not isinstance(self.arrived.incoming, Said):
            return self.arrived.incoming
        return render.take_any(
            self.arrived.incoming,
            standing.newest(self.draft, fresh),
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
