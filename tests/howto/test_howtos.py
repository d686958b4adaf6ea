"""Each how-to of CONTRIBUTING.md does what it promises, in as many lines as it says."""

import asyncio
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot import demo
from tests.howto.copies import PAGE, ROOT, Copy, changes, size
from tests.town import environ

HERE = Path(__file__).parent
# In how many lines of how many files.
SIZES = {"Add a question": (5, 5), "Add a status": (8, 5), "Add a language": (4, 3), "Add a channel": (13, 5)}
SHOWN = """
from datetime import date
from bot.render import said
from bot.whole import more
from handlers.tip import More, Tip
from locales import catalogue
tip = Tip("1", date(2026, 11, 18), "uang", more=(More("witness", "Bu Sri"),))
print(*(said(one.key, one.words, catalogue("id")) for one in more(tip)))
"""
MISSING = """
from locales import catalogue
from tests.words.sayings import sayable
print(*sorted(sayable() - catalogue("id").keys))
"""
IN_JAVANESE = """
from bot.settings import Settings
from handlers import lobby
from handlers.answers import Draft
from handlers.messages import Said
from locales import catalogue
from tests.dialogue.world import scene
from tests.words.scenes import fresh
turned = lobby.turn(Draft(), Said("basa jawa"), fresh())
words = catalogue(turned.draft.language)
settings = Settings(_env_file=None, language="jv")
print(settings.language, turned.draft.language, words.say("notice-go"), words.say("skip"))
"""


@pytest.mark.parametrize("title", SIZES)
def test_a_how_to_takes_as_many_lines_as_it_says(title: str) -> None:
    text = (ROOT / PAGE).read_text("utf8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    assert size(title) == SIZES[title]
    assert f"{SIZES[title][0]} lines" in text


def test_a_question_is_asked_summed_up_and_shown_to_officers(tmp_path: Path) -> None:
    copy = Copy.of(tmp_path, "handlers", "locales")
    copy.do(*changes("Add a question"))
    told = copy.replayed("tests.dialogue.record", HERE / "witness.chat")
    assert told == (HERE / "witness.chat").read_text("utf8")
    assert copy.run("-c", SHOWN).stdout == "Saksi lain: Bu Sri\n"


def test_the_words_of_a_question_that_are_missing_are_named(tmp_path: Path) -> None:
    copy = Copy.of(tmp_path, "handlers")
    code, *_words = changes("Add a question")
    copy.do(code)
    assert copy.run("-c", MISSING).stdout.split() == ["ask-witness", "field-witness"]


@pytest.mark.timeout(300)  # a whole desk; a busy machine is no fault of the how-to
def test_a_status_is_set_by_an_officer_and_leads_on(tmp_path: Path) -> None:
    copy = Copy.of(tmp_path, "handlers", "locales")
    copy.do(*changes("Add a status"))
    told = copy.replayed("tests.desk.player", HERE / "waiting.desk")
    assert told == (HERE / "waiting.desk").read_text("utf8")


def test_a_language_is_spoken_once_its_folder_is_there(tmp_path: Path) -> None:
    copy = Copy.of(tmp_path, "handlers", "locales")
    copy.do(*changes("Add a language"))
    folder = copy.folder / "locales"
    (folder / "jv").mkdir()
    for page in (folder / "id").glob("*.ftl"):
        words = page.read_text("utf8")
        words = re.sub(r"^(notice-go|skip) = .*$", r"\1 = \1 (jv)", words, flags=re.MULTILINE)
        (folder / "jv" / page.name).write_text(words, "utf8")
    spoken = copy.run("-c", IN_JAVANESE)
    assert spoken.stdout == "jv jv notice-go (jv) skip (jv)\n", spoken.stderr
    assert copy.run("-c", MISSING).stdout.split() == []


@pytest.mark.timeout(300)  # a whole intake, as above
async def test_a_channel_takes_a_report_as_soon_as_it_is_one_of_the_ways_in(tmp_path: Path) -> None:
    copy = Copy.of(tmp_path, "bot", "locales")
    shutil.copy(ROOT / ".env.example", copy.folder)
    copy.do(*changes("Add a channel"))
    shutil.copy(HERE / "lines.py", copy.folder / "bot" / "app")
    town, port = copy.folder / "town", demo.free_port()
    town.mkdir()
    demo.prepare(town)
    given = demo.settings(town, demo.Secrets.drawn(), f"127.0.0.1:{demo.free_port()}", "http://127.0.0.1:9")
    kept = {name: value for name, value in given.items() if "TELEGRAM" not in name and "WHATSAPP" not in name}
    with copy.running("-m", "bot", "intake", **environ({**kept, "SAKSI_LINES__PORT": str(port)})) as intake:
        reader, writer = await connected(port, intake)
        writer.write(b"Warga\nhalo\n")
        assert b"1) Lanjut" in await reader.readuntil(b"\n\n")
        writer.write(b"1\n")
        assert b"Apa yang Anda lihat atau dengar?" in await reader.readuntil(b"\n\n")
        writer.close()
        await writer.wait_closed()


async def connected(port: int, intake: subprocess.Popen[bytes]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Come in as soon as the intake hears."""
    while True:
        assert intake.poll() is None
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
