"""Tips: kept sealed to their desk and to recovery, found again by ticket, moved from status to status."""

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct, json
from sqlalchemy import Connection, delete, func, insert, select, update

from handlers.scene import Line, Timeline
from handlers.status import Status
from handlers.tip import Enclosure, Tip
from storage.database import insert_or_replace
from storage.errors import Gone, Sealed
from storage.models import METADATA
from storage.vault import open_sealed, seal

TIP, EVIDENCE, MESSAGE, EVENT = (METADATA.tables[name] for name in ("tip", "evidence", "message", "event"))
# Names of tips that one statement takes.
FEW = 500
# What happened before steps were counted is told in the order that a tip's life usually has.
STATUSES = [status.value for status in Status]
ORDER = {status: place for place, status in enumerate(STATUSES)}
# What an erased tip is about: nobody can tell any more.
OTHER = "lain"
# What stands between a question's words and its keys; nobody can type it.
KEYS = "\0"
TO_REPORTER, TO_DESK, FILE = "to-reporter", "to-desk", "file"


class Route(Struct, frozen=True):
    """Where tips go: a desk, its public key of this epoch, and its institution's own recovery key."""

    desk: str
    epoch: str
    key: str
    recovery: str

    @property
    def recipients(self) -> tuple[str, str]:
        return self.key, self.recovery


class Address(Struct, frozen=True):
    """Where news of a tip may be pushed to; bound to its tip, so that it cannot be pasted to another one."""

    tip: str
    channel: str
    id: str
    language: str


class Ring(Struct, frozen=True):
    """The two halves of a ticket that stay with us: the name to find it by, and the lock of its mailbox."""

    lookup: bytes
    mailbox: str


def keep(tx: Connection, tip: Tip, route: Route, ring: Ring, address: bytes | None) -> None:
    """Keep a tip for good, with the evidence it names, whether that has arrived or is still to come."""
    row = {
        "id": tip.id, "day": tip.day.toordinal(), "route": route.desk, "epoch": route.epoch,
        "status": Status.RECEIVED.value, "body": seal(json.encode(tip), route.recipients), "address": address,
        "lookup": ring.lookup, "mailbox": ring.mailbox,
    }  # fmt: skip
    tx.execute(insert(TIP), row)
    for one in tip.enclosures:
        _expect(tx, tip.id, one, tip.day)


def _expect(tx: Connection, tip: str, one: Enclosure, day: date) -> None:
    """One statement for both cases: another process may be bringing the file home right now."""
    attached = insert_or_replace(EVIDENCE, tx.dialect.name, keep=("day", "kind", "size", "lost"))
    coming = {"id": one.id, "tip": tip, "day": day.toordinal(), "kind": one.kind, "size": 0, "lost": False}
    tx.execute(attached, coming)


def attach(tx: Connection, tip: str, one: Enclosure, route: Route, day: date) -> None:
    """Add a file to a tip that is there already: its key goes to the tip's desk in a letter."""
    _expect(tx, tip, one, day)
    write(tx, Letter(one.id, tip, FILE, day, json.encode(one).decode()), route.recipients)


def attached(tx: Connection, tip: str, identities: Sequence[str]) -> tuple[Enclosure, ...]:
    """List the files that were added later, with the desk's keys."""
    wanted = select(MESSAGE.c.body).where(MESSAGE.c.tip == tip, MESSAGE.c.direction == FILE)
    bodies = tx.execute(wanted.order_by(MESSAGE.c.day, MESSAGE.c.id)).scalars()
    return tuple(json.decode(open_sealed(body, identities), type=Enclosure) for body in bodies)


def withdraw(tx: Connection, id_: str) -> None:
    """Undo `keep`, while nobody has seen the tip."""
    tx.execute(delete(EVIDENCE).where(EVIDENCE.c.tip == id_))
    tx.execute(delete(TIP).where(TIP.c.id == id_))


