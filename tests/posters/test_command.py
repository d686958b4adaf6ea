"""`saksi poster` as an operator types it, in an empty folder: no settings, no keys, no deployment."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.children import HOPELESS
from tests.posters.orders import BOT, NUMBER, logo
from tests.town import environ


def poster(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "poster", *arguments]
    given = environ({})
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=given)  # noqa: S603  # our own code


def test_one_poster_with_everything(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(logo())
    ways = ("--telegram", BOT, "--whatsapp", NUMBER, "--place", "Kabupaten Merauke", "--language", "en")
    more = ("--size", "story", "--look", "dark", "--greeting", "Namek!", "--office", "Bawaslu", "--logo", "logo.png")
    done = poster(tmp_path, *ways, *more, "--format", "png", "--output", "new/folder")
    assert (done.stdout, done.stderr) == ("new/folder/saksi-9301-story-en-dark.png\n", "")
    assert (tmp_path / done.stdout.strip()).read_bytes().startswith(b"\x89PNG")


def test_a_batch(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("place;size\n62.71;a3\n35.71;stickers\n")
    done = poster(tmp_path, "--batch", "orders.csv", "--telegram", BOT, "--output", "made")
    assert (done.stdout, done.stderr) == ("2 posters in made\n", "")
    assert {path.name for path in (tmp_path / "made").iterdir()} == {
        "saksi-6271-a3-id.pdf", "saksi-3571-stickers-id.pdf",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--place", "62.71.01", "--telegram", BOT), "could unmask a reporter"),
        (("--place", "62.71"), "needs a way in"),
        (("--telegram", BOT), "needs a place"),
        (("--place", "62.71", "--telegram", "saksi bot!"), "no name of a Telegram bot"),
        (("--place", "62.71", "--telegram", BOT, "--logo", "."), "cannot be read: Is a directory"),
        (("--batch", "colours.csv", "--telegram", BOT), "has a column 'colour'"),
        (("--place", "62.71", "--telegram", BOT, "--output", "colours.csv"), "cannot be written"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_nothing(tmp_path: Path, arguments: tuple[str, ...], why: str) -> None:
    (tmp_path / "colours.csv").write_text("place,colour\n62.71,red\n")
    done = poster(tmp_path, *arguments)
    assert done.returncode == HOPELESS
    assert why in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["colours.csv"]


def test_the_help_says_why_no_place_is_finer(tmp_path: Path) -> None:
    said = " ".join(poster(tmp_path, "--help").stdout.replace("│", " ").split())
    assert "never finer, for a code for one office or village could unmask a reporter" in said
