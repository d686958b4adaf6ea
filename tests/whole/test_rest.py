"""The two halves of the secret, on what really rests after a real report: neither opens what is the other's.

That nothing of a reporter rests unsealed anywhere is searched for in tests/anonymity.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import json
from sqlalchemy import Connection, Row, select

from handlers.tip import Tip
from storage.database import Database
from storage.drafts import Conversations
from storage.errors import Sealed
from storage.evidence import Folder
from storage.keyring import Keyring, Purpose
from storage.keys import courier_identity, desk_identity
from storage.models import METADATA
from storage.tips import Address
from storage.vault import open_sealed
from tests.town import TelegramPhone, Town
from tests.whole.reports import Desk, greet, report

TIP, EVIDENCE = METADATA.tables["tip"], METADATA.tables["evidence"]
PNG_OR_JPEG = (b"\xff\xd8\xff", b"\x89PNG")


@dataclass
class Disk:
    """A town's state folder, with all of its keys at hand, and the one report that was just sent."""

    folder: Path
    tx: Connection
    reporter: TelegramPhone
    row: Row[Any, Any, Any]

    @property
    def courier(self) -> str:
        return courier_identity(self.folder / "keys")

    @property
    def desk(self) -> str:
        return desk_identity(self.folder / "keys", "bawaslu")

    @property
    def drafts(self) -> Keyring:
        return Keyring(self.folder / "runtime")

    def tip(self) -> Tip:
        return json.decode(open_sealed(self.row.body, [self.desk]), type=Tip)

    def pieces(self) -> list[bytes]:
        """The sealed photos."""
        found = self.tx.execute(select(EVIDENCE.c.id).where(EVIDENCE.c.tip == self.row.id)).scalars().all()
        return [Folder(self.folder / "evidence").get(id_) for id_ in found]


@pytest.fixture
async def disk(town: Town) -> AsyncIterator[Disk]:
    reporter, officer = await town.on_telegram(), await town.officer()
    database = Database.at(town.environment.get("SAKSI_DATABASE") or f"sqlite:///{town.folder / 'saksi.db'}")
    with database.transaction() as tx:
        known = set(tx.execute(select(TIP.c.id)).scalars())
    desk = await Desk.watched(officer)
    await greet(reporter)
    await report(reporter, push=True)
    await desk.new_card()
    with database.transaction() as tx:
        fresh = select(TIP.c.id, TIP.c.body, TIP.c.address).where(TIP.c.id.not_in(known))
        yield Disk(town.folder, tx, reporter, tx.execute(fresh).one())
    database.close()


def test_the_desk_opens_the_tip_and_with_what_is_in_it_the_photos(disk: Disk) -> None:
    tip, sealed = disk.tip(), disk.pieces()
    assert tip.who == "Camat Jekan Raya"
    keys = [enclosure.key for enclosure in tip.enclosures]
    opened = [open_sealed(blob, keys) for blob in sealed]
    assert len(opened) == 2
    assert all(photo.startswith(PNG_OR_JPEG) for photo in opened)


def test_the_intake_has_no_key_to_a_stored_tip(disk: Disk) -> None:
    with pytest.raises(Sealed):
        open_sealed(disk.row.body, [disk.courier])
    now = datetime.now(UTC).timestamp()
    for purpose in Purpose:
        for key in disk.drafts.kept(purpose, now):
            name = key.pseudonym("telegram", str(disk.reporter.person))
            for place in (name, b"owed", disk.row.id.encode()):
                with pytest.raises(Sealed):
                    key.box(place).open(disk.row.body, disk.row.id.encode())


def test_the_intake_has_no_key_to_the_photos_once_the_tip_is_sent(disk: Disk) -> None:
    conversations = Conversations(disk.drafts)
    who = _Who("telegram", str(disk.reporter.person))
    draft = conversations.load(disk.tx, who, datetime.now(UTC)).draft
    assert draft.receipt is not None
    assert draft.files.items == ()
    for blob in disk.pieces():
        with pytest.raises(Sealed):
            open_sealed(blob, [disk.courier])
        with pytest.raises(Sealed):
            open_sealed(blob, [disk.desk])


def test_the_desk_has_no_key_to_the_reply_address(disk: Disk) -> None:
    with pytest.raises(Sealed):
        open_sealed(disk.row.address, [disk.desk])
    with pytest.raises(Sealed):
        open_sealed(disk.row.address[1:], [disk.desk])
    assert str(disk.reporter.person) not in repr(disk.tip())


def test_the_courier_opens_the_reply_address_and_it_is_bound_to_its_tip(disk: Disk) -> None:
    address = json.decode(open_sealed(disk.row.address[1:], [disk.courier]), type=Address)
    assert address == Address(disk.row.id, "telegram", str(disk.reporter.person), "id")


@dataclass
class _Who:
    channel: str
    id: str