def is_read(tx: Connection, id_: str) -> bool:
    """Whether an officer has opened a tip; the audit knows."""
    opened = select(EVENT.c.link).where(EVENT.c.tip == id_, EVENT.c.action == "opened")
    return tx.execute(opened.limit(1)).first() is not None


def was_withdrawn(tx: Connection, id_: str) -> bool:
    """Whether the desk has written down that this tip was withdrawn."""
    noted = select(EVENT.c.link).where(EVENT.c.tip == id_, EVENT.c.action == Status.WITHDRAWN.value)
    return tx.execute(noted.limit(1)).first() is not None


def take_back(tx: Connection, id_: str, route: Route) -> list[str]:
    """Withdraw a tip of which its desk was told; return the files whose bytes may be dropped.

    What no officer has opened is erased: its words, files and letters. An empty body stays in their place, so that
    the desk and the ticket both find a withdrawn tip. What was read stays with the desk. Again, it changes nothing.
    """
    row = tx.execute(select(TIP.c.day, TIP.c.status).where(TIP.c.id == id_).with_for_update()).first()
    if row is None or Status(row.status).closed:
        return []
    move(tx, id_, Status.WITHDRAWN)
    if is_read(tx, id_):
        return []
    gone = list(tx.execute(select(EVIDENCE.c.id).where(EVIDENCE.c.tip == id_)).scalars())
    tx.execute(delete(EVIDENCE).where(EVIDENCE.c.tip == id_))
    tx.execute(delete(MESSAGE).where(MESSAGE.c.tip == id_, MESSAGE.c.direction.in_((TO_DESK, FILE))))
    empty = Tip(id_, date.fromordinal(row.day), OTHER)
    body = {"body": seal(json.encode(empty), route.recipients), "epoch": route.epoch}
    tx.execute(update(TIP).where(TIP.c.id == id_).values(body))
    return gone


def open_tip(tx: Connection, id_: str, identities: Sequence[str]) -> Tip:
    """Open a tip with a desk's keys. Raises Gone, or Sealed where it is another desk's or was swapped."""
    row = tx.execute(select(TIP.c.body).where(TIP.c.id == id_)).first()
    if row is None:
        raise Gone("no such tip")
    tip = json.decode(open_sealed(row.body, identities), type=Tip)
    if tip.id != id_:
        raise Sealed("the body belongs to another tip")
    return tip


def status(tx: Connection, id_: str) -> Status:
    """Say where a tip stands. Raises Gone."""
    row = tx.execute(select(TIP.c.status).where(TIP.c.id == id_).with_for_update()).first()
    if row is None:
        raise Gone("no such tip")
    return Status(row.status)


def statuses(tx: Connection, desk: str, among: Collection[str] | None = None) -> dict[str, Status]:
    """Say where each of a desk's tips stands; of those `among` whom somebody asks, where they are few."""
    wanted = select(TIP.c.id, TIP.c.status).where(TIP.c.route == desk)
    if among is not None and len(among) <= FEW:
        wanted = wanted.where(TIP.c.id.in_(among))
    return {id_: Status(status) for id_, status in tx.execute(wanted).all()}


def move(tx: Connection, id_: str, after: Status) -> None:
    """Set the status; a closed tip keeps no reply address."""
    values: dict[str, object] = {"status": after.value}
    if after.closed:
        values["address"] = None
    tx.execute(update(TIP).where(TIP.c.id == id_).values(values))


def detach(tx: Connection, id_: str) -> None:
    """Forget where news would be pushed to."""
    tx.execute(update(TIP).where(TIP.c.id == id_).values(address=None))


def address(tx: Connection, id_: str, oldest: date) -> bytes | None:
    """Return the sealed reply address, if the reporter left one and the tip is no older than `oldest`."""
    row = tx.execute(select(TIP.c.address, TIP.c.day).where(TIP.c.id == id_)).first()
    return row.address if row and row.day >= oldest.toordinal() else None


def find(tx: Connection, lookup: bytes) -> str | None:
    """Find a tip by its ticket's name."""
    row = tx.execute(select(TIP.c.id).where(TIP.c.lookup == lookup)).first()
    return row.id if row else None


