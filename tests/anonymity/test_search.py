"""The search finds a word in every spelling, and nothing where nothing is."""

import base64
import gzip
import hashlib
import io
import json
import secrets
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.anonymity.search import Search
from tests.anonymity.spellings import Canary

WORD = "kanarié/kuning-muda"
NUMBER = 62045523661160
NOISE = b"\x00\xff some other words \x80" * 7


def zipped(data: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", data * 3)
    return whole.getvalue()


def bare_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


SPELT: dict[str, bytes] = {
    "plain": WORD.encode(),
    "upper case": WORD.upper().encode(),
    "UTF-16LE": WORD.encode("utf-16-le"),
    "UTF-16BE": WORD.encode("utf-16-be"),
    "hex": WORD.encode().hex().encode(),
    "HEX": WORD.encode().hex().upper().encode(),
    "base64 at 0": base64.b64encode(WORD.encode()),
    "base64 at 1": base64.b64encode(b"x" + WORD.encode() + b"yy"),
    "base64 at 2": base64.b64encode(b"xx" + WORD.encode()),
    "base64 for addresses": base64.urlsafe_b64encode(b"\xfb\xff" + WORD.encode()),
    "URL": quote(WORD, safe="").encode(),
    "JSON": json.dumps(WORD).encode(),
    "SHA-256": hashlib.sha256(WORD.encode()).digest(),
    "SHA-256 in hex": hashlib.sha256(WORD.encode()).hexdigest().encode(),
    "BLAKE2b": hashlib.blake2b(WORD.encode()).digest(),
    "MD5": hashlib.md5(WORD.encode(), usedforsecurity=False).digest(),
    "cut by a page": WORD.encode()[:11] + b"\0\0\0\0",
    "with a byte after eight": WORD.encode()[:3] + b"\0" + WORD.encode()[3:11] + b"\0" + WORD.encode()[11:],
}
FOLDED: dict[str, Callable[[bytes], bytes]] = {
    "zlib": zlib.compress,
    "gzip": gzip.compress,
    "zip": zipped,
    "zip in gzip": lambda data: gzip.compress(zipped(data)),
    "deflate from the start": bare_deflate,
}
NUMBERS: dict[str, bytes] = {
    "decimal": str(NUMBER).encode(),
    "big-endian": struct.pack(">q", NUMBER),
    "little-endian": struct.pack("<q", NUMBER),
    "as SQLite keeps it": NUMBER.to_bytes(6, "big"),
    "MD5": hashlib.md5(str(NUMBER).encode(), usedforsecurity=False).hexdigest().encode(),
}


def found(data: bytes, canary: Canary = WORD) -> bool:
    return any(
        hit.label == "it" for hit in Search({"it": canary, "another": "otherwise-unique"}).data(data, "here").hits
    )


@pytest.mark.parametrize("spelling", SPELT)
def test_every_spelling_is_found(spelling: str) -> None:
    assert found(NOISE + SPELT[spelling] + NOISE)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_way_to_keep_a_number_is_found(number: str) -> None:
    assert found(NOISE + NUMBERS[number] + NOISE, NUMBER)


def test_a_phone_number_kept_as_an_integer_is_found() -> None:
    assert found(NOISE + NUMBERS["as SQLite keeps it"] + NOISE, str(NUMBER))


@pytest.mark.parametrize("fold", FOLDED)
def test_what_is_folded_is_unfolded(fold: str) -> None:
    before = b"" if fold == "deflate from the start" else NOISE
    assert found(before + FOLDED[fold](NOISE + WORD.encode() + NOISE) + NOISE)


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_it_is_found_at_any_place(before: bytes, after: bytes) -> None:
    assert found(before + WORD.encode() + after)


@pytest.mark.parametrize("data", [b"", b"abc", NOISE, bytes(5000), secrets.token_bytes(200_000), zipped(NOISE)])
def test_nothing_is_found_where_nothing_is(data: bytes) -> None:
    assert not found(data)


def test_a_folder_is_searched_with_the_names_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / f"a-{secrets.token_hex(2)}").write_bytes(NOISE)
    (tmp_path / "deep" / "b").write_bytes(NOISE + WORD.encode())
    (tmp_path / "kanari-kuning.jpg").touch()
    searched = Search({"word": WORD, "name": "kanari-kuning"}).tree(tmp_path)
    assert (searched.files, searched.bytes) == (3, 2 * len(NOISE) + len(WORD.encode()))
    assert {hit.label for hit in searched.hits} == {"word", "name"}


def test_a_word_too_short_to_be_told_from_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="short"):
        Search({"it": "abc"})
