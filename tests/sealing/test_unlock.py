"""Keys behind a passphrase: nothing that a reporter does waits for them, everything else does, and nothing is lost."""

import io
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import demo
from bot.app.anew import Changed, Watch
from bot.app.ground import now
from bot.passphrases import ask
from bot.settings import SettingsError
from bot.zones import WESTERN
from storage.epochs import rotate_desk
from storage.errors import Locked, Sealed
from storage.keyring import Keyring
from storage.keys import load_roster, make
from storage.opened import courier_keys, desk_keys, lock_all, locked, opened_files, opened_folder, unlock_all
from storage.passphrase import Work
from storage.private import Unsafe, replace
from storage.roster import Officer
from storage.vault import new_identity, public_of
from storage.wrapping import Wrapper
from tests.town import Message, Town, until
from tests.whole.reports import report

TODAY, DECEMBER = date(2026, 11, 9), date(2026, 12, 1)
NOON = datetime(2026, 11, 9, 12, tzinfo=UTC)
DESKS = {"bawaslu": "Bawaslu Kota Contoh"}
WORDS = "hujan bulan juni"
LITTLE_WORK = Work(passes=1, memory=8 << 10)
PATIENCE = 120.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make(tmp_path / "keys", DESKS, demo=False, today=TODAY, passphrase=WORDS, work=LITTLE_WORK)
    return tmp_path / "keys"


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    (tmp_path / "runtime").mkdir(mode=0o700)
    return tmp_path / "runtime"


def desk_of(folder: Path, runtime: Path) -> tuple[str, ...]:
    return desk_keys(folder, runtime, "bawaslu", load_roster(folder).desks["bawaslu"].key)


def courier_of(folder: Path, runtime: Path) -> tuple[str, ...]:
    return courier_keys(folder, runtime, load_roster(folder).courier)


# Unlock and lock.


def test_locked_keys_open_nothing_until_they_are_unlocked(folder: Path, runtime: Path) -> None:
    assert (desk_of(folder, runtime), courier_of(folder, runtime)) == ((), ())
    assert unlock_all(folder, runtime, WORDS) == ["desk-bawaslu.key", "courier.key"]
    roster = load_roster(folder)
    assert [public_of(key) for key in desk_of(folder, runtime)] == [roster.desks["bawaslu"].key]
    assert [public_of(key) for key in courier_of(folder, runtime)] == [roster.courier]


def test_what_is_locked_again_opens_nothing(folder: Path, runtime: Path) -> None:
    unlock_all(folder, runtime, WORDS)
    assert lock_all(runtime) == ["courier.key", "desk-bawaslu.key"]
    assert desk_of(folder, runtime) == ()
    assert not list(opened_folder(runtime).iterdir())
    assert lock_all(runtime) == []


def test_a_wrong_passphrase_opens_not_one_key(folder: Path, runtime: Path) -> None:
    with pytest.raises(Sealed, match="passphrase is wrong"):
        unlock_all(folder, runtime, "hujan bulan juli")
    assert not opened_folder(runtime).exists()


def test_opened_keys_are_their_owners_alone(folder: Path, runtime: Path) -> None:
    unlock_all(folder, runtime, WORDS)
    assert stat.S_IMODE(opened_folder(runtime).stat().st_mode) == 0o700
    assert {stat.S_IMODE(key.stat().st_mode) for key in opened_folder(runtime).iterdir()} == {0o600}


def test_an_opened_key_that_others_can_read_is_refused(folder: Path, runtime: Path) -> None:
    unlock_all(folder, runtime, WORDS)
    (opened_folder(runtime) / "courier.key").chmod(0o644)
    with pytest.raises(Unsafe, match="chmod 600"):
        courier_of(folder, runtime)


def test_recovery_and_signing_keys_never_come_into_memory(folder: Path, runtime: Path) -> None:
    unlock_all(folder, runtime, WORDS)
    assert {path.name for path in opened_folder(runtime).iterdir()} == {"desk-bawaslu.key", "courier.key"}


def test_keys_without_a_passphrase_need_no_unlock(tmp_path: Path, runtime: Path) -> None:
    make(tmp_path / "open", DESKS, demo=True, today=TODAY)
    assert not locked(tmp_path / "open")
    assert len(desk_of(tmp_path / "open", runtime)) == 1


