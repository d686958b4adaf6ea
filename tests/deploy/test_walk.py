"""The whole way of an operator, in real processes: init, doctor, a tip, a backup, a fire, a restore, the tip."""

import re
from pathlib import Path

import pytest

from storage import migrations
from storage.runtime import memory_backed
from tests.deploy.machine import GROUP, MEMORY, Machine, machine
from tests.pictures import photo
from tests.simulator.running import Running
from tests.town import BAGUS, BOT, DESK_BOT, RINA, Officer, TelegramPhone
from tests.whole.reports import QUESTIONS, Desk, attach, greet

pytestmark = [
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not MEMORY.is_dir() or not memory_backed(MEMORY), reason="no folder in memory on this machine"),
]
LOCKED = ("--passphrase-file", "passphrase")
# What is of this machine and not of Saksi's.
ELSEWHERE = {"disk", "swap", "core dumps", "sandbox", "tracing"}


async def installed(place: Machine) -> None:
    """Install it as docs/install.md says, up to where both processes run and are unlocked."""
    made = await place.saksi("init", "--title", "Bawaslu Kota Kediri", *LOCKED, *place.orders)
    assert made.code == 0, made
    assert "Fill in" not in made.said
    for alias, number in (("Rina", RINA), ("Bagus", BAGUS)):
        added = await place.saksi("officer", "add", alias, str(number), *LOCKED)
        assert added.code == 0, added


async def begun(place: Machine) -> None:
    place.start()
    opened = await place.saksi("unlock", *LOCKED)
    assert "unlocked until" in opened.said, opened


def into_a_safe(place: Machine, safe: Path) -> Path:
    """Move what does not belong on this machine; return the recovery key."""
    safe.mkdir()
    for name in ("recovery-bawaslu.key", "roster.key"):
        (place.folder / "state/keys" / name).rename(safe / name)
    return safe / "recovery-bawaslu.key"


async def reds(place: Machine) -> list[str]:
    """What the doctor finds wrong."""
    looked = await place.saksi("doctor")
    assert looked.code in {0, 1, 2}, looked
    lines = [line for line in looked.said.splitlines() if line.startswith("RED")]
    assert (looked.code == 2) is bool(lines), looked
    return [line for line in lines if line.split(":")[0].split(maxsplit=1)[1] not in ELSEWHERE]


async def officer(simulator: Running) -> Officer:
    private = TelegramPhone(simulator, RINA, DESK_BOT)
    await private.start()
    return Officer(simulator, RINA, private, GROUP)


async def test_an_operator_can_walk_all_of_it(tmp_path: Path, simulator: Running) -> None:
    backup, safe = tmp_path / "saksi.age", tmp_path / "safe"
    with machine(tmp_path / "first", simulator) as first:
        await installed(first)
        assert (await first.saksi("migrate")).said.endswith(f"the database stands at {migrations.head()}\n")
        recovery = into_a_safe(first, safe)
        assert await reds(first) == []
        await begun(first)
        rina = await officer(simulator)
        desk = await Desk.watched(rina)
        phone = TelegramPhone(simulator, 7001, BOT)
        await greet(phone)
        await phone.walk(*QUESTIONS)
        await attach(phone, photo())
        await phone.walk("[Sudah semua]", "[Kirim]")
        ticket = await phone.ticket()
        await desk.new_card(items=1)
        assert await reds(first) == []
        made = await first.saksi("backup", backup)
        assert re.search(r"1 tips and 1 files", made.said), made
        first.burn()
    with machine(tmp_path / "second", simulator) as second:
        await installed(second)
        before = {card["id"] for card in await rina.cards()}
        other = second.folder / "state/keys/recovery-bawaslu.key"
        wrong = await second.saksi("restore", backup, "--identity", other, *LOCKED)
        assert (wrong.code, len(wrong.complained.splitlines())) == (2, 1), wrong
        assert "the key does not open" in wrong.complained
        assert not (second.folder / "state/saksi.db").exists() or await nothing(second)
        right = await second.saksi("restore", backup, "--identity", recovery, *LOCKED)
        assert "1 tips and 1 files are back" in right.said, right
        await begun(second)
        card = await rina.card(lambda message: message["id"] not in before and "Bukti: 1" in message["text"])
        # The desk's notes burned with its keys: it does not know yet that it may write to her.
        await rina.private.start()
        said = len(await rina.private.said())
        assert "pribadi" in await rina.press(card, "Buka")
        opened = await rina.private.until(lambda bubbles: len(bubbles) >= said + 2)
        assert "Camat Jekan Raya" in opened[-1]["text"]
        assert opened[-2]["media"]["kind"] == "photo"
        await rina.shows(card, "Status: dibaca")
        another = TelegramPhone(simulator, 9002, BOT)
        await another.start()
        assert "Dibaca" in (await another.say(ticket))["text"]


async def nothing(place: Machine) -> bool:
    """Whether a refused restore left the database as empty as it was."""
    return "steps are left to do" in (await place.saksi("migrate", "--dry-run")).said
