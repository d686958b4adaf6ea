import os
import sys
from pathlib import Path

import pytest

from bot.posters import PosterError
from bot.posters.press import FIELDS, bar, file_name, ordered, read_batch, write
from tests.posters.orders import BOT, NUMBER, logo

COMMON = dict.fromkeys(FIELDS, "") | {
    "telegram": BOT, "whatsapp": None, "format": "pdf", "size": "a4", "language": "id", "look": "light",
}  # fmt: skip


def batch(folder: Path, text: str | bytes) -> Path:
    path = folder / "orders.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_batch_is_read_as_spreadsheets_write_it(tmp_path: Path, mark: str, start: str) -> None:
    rows = [
        ("Place", "size", "greeting", "whatsapp", "logo"),
        ("62.71", "A5".lower(), "Tabe!", NUMBER, "logo.png"),
        ("Kota Kediri", "", "", "", ""),
        ("", "", "", "", ""),
        ("93.01", "stickers", "", "", ""),
    ]
    (tmp_path / "logo.png").write_bytes(logo())
    text = start + "\r\n".join(mark.join(row) for row in rows)
    first, second, third = read_batch(batch(tmp_path, text), COMMON)
    assert (first.place, first.size, first.greeting, first.whatsapp) == ("62.71", "a5", "Tabe!", NUMBER)
    assert first.logo == logo()
    assert (second.place_name, second.size, second.telegram, second.logo) == ("Kota Kediri", "a4", BOT, b"")
    assert (third.place_name, third.size) == ("Kabupaten Merauke", "stickers")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("place,colour\n62.71,red", "has a column 'colour'; there are place, name"),
        ("kota\n62.71", "has a column 'kota'"),
        ("size\na4", "has no column place"),
        ("place,place\n62.71,62.71", "has a column twice"),
        ("", "has no column place"),
        ("place,\n62.71,", "has a column ''"),
        ("place\n", "has no orders"),
        ("place,size\n62.71", "line 2: 1 cells under 2 columns"),
        ("place,size\n62.71,a4,x", "line 2: 3 cells under 2 columns"),
        ("place\n62.71\n62.71.01", "line 3: 62.71.01 is finer"),
        ("place\n62.71\n97.01", "line 3: '97.01' is no kabupaten"),
        ("place\n62.71\n6271", "line 3: this is the poster of line 2 once more"),
        ("place,telegram\n62.71,saksi bot", "line 2: 'saksi bot' is no name of a Telegram bot"),
        ("place,logo\n62.71,gone.png", "line 2: The logo .*gone.png cannot be read"),
        ("place,size\n62.71,a0", "line 2: 'a0' is no size"),
        (b"place\n\xff\xfe", "is no CSV in UTF-8"),
        ("place\n" + "x" * 200_000, "field larger than field limit"),
        ("place\n" + "62.71\n" * 800_000, "more than 4 MB"),
    ],
)
def test_a_wrong_batch_is_refused_with_its_line_before_anything_is_drawn(
    tmp_path: Path, text: str | bytes, answer: str
) -> None:
    with pytest.raises(PosterError, match=answer):
        read_batch(batch(tmp_path, text), COMMON)


def test_a_batch_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PosterError, match="No such file"):
        read_batch(tmp_path / "gone.csv", COMMON)


def test_a_place_beside_a_batch_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PosterError, match="Either --place"):
        read_batch(tmp_path / "orders.csv", COMMON | {"place": "62.71"})


def test_a_batch_is_drawn_into_a_new_folder_and_counted(tmp_path: Path) -> None:
    posters = read_batch(batch(tmp_path, "place,look\n62.71,\n62.71,dark\n35.71,"), COMMON)
    heard: list[tuple[int, int]] = []
    paths = write(posters, tmp_path / "new" / "folder", lambda done, all_: heard.append((done, all_)))
    names = ["saksi-6271-a4-id.pdf", "saksi-6271-a4-id-dark.pdf", "saksi-3571-a4-id.pdf"]
    assert [path.name for path in paths] == names == [file_name(poster) for poster in posters]
    assert all(path.read_bytes().startswith(b"%PDF") for path in paths)
    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PosterError, match="cannot be written"):
        write([ordered(COMMON | {"place": "62.71"})], tmp_path / "file", bar(sys.stderr))


def test_a_terminal_sees_how_far_it_is_and_a_pipe_sees_nothing(tmp_path: Path) -> None:
    mine, theirs = os.openpty()
    with os.fdopen(theirs, "w") as terminal:
        told = bar(terminal)
        told(1, 1)
        told(250, 500)
        told(500, 500)
        seen = ""
        while not seen.endswith("\n"):  # a terminal hands over what it has by then
            seen += os.read(mine, 4096).decode()
    os.close(mine)
    assert seen == f"\r[{'#' * 15}{'.' * 15}] 250/500\r[{'#' * 30}] 500/500\r\n"
    with (tmp_path / "pipe").open("w") as pipe:
        bar(pipe)(1, 2)
    assert (tmp_path / "pipe").read_text() == ""
