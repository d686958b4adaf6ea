"""`saksi try` shows what the conversation itself would take from a message."""

import csv
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import trial
from bot.data import tables
from bot.settings import SettingsError
from handlers import lobby
from handlers.answers import Draft, is_open
from handlers.messages import Chose, Said
from tests.test_house import ROOT
from tests.words.scenes import NOW, fresh

PLACES = tables.places()
AT = NOW.isoformat()
STORY = "ass. mau lapor pak camat jekan raya td malam di grup wa rt suruh pilih no 2. ada sc nya"


def stories() -> list[str]:
    with (Path(__file__).parent / "tips_own.tsv").open(encoding="utf8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return [row["text"] for row in rows]


def tried(*words: str, within: str = "") -> Mapping[str, Any]:
    [result] = trial.results(words, [], trial.moment_of(AT), PLACES, within)
    return result


def saksi(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "try", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, input=given)  # noqa: S603  # our own code


@pytest.mark.parametrize("story", [STORY, "minggu kemarin", "bukan di pahandut tapi di menteng", *stories()])
def test_what_it_says_is_asked_the_conversation_asks(story: str) -> None:
    standing = lobby.turn(lobby.turn(Draft(), Chose("notice", "go"), fresh()).draft, Said(story), fresh()).draft
    asked = [slot for slot in trial.SLOTS if is_open(standing[slot])]
    shown = tried("tip", story)
    assert shown["ask"] == asked
    assert ("where" in asked) == (not (shown["where"] and shown["where"]["sure"]))
    assert ("when" in asked) == (shown["when"] is None or shown["when"]["kind"] in {"ask", "unknown"})


def test_a_whole_story_is_shown_in_plain_lines() -> None:
    assert list(trial.told(dict(tried(STORY)))) == [
        "what   ajakan (Mengajak/mengarahkan)",
        "who    Camat atau lurah: camat Kec. Jekan Raya",
        "where  62.71.03 Kec. Jekan Raya (1.00)",
        "when   Selasa, 17 November 2026, malam",
        "asked  nothing more",
    ]


def test_what_is_doubtful_is_shown_as_a_question() -> None:
    told = list(trial.told(dict(tried("minggu kemarin di pahandut"))))
    assert told[3].startswith("when   asked: 9 November 2026 sampai 15 November 2026 or Minggu, 15 November 2026")
    assert "what   -" in told
    assert told[-1].startswith("asked  what, ")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("moment", "jumat", "jam", "9"), "when   Jumat, 13 November 2026, pukul 09.00 WIB"),
        (("moment", "maulid kemarin"), "when   asked"),
        (("moment", "meja"), "when   -"),
        (("place", "35 ilir"), "where  16.71.01.1001 Kel. 35 Ilir, Kec. Ilir Barat II (1.00)"),
        (("place", "xyzzy"), "where  -"),
        (("disclosure", "nama saya Budi"), "name       Budi"),
        (("disclosure", "lurah bagi beras"), "nothing that shows who wrote it"),
    ],
)
def test_one_thing_alone_can_be_looked_for(words: tuple[str, ...], shown: str) -> None:
    assert list(trial.told(dict(tried(*words)))) == [shown]


def test_a_kind_alone_is_a_message_like_any_other() -> None:
    assert tried("place")["text"] == "place"


def test_json_has_the_agreed_shape() -> None:
    assert tried("moment", "kemarin sore") == {
        "text": "kemarin sore",
        "kind": "part",
        "from": "2026-11-17",
        "to": "2026-11-17",
        "time": "",
        "part": "sore",
        "said": "Selasa, 17 November 2026, sore",
    }
    asked = tried("moment", "minggu kemarin")
    assert asked["kind"] == "ask"
    assert [option["kind"] for option in asked["options"]] == ["range", "day"]
    place = tried("place", "menteng", within="62.71")
    [match] = place["matches"]
    assert (match["code"], match["score"], place["sure"]) == ("62.71.03.1002", 1.0, True)
    assert tried("disclosure", "hp 0812-0000-0000")["spans"] == [{"start": 3, "end": 17, "kind": "phone"}]
    assert {"what", "categories", "who", "where", "when", "links", "ask"} <= set(tried(STORY))


def test_without_a_zone_a_time_is_that_of_the_deployment() -> None:
    assert trial.moment_of("2026-11-18T14:30").isoformat() == "2026-11-18T14:30:00+07:00"
    assert trial.moment_of("2026-11-18T14:30+09:00").isoformat() == "2026-11-18T14:30:00+09:00"
    assert trial.moment_of("2026-11-18T14:30", "Asia/Jayapura").isoformat() == "2026-11-18T14:30:00+09:00"
    assert trial.moment_of("").tzinfo == ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("words", "now", "within", "why"),
    [
        ((), "", "", "say what to understand"),
        (("  ",), "", "", "say what to understand"),
        (("halo",), "besok", "", "'besok' is no time"),
        (("halo",), "", "99.99", "99.99 is not in the table"),
    ],
)
def test_a_wrong_call_is_answered(words: tuple[str, ...], now: str, within: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        list(trial.results(words, [], trial.moment_of(now), PLACES, within))


def test_a_file_that_is_no_table_of_places_is_answered(tmp_path: Path) -> None:
    (tmp_path / "odd.tsv").write_text("name\nMenteng\n")
    with pytest.raises(SettingsError, match="is no table of places"):
        trial.read_places(tmp_path / "odd.tsv")
    with pytest.raises(SettingsError, match="No such file"):
        trial.read_places(tmp_path / "nowhere.tsv")


def test_the_command_reads_a_message_a_line_and_writes_a_line_of_json_each() -> None:
    done = saksi("tip", "-", "--json", "--now", AT, given="tadi pagi\n\ncamat jekan raya\n")
    assert done.returncode == 0, done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["text"] for one in read] == ["tadi pagi", "", "camat jekan raya"]
    assert read[0]["when"]["from"] == "2026-11-18"


def test_the_command_takes_another_table_and_tells_a_mistake_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "places.tsv"
    path.write_text("code\tlevel\tparent\tofficial\tcommon\n11.01\tkabupaten\t\tContoh\tKabupaten Contoh\n", "utf8")
    done = saksi("place", "contoh", "--places", str(path))
    assert done.stdout == "where  11.01 Kabupaten Contoh (1.00)\n"
    assert saksi("halo", "--now", "x").stderr == "saksi: --now: 'x' is no time; it should look like 2026-11-18T14:30\n"
