"""An officer's phone rings over WhatsApp; whoever answers it is a person who writes to the intake, like anybody."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.keys import load_roster
from storage.vault import open_sealed
from tests.town import RINA, Town
from tests.whole.reports import Desk, greet, report

pytestmark = pytest.mark.timeout(300)
NUMBER = "628000009001"


@pytest.fixture
async def ringing(tmp_path: Path) -> AsyncIterator[Town]:
    """A town where Rina has a number, as the operator put it on the roster."""
    town = Town(tmp_path)
    town.environment |= {"SAKSI_WHATSAPP__NUDGE": "kabar_meja", "SAKSI_WHATSAPP__NUDGE_LANGUAGE": "id"}
    said = town.command("officer", "add", "Rina", str(RINA), "--whatsapp", f"+{NUMBER[:2]} {NUMBER[2:5]}-{NUMBER[5:]}")
    assert NUMBER not in said
    town.start()
    try:
        async with town:
            yield town
    finally:
        town.stop()


def everything(folder: Path) -> bytes:
    """Every byte this town has on its disk."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_an_officers_phone_rings_and_may_be_answered(ringing: Town, tmp_path: Path) -> None:
    town, phone = ringing, await ringing.on_whatsapp(id_="ID.rina", phone=NUMBER)
    officer, reporter = await town.officer(), await town.on_telegram()
    desk = await Desk.watched(officer)
    await greet(reporter)
    await report(reporter)
    card = await desk.new_card()
    [told] = await phone.until(lambda bubbles: len(bubbles) > 0)
    assert told["text"] == "[kabar_meja] 1"
    # She answers, as people do: that is somebody new who writes to the intake, who is told nothing of any report.
    answer = await phone.say("Baik, saya lihat nanti.")
    stranger = await town.on_whatsapp()
    assert answer["text"] == (await stranger.say("Baik, saya lihat nanti."))["text"]
    reference = card["text"].split()[0]
    assert not [one for one in await phone.messages() if reference in one["text"]]
    # From there she can report like anybody, on the same phone, and the desk sees a report like any other.
    other = await desk.watched(officer)
    await report(phone)
    assert reference not in (await other.new_card())["text"]
    assert card["id"] in {one["id"] for one in await officer.cards()}
    assert NUMBER not in town.logged()
    assert NUMBER.encode() not in everything(tmp_path)


def test_the_roster_has_the_number_for_the_desk_alone(tmp_path: Path) -> None:
    town = Town(tmp_path)
    try:
        town.command("officer", "add", "Rina", str(RINA), "--whatsapp", f"+{NUMBER}")
        listed = town.command("officer", "list").splitlines()
        assert [line.split("\t")[-1] for line in listed if "\tRina\t" in line] == ["WhatsApp"]
        keys = tmp_path / "keys"
        [rina] = [one for one in load_roster(keys).officers if one.telegram == RINA]
        identity = next(
            line for line in (keys / "desk-bawaslu.key").read_text("utf8").splitlines() if line.startswith("AGE-SECRET")
        )
        assert open_sealed(rina.whatsapp, [identity]).decode() == NUMBER
        assert NUMBER.encode() not in everything(tmp_path)
        with pytest.raises(AssertionError, match="with the country's code") as refused:
            town.command("officer", "add", "Rina", str(RINA), "--whatsapp", "0812 tidak tahu")
        assert "0812" not in str(refused.value)
    finally:
        town.stop()
