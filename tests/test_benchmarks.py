"""What the benchmarks stand on still stands: nothing is timed here, but a walk to nowhere would measure nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import plot, talking, walk
from benchmarks.crowd import Seen
from benchmarks.table import Table
from bot.channels import telegram_update
from handlers import ticket
from handlers.messages import Chose, Said
from storage.tickets import issue

ROOT = Path(__file__).parents[1]


def test_the_measured_report_is_a_whole_one_and_its_updates_say_the_same() -> None:
    assert len(walk.steps()) >= 5
    for step, incoming in enumerate(walk.steps()):
        arrived = telegram_update.decode(walk.raw(1000, step), lambda: "file")
        assert arrived is not None
        assert arrived.incoming == incoming
        assert isinstance(incoming, Said | Chose)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("person", [one for one in talking.PEOPLE if one.told], ids=lambda person: person.name)
def test_everybody_with_something_to_report_gets_a_ticket(person: talking.Person, *, at_once: bool) -> None:
    count = talking.Played.of(person, at_once=at_once).play()
    assert count.sent
    assert count.messages + count.taps <= count.bubbles * 3


def test_a_table_says_what_could_not_be_measured() -> None:
    table = Table("T", ("who", "how many"), missing=["the moon: too far"])
    table.add("a", 1234.5)
    table.add("b", 0.01234)
    text = table.text()
    assert "| a | 1,234 |" in text
    assert "| b | 0.0123 |" in text
    assert "**Not measured:** the moon: too far" in text


def test_an_unknown_part_is_named() -> None:
    command = [sys.executable, "-m", "benchmarks", "weather"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603  # our own code
    assert done.returncode == 2
    assert "no part weather" in done.stderr


def test_a_plot_shows_the_greatest_of_what_it_leaves_out_and_never_draws_something_as_nothing() -> None:
    assert plot.bars([0.0, 0.001, 1.0]) == " ▁█"
    assert plot.bars([0.0] * 600 + [5.0] + [0.0] * 600).count("█") == 1
    assert len(plot.bars(range(1201))) == plot.WIDTH
    assert plot.bars([]) == ""
    assert plot.bars([0.0, 0.0]) == "  "
    drawn = plot.lines({"telegram": [1.0, 2.0], "desk": [0.0, 0.0]}, "s", "two seconds")
    assert "telegram |▄█| at most 2 s" in drawn
    assert plot.rows({"a few": 1.0, "many": 2.0}, "µs").count("█") == plot.WIDTH * 3 // 2


def test_the_crowds_platform_counts_bubbles_by_chat_and_reads_the_ticket() -> None:
    seen, code = Seen(), issue().code
    for chat, text in ((7, f"Kode Anda: {ticket.shown(code)}"), (7, "Terima kasih."), (8, "Halo."), (-1, "Kabar.")):
        seen.said(chat, text)
    assert seen.bubbles == {7: 2, 8: 1}
    assert (len(seen.group), seen.texts) == (1, ["Kabar."])
    assert seen.codes == {7: code}
