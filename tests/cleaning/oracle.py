"""Who else looks at a cleaned file: a search for the canary in all its spellings, and exiftool."""

import base64
import json
import shutil
import subprocess
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from tests.cleaning.files import CANARY

Test = TypeVar("Test", bound=Callable[..., Any])


def exiftool(test: Test) -> Test:
    """Mark a test that asks exiftool, and skip it where there is none."""
    missing = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
    marked: Test = missing(pytest.mark.exiftool(test))
    return marked


def survivors(data: bytes, word: str = CANARY) -> set[bytes]:
    """Find how the word hides in there: plain, wide, in hex, and in base64 at each of its three offsets."""
    plain = word.encode()
    shifted = {base64.b64encode(b"x" * offset + plain)[4:-4] for offset in range(3)}
    spellings = {plain, word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode()} | shifted
    return {spelling for spelling in spellings if spelling in data}


def read_tags(data: bytes) -> dict[str, dict[str, object]]:
    options = ("-json", "-groupHeadings:1", "-all", "--System:all", "-unknown2", "-duplicates", "-ee")
    command = ["exiftool", *options, "-"]
    answer = subprocess.run(command, input=data, capture_output=True, check=True)  # noqa: S603 - fixed words
    (tags,) = json.loads(answer.stdout)
    del tags["SourceFile"]
    return dict(tags)