def test_a_new_key_waits_for_its_own_unlock(folder: Path, runtime: Path) -> None:
    unlock_all(folder, runtime, WORDS)
    rotate_desk(folder, "bawaslu", DECEMBER, WORDS, work=LITTLE_WORK)
    assert desk_of(folder, runtime) == (), "with the old key alone the desk would drop new cards as unreadable"
    unlock_all(folder, runtime, WORDS)
    now, before = desk_of(folder, runtime)
    assert public_of(now) == load_roster(folder).desks["bawaslu"].key
    assert now != before


def test_a_key_that_is_not_there_is_not_waited_for(folder: Path, runtime: Path) -> None:
    (folder / "desk-bawaslu.key").unlink()
    with pytest.raises(Unsafe, match=r"there is no .*desk-bawaslu\.key"):
        desk_of(folder, runtime)


def test_another_key_than_the_listed_one_is_not_waited_for(tmp_path: Path, runtime: Path) -> None:
    make(tmp_path / "open", DESKS, demo=True, today=TODAY)
    replace(tmp_path / "open" / "desk-bawaslu.key", new_identity()[0].encode())
    with pytest.raises(Unsafe, match="the one that the roster lists"):
        desk_of(tmp_path / "open", runtime)


# The passphrase.


def test_a_script_gives_the_passphrase_in_a_file_or_on_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(tmp_path / "words", f"{WORDS}\r\nnothing else counts\n".encode())
    assert ask(tmp_path / "words") == WORDS
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{WORDS}\n"))
    assert ask(Path("-")) == WORDS


@pytest.mark.parametrize(("held", "why"), [(b"", "is empty"), (b"\nhujan", "is empty"), (b"\xff\xfe", "is no text")])
def test_what_is_no_passphrase_is_called_so(tmp_path: Path, held: bytes, why: str) -> None:
    replace(tmp_path / "words", held)
    with pytest.raises(SettingsError, match=why):
        ask(tmp_path / "words")


def test_a_passphrase_that_others_can_read_is_refused(tmp_path: Path) -> None:
    replace(tmp_path / "words", WORDS.encode(), mode=0o644)
    with pytest.raises(Unsafe, match="chmod 600"):
        ask(tmp_path / "words")


def test_nobody_is_asked_where_nobody_sits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(SettingsError, match="no terminal"):
        ask(None)
    with pytest.raises(SettingsError, match="there is no"):
        ask(tmp_path / "none")


# What is owed meanwhile.


def test_while_locked_a_ticket_is_sealed_so_that_it_can_be_shown_at_once(tmp_path: Path) -> None:
    private, public = new_identity()
    blob = Wrapper(keyring=Keyring(tmp_path)).lasting(public, b"tiket", "row", NOON)
    assert Wrapper(keyring=Keyring(tmp_path)).open(blob, "row", NOON) == b"tiket"
    with pytest.raises(Sealed):
        Wrapper(keyring=Keyring(tmp_path), identities=[new_identity()[0]]).open(blob, "row", NOON + timedelta(days=3))
    assert Wrapper(keyring=Keyring(tmp_path), identities=[private]).open(blob, "other-row", NOON) == b"tiket"


def test_while_locked_a_ticket_survives_a_power_cut_and_comes_with_the_unlock(tmp_path: Path) -> None:
    private, public = new_identity()
    before, after = Keyring(tmp_path / "before"), Keyring(tmp_path / "after")
    blob = Wrapper(keyring=before).lasting(public, b"tiket", "row", NOON)
    with pytest.raises(Locked):
        Wrapper(keyring=after).open(blob, "row", NOON)
    assert Wrapper(keyring=after, identities=[private]).open(blob, "row", NOON) == b"tiket"


def test_with_the_key_at_hand_it_alone_is_sealed_to(tmp_path: Path) -> None:
    private, public = new_identity()
    open_wrapper = Wrapper(keyring=Keyring(tmp_path), identities=[private])
    blob = open_wrapper.lasting(public, b"tiket", "row", NOON)
    assert open_wrapper.open(blob, "row", NOON) == b"tiket"
    with pytest.raises(Locked):
        Wrapper(keyring=Keyring(tmp_path)).open(blob, "row", NOON)


