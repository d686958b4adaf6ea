"""A tip goes around the office it tells of: its card, its words and its later additions reach another desk alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.channels.base import Arrived, Limits, Reporter
from bot.data import tables
from bot.parcels import Bubble, desk_lane, unpacked
from bot.turn import Committed, House, Made, Wanted
from handlers.answers import Draft, Picked
from handlers.messages import Chose, Incoming, Said
from handlers.routes import Routes
from handlers.scene import Scene
from handlers.ticket import shown
from storage import migrations, tips
from storage.box import Box
from storage.cards import Act, Notes
from storage.database import Database
from storage.drafts import Conversations
from storage.errors import Sealed
from storage.forwarding import hand_on
from storage.keyring import Keyring
from storage.models import METADATA
from storage.outbox import OWED
from storage.tickets import derive, issue
from storage.tips import Route
from storage.vault import new_identity
from storage.wrapping import Wrapper

TITLES = {"inspektorat": "Inspektorat Kota", "bawaslu": "Bawaslu Kota"}
WHO = Reporter("telegram", "7001")
WIDE = Limits(buttons=12, label=64, rows=0, row_label=0, row_about=0, text=4000, text_with_buttons=4000, columns=2)
NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)
TICKET = issue()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(f"sqlite:///{tmp_path / 'saksi.db'}")
    migrations.upgrade(database)
    yield database
    database.close()


class Office:
    """A deployment whose usual reader is the Inspektorat, with Bawaslu as the way around it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.keys = {name: new_identity() for name in TITLES}
        recovery = {name: new_identity() for name in TITLES}
        keyring = Keyring(folder)
        courier, courier_key = new_identity()
        self.house = House(
            conversations=Conversations(keyring),
            wrapper=Wrapper(keyring=keyring, identities=(courier,)),
            routes=Routes(TITLES, "inspektorat", tables.rules()),
            desks={name: Route(name, "2026-11", key[1], recovery[name][1]) for name, key in self.keys.items()},
            courier=courier_key,
            scenes={"telegram": Scene(tables.places(), "Telegram", "Inspektorat Kota")},
            limits={"telegram": WIDE},
            clock=lambda: NOW,
            card_delay=lambda: 0.0,
        )
        self.count = 0

    def hears(self, incoming: Incoming) -> Committed:
        """Take one message as the intake does, with whatever the turn wants made first."""
        self.count += 1
        arrived = Arrived(WHO, str(self.count), incoming)
        with self.database.engine.begin() as tx:
            done = self.house.turn(tx, arrived, Made())
        if isinstance(done, Wanted):
            made = Made(opened=derive(done.code)) if done.code else Made(ticket=TICKET)
            with self.database.engine.begin() as tx:
                done = self.house.turn(tx, arrived, made)
        assert isinstance(done, Committed)
        return done

    def report(self, post: str, conflict: str = "") -> Committed:
        """Walk through the whole report, and send it."""
        steps = [
            Chose("notice", "go"), Chose("story", "ajakan"), Chose("post", post), Chose("who", "skip"),
            Chose("where", "skip"), Chose("when", "today"), Chose("evidence", "done"),
        ]  # fmt: skip
        for step in (Said("halo"), *steps, *((Chose("conflict", conflict),) if conflict else ())):
            self.hears(step)
        return self.hears(Chose("send", "send"))

    def bubbles(self) -> list[str]:
        """Read what is owed to the reporter, in its order."""
        with self.database.engine.begin() as tx:
            rows = tx.execute(select(OWED).where(OWED.c.lane == "telegram").order_by(OWED.c.due)).all()
        parcels = [unpacked(self.house.wrapper.open(row.payload, row.id, NOW)) for row in rows]
        return [one.shown.text for one in parcels if isinstance(one, Bubble)]

    def reads(self, tx: Connection, desk: str) -> str:
        """Open the one tip with a desk's key."""
        [tip] = tx.execute(select(METADATA.tables["tip"].c.id)).scalars().all()
        return tips.open_tip(tx, tip, [self.keys[desk][0]]).post


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    return Office(database, folder)


@pytest.mark.parametrize(
    ("post", "conflict", "reader"),
    [("staff", "no", "inspektorat"), ("staff", "yes", "bawaslu"), ("head", "no", "bawaslu")],
)
def test_the_bypassed_desk_gets_no_card_and_cannot_open_the_tip(
    office: Office, database: Database, post: str, conflict: str, reader: str
) -> None:
    lanes = office.report(post, conflict).lanes
    [bypassed] = TITLES.keys() - {reader}
    assert desk_lane(reader) in lanes
    assert desk_lane(bypassed) not in lanes
    with database.engine.begin() as tx:
        assert office.reads(tx, reader) == post
        with pytest.raises(Sealed):
            office.reads(tx, bypassed)


@pytest.mark.parametrize(
    ("post", "conflict", "recused"),
    [("staff", "no", ()), ("staff", "yes", ("inspektorat",)), ("head", "yes", ("bkpsdm", "inspektorat"))],
)
def test_a_tip_says_inside_which_desks_it_went_around(
    office: Office, database: Database, post: str, conflict: str, recused: tuple[str, ...]
) -> None:
    office.report(post, conflict)
    with database.engine.begin() as tx:
        [row] = tx.execute(select(METADATA.tables["tip"])).all()
        assert tips.open_tip(tx, row.id, [office.keys[row.route][0]]).recused == recused


def test_the_reporter_of_a_tip_that_was_handed_on_reads_where_it_is(office: Office, database: Database) -> None:
    office.report("staff", "no")
    with database.engine.begin() as tx:
        [tip] = tx.execute(select(METADATA.tables["tip"].c.id)).scalars().all()
        identities = [office.keys["inspektorat"][0]]
        assert hand_on(tx, tip, office.house.desks["bawaslu"], identities, lambda _tip: True)
        box = Box(bytes(32))
        Notes("inspektorat", box).record(tx, Act(tip, NOW.date(), "Rina", "referred bawaslu"))
    office.hears(Said(shown(TICKET.code)))
    assert len([one for one in office.bubbles() if "Diteruskan ke Bawaslu Kota" in one]) == 1
    assert desk_lane("bawaslu") in office.hears(Said("Tambahan: ada saksi lain.")).lanes


def test_what_is_added_later_follows_the_tip(office: Office, database: Database) -> None:
    office.report("staff", "yes")
    office.hears(Said(shown(TICKET.code)))
    lanes = office.hears(Said("Tambahan: ada saksi lain.")).lanes
    assert desk_lane("bawaslu") in lanes
    assert desk_lane("inspektorat") not in lanes
    with database.engine.begin() as tx:
        [tip] = tx.execute(select(METADATA.tables["tip"].c.id)).scalars().all()
        [told] = tips.letters(tx, tip, [office.keys["bawaslu"][0]])
        assert told.text == "Tambahan: ada saksi lain."
        with pytest.raises(Sealed):
            tips.letters(tx, tip, [office.keys["inspektorat"][0]])


def test_the_reporter_reads_which_office_it_goes_to() -> None:
    routes = Routes(TITLES, "inspektorat", tables.rules())
    assert routes.title(Draft().put("post", Picked("staff"))) == "Inspektorat Kota"
    assert routes.title(Draft().put("post", Picked("head"))) == "Bawaslu Kota"
