"""A tip goes on to another office: sealed anew to that one alone, never to one that must not receive it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Elsewhere
from bot.forwarding import forward
from handlers.desk import Card, Role
from handlers.desk import Officer as Listed
from handlers.follow_up import show
from handlers.messages import Term
from handlers.status import Status
from handlers.tip import Tip
from storage import tips
from storage.database import Database
from storage.errors import Sealed
from tests.desk.hands import press, privately, types
from tests.desk.office import RINA, Keys, Office, world
from tests.simulator.running import Running
from tests.town import Officer

SARI = 9005
BKN = -1001000000002
TITLES = {"bawaslu": "Bawaslu Kota", "bkn": "Kantor BKN", "inspektorat": "Inspektorat Kota"}


def two_groups() -> dict[str, Any]:
    """The desk's world, with the group and the bot of another office."""
    made = world()
    telegram = made["telegram"]
    bot = {"token": "201:desk-token", "username": "saksi_bkn_bot", "name": "Meja BKN"}
    members = [{"person": SARI, "status": "creator"}]
    group = {**telegram["groups"][0], "id": BKN, "title": "BKN", "bots": ["saksi_bkn_bot"], "members": members}
    people = [*telegram["people"], {"id": SARI, "name": "Sari"}]
    telegram = {
        **telegram, "bots": [*telegram["bots"], bot], "people": people, "groups": [*telegram["groups"], group]
    }  # fmt: skip
    return {**made, "telegram": telegram}


class Pair:
    """Two offices with one database; a third is on the roster and has nobody here."""

    def __init__(self, platform: Running, database: Database, folder: Path) -> None:
        keys = {name: Keys() for name in TITLES}
        ours = Office(platform, database, folder, keys=keys["bawaslu"])
        routes = {name: Office(platform, database, folder, keys=keys[name], name=name).route() for name in TITLES}
        everywhere = {name: Elsewhere(TITLES[name], route) for name, route in routes.items()}

        def without(name: str) -> dict[str, Elsewhere]:
            return {other: one for other, one in everywhere.items() if other != name}

        self.ours = Office(platform, database, folder, keys=keys["bawaslu"], others=without("bawaslu"))
        self.theirs = Office(
            platform, database, folder, keys=keys["bkn"], others=without("bkn"), name="bkn", title=TITLES["bkn"],
            token="201:desk-token", username="saksi_bkn_bot", group=BKN,
            officers={SARI: Listed("Sari", Role.SUPERVISOR)},
        )  # fmt: skip
        assert ours.route() == self.ours.route()

    async def settled(self) -> None:
        for office in (self.ours, self.theirs):
            await office.settled()


@pytest.fixture
async def pair(platform: Running, database: Database, tmp_path: Path) -> AsyncIterator[Pair]:
    await platform.sim("setup", **two_groups())
    pair = Pair(platform, database, tmp_path)
    for office in (pair.ours, pair.theirs):
        await office.start()
    yield pair
    for office in (pair.ours, pair.theirs):
        await office.stop()


@pytest.fixture
async def rina(pair: Pair) -> Officer:
    return await pair.ours.officer(RINA)


async def hand_on(pair: Pair, officer: Officer, tip: str, title: str = "Kantor BKN") -> str:
    """Pass a tip on, from its card; return the last toast."""
    await press(pair.ours, officer, tip, "Status", "Ke kantor lain …", title)
    toast = await press(pair.ours, officer, tip, f"Ya, teruskan ke {title}")
    await pair.settled()
    return toast


async def labels(office: Office, tip: str) -> list[str]:
    return [button["text"] for row in (await office.posted(tip))["buttons"] for button in row]


def opened(pair: Pair, tip: str, office: Office) -> Tip:
    with pair.ours.database.snapshot() as tx:
        return tips.open_tip(tx, tip, [office.keys.desk])


