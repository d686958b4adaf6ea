"""An institution with one desk: its keys, its database, its evidence, and the tips that people left with it."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from msgspec import json
from sqlalchemy import select

from bot import backups
from bot.buttons import subkey
from bot.settings import Settings
from bot.stores import store_of
from bot.sweeper import erased_list, retention
from handlers.answers import Draft
from handlers.desk import Card
from handlers.status import Status
from handlers.tip import Enclosure, Tip
from storage import evidence, keys, outbox, tickets, tips
from storage.box import Box
from storage.cards import Act, Notes
from storage.database import Database
from storage.drafts import Conversations
from storage.erasure import ErasedList, Retention
from storage.evidence import Store
from storage.keyring import Keyring
from storage.models import METADATA
from storage.tickets import Ticket
from storage.tips import Address, Letter, Ring, Route
from storage.vault import new_identity, public_of, seal
from storage.wrapping import wrap
from tests.bucket.server import Server

TODAY = date(2026, 11, 12)
DESK = "bawaslu"
# Nobody's: what must never be found again where it does not belong.
REPORTER = "628000000000"
STORY = "camat-membagi-seragam"
PHOTO = b"\xff\xd8 a photo of ours \xff\xd9"


@dataclass(slots=True)
class Reporter:
    """Who a conversation is with."""

    channel: str = "whatsapp"
    id: str = REPORTER


@dataclass(frozen=True, slots=True)
class Left:
    """A tip as its reporter left it."""

    id: str
    ticket: Ticket
    files: tuple[str, ...]


@dataclass(slots=True)
class Institution:
    """Everything in one folder; the database may stand elsewhere."""

    folder: Path
    url: str
    bucket: Server | None = None
    database: Database = field(init=False)
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.database = Database.at(self.url)
        self.store = store_of(self.settings)

    @property
    def settings(self) -> Settings:
        own = Settings(_env_file=None, state=self.folder, database=self.url)  # type: ignore[call-arg]  # pydantic-settings' own
        return own if self.bucket is None else own.model_copy(update=self.bucket.given(self.folder.name))

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def recovery(self) -> Path:
        return self.keys / f"recovery-{DESK}.key"

    @property
    def erased(self) -> ErasedList:
        return erased_list(self.settings)

    @property
    def retention(self) -> Retention:
        return retention(self.settings, self.database, self.store)

    @property
    def identity(self) -> str:
        return keys.desk_identity(self.keys, DESK)

    @property
    def notes(self) -> Notes:
        return Notes(DESK, Box(subkey(self.identity, b"saksi notes")))

    def make_keys(self) -> None:
        keys.make(self.keys, {DESK: "Bawaslu Kota Contoh"}, demo=False, today=TODAY)

    def route(self) -> Route:
        desk = keys.load_roster(self.keys).desks[DESK]
        return Route(DESK, desk.epoch, desk.key, desk.recovery)

    def receive(self, id_: str, *, day: date = TODAY, photos: int = 1, push: bool = False) -> Left:
        """Keep a tip as the intake does, its photos cleaned and sealed already."""
        opens = [new_identity()[0] for _ in range(photos)]
        enclosures = tuple(Enclosure(f"{id_}-{number}", "image", key) for number, key in enumerate(opens))
        ticket, route = tickets.issue(), self.route()
        tip = Tip(id_, day, "ajakan", story=f"{STORY} {id_}", enclosures=enclosures)
        address = json.encode(Address(id_, "whatsapp", REPORTER, "id")) if push else None
        courier = keys.load_roster(self.keys).courier
        for one in enclosures:
            self.store.put(one.id, seal(PHOTO, [public_of(one.key)]), day)
        with self.database.transaction() as tx:
            for one in enclosures:
                evidence.arrive(tx, one.id, one.kind, 4096, day)
            ring = Ring(ticket.lookup, ticket.mailbox)
            tips.keep(tx, tip, route, ring, wrap(courier, address) if address else None)
        return Left(id_, ticket, tuple(one.id for one in enclosures))

    def post(self, left: Left) -> None:
        """Post a tip's card, as the desk does."""
        with self.database.transaction() as tx:
            self.notes.put(tx, left.id, Card("rotan-fajar", "ajakan", "", TODAY, len(left.files), message=1))

    def move(self, left: Left, status: Status, day: date) -> None:
        """Move a tip, as an officer does."""
        with self.database.transaction() as tx:
            tips.move(tx, left.id, status)
            self.notes.record(tx, Act(left.id, day, "Rina", status))

    def close(self, left: Left, day: date) -> None:
        self.move(left, Status.PROVEN, day)

    def take_back(self, left: Left) -> None:
        """Take a tip back, as its reporter does."""
        with self.database.transaction() as tx:
            gone = tips.take_back(tx, left.id, self.route())
        for one in gone:
            self.store.drop(one)

    def write(self, left: Left) -> None:
        """Write from the desk to the reporter, and back."""
        with self.database.transaction() as tx:
            asked = Letter(f"{left.id}-ask", left.id, tips.TO_REPORTER, TODAY, "Jam berapa?")
            tips.write(tx, asked, [left.ticket.mailbox])
            told = Letter(f"{left.id}-told", left.id, tips.TO_DESK, TODAY, "Sekitar jam sembilan.")
            tips.write(tx, told, self.route().recipients)

    def begin_a_draft(self) -> None:
        """Leave what must not outlive this machine: a draft, a trace, what was seen, and something owed."""
        now, conversations = datetime.combine(TODAY, datetime.min.time(), UTC), Conversations(Keyring(self.folder))
        who = Reporter()
        with self.database.transaction() as tx:
            held = conversations.load(tx, who, now)
            conversations.save(tx, who, Draft(language="en"), held.version, now)
            conversations.see(tx, who, held, "wamid.contoh", now)
            conversations.trace(tx, who, ["1"], now)
            outbox.owe(tx, "owed-contoh", "whatsapp", os.urandom(64), 0)
            evidence.arrive(tx, "of-a-draft", "image", 4096, TODAY)
        self.store.put("of-a-draft", b"sealed", TODAY)

    def back_up(self, file: Path, *to: str) -> list[str]:
        """Do as `saksi backup` does; return what it says."""
        return list(backups.make(self.settings, file, to))

    def restore(self, file: Path, key: Path) -> list[str]:
        """Do as `saksi restore` does; return what it says."""
        return list(backups.bring_back(self.settings, file, backups.read_identities([key])))

    def rows(self, *, but: Collection[str] = ()) -> Mapping[str, list[dict[str, Any]]]:
        """Read every table that holds anything, each row without the columns named in `but`."""
        with self.database.snapshot() as tx:
            found = {
                name: [
                    {column: value for column, value in row.items() if f"{name}.{column}" not in but}
                    for row in tx.execute(select(table).order_by(*table.primary_key)).mappings()
                ]
                for name, table in METADATA.tables.items()
            }
        return {name: rows for name, rows in found.items() if rows}

    def tips(self) -> list[str]:
        return [row["id"] for row in self.rows().get("tip", [])]

    def files(self) -> list[str]:
        if self.bucket:
            mine = f"{self.folder.name}/"
            return sorted(path.rpartition("/")[2] for path in self.bucket.files() if path.startswith(mine))
        return sorted(path.name for path in (self.folder / "evidence").glob("??/*"))
