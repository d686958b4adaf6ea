"""Stories of the officers' group, as they read on a phone."""

from difflib import unified_diff

import pytest

from tests.desk.office import Office
from tests.desk.player import STORIES, BadStory, Player

FILES = sorted(STORIES.glob("*.desk"))


STORY = {path.stem: path.read_text("utf8") for path in FILES}


@pytest.mark.parametrize("name", STORY)
async def test_a_story_reads_as_it_was_recorded(office: Office, name: str) -> None:
    written = STORY[name]
    assert written.startswith("# Tentang: ")
    played = await Player(office).play(written)
    diff = "\n".join(unified_diff(written.splitlines(), played.splitlines(), "recorded", "played now", lineterm=""))
    if diff:
        pytest.fail(f"{name} reads differently:\n{diff}", pytrace=False)


def test_there_are_stories() -> None:
    assert len(FILES) >= 5


@pytest.mark.parametrize("line", ["Siti: [Ambil]", "* hujan", "Rina, rumah: halo"])
async def test_a_line_that_cannot_be_played_is_an_error(office: Office, line: str) -> None:
    with pytest.raises(BadStory):
        await Player(office).play(f"# Tentang: salah tulis\n{line}\n")
