"""What the whole desk process shares: who works here, how its notes and rows are sealed, and its words."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.buttons import Buttons
from bot.data import tables
from bot.parcels import NEWS, CardDue, News, Parcel, desk_lane, packed
from bot.render import said
from handlers.desk import Book, Card, Deadlines, Entry, Office, Officer, Role, Twin
from handlers.messages import Say
from locales import Catalogue
from storage import outbox, tips
from storage.cards import Notes
from storage.errors import Gone
from storage.tips import Route
from storage.wrapping import Wrapper


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another office of this deployment: the title people read, and where its tips go."""

    title: str
    route: Route


@dataclass(frozen=True, slots=True)
class Desk:
    """What the whole desk process shares; the first of `identities` opens what is sealed to `route`."""

    route: Route
    identities: tuple[str, ...]
    courier: str
    group: int
    officers: dict[int, Officer]
    notes: Notes
    wrapper: Wrapper
    buttons: Buttons
    words: Catalogue
    clock: Callable[[], datetime]
    deadlines: Deadlines
    title: str = ""
    offices: Mapping[str, Elsewhere] = field(default_factory=dict)
    # Officers' numbers on WhatsApp by their Telegram ids, sealed to this desk.
    phones: Mapping[int, bytes] = field(default_factory=dict)
    # The operator's Telegram id, who hears of what the processes complain of.
    operator: int | None = None
    # The age public keys of the institution that dossiers are sealed to.
    export_to: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.route.desk

    @property
    def key(self) -> str:
        return self.route.key

    def owe(self, tx: Connection, parcel: Parcel, *, name: str = "", after: float = 0) -> Collection[str]:
        """Owe something that this desk will deliver itself."""
        payload = self.wrapper.to(self.key, packed(parcel))
        due = self.clock().timestamp() + after
        outbox.owe(tx, name or secrets.token_urlsafe(12), desk_lane(self.name), payload, due)
        return (desk_lane(self.name),)

    def owe_elsewhere(self, tx: Connection, route: Route, parcel: Parcel) -> Collection[str]:
        """Owe something that another desk will deliver."""
        payload = self.wrapper.to(route.key, packed(parcel))
        outbox.owe(tx, secrets.token_urlsafe(12), desk_lane(route.desk), payload, self.clock().timestamp())
        return (desk_lane(route.desk),)

    def owe_news(self, tx: Connection, tip: str) -> Collection[str]:
        """Let the intake tell the reporter that there is news, if they wanted to be told."""
        payload = self.wrapper.to(self.courier, packed(News(tip)))
        outbox.owe(tx, secrets.token_urlsafe(12), NEWS, payload, self.clock().timestamp())
        return (NEWS,)

    def owe_refresh(self, tx: Connection, tip: str, *, after: float = 0) -> Collection[str]:
        """Owe one change of a card, however often it is asked for before it is made."""
        return self.owe(tx, CardDue(tip), name=self.buttons.hidden(tip), after=after)

    def entry(self, tx: Connection, tip: str) -> Entry | None:
        """Read one tip's card and status; none where it is gone or not yet known here."""
        card = self.notes.card(tx, tip)
        try:
            return Entry(tip, card, tips.status(tx, tip)) if card else None
        except Gone:
            return None

    def entries(self, tx: Connection, wanted: Callable[[Card], bool] = lambda _card: True) -> list[Entry]:
        """Read this desk's tips, or those whose cards are wanted, without opening any."""
        cards = {tip: card for tip, card in self.notes.cards(tx).items() if wanted(card)}
        statuses = tips.statuses(tx, self.name, cards.keys())
        return [Entry(tip, card, statuses[tip]) for tip, card in cards.items() if tip in statuses]

    def supervisors(self) -> list[int]:
        return [user for user, officer in self.officers.items() if officer.role is Role.SUPERVISOR]

    def move(self, tx: Connection, group: int) -> Collection[str]:
        """Go on in the group that has taken the present one's place: every open card is posted there anew."""
        return self.post_anew(tx, self.notes.move(tx, group))

    def post_anew(self, tx: Connection, gone: Collection[str]) -> Collection[str]:
        """Owe the cards of those that are open among these tips."""
        lanes = set[str]()
        for tip in gone:
            if tips.route(tx, tip) and not tips.status(tx, tip).closed:
                lanes |= set(self.owe_refresh(tx, tip))
        return lanes

    def room(self, tx: Connection) -> int:
        """Return the group's present id."""
        return self.notes.room(tx).group or self.group

    def book(
        self, card: Card | None = None, alike: tuple[Twin, ...] = (), voices: tuple[str, ...] = (), written: str = ""
    ) -> Book:
        """Gather what a press on a card is judged by."""
        menu = tables.violations()
        codes = next((one.legal_codes for one in menu.menu if card and one.id == card.what), ())
        codes = codes or tuple(rule.code for rule in menu.legal)
        officers, averted = tuple(self.officers.values()), card is not None and self.averts(card)
        return Book(officers, codes, alike, voices, written, self._open_to(card), bool(self.export_to), averted)

    def averts(self, card: Card) -> bool:
        """Whether a dossier would open for an office of this deployment that the tip must go around."""
        barred = (self.offices[name].route for name in card.barred or () if name in self.offices)
        return any(key in route.recipients for route in barred for key in self.export_to)

    def _open_to(self, card: Card | None) -> tuple[Office, ...]:
        """Name the offices that a tip may be handed on to; none while its own words were not looked at."""
        if card is None or card.barred is None:
            return ()
        return tuple(Office(name, one.title) for name, one in self.offices.items() if name not in card.barred)

    def say(self, say: Say) -> str:
        return said(say.key, say.words, self.words)