def test_a_prompt_under_a_lost_draft_key_waits_for_no_unlock(tmp_path: Path) -> None:
    blob = Wrapper(keyring=Keyring(tmp_path / "before")).to_draft(b"tanya", "row", NOON)
    with pytest.raises(Sealed) as caught:
        Wrapper(keyring=Keyring(tmp_path / "after")).open(blob, "row", NOON)
    assert not isinstance(caught.value, Locked)


# Processes notice.


def test_a_process_notices_what_is_unlocked_and_what_is_locked(folder: Path, runtime: Path) -> None:
    def watch() -> Watch:
        return Watch(lambda: opened_files(runtime, "courier"), lambda: None)

    before = watch()
    before.look()
    unlock_all(folder, runtime, WORDS)
    with pytest.raises(Changed):
        before.look()
    after = watch()
    after.look()
    lock_all(runtime)
    with pytest.raises(Changed):
        after.look()


def test_a_process_goes_on_with_the_roster_it_has_when_the_new_one_is_refused(folder: Path) -> None:
    roster = folder / "roster.json"
    watch = Watch(lambda: [roster], lambda: load_roster(folder))
    good = roster.read_bytes()
    replace(roster, good[:-20])
    watch.look()
    replace(roster, good)
    with pytest.raises(Changed):
        watch.look()


# The whole.


@pytest.fixture
def locked_town(tmp_path: Path) -> Iterator[Town]:
    """A town that was set up two months ago, has a passphrase, and has just been started again."""
    officers = [Officer(alias, "bawaslu", role, person) for alias, role, person in demo.OFFICERS]
    make(
        tmp_path / "keys", {"bawaslu": demo.TITLE}, demo=True, today=now(WESTERN).date() - timedelta(days=60),
        officers=officers, passphrase=WORDS, work=LITTLE_WORK,
    )  # fmt: skip
    replace(tmp_path / "words", WORDS.encode())
    town = Town(tmp_path)
    town.start()
    yield town
    town.stop()


async def shown(town: Town, chat: str, words: str) -> Message:
    """Wait until a chat shows this, as long as processes that start anew may take on a busy core."""

    def found(state: dict[str, Any]) -> list[Message]:
        chats = state["telegram"]["chats"]
        return [one for chat_ in chats if chat_["key"] == chat for one in chat_["messages"] if words in one["text"]]

    return found(await until(town.simulator, lambda state: bool(found(state)), silence=PATIENCE))[-1]


@pytest.mark.timeout(400)
async def test_a_locked_town_takes_reports_and_its_officers_hear_of_them_once_it_is_unlocked(locked_town: Town) -> None:
    words, group = str(locked_town.folder / "words"), str(demo.GROUP)
    async with locked_town as town:
        reporter, other_phone = await town.on_telegram(), await town.on_whatsapp()
        await town.simulator.sim("telegram/start", person=reporter.person, chat=reporter.bot, payload="p-6271")
        await shown(town, reporter.key, "tanpa menulis nama")
        ticket = await report(reporter, push=True)
        assert "diterima" in (await other_phone.say(ticket))["text"].casefold()
        assert not await town.simulator.messages(group)

        assert "courier.key" in town.command("unlock", "--passphrase-file", words)
        card = await shown(town, group, "Status: baru")
        officer = await town.officer()
        # Another key takes over: what stands in the group still works, and the old tip still opens.
        open_it = await officer.data(card, "Buka")
        keys, runtime = town.folder / "keys", town.folder / "runtime"
        rotate_desk(keys, "bawaslu", now(WESTERN).date(), WORDS, work=LITTLE_WORK)
        unlock_all(keys, runtime, WORDS)
        await town.simulator.sim(
            "telegram/press", person=officer.person, chat=demo.GROUP, message=card["id"], data=open_it
        )
        await shown(town, group, "Status: dibaca")
        await shown(town, officer.private.key, "Camat Jekan Raya")
        await shown(town, reporter.key, "Ada kabar")
    assert "AGE-SECRET-KEY" not in locked_town.logged()
