"""Two hundred reports through the real turns, and who is who among them: what a thief would like to find out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Self

from msgspec.structs import replace
from sqlalchemy import Connection, delete, select, update

from bot.channels.base import Arrived, FileRef, Reporter
from bot.channels.telegram import LIMITS
from bot.data import tables
from bot.parcels import FETCH, HUSH
from bot.turn import Committed, House, Made
from handlers.messages import Chose, Incoming, Kept, Kind, Said, Sent
from handlers.routes import Routes
from handlers.scene import Scene
from storage import evidence
from storage.database import Database
from storage.drafts import Conversations
from storage.evidence import Folder
from storage.keyring import Keyring, Purpose
from storage.models import METADATA
from storage.tickets import Ticket, issue
from storage.tips import Route
from storage.vault import new_identity, padded
from storage.wrapping import Wrapper
from tests.courier.street import Clock

CHANNEL = "telegram"
OWED = METADATA.tables["owed"]
SENT, LEFT = 200, 20
FRESH = OWED.c.lane.in_((CHANNEL, FETCH, HUSH)), OWED.c.attempts == 0
# Seconds between two messages.
PAUSE = 3.0
BEFORE_FILES = (
    Said("Apel pagi, semua diminta memilih nomor 9."), Chose("notice", "go"), Chose("what", "ajakan"),
    Chose("post", "staff"), Said("Camat Contoh"), Chose("where", "skip"), Chose("when", "unknown"),
)  # fmt: skip


@dataclass
class Truth:
    """Which rows are of the same person: by tip the names of others, by an unsent file the name of its draft."""

    of_tip: dict[str, dict[str, str]] = field(default_factory=dict)
    of_file: dict[str, str] = field(default_factory=dict)

    def pairs(self, left: str, right: str) -> Mapping[str, str]:
        """Say for each name in one table which one in another is the same person's."""
        if left == "file":
            return self.of_file
        known = [{"tip": tip, **names} for tip, names in self.of_tip.items()]
        return {names[left]: names[right] for names in known}


@dataclass
class Crowd:
    """An intake without a platform, and people who write to it one after the other: the easiest to join."""

    database: Database
    store: Folder
    house: House
    keyring: Keyring
    clock: Clock
    random: Random
    truth: Truth = field(default_factory=Truth)
    messages: int = 0
    # One stands for all: what it leaves with us is drawn anew for each.
    ticket: Ticket = field(default_factory=issue)

    @classmethod
    def gathered(cls, database: Database, folder: Path, random: Random) -> Self:
        keyring, clock = Keyring(folder / "runtime"), Clock()
        private, courier = new_identity()
        house = House(
            conversations=Conversations(keyring),
            wrapper=Wrapper(keyring=keyring, identities=[private]),
            routes=Routes({"bawaslu": "Bawaslu"}, "bawaslu"),
            desks={"bawaslu": Route("bawaslu", "2026-11", new_identity()[1], new_identity()[1])},
            courier=courier,
            scenes={CHANNEL: Scene(tables.places(), "Telegram", "Bawaslu", erasable=True)},
            limits={CHANNEL: LIMITS},
            clock=clock,
            card_delay=lambda: random.uniform(60, 600),
        )
        return cls(database, Folder(folder / "evidence"), house, keyring, clock, random)

    def write(self) -> Truth:
        """Let all of them write: most send, others stop after their files. Tickets and cards are still owed then."""
        sends = [True] * SENT + [False] * LEFT
        self.random.shuffle(sends)
        for number, sending in enumerate(sends):
            who, files = Reporter(CHANNEL, f"{self.random.getrandbits(40)}"), tuple(self._files())
            for incoming in (*BEFORE_FILES, *files):
                self._take(who, incoming)
            if sending:
                self._take(who, Chose("evidence", "done"))
                self._send(who, push=number % 2 == 0)
            else:
                self.truth.of_file[_first(files)] = self._name(who, Purpose.DRAFT)
        return self.truth

    def _files(self) -> Iterator[Incoming]:
        for _ in range(self.random.randint(1, 2)):
            item = self.random.randbytes(12).hex()
            yield Sent(item, Kind.IMAGE)
            yield Kept(item)

    def _take(self, who: Reporter, incoming: Incoming) -> None:
        """Handle one message, and deliver what is owed for it."""
        self.clock.move(PAUSE)
        with self.database.transaction() as tx:
            if isinstance(incoming, Kept):
                self._arrive(tx, incoming.item)
            self._turn(tx, who, incoming, Made())
            tx.execute(delete(OWED).where(*FRESH))
            self.messages += 2
            self.house.conversations.trace(tx, who, [str(self.messages)], self.clock())

    def _turn(self, tx: Connection, who: Reporter, incoming: Incoming, made: Made) -> None:
        self.messages += 1
        known = isinstance(incoming, Kept)
        file = FileRef(f"file{self.messages}", 1000) if isinstance(incoming, Sent) else None
        arrived = Arrived(who, "" if known else f"u{self.messages}", incoming, str(self.messages), file)
        assert isinstance(self.house.turn(tx, arrived, made), Committed)

    def _arrive(self, tx: Connection, item: str) -> None:
        """Bring a file home, as the courier does."""
        size = padded(self.random.randint(20_000, 90_000))
        self.store.put(item, self.random.randbytes(size), self.clock().date())
        evidence.arrive(tx, item, Kind.IMAGE, size, self.clock().date())

    def _send(self, who: Reporter, *, push: bool) -> None:
        self.clock.move(PAUSE)
        drawn = replace(self.ticket, lookup=self.random.randbytes(16), mailbox=new_identity()[1])
        with self.database.transaction() as tx:
            self._turn(tx, who, Chose("send", "push" if push else "send"), Made(ticket=drawn))
            receipt = self.house.conversations.load(tx, who, self.clock()).draft.receipt
            assert receipt
            ticket = tx.execute(select(OWED.c.id).where(*FRESH)).scalar_one()
            # The platform is away: it was tried once, and is still owed when the thief comes.
            tx.execute(update(OWED).where(OWED.c.id == ticket).values(attempts=1))
            draft, seen = (self._name(who, purpose) for purpose in (Purpose.DRAFT, Purpose.SEEN))
        names = {"draft": draft, "trace": draft, "seen": seen, "ticket": ticket, "card": receipt.card}
        self.truth.of_tip[receipt.tip] = names

    def _name(self, who: Reporter, purpose: Purpose) -> str:
        """Name somebody's rows, which only the key of the day can."""
        return self.keyring.current(purpose, self.clock.seconds()).pseudonym(who.channel, who.id).hex()


def _first(files: Iterable[Incoming]) -> str:
    return next(one.item for one in files if isinstance(one, Sent))
