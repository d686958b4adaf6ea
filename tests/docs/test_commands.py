"""What a page has somebody type can be typed: it is run in a scratch deployment, or a reason says why not."""

import asyncio
import importlib.util
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from cyclopts.exceptions import CycloptsError, MissingArgumentError

from bot.cli import app
from tests.docs.pages import ROOT, Command, calls, commands, lines, name_of, pages, spans
from tests.docs.scratch import FILLED, Scratch
from tests.docs.typist import Typist
from tests.simulator.running import Running
from tests.town import BOT, DESK_BOT, LONGEST_WAIT, SILENCE, environ

pytestmark = pytest.mark.timeout(300)
COMMANDS = commands()
# Why a command is not run here, and the file that runs it. Its words are read all the same.
ELSEWHERE = {
    ("demo",): ("it goes on until it is stopped", "tests/simulator/test_shell.py"),
    ("run",): ("it goes on until it is stopped", "tests/docs/test_commands.py"),
    ("intake",): ("it goes on until it is stopped", "tests/town.py"),
    ("desk",): ("it goes on until it is stopped", "tests/town.py"),
    ("places", "import"): ("it fetches a list of the whole country", "tests/understanding/test_gazetteer.py"),
}
# What says nothing without more words: a mention, not a command.
MENTIONS: Mapping[tuple[str, ...], str] = {
    ("poster",): "a poster needs a place",
    ("try",): "there is nothing to understand",
}
# The lights of the doctor are what it found here, which is no business of a page.
ENDS = {"doctor": {0, 1, 2}}


def reason(words: tuple[str, ...]) -> str:
    """Say why a command is not run here."""
    elsewhere = next((why for some, (why, _) in ELSEWHERE.items() if words[: len(some)] == some), "")
    return elsewhere or MENTIONS.get(words, "")


def complaint(words: tuple[str, ...]) -> str:
    """Say what the command line would not take of these words; nothing of a mention that leaves something out."""
    filled = [FILLED.get(word, word) for word in words]
    try:
        app.parse_args(filled, exit_on_error=False, print_error=False)
    except MissingArgumentError:
        return ", ".join(sorted(options(filled) - taken(filled)))
    except CycloptsError as error:
        return str(error)
    return ""


def options(words: list[str]) -> set[str]:
    return {word for word in words if word.startswith("--")}


def taken(words: list[str]) -> set[str]:
    """The options of the command that these words call."""
    chain, _, _ = app.parse_commands(words)
    called = app
    for name in chain:
        called = called[name]
    return {name for argument in called.assemble_argument_collection() for name in argument.names} | {"--help"}


def is_whole(words: tuple[str, ...]) -> bool:
    """Whether nothing is left out that the command needs."""
    try:
        app.parse_args([FILLED.get(word, word) for word in words], exit_on_error=False, print_error=False)
    except CycloptsError:
        return False
    return True


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    simulator = Running()
    try:
        with Typist() as typist:
            yield Scratch(tmp_path_factory.mktemp("scratch"), simulator, typist)
    finally:
        simulator.stop()


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_every_command_and_every_option_that_a_page_names_exists(command: Command) -> None:
    assert complaint(command.words) == "", command.page


@pytest.mark.parametrize(
    "slip", ["initt", "keys rotat", "keys rotate --desks x", "officer add --whatsap", "officer add Rina nine"]
)
def test_a_letter_wrong_would_be_seen(slip: str) -> None:
    assert complaint(tuple(slip.split()))


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.whole], ids=str)
def test_a_line_to_be_typed_leaves_nothing_out(command: Command) -> None:
    assert is_whole(command.words), command.page


@pytest.mark.parametrize("command", [one for one in COMMANDS if is_whole(one.words) and not reason(one.words)], ids=str)
def test_a_command_does_what_it_is_for(command: Command, scratch: Scratch, tmp_path: Path) -> None:
    ended = scratch.try_out(command.words, tmp_path / "copy")
    assert ended.code in ENDS.get(command.words[0], {0}), (command.page, ended)
    assert "Traceback" not in ended.complained
    assert ended.said or command.words == ("migrate",)


@pytest.mark.parametrize("words", ELSEWHERE, ids=" ".join)
def test_what_is_not_run_here_is_run_elsewhere_and_still_needs_its_reason(words: tuple[str, ...]) -> None:
    why, where = ELSEWHERE[words]
    assert why
    text = (ROOT / where).read_text("utf8")
    assert re.search(r"[\"'(\s]+,?\s*".join(map(re.escape, words)), text), where
    assert any(one.words[: len(words)] == words for one in COMMANDS)


def test_pages_were_really_read() -> None:
    read = {one.words[0] for one in COMMANDS}
    assert {"init", "run", "officer", "keys", "restore", "audit", "poster", "try", "doctor"} <= read
    assert ("keys", "rotate", "--desk", "bawaslu") in {one.words for one in COMMANDS if one.whole}
    assert list(calls("saksi", "sudo -u x SAKSI_ENV=a .venv/bin/saksi keys list | less  # which")) == [("keys", "list")]
    assert list(calls("saksi", "podman run -v /var/lib/saksi:/srv saksi init --split")) == [("init", "--split")]


def typed(program: str) -> list[tuple[str, tuple[str, ...]]]:
    """Everything that pages have a program do, with the page."""
    texts = [(name_of(page), page.read_text("utf8")) for page in pages()]
    return [
        (page, words)
        for page, text in texts
        for source in (*lines(text), *spans(text))
        for words in calls(program, source)
        if words
    ]


@pytest.mark.parametrize("target", sorted({words[0] for _, words in typed("make")}))
def test_every_target_of_make_exists(target: str) -> None:
    """Not run: each takes minutes, installs, or is this very test; make reads all it would do."""
    make = shutil.which("make")
    if make is None:
        pytest.skip("no make on this machine")
    ended = subprocess.run([make, "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # the Makefile is ours
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("module", sorted({words[1] for _, words in typed("python") if words[0] == "-m"}))
def test_every_module_that_is_to_be_run_exists(module: str) -> None:
    assert importlib.util.find_spec(module)


async def test_run_starts_both_processes_and_ends_when_it_is_told_to(scratch: Scratch, tmp_path: Path) -> None:
    shutil.copytree(scratch.folder, tmp_path / "copy")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), cwd=tmp_path / "copy", env=environ({"PYTHONPATH": str(ROOT)}),
        stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    since, polling = 0, set[str]()
    async with scratch.simulator as simulator, asyncio.timeout(3 * SILENCE):
        while not polling >= {BOT, DESK_BOT}:
            heard = (await simulator.get("calls", since=since, wait=LONGEST_WAIT))["calls"]
            since = max([since, *(call["n"] for call in heard)])
            polling |= {call["bot"] for call in heard if call["method"] == "getUpdates"}
    process.send_signal(signal.SIGTERM)
    _, complained = await process.communicate()
    assert (process.returncode, b"Traceback" in complained) == (0, False), complained
    assert b"run under one user" in complained