async def test_the_other_office_alone_opens_it_and_has_a_card(pair: Pair, rina: Officer) -> None:
    tip = await pair.ours.receive(photos=1)
    await press(pair.ours, rina, tip, "Buka", "Lainnya", "Catatan")
    await types(pair.ours, rina, "Sudah dicek.")
    card = await pair.ours.posted(tip)
    reference = (await pair.ours.card(tip)).reference
    assert await hand_on(pair, rina, tip) == "Diteruskan ke Kantor BKN."
    shown = next(one for one in await pair.ours.group_messages() if one["id"] == card["id"])
    assert f"{reference}\nDiteruskan ke Kantor BKN, 18 November 2026." in shown["text"].replace("\u200b", "")
    assert not shown["buttons"]
    assert len(shown["text"]) == len(card["text"])
    with pytest.raises(Sealed):
        opened(pair, tip, pair.ours)
    assert opened(pair, tip, pair.theirs).story == "Camat membagi amplop."
    assert "Status: diteruskan" in (await pair.theirs.posted(tip))["text"]
    sari = await pair.theirs.officer(SARI)
    await press(pair.theirs, sari, tip, "Buka")
    await pair.settled()
    text = await sari.private.text()
    assert "Bawaslu Kota: Sudah dicek." in text
    assert "Bawaslu Kota: Laporan ini diteruskan ke kantor Anda." in text
    assert "Rina" not in text
    assert len(await pair.ours.simulator.calls("sendPhoto")) == 2
    assert await pair.theirs.status(tip) is Status.ACKNOWLEDGED


async def test_the_reporter_reads_where_it_went_and_is_answered_from_there(pair: Pair, rina: Officer) -> None:
    tip = await pair.ours.receive()
    await press(pair.ours, rina, tip, "Buka")
    await press(pair.ours, rina, tip, "Tanya pelapor", "Jam kejadian", "Kirim pertanyaan")
    news = await pair.ours.owed_news()
    await hand_on(pair, rina, tip)
    assert await pair.ours.owed_news() == news + 1
    told = (await pair.ours.timeline(tip)).titled(TITLES)
    assert told.status == Status.REFERRED
    assert [(line.key, line.text) for line in told.lines if line.key == "status-referred"] == [
        ("status-referred", "Kantor BKN")
    ]
    assert show(told).words["status"] == Term("status-referred-to", {"office": "Kantor BKN"})
    await pair.theirs.reply(tip, "Jam sembilan.")
    sari = await pair.theirs.officer(SARI)
    await press(pair.theirs, sari, tip, "Buka")
    await pair.settled()
    text = await sari.private.text()
    assert text.index("pukul berapa kejadiannya") < text.index("Jam sembilan.")
    assert ("Rina", "referred bkn") in await pair.ours.audit(tip)


@pytest.mark.parametrize(
    ("about", "offered"),
    [
        ({}, ["Kantor BKN", "Inspektorat Kota"]),
        ({"post": "head"}, ["Kantor BKN"]),
        ({"conflict": "yes", "recused": ("inspektorat",)}, ["Kantor BKN"]),
        ({"post": "head", "conflict": "yes", "recused": ("bkn", "inspektorat")}, []),
        # Sent before tips said which office they went around.
        ({"conflict": "yes"}, []),
    ],
)
async def test_an_office_that_must_not_receive_it_is_never_offered(
    pair: Pair, rina: Officer, about: dict[str, Any], offered: list[str]
) -> None:
    tip = await pair.ours.receive(**about)
    await press(pair.ours, rina, tip, "Status")
    assert "Diteruskan" in await labels(pair.ours, tip)
    assert ("Ke kantor lain …" in await labels(pair.ours, tip)) == bool(offered)
    if offered:
        await press(pair.ours, rina, tip, "Ke kantor lain …")
        assert await labels(pair.ours, tip) == [*offered, "Kembali"]
    barred = {"bkn", "inspektorat"} - {name for name, title in TITLES.items() if title in offered}
    for name in barred:
        # Even where a card said nothing of it: what the tip itself says decides.
        with pair.ours.database.transaction() as tx:
            card = noted(pair.ours, tip)
            assert forward(pair.ours.desk, tx, tip, card, name, "Rina") is None
    assert opened(pair, tip, pair.ours).id == tip


