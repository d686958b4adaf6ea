"""How long a batch of posters takes: read from a CSV, drawn on all cores, written."""

import csv
import time
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.table import Table
from bot.data import tables
from bot.posters.press import FIELDS, read_batch, write
from tests.posters.orders import BOT, NUMBER, logo

MANY, PICTURES = 500, 50
PLAIN = {"telegram": BOT, "whatsapp": NUMBER, "format": "pdf", "size": "a4", "language": "id", "look": "light"}
FULL = {**PLAIN, "logo": "logo.png", "greeting": "Tabe! Narai kabar?", "office": "Bawaslu"}
BATCHES: Mapping[str, tuple[int, Mapping[str, str]]] = {
    "PDF, A4, both ways in": (MANY, PLAIN),
    "PDF, A3, dark, with logo and greeting": (MANY, {**FULL, "size": "a3", "look": "dark"}),
    "PDF, stickers": (MANY, {**PLAIN, "size": "stickers"}),
    "PNG, story, 1080 by 1920": (PICTURES, {**PLAIN, "size": "story", "format": "png"}),
    "PNG, A4, 300 pixels per inch": (PICTURES, {**PLAIN, "format": "png"}),
}


def measured() -> list[Table]:
    table = Table("Posters", ("batch", "posters", "seconds", "CPU seconds", "seconds for 500", "kB a poster"))
    for name, (many, common) in BATCHES.items():
        with TemporaryDirectory() as folder:
            table.add(name, many, *_drawn(Path(folder), many, common))
    table.notes.append("Each for another place of the country; the first batch also pays for the fonts.")
    return [table]


def _drawn(folder: Path, many: int, common: Mapping[str, str]) -> Sequence[float]:
    (folder / "logo.png").write_bytes(logo())
    with (folder / "orders.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["place"])
        rows.writerows([code] for code in islice(cycle(tables.regencies()), many))
    begun, worked = time.perf_counter(), time.process_time()
    posters = read_batch(folder / "orders.csv", {**dict.fromkeys(FIELDS, ""), **common})
    paths = write(posters, folder / "drawn", lambda _done, _all: None)
    took, work = time.perf_counter() - begun, time.process_time() - worked
    size = sum(path.stat().st_size for path in paths) / 1000 / many
    return took, work, took * MANY / many, size
