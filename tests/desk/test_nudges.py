"""Officers' phones on WhatsApp are told how many reports came in, seldom, and nothing else; whatever Meta says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import nudges
from bot.carriers import NUDGES, Sent, ToPhones
from bot.channels.base import Later
from bot.channels.whatsapp import Template, WhatsApp
from bot.channels.whatsapp_batch import Settled, State
from bot.courier import AT_ONCE, Carrier, Courier
from bot.parcels import NUDGE, Nudge
from bot.word import heard_of
from storage import outbox
from storage.database import Database
from storage.outbox import OWED, Parked
from storage.vault import new_identity, seal
from storage.wrapping import Wrapper
from tests.desk.office import BAGUS, DEWI, JOKO, RINA, Office, world
from tests.simulator.running import Running

PHONES = {RINA: "628000009001", DEWI: "628000009003", JOKO: "628000009004"}
BODY = "Ada {{1}} laporan baru. Buka Telegram untuk membacanya."
KNOWN = {"name": "kabar_meja", "language": "id", "category": "UTILITY", "components": [{"type": "BODY", "text": BODY}]}

TEMPLATE = Template("kabar_meja", "id")


@dataclass
class Phones:
    """The intake's end of it, and what officers see on WhatsApp."""

    office: Office
    whatsapp: WhatsApp
    template: Template | None = TEMPLATE

    def __post_init__(self) -> None:
        wrapper = Wrapper(identities=[self.office.keys.courier_identity])
        self.carrier = ToPhones(self.whatsapp, self.template)
        carriers: dict[str, Carrier] = {NUDGE: self.carrier, outbox.sent_lane(NUDGE): Sent()}
        self.courier = Courier(
            self.office.committer, wrapper, carriers, clock=self.office.clock, wake_others=lambda _lanes: None
        )

    async def told(self) -> dict[int, list[str]]:
        """Let everything due go out; then say what stands on each officer's phone."""
        await self.office.settled()
        running = asyncio.create_task(self.courier.run(alone=True))
        while await self.office.committer.commit(self._due) or self.courier._free < AT_ONCE:  # noqa: SLF001  # no other sign
            self.courier.wake()
            await asyncio.sleep(0.02)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        chats = (await self.office.simulator.get("state"))["whatsapp"]["chats"]
        texts = {chat["key"]: [one["text"] for one in chat["messages"]] for chat in chats}
        return {user: texts.get(f"ID.officer{user}", []) for user in PHONES}

    def _due(self, tx: Any) -> bool:
        now = self.office.clock().timestamp()
        ready = OWED.c.lane == NUDGE, OWED.c.due <= now, OWED.c.lease <= now, OWED.c.parked.is_(False)
        return tx.execute(select(OWED.c.id).where(*ready)).first() is not None

    async def parked(self) -> list[Parked]:
        return [one for one in await self.office.committer.commit(outbox.parked) if one.lane == NUDGE]

    async def rows(self) -> list[Any]:
        wanted = select(OWED).where(OWED.c.lane.in_((NUDGE, outbox.sent_lane(NUDGE))))
        return list(await self.office.committer.commit(lambda tx: tx.execute(wanted).all()))


async def judged(platform: Running, **status: str) -> None:
    """Set the world up with officers' phones and the template as Meta has judged it."""
    given = world()
    people = [{"id": f"ID.officer{user}", "name": "Petugas", "phone": number} for user, number in PHONES.items()]
    whatsapp = {**given["whatsapp"], "people": people, "templates": [{**KNOWN, **status}]}
    await platform.sim("setup", **{**given, "whatsapp": whatsapp})


@pytest.fixture
async def phones(platform: Running, database: Database, tmp_path: Path) -> AsyncIterator[Phones]:
    await judged(platform)
    office = await Office(platform, database, tmp_path, phones=dict(PHONES)).start()
    whatsapp = WhatsApp(token="wa-token", phone_id="100000000000001", app_secret="fake", api_base=platform.url)
    yield Phones(office, whatsapp)
    await whatsapp.aclose()
    await office.stop()


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("saksi.db*"))


def ada(count: int) -> str:
    return BODY.replace("{{1}}", str(count))


async def test_a_phone_hears_at_once_and_then_of_all_at_most_each_quarter_of_an_hour(phones: Phones) -> None:
    office = phones.office
    await office.receive()
    assert await phones.told() == {RINA: [ada(1)], DEWI: [ada(1)], JOKO: []}
    for _ in range(5):
        await office.receive()
        await office.pass_time(minutes=2)
    assert (await phones.told())[RINA] == [ada(1)]
    await office.pass_time(minutes=5)
    assert (await phones.told())[RINA] == [ada(1), ada(5)]
    await office.pass_time(hours=3)
    assert (await phones.told())[DEWI] == [ada(1), ada(5)]
    await office.receive()
    assert (await phones.told())[RINA] == [ada(1), ada(5), ada(1)]


async def test_a_burst_rings_once_and_a_change_never(phones: Phones) -> None:
    office = phones.office
    office.pace.most = 8
    rina = await office.officer(RINA)
    await office.receive_all([{} for _ in range(40)])
    await office.settled()
    assert len((await phones.told())[RINA]) == 1
    await office.pass_time(minutes=16)
    said = (await phones.told())[RINA]
    assert len(said) == 2
    assert sum(int(text.split()[1]) for text in said) == 40
    office.pace.most = 6000
    [first, *_] = await office.cards()
    assert await rina.press(first, "Ambil") == "Anda yang memegang sekarang."
    await office.pass_time(minutes=16)
    assert (await phones.told())[RINA] == said


