"""The tables, and nothing else. What each column gives away is listed in docs/columns.md, and a test keeps it so."""

from sqlalchemy import Index, LargeBinary, MetaData, column, false
from sqlmodel import Field, SQLModel

# Named constraints, so that a migration can find them again on every database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: MetaData = SQLModel.metadata
# Without this SQLite numbers every row in order of arrival, and that number joins tables (measured).
UNNUMBERED = {"sqlite_with_rowid": False}


class Draft(SQLModel, table=True):
    """A conversation in progress, under a keyed pseudonym."""

    __table_args__ = UNNUMBERED
    pseudonym: bytes = Field(primary_key=True, sa_type=LargeBinary)
    version: int
    day: int = Field(index=True)
    body: bytes


class Seen(SQLModel, table=True):
    """Which messages of a conversation were handled already; outlives its draft."""

    __table_args__ = UNNUMBERED
    pseudonym: bytes = Field(primary_key=True, sa_type=LargeBinary)
    day: int = Field(index=True)
    body: bytes


class Trace(SQLModel, table=True):
    """Which messages stand in a chat, so that they can be deleted there."""

    __table_args__ = UNNUMBERED
    pseudonym: bytes = Field(primary_key=True, sa_type=LargeBinary)
    day: int = Field(index=True)
    body: bytes


class Tip(SQLModel, table=True):
    """A tip: sealed to its desk and recovery; its reply address sealed apart, to the courier alone."""

    __table_args__ = UNNUMBERED
    id: str = Field(primary_key=True)
    day: int = Field(index=True)
    route: str
    epoch: str
    status: str
    body: bytes
    address: bytes | None = None
    lookup: bytes = Field(unique=True)
    mailbox: str


class Evidence(SQLModel, table=True):
    """A sealed file. Without `tip` it waits for its draft; without `size` it is still to come, or lost."""

    __table_args__ = UNNUMBERED
    id: str = Field(primary_key=True)
    tip: str | None = Field(default=None, index=True)
    day: int = Field(index=True)
    kind: str
    size: int = 0
    lost: bool = False


class Message(SQLModel, table=True):
    """Words between a desk and a reporter, each sealed to the one who is to read them."""

    __table_args__ = UNNUMBERED
    id: str = Field(primary_key=True)
    tip: str = Field(index=True)
    direction: str
    day: int
    body: bytes


class Event(SQLModel, table=True):
    """What officers did: a chain per desk, each link the hash of the one before and of what was done.

    `step` counts the events of one tip from 1, so that its reporter reads them in their order.
    """

    __table_args__ = UNNUMBERED
    link: bytes = Field(primary_key=True, sa_type=LargeBinary)
    previous: bytes
    desk: str
    tip: str = Field(index=True)
    day: int
    officer: str
    action: str
    step: int | None = None


class Card(SQLModel, table=True):
    """What a desk notes about a tip, sealed to itself."""

    __table_args__ = UNNUMBERED
    tip: str = Field(primary_key=True)
    desk: str
    body: bytes


class Desk(SQLModel, table=True):
    """What a desk knows of its own room: the group's present id, the head of the audit, who has opened a chat."""

    __table_args__ = UNNUMBERED
    name: str = Field(primary_key=True)
    body: bytes


# What a courier looks for many times a second: what it may take now. Of a hundred thousand that are due later or were
# handed over, it then reads none.
_FREE = column("parked").is_(false())
_KNOWN = column("way").is_not(None)


class Owed(SQLModel, table=True):
    """Something that must still arrive. Times in seconds since 1970; the payload is sealed to who delivers it.

    It is owed from `due` on, and nobody takes it before `lease` is over. `holder` is the courier that has it now.
    What has the same `way` goes to the same place, one after the other. `attempts` counts how often somebody began
    to deliver it, and `failures` how often that was refused or failed.
    """

    __table_args__ = (
        Index("ix_owed_lane", "lane", "lease", sqlite_where=_FREE, postgresql_where=_FREE),
        Index("ix_owed_way", "way", "due", sqlite_where=_KNOWN, postgresql_where=_KNOWN),
        UNNUMBERED,
    )
    id: str = Field(primary_key=True)
    lane: str
    due: float
    attempts: int = 0
    failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    lease: float = 0
    parked: bool = False
    payload: bytes
    code: int | None = None
    holder: str | None = None
    way: bytes | None = None


class PosterCount(SQLModel, table=True):
    """How often a poster's code was followed in a month; shown rounded."""

    __tablename__ = "poster_count"
    __table_args__ = UNNUMBERED
    code: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    count: int
