"""docs/map.md shows the house as it stands: who imports whom, what is kept, which file does what, the lanes."""

import re

import pytest

from bot import parcels
from storage.models import METADATA
from tests.docs.drawings import LINE, PACKAGES, PAGE, edges, head, modules, written
from tests.docs.pages import ROOT

DRAWN = re.compile(r"(?:bot|handlers|storage|locales|simulator)/[\w/]*(?:\.py)?")
ALLOWED = {("bot", "storage"), ("bot", "handlers"), ("bot", "locales"), ("storage", "handlers")}


def test_the_drawings_are_those_of_the_code() -> None:
    assert head() + LINE + "\n" + written() == PAGE.read_text("utf8"), "python -m tests.docs.drawings"


def test_the_arrows_are_those_that_the_house_allows() -> None:
    assert set(edges()) == ALLOWED


def test_every_table_and_every_column_is_drawn() -> None:
    drawn = PAGE.read_text("utf8")
    for table in METADATA.sorted_tables:
        [block] = re.findall(rf"^    {table.name} {{\n(.*?)^    }}", drawn, re.MULTILINE | re.DOTALL)
        assert re.findall(r"^ +\w+ (\w+)$", block, re.MULTILINE) == [one.name for one in table.columns]


def test_every_module_stands_in_the_list_once() -> None:
    drawn = PAGE.read_text("utf8")
    for name in PACKAGES:
        assert f"### {name}/" in drawn
    for path in modules():
        if path.name != "__init__.py":
            own = drawn.partition(f"### {path.parent.as_posix()}/\n")[2].partition("\n### ")[0]
            assert own.count(f"| `{path.name}` |") == 1, path


@pytest.mark.parametrize("name", sorted(set(DRAWN.findall(head()))))
def test_what_is_drawn_by_hand_is_there(name: str) -> None:
    assert (ROOT / name).exists()


def test_the_lanes_that_are_drawn_are_those_that_there_are() -> None:
    named = {
        word for words in re.findall(r"lanes? ([\w, :]+)", head()) for word in re.findall(r"[a-z]+(?::NAME)?", words)
    }
    lanes = {parcels.FETCH, parcels.HUSH, parcels.NEWS, parcels.NUDGE, parcels.REMIND, parcels.desk_lane("NAME")}
    assert lanes | {"telegram", "whatsapp"} <= named


def test_an_arrow_back_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    before = written()
    monkeypatch.setattr("tests.docs.drawings.edges", lambda: [*edges(), ("handlers", "bot")])
    assert "handlers --> bot" in written()
    assert written() != before