async def test_the_count_survives_a_restart_and_a_desk_without_numbers_owes_nothing(phones: Phones) -> None:
    office = phones.office
    await office.receive()
    await phones.told()
    await office.receive()
    await office.settled()
    await office.stop()
    await office.start()
    phones.__post_init__()
    await office.pass_time(minutes=16)
    assert (await phones.told())[RINA] == [ada(1), ada(1)]
    office.desk.phones.clear()  # type: ignore[attr-defined]  # the roster of a desk that has none
    await office.committer.commit(lambda tx: nudges.begin(office.desk, tx, (office.keys.desk,)))
    before = await phones.rows()
    await office.receive()
    await office.pass_time(minutes=16)
    assert [row.id for row in await phones.rows()] == [row.id for row in before]


@pytest.mark.parametrize(
    ("status", "code"), [("PAUSED", 132015), ("PENDING", 132001), ("REJECTED", 132001), ("DISABLED", 132016)]
)
async def test_a_template_that_may_not_go_out_waits_with_an_alarm_and_is_counted_later(
    phones: Phones, status: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    office = phones.office
    await judged(office.simulator, status=status)
    await office.receive()
    assert (await phones.told())[RINA] == []
    assert [(one.code, one.count) for one in await phones.parked()] == [(code, 2)]
    logged = capsys.readouterr().out
    assert logged.count("template-refused") == 2
    assert not [number for number in PHONES.values() if number in logged]
    await office.receive()
    await office.pass_time(minutes=16)
    assert (await phones.told())[RINA] == []
    assert [(one.code, one.count) for one in await phones.parked()] == [(code, 2)]
    await judged(office.simulator, status="APPROVED")
    await office.receive()
    await office.pass_time(minutes=16)
    assert (await phones.told())[RINA] == [ada(3)]
    assert await phones.parked() == []


@pytest.mark.parametrize("code", [132000, 132005, 132007, 132012, 132015, 131026])
async def test_what_can_never_arrive_is_parked_with_its_code(phones: Phones, code: int) -> None:
    order = {"times": 2, "status": 400, "code": code}
    await phones.office.simulator.put("faults", whatsapp={"fail": order})
    await phones.office.receive()
    assert (await phones.told())[RINA] == []
    assert [(one.code, one.count) for one in await phones.parked()] == [(code, 2)]
    assert await phones.office.committer.commit(lambda tx: outbox.again(tx, NUDGE)) == 2
    assert (await phones.told())[RINA] == [ada(1)]


async def test_without_a_template_in_the_settings_the_operator_is_told(
    phones: Phones, capsys: pytest.CaptureFixture[str]
) -> None:
    unset = Phones(phones.office, phones.whatsapp, None)
    await phones.office.receive()
    assert (await unset.told())[RINA] == []
    assert sum(one.count for one in await unset.parked()) == 2
    assert "SAKSI_WHATSAPP__NUDGE names no template" in capsys.readouterr().out


@pytest.mark.parametrize(("code", "parked"), [(130429, 0), (132015, 1)])
async def test_bad_news_that_comes_late_counts_as_well(phones: Phones, code: int, parked: int) -> None:
    await phones.office.receive()
    await phones.told()
    row, *_ = await phones.rows()
    assert row.lane == outbox.sent_lane(NUDGE)
    now = phones.office.clock().timestamp()
    failed = [Settled(row.id, State.FAILED, code)]
    await phones.office.committer.commit(lambda tx: heard_of(tx, failed, now))
    assert [(one.code, one.count) for one in await phones.parked()] == ([(code, 1)] if parked else [])
    await phones.office.pass_time(minutes=2)
    said = await phones.told()
    assert sorted(len(said[user]) for user in (RINA, DEWI)) == ([1, 1] if parked else [1, 2])
    # Delivered: nothing is owed any more.
    rest = [Settled(one.id, State.DELIVERED, 0) for one in await phones.rows() if one.lane != NUDGE]
    await phones.office.committer.commit(lambda tx: heard_of(tx, rest, now))
    assert len(await phones.rows()) == parked


async def test_no_number_rests_unsealed_and_only_the_desk_and_the_intake_can_read_it(
    phones: Phones, database: Database, tmp_path: Path
) -> None:
    await phones.office.receive()
    await phones.office.settled()
    written = everything(tmp_path)
    assert not [number for number in PHONES.values() if number.encode() in written]
    assert {row.lane for row in await phones.rows()} == {NUDGE}
    assert database is phones.office.database


async def test_a_number_outlives_the_key_it_was_sealed_to_and_not_its_place_on_the_roster(
    phones: Phones, capsys: pytest.CaptureFixture[str]
) -> None:
    office = phones.office
    book = office.desk.phones
    assert isinstance(book, dict)
    commit = office.committer.commit
    await commit(lambda tx: nudges.begin(office.desk, tx, (new_identity()[0],)))
    room = await commit(office.desk.notes.room)
    assert {user: phone.number for user, phone in room.phones.items()} == PHONES
    book[BAGUS] = seal(b"628000009002", [new_identity()[1]])
    del book[DEWI]
    await commit(lambda tx: nudges.begin(office.desk, tx, (office.keys.desk,)))
    room = await commit(office.desk.notes.room)
    assert set(room.phones) == {RINA, JOKO}
    assert "phone-unreadable" in capsys.readouterr().out


async def test_the_lane_has_a_pace_of_its_own(phones: Phones) -> None:
    assert phones.carrier.bucket.most == NUDGES
    for _ in range(NUDGES):
        phones.carrier.bucket.take()
    with pytest.raises(Later):
        await phones.carrier.deliver(Nudge("628000009001", 1), "row")
    assert await phones.office.simulator.calls("POST messages") == []
