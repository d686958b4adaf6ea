"""Takes orders as an operator gives them, one by options or many by a CSV, and writes the posters into a folder."""

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TextIO

from bot.data import tables
from bot.posters.paper import draw
from bot.posters.places import find_place
from bot.posters.poster import Poster
from handlers.posters import PosterError

# What may be ordered: an option of the command, or a column of a batch.
FIELDS = (
    "place", "name", "telegram", "whatsapp", "format", "size", "language", "look", "office", "logo", "greeting",
)  # fmt: skip
_MOST = 5000  # posters in a batch
_HEAVIEST = 4 << 20  # bytes of a CSV
_BAR = 30  # characters

Fields = Mapping[str, str | None]
Told = Callable[[int, int], None]


def ordered(fields: Fields, folder: Path = Path()) -> Poster:
    """Read one order; a logo's path is relative to `folder`. Raises PosterError."""
    wanted = fields["place"]
    if not wanted:
        raise PosterError("A poster needs a place: --place with the code of a kabupaten or kota, or --batch.")
    code, name = find_place(wanted, tables.regencies(), fields.get("name") or "")
    taken = {key: fields[key] for key in ("telegram", "whatsapp", "format", "size", "language", "look", "greeting")}
    logo = _picture(folder / fields["logo"]) if fields["logo"] else b""
    order: dict[str, Any] = {**taken, "place": code, "place_name": name, "reader": fields["office"] or "", "logo": logo}
    return Poster(**order)


def _picture(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PosterError(f"The logo {path} cannot be read: {error.strerror}.") from None


def read_batch(path: Path, common: Fields) -> list[Poster]:
    """Read a CSV of orders; what a row leaves empty is taken from `common`. Nothing is drawn if one is wrong.

    Raises PosterError with the line that is wrong.
    """
    if common["place"]:
        raise PosterError("Either --place for one poster or --batch for many: the places of a batch are in its file.")
    posters: list[Poster] = []
    lines: dict[str, int] = {}
    for line, row in _rows(path):
        try:
            poster = ordered({**common, **row}, path.parent)
            _check_new(lines.setdefault(file_name(poster), line), line)
        except PosterError as error:
            raise PosterError(f"{path}, line {line}: {error}") from None
        posters.append(poster)
    if not posters:
        raise PosterError(f"{path} has no orders below its heading.")
    return posters


def _check_new(first: int, line: int) -> None:
    if first != line:
        raise PosterError(f"this is the poster of line {first} once more.")


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the rows' filled cells, each with its line. Excel here writes semicolons."""
    text = _text(path)
    heading = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=heading.count))
    try:
        yield from _filled(path, enumerate(table, 1))
    except csv.Error as error:
        raise PosterError(f"{path}, line {table.line_num}: {error}.") from None


def _filled(path: Path, table: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, dict[str, str]]]:
    _, heading = next(table, (1, []))
    columns = [column.strip().casefold() for column in heading]
    _check_columns(path, columns)
    for line, cells in table:
        if not any(map(str.strip, cells)):
            continue
        if line > _MOST:
            raise PosterError(f"{path} has more than {_MOST} rows; make several of it.")
        if len(cells) != len(columns):
            raise PosterError(f"{path}, line {line}: {len(cells)} cells under {len(columns)} columns.")
        yield line, {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if cell.strip()}


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    if wrong := [column for column in columns if column not in FIELDS]:
        raise PosterError(f"{path} has a column {wrong[0]!r}; there are {', '.join(FIELDS)}.")
    if "place" not in columns:
        raise PosterError(f"{path} has no column place in its first line.")
    if len(set(columns)) < len(columns):
        raise PosterError(f"{path} has a column twice.")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _HEAVIEST:
            raise PosterError(f"{path} has more than {_HEAVIEST >> 20} MB, which is no list of posters.")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise PosterError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise PosterError(f"{path} is no CSV in UTF-8.") from None


def file_name(poster: Poster) -> str:
    """Return what a poster's file is called."""
    code = poster.place.replace(".", "")
    dark = "-dark" if poster.look == "dark" else ""
    return f"saksi-{code}-{poster.size}-{poster.language}{dark}.{poster.format}"


def write(posters: Sequence[Poster], folder: Path, told: Told) -> list[Path]:
    """Draw posters on all cores and write them; `told` hears how many of how many are done. Raises PosterError."""
    paths: list[Path] = []
    told(0, len(posters))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for poster, drawn in zip(posters, _drawn(pool, posters), strict=True):
            paths.append(_written(folder / file_name(poster), drawn))
            told(len(paths), len(posters))
    return paths


def _drawn(pool: ThreadPoolExecutor, posters: Sequence[Poster]) -> Iterable[bytes]:
    """Draw in parts, so that a large batch of pictures is never in memory as a whole."""
    part = 8 * (os.cpu_count() or 1)
    for start in range(0, len(posters), part):
        yield from pool.map(draw, posters[start : start + part])


def _written(path: Path, drawn: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drawn)
    except OSError as error:
        raise PosterError(f"{path} cannot be written: {error.strerror}.") from None
    return path


def bar(stream: TextIO) -> Told:
    """Return what shows a batch's progress on a terminal, in one line; a file or a pipe stays clean."""

    def told(done: int, all_: int) -> None:
        if all_ > 1 and stream.isatty():
            full = _BAR * done // all_
            stream.write(f"\r[{'#' * full}{'.' * (_BAR - full)}] {done}/{all_}" + "\n" * (done == all_))
            stream.flush()

    return told