def noted(office: Office, tip: str) -> Card:
    with office.database.snapshot() as tx:
        card = office.desk.notes.card(tx, tip)
    assert card
    return card


async def test_a_desk_that_is_alone_keeps_its_plain_status(office: Office) -> None:
    rina, tip = await office.officer(RINA), await office.receive()
    await press(office, rina, tip, "Status")
    assert "Ke kantor lain …" not in await labels(office, tip)
    await press(office, rina, tip, "Diteruskan")
    assert await office.status(tip) is Status.REFERRED
    assert [line.text for line in (await office.timeline(tip)).lines if line.key == "status-referred"] == [""]


async def test_presses_that_come_late_do_nothing_and_say_where_it_is(pair: Pair, rina: Officer) -> None:
    tip = await pair.ours.receive()
    await press(pair.ours, rina, tip, "Buka")
    await pair.settled()
    private, take = await rina.private.choice("Ambil")
    await press(pair.ours, rina, tip, "Status", "Ke kantor lain …", "Kantor BKN")
    card = await pair.ours.posted(tip)
    send = await rina.data(card, "Ya, teruskan ke Kantor BKN")
    assert "Diteruskan" in await rina.forge(card, send)
    gone = "Laporan ini sudah diteruskan ke Kantor BKN. Hubungi kantor itu."
    for data in (send, take):
        assert await rina.forge(card, data) == gone
    assert await rina.forge(private, take, chat=rina.private.bot) == gone
    await pair.settled()
    assert len([one for one in await pair.theirs.group_messages() if one["buttons"]]) == 1
    assert [act for act in await pair.ours.audit(tip) if "referred" in act[1]] == [("Rina", "referred bkn")]
    assert "Tidak ada yang cocok" in await types(pair.ours, rina, f"/cari {(await pair.theirs.card(tip)).reference}")


async def test_two_who_choose_at_once_send_only_what_the_button_names(pair: Pair, rina: Officer) -> None:
    tip = await pair.ours.receive()
    await press(pair.ours, rina, tip, "Status", "Ke kantor lain …", "Kantor BKN")
    card = await pair.ours.posted(tip)
    to_bkn = await rina.data(card, "Ya, teruskan ke Kantor BKN")
    await press(pair.ours, rina, tip, "Inspektorat Kota")
    assert "dipilih" in await rina.forge(card, to_bkn)
    assert (await pair.ours.card(tip)).onward == "bkn"
    await press(pair.ours, rina, tip, "Kembali")
    assert "sudah lama" in await rina.forge(card, to_bkn)
    assert opened(pair, tip, pair.ours).id == tip


async def test_nobody_reading_it_there_is_told_there(pair: Pair, rina: Officer) -> None:
    tip = await pair.ours.receive()
    await press(pair.ours, rina, tip, "Buka")
    await hand_on(pair, rina, tip)
    await pair.theirs.pass_time(hours=25)
    await pair.theirs.pass_time(seconds=61)
    reference = (await pair.theirs.card(tip)).reference
    assert [reference in one for one in await pair.theirs.said("lewat waktunya")] == [True]
    sari = await pair.theirs.officer(SARI)
    await types(pair.theirs, sari, "/antrean")
    assert "pribadi" in await privately(pair.theirs, sari, "Buka berikutnya")
    assert await types(pair.theirs, sari, "/terlambat") == "Tidak ada yang terlambat."


async def test_it_may_come_back(pair: Pair, rina: Officer) -> None:
    tip = await pair.ours.receive()
    await press(pair.ours, rina, tip, "Buka")
    await hand_on(pair, rina, tip)
    sari = await pair.theirs.officer(SARI)
    await press(pair.theirs, sari, tip, "Status", "Ke kantor lain …", "Bawaslu Kota", "Ya, teruskan ke Bawaslu Kota")
    await pair.settled()
    assert opened(pair, tip, pair.ours).id == tip
    assert "Status: diteruskan" in (await pair.ours.posted(tip))["text"]
    assert (await pair.ours.card(tip)).origin == "Kantor BKN"
