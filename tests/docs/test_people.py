"""What officers and reporters read in docs/ is what the bot says and does: its buttons, its statuses, its days."""

import re
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import asdict

from bot.alarms import MORNING
from bot.commands import COMMANDS
from bot.data import tables
from bot.dossier.carrier import KEPT
from bot.opening import READING
from handlers.desk.clocks import NEAR
from handlers.keywords import COMMAND
from handlers.status import Status
from handlers.ticket import SYMBOLS
from locales import catalogue
from tests.docs.pages import ROOT
from tests.docs.paper import GUIDE, PAPER, draw
from tests.words.manners import complaints, complaints_of_reporters
from tests.words.pages import pages

OFFICERS = ROOT / "docs" / "petugas.md"
# Words in italics that are no button of the bot's: Telegram's own, marks of a card, and words that are explained.
NO_BUTTONS = {"Start", "SEGERA!", "LEWAT", "Penyelia", "pengelola", "tanda", "Mirip"}


def italics(page: Path) -> set[str]:
    """What a page shows in italics: names of buttons, mostly."""
    text = re.sub(r"\*\*|!?\[[^\]]*\]\([^)]*\)", "", page.read_text("utf8"))
    found = re.findall(
        r"(?<![*\w])\*([^*\n]+(?:\n[^*\n]+)?)\*(?![*\w])", re.sub(r"^\* ", "- ", text, flags=re.MULTILINE)
    )
    return {" ".join(one.split()) for one in found}


def plain(page: Path) -> str:
    """A page without its marks."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", page.read_text("utf8"))
    return re.sub(r"[*`#|“”]", "", text)


@pytest.mark.parametrize("page", [OFFICERS, GUIDE], ids=lambda page: page.stem)
def test_every_button_that_a_page_names_is_one(page: Path) -> None:
    labels = {text.rpartition("· ")[2] for entry in pages("id").values() for text in entry.texts}
    named = italics(page) - NO_BUTTONS
    assert len(named) > 1
    assert {one for one in named if one not in labels} == set()


def test_every_status_is_told_as_officers_and_as_reporters_read_it() -> None:
    words = catalogue("id")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", OFFICERS.read_text("utf8"), re.MULTILINE)
    told = {(words.say(f"desk-status-{one}"), words.say(f"status-{one}")) for one in Status}
    assert told <= set(rows)


def test_every_command_is_told_and_no_other() -> None:
    assert set(re.findall(r"`/(\w+)`", OFFICERS.read_text("utf8"))) == set(COMMANDS)


def test_the_days_and_hours_are_those_that_run() -> None:
    told, alarms = plain(OFFICERS), tables.calendar().contexts["pilkada"].alarms
    assert alarms == tables.calendar().contexts["pemilu"].alarms
    assert f"sesudah {alarms.group:g} jam grup diingatkan, sesudah {alarms.supervisor:g} jam penyelia" in told
    assert f"lalu setiap {alarms.again:g} jam. Yang sedang berlangsung: sesudah {alarms.live:g} jam" in told
    for context, times, words in (
        ("psu", 0.5, "(PSU) waktunya separuh"),
        ("luar-tahapan", 2, "tahapan dua kali lipat"),
    ):
        other = tables.calendar().contexts[context].alarms
        assert [*asdict(other).values()] == [times * hours for hours in asdict(alarms).values()]
        assert words in told
    assert f"hilang sesudah {READING // 60} menit" in told
    assert f"Pukul {MORNING:%H.%M} " in told
    assert (NEAR, "dua hari sebelumnya" in told) == (2, True)
    assert (KEPT, "sesudah sehari" in told) == (24 * 3600, True)


def test_a_reporter_is_told_the_length_of_the_code_and_words_that_the_bot_knows() -> None:
    text = GUIDE.read_text("utf8")
    assert f"{SYMBOLS + 1} huruf dan angka" in text
    typed = set(re.findall(r"\b[A-Z]{3,}\b", text)) - {"ASN"}
    assert {word.casefold() for word in typed} <= COMMAND.keys()
    assert {COMMAND[word.casefold()] for word in typed} >= {
        "wipe",
        "check",
        "stop",
        "back",
        "rules",
        "about",
        "language",
    }


def test_a_reporter_is_spoken_to_as_in_the_chat() -> None:
    text = plain(GUIDE)
    for paragraph in re.split(r"\n\n|\n(?=\s*[A-Z])", text):
        line = " ".join(paragraph.split())
        assert [*complaints(line, "id"), *complaints_of_reporters(line, "id")] == [], line


@pytest.mark.parametrize(
    "words",
    [
        "Telegram dan WhatsApp tahu akun Anda", "bukan laporan resmi", "Perlindungan hukum tidak bisa kami janjikan",
        "Jangan wifi kantor", "Anda bisa ditebak", "Suara bisa dikenali", "Jangan menulis tentang diri Anda",
    ],
)  # fmt: skip
def test_a_reporter_is_told_what_is_not_promised(words: str) -> None:
    assert words in plain(GUIDE)


def test_the_guide_on_paper_is_one_a4_and_says_what_the_page_says() -> None:
    assert PAPER.read_bytes() == draw(GUIDE.read_text("utf8")), "python -m tests.docs.paper"
    paper = pypdfium2.PdfDocument(PAPER)
    assert len(paper) == 1
    assert [round(side) for side in paper[0].get_size()] == [595, 842]
    read = "".join(paper[0].get_textpage().get_text_range().split())
    assert "Laporanpalsuyangdisengajabisadihukum" in read
    assert "Katayangbolehdiketik" in read


def test_a_guide_too_long_for_one_page_would_be_seen() -> None:
    text = GUIDE.read_text("utf8")
    longer = text.replace("## Kode Anda", "* Satu kalimat lagi.\n" * 90 + "\n## Kode Anda").replace(
        "\n\n* Satu", "\n* Satu"
    )
    assert len(pypdfium2.PdfDocument(draw(longer))) > 1