def timeline(tx: Connection, id_: str, key: str) -> Timeline | None:
    """Tell a tip's story to its reporter, with the mailbox's key; none when it is gone."""
    # Held until the turn is over: what is said of a withdrawal must be true when it is done.
    known = select(TIP.c.day, TIP.c.status, TIP.c.address).where(TIP.c.id == id_).with_for_update()
    row = tx.execute(known).first()
    if row is None:
        return None
    # Within a day letters come last: nothing says when on that day they were written.
    lines = sorted((*_moves(tx, id_), *_letters(tx, id_, key)), key=lambda line: line.day)
    received = Line("status-received", date.fromordinal(row.day))
    now = Status(row.status)
    files = tx.execute(select(func.count()).where(EVIDENCE.c.tip == id_)).scalar_one()
    told = row.address is not None
    return Timeline(id_, key, now, told, now.closed, (received, *lines), files, is_read(tx, id_))


def _moves(tx: Connection, id_: str) -> list[Line]:
    """Tell what became of the tip, in the order in which it happened."""
    rows = tx.execute(select(EVENT.c.action, EVENT.c.day, EVENT.c.step).where(EVENT.c.tip == id_)).all()
    acts = [(row, *row.action.partition(" ")[::2]) for row in rows]
    moves = sorted((row.day, row.step or 0, ORDER[action], to) for row, action, to in acts if action in ORDER)
    return [Line(f"status-{STATUSES[place]}", date.fromordinal(day), to) for day, _, place, to in moves]


def _letters(tx: Connection, id_: str, key: str) -> list[Line]:
    wanted = select(MESSAGE.c.body, MESSAGE.c.day).where(MESSAGE.c.tip == id_, MESSAGE.c.direction == TO_REPORTER)
    rows = tx.execute(wanted).all()
    return [_asked(date.fromordinal(row.day), open_sealed(row.body, [key]).decode()) for row in rows]


def asking(text: str, keys: Sequence[str]) -> str:
    """Put a question into a letter: its words, and the keys of the catalogue that say the same."""
    return KEYS.join((text, " ".join(keys))) if keys else text


def _asked(day: date, written: str) -> Line:
    text, _, keys = written.partition(KEYS)
    return Line("desk-asks", day, text, tuple(keys.split()))


class Letter(Struct, frozen=True):
    """Words between a desk and a reporter."""

    id: str
    tip: str
    direction: str
    day: date
    text: str


def write(tx: Connection, letter: Letter, recipients: Sequence[str]) -> None:
    """Keep a letter, sealed to whoever is to read it."""
    row = {
        "id": letter.id, "tip": letter.tip, "direction": letter.direction, "day": letter.day.toordinal(),
        "body": seal(letter.text.encode(), recipients),
    }  # fmt: skip
    tx.execute(insert(MESSAGE), row)


def letters(tx: Connection, tip: str, identities: Sequence[str]) -> list[Letter]:
    """Read what the reporter has added, with the desk's keys."""
    wanted = select(MESSAGE).where(MESSAGE.c.tip == tip, MESSAGE.c.direction == TO_DESK)
    rows = tx.execute(wanted.order_by(MESSAGE.c.day, MESSAGE.c.id)).all()
    return [
        Letter(row.id, tip, TO_DESK, date.fromordinal(row.day), open_sealed(row.body, identities).decode())
        for row in rows
    ]


def mailbox(tx: Connection, id_: str) -> str:
    """Return the public key that words for this reporter are sealed to. Raises Gone."""
    row = tx.execute(select(TIP.c.mailbox).where(TIP.c.id == id_)).first()
    if row is None:
        raise Gone("no such tip")
    return str(row.mailbox)


def route(tx: Connection, id_: str) -> str | None:
    """Name the desk of a tip, if the tip is still there."""
    row = tx.execute(select(TIP.c.route).where(TIP.c.id == id_)).first()
    return row.route if row else None
