"""`saksi report`: what became of a desk's reports, for everybody, in a page that fetches and runs nothing."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.app.ground import now
from bot.edition.contents import Edition, edition, last_month
from bot.edition.page import page
from bot.edition.writing import as_csv
from bot.zones import WESTERN
from handlers.desk import Card, Sanction
from handlers.desk.figures import LEAST, Life
from handlers.report import WHAT
from handlers.status import Status
from locales import LANGUAGES
from storage import keys, migrations
from tests.retention.institution import DESK, Institution
from tests.town import environ

UNTIL = date(2026, 10, 31)
PLACES = ("Kec. Pahandut", "Kec. Jekan Raya", "Kec. Sabangau")
LIVES = st.builds(
    Life,
    what=st.sampled_from(WHAT.values),
    place=st.sampled_from(("", *PLACES)),
    day=st.dates(date(2026, 8, 1), date(2026, 11, 20)),
    status=st.sampled_from(Status),
    read=st.none() | st.just(date(2026, 11, 20)),
    closed=st.none() | st.just(date(2026, 11, 20)),
    sanction=st.sampled_from(("", *Sanction)),
)


def made(lives: list[Life], office: str = "Bawaslu Kota") -> Edition:
    return edition(office, lives, PLACES, UNTIL)


@given(st.lists(LIVES, max_size=60))
def test_every_number_of_every_table_is_five_at_least_and_a_small_one_never_stands_alone(lives: list[Life]) -> None:
    told = made(lives)
    there = [one for one in lives if one.day <= UNTIL]
    assert told.total == (len(there) if len(there) >= LEAST else None)
    for name, table in told.tables.items():
        assert all(count >= LEAST for count in table.cells.values())
        assert table.others == 0 or table.others >= LEAST
        # A table's total is published too: as the total of all, or as the cell "proven".
        whole = told.tables["outcomes"].cells["proven"] if name == "sanctions" else told.total
        assert table.total == whole == sum(table.cells.values()) + table.others
    numbers = [int(row[2]) for row in list(csv.reader(io.StringIO(as_csv(told))))[1:]]
    assert all(number >= LEAST for number in numbers)


def test_an_unfinished_month_is_left_out() -> None:
    assert last_month(date(2026, 11, 22)) == UNTIL
    assert last_month(date(2026, 1, 1)) == date(2025, 12, 31)
    old = [Life("uang", "", UNTIL, Status.RECEIVED)] * 5
    new = Life("uang", "", UNTIL + timedelta(days=1), Status.RECEIVED)
    assert made([*old, new]).total == 5
    assert made([*old[1:], new]).total is None


class Links(HTMLParser):
    """What a page fetches or runs."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links |= {value or "" for name, value in attrs if name in {"src", "href", "xlink:href", "action"}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_runs_nothing_and_fetches_nothing(language: str) -> None:
    lives = [Life("uang", "Kec. Pahandut", UNTIL, Status.PROVEN, sanction="moral-open")] * 9
    told = page(made(lives, "<script>alert(1)</script>"), language)
    seen = Links()
    seen.feed(told)
    assert not seen.tags & {"script", "link", "iframe", "img", "object", "form"}
    assert all(re.fullmatch(r"(index|en)\.html|report\.(csv|json)", link) for link in seen.links)
    assert "default-src 'none'" in told
    assert "url(" not in told
    assert "@import" not in told
    assert "@media print" in told
    assert {"svg", "table"} <= seen.tags


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_few_reports_are_told_as_such_and_in_no_number(language: str) -> None:
    told = page(made([Life("uang", "Kec. Pahandut", UNTIL, Status.PROVEN)] * 4), language)
    assert "<table>" not in told
    assert "Pahandut" not in told


def test_what_was_proven_by_few_says_nothing_of_sanctions() -> None:
    open_ones = [Life("uang", "", UNTIL, Status.TRACING)] * 20
    proven = [Life("uang", "", UNTIL, Status.PROVEN, sanction="heavy")] * 4
    assert "sanctions" not in made(open_ones + proven).tables
    assert made(open_ones + proven + proven).tables["sanctions"].cells == {"heavy": 8}


@pytest.fixture
def institution(tmp_path: Path) -> Iterator[Institution]:
    made = Institution(tmp_path / "state", f"sqlite:///{tmp_path / 'state' / 'saksi.db'}")
    keys.make(made.keys, {DESK: "Bawaslu Kota Contoh"}, demo=True, today=now(WESTERN).date())
    migrations.upgrade(made.database)
    yield made
    made.database.close()


def saksi(institution: Institution, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-m", "bot", *arguments],
        env=environ({"SAKSI_STATE": str(institution.folder)}),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_reads_the_desks_notes_and_writes_four_files(institution: Institution, tmp_path: Path) -> None:
    day = last_month(now(WESTERN).date())
    for number in range(12):
        left = institution.receive(f"tip-{number}", day=day, photos=0)
        institution.post(left)
        card = Card(f"rotan-{number}", "ajakan", "Kec. Pahandut", day, 0, sanction="heavy")
        with institution.database.transaction() as tx:
            institution.notes.put(tx, left.id, replace(card, holder="Rina"))
        institution.move(left, Status.ACKNOWLEDGED, day + timedelta(days=2))
        if number < 7:
            institution.close(left, day + timedelta(days=3))
    done = saksi(institution, "report", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    files = {path.name: path.read_text() for path in (tmp_path / "out").iterdir()}
    assert set(files) == {"index.html", "en.html", "report.csv", "report.json"}
    assert "Laporan diterima: 12" in files["index.html"]
    assert "Reports received: 12" in files["en.html"]
    numbers = json.loads(files["report.json"])
    assert (numbers["read"], numbers["closed"]) == (2.0, 3.0)
    assert numbers["tables"]["outcomes"]["cells"] == {"open": 5, "proven": 7}
    assert "sanctions,heavy,7" in files["report.csv"]
    assert not [name for name, text in files.items() if "Rina" in text or "rotan" in text]
    assert oct((tmp_path / "out" / "index.html").stat().st_mode & 0o777) == "0o644"


def test_without_the_desks_key_there_is_a_line_that_says_so(institution: Institution, tmp_path: Path) -> None:
    for path in institution.keys.glob("desk-*.key"):
        path.unlink()
    done = saksi(institution, "report", str(tmp_path / "out"))
    assert done.returncode == 2
    assert done.stderr.startswith("saksi: ")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
