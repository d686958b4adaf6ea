"""The figures as pictures: asked for, on Mondays, and never about a few."""

import io
import subprocess
import sys
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.charts.drawing import INK, draw
from bot.charts.panels import Panel, sheets
from handlers.desk.figures import LEAST, Life, figures
from handlers.status import Status
from tests.desk.hands import in_group, press, types
from tests.desk.office import DEWI, TODAY, Office
from tests.town import Message, Officer

KINDS = ("uang", "medsos", "kampanye")


async def many(office: Office, count: int) -> list[str]:
    abouts = [{"what": KINDS[at % 2], "day": TODAY - timedelta(days=at), "place": "62.71.01"} for at in range(count)]
    made = await office.receive_all(abouts)
    await office.settled()
    return made


def pictures(messages: list[Message]) -> list[Message]:
    return [one for one in messages if one["media"]]


async def test_asking_for_numbers_in_private_brings_two_pictures_with_words(office: Office, rina: Officer) -> None:
    await many(office, 12)
    await office.receive(what="kampanye", place="62.71.03")
    await office.settled()
    assert "Semua laporan: 13" in await types(office, rina, "/statistik")
    await office.settled()
    first, second = pictures(await rina.private.said())
    assert first["protected"]
    assert "Laporan masuk: 13" in first["caption"]
    assert "Bagi uang/barang 6" in first["caption"]
    assert "kampanye" not in first["caption"].casefold()
    assert "baru 13" in second["caption"]
    data = (await office.simulator.client.get(first["media"]["url"])).content
    with Image.open(io.BytesIO(data)) as shown:
        assert shown.width == 1080


async def test_in_the_group_they_stand_below_the_numbers(office: Office, rina: Officer) -> None:
    await many(office, 6)
    await in_group(office, rina.person, "/statistik")
    await office.settled()
    assert len(pictures(await office.group_messages())) == 2


async def test_of_fewer_than_five_there_is_no_picture(office: Office, rina: Officer) -> None:
    await many(office, 4)
    await types(office, rina, "/statistik")
    await office.settled()
    assert pictures(await rina.private.said()) == []


async def test_on_mondays_they_come_with_the_morning(office: Office) -> None:
    await many(office, 6)
    await office.pass_time(hours=19)  # Thursday, seven o'clock
    assert pictures(await office.group_messages()) == []
    for _ in range(4):
        await office.pass_time(days=1)
    assert len(pictures(await office.group_messages())) == 2


async def test_days_until_read_and_closed_are_counted_from_the_work_log(office: Office) -> None:
    dewi = await office.officer(DEWI)
    for tip in await many(office, 5):
        await press(office, dewi, tip, "Buka", "Selesai …", "Tidak terbukti")
    [_, work] = await office.committer.commit(lambda tx: sheets(office.desk, tx))
    assert work.say.words["read"] == "2"
    assert work.say.words["closed"] == "2"


DAYS = st.dates(TODAY - timedelta(days=100), TODAY)
LIVES = st.builds(
    Life,
    what=st.sampled_from(KINDS),
    place=st.sampled_from(("", "A", "B")),
    day=DAYS,
    status=st.sampled_from(Status),
    read=st.none() | st.just(TODAY),
    closed=st.none() | st.just(TODAY),
)


@given(st.lists(LIVES, max_size=40))
def test_no_figure_is_about_a_few(lives: list[Life]) -> None:
    found = figures(lives, TODAY)
    if found is None:
        assert len(lives) < LEAST
        return
    shown = [count for pairs in (found.weeks, found.kinds, found.places, found.statuses) for _, count in pairs]
    shown += [count for spread in (found.read, found.closed) if spread for count in spread.counts]
    assert not [count for count in shown if count is not None and 0 < count < LEAST]


def test_a_picture_is_dark_and_opaque_and_has_a_bar_for_each_number() -> None:
    panels = (Panel("Satu", (("a", 9), ("b" * 60, 5))), Panel("Dua", (("1/1", None), ("8/1", 12)), upright=True))
    with Image.open(io.BytesIO(draw(panels))) as shown:
        colours = shown.convert("RGB").getcolors(1 << 20) or []
        corner = shown.convert("RGB").getpixel((2, 2))
    assert corner == tuple(bytes.fromhex(INK[1:]))
    assert max(colours)[1] == corner


def test_a_desk_loads_neither_matplotlib_nor_typst_before_it_draws() -> None:
    code = "import sys, bot.app.desk; print([name for name in ('matplotlib', 'typst') if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    assert loaded.stdout.strip() == "[]"
