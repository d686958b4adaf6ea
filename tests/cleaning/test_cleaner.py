"""The parent's side: sealed for one reader, bounded in number and time, and no child is left behind."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvloop

from handlers.messages import Kind
from storage.cleaning.cleaner import Cleaned, Cleaner
from storage.cleaning.wire import GRAIN_BYTES
from storage.errors import Sealed, Unclean, Why
from storage.vault import new_identity, open_sealed, padded
from tests.cleaning import papers, recordings
from tests.cleaning.children import children
from tests.cleaning.files import FORMATS, noise, opened, saved, telling

ROOT = Path(__file__).parents[2]
PHOTO = saved(noise(), "JPEG")
LARGE = saved(noise(6000, 4000), "JPEG", quality=60)


async def test_only_the_recipient_reads_it(cleaner: Cleaner, key: tuple[str, str]) -> None:
    private, public = key
    cleaned = await cleaner.clean(Kind.IMAGE, PHOTO, public)
    assert opened(open_sealed(cleaned.sealed, [private])).size == (96, 64)
    with pytest.raises(Sealed):
        open_sealed(cleaned.sealed, [new_identity()[0]])


async def test_its_size_is_told_coarsely(cleaner: Cleaner, key: tuple[str, str]) -> None:
    cleaned = await cleaner.clean(Kind.IMAGE, LARGE, key[1])
    jpeg = open_sealed(cleaned.sealed, [key[0]])
    assert cleaned.padded == padded(len(jpeg)) > len(jpeg)
    assert cleaned.kind is Kind.IMAGE


async def test_a_picture_sent_as_a_file_is_a_picture(cleaner: Cleaner, key: tuple[str, str]) -> None:
    assert (await cleaner.clean(Kind.DOCUMENT, PHOTO, key[1])).kind is Kind.DOCUMENT


async def test_the_grain_decides_the_file(key: tuple[str, str]) -> None:
    private, public = key

    async def cleaned(grain: bytes) -> bytes:
        cleaner = Cleaner(randomness=lambda size: grain * size)
        return open_sealed((await cleaner.clean(Kind.IMAGE, PHOTO, public)).sealed, [private])

    assert await cleaned(b"a") == await cleaned(b"a") != await cleaned(b"b")


async def test_the_child_is_handed_all_the_grain_it_takes(key: tuple[str, str]) -> None:
    asked: list[int] = []

    def randomness(size: int) -> bytes:
        asked.append(size)
        return bytes(size)

    await Cleaner(randomness=randomness).clean(Kind.IMAGE, PHOTO, key[1])
    assert asked == [GRAIN_BYTES]


async def test_a_key_that_is_none_is_our_mistake_and_not_the_files(cleaner: Cleaner) -> None:
    with pytest.raises(ValueError, match="age public key"):
        await cleaner.clean(Kind.IMAGE, PHOTO, "age1bukankunci")


async def test_a_source_that_fails_fails_as_itself(cleaner: Cleaner, key: tuple[str, str]) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield PHOTO
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        await cleaner.clean(Kind.IMAGE, broken(), key[1])


async def test_eight_pictures_at_once_all_come_back_two_at_a_time(key: tuple[str, str]) -> None:
    cleaner, before, most = Cleaner(at_once=2), children(), 0
    jobs = [asyncio.ensure_future(cleaner.clean(Kind.IMAGE, PHOTO, key[1])) for _ in range(8)]
    while not all(job.done() for job in jobs):
        most = max(most, len(children() - before))
        await asyncio.sleep(0)
    assert len({job.result().sealed for job in jobs}) == 8
    assert most == 2


async def first_child_after(before: frozenset[int]) -> None:
    while not children() - before:  # noqa: ASYNC110 - the kernel sets no Event
        await asyncio.sleep(0)


async def test_a_cancelled_cleaning_ends_its_child(cleaner: Cleaner, key: tuple[str, str]) -> None:
    before = children()
    job = asyncio.ensure_future(cleaner.clean(Kind.IMAGE, LARGE, key[1]))
    await first_child_after(before)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert not children() - before
    assert (await cleaner.clean(Kind.IMAGE, PHOTO, key[1])).sealed


@pytest.mark.parametrize("turns", range(8))
async def test_it_may_be_cancelled_at_any_moment(cleaner: Cleaner, key: tuple[str, str], turns: int) -> None:
    before = children()
    job = asyncio.ensure_future(cleaner.clean(Kind.IMAGE, LARGE, key[1]))
    for _ in range(turns):
        await asyncio.sleep(0)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert not children() - before


async def test_a_slow_file_is_given_up_and_its_child_ended(key: tuple[str, str]) -> None:
    before = children()
    with pytest.raises(Unclean) as refusal:
        await Cleaner(seconds=0.02).clean(Kind.IMAGE, LARGE, key[1])
    assert refusal.value.why is Why.TOO_SLOW
    assert not children() - before


class Hurried(Cleaner):
    """Gives its first child no time, as a machine does that is just starting everything."""

    asked = 0

    async def _ask(self, asked: str, said: bytes) -> tuple[bytes, bytes]:
        self._seconds = 20 if self.asked else 0.001
        self.asked += 1
        return await super()._ask(asked, said)


async def test_a_child_that_was_too_slow_at_the_start_is_asked_again() -> None:
    hurried = Hurried()
    assert await hurried.check() == await Cleaner().check()
    assert hurried.asked == 2


async def test_too_little_time_is_no_sandbox() -> None:
    assert not (await Cleaner(seconds=0.001).check()).ready


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("cat > /dev/null; printf '{}\\nnot sealed at all'", Why.BROKEN),
        ("cat > /dev/null; printf '\\377\\376'", Why.BROKEN),
        ('cat > /dev/null; printf \'{"why":"\\377"}\\n\'', Why.BROKEN),
        ('cat > /dev/null; printf \'{"padded":"x"}\\nage-encryption.org/v1\\n\'', Why.BROKEN),
        ("exec yes", Why.BROKEN),
        ("exit 0", Why.BROKEN),
        ('cat > /dev/null; printf \'{"taken":"KENARI-7319"}\\nage-encryption.org/v1\\n\'', Why.BROKEN),
        ("kill -SEGV $$", Why.BROKEN),
        ("kill -XCPU $$", Why.TOO_SLOW),
        ("exec sleep 60", Why.TOO_SLOW),
        ('sleep 60 & printf \'{"why":"broken"}\\n\'', Why.TOO_SLOW),
    ],
)
async def test_a_child_that_fell_to_an_attack_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: tuple[str, str], answer: str, why: Why
) -> None:
    fallen = tmp_path / "python"
    fallen.write_text(f"#!/bin/sh\n{answer}\n")
    fallen.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(fallen))
    with pytest.raises(Unclean) as refusal:
        await Cleaner(seconds=2).clean(Kind.IMAGE, LARGE, key[1])
    assert refusal.value.why is why


async def test_the_child_inherits_nothing_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cleaner: Cleaner, key: tuple[str, str]
) -> None:
    """A module planted where Python would look for it, by environment or folder, is not loaded."""
    (tmp_path / "PIL.py").write_text("raise SystemExit('planted')")
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('planted')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert (await cleaner.clean(Kind.IMAGE, PHOTO, key[1])).sealed


def test_it_works_under_the_loop_of_the_product(key: tuple[str, str]) -> None:
    async def both() -> tuple[Cleaned, bool]:
        cleaner = Cleaner()
        return await cleaner.clean(Kind.IMAGE, LARGE, key[1]), (await cleaner.check()).ready

    cleaned, ready = uvloop.run(both())
    assert opened(open_sealed(cleaned.sealed, [key[0]])).size == (2560, 1707)
    assert ready


LATE = """
import sys
from importlib import import_module
import storage.cleaning.child
from storage.cleaning.wire import GRAIN_BYTES
codec = import_module("storage.cleaning." + sys.argv[1])
before = set(sys.modules)
codec.clean(sys.stdin.buffer.read(), bytes(GRAIN_BYTES))
sys.stdout.write(" ".join(set(sys.modules) - before))
"""


@pytest.mark.parametrize(
    ("codec", "data"),
    [
        *(("pictures", telling(form)) for form in FORMATS),
        ("documents", papers.telling()),
        ("media", recordings.subtitled()),
        ("media", recordings.telling_video("libx265", "mov")),
        ("media", recordings.telling_mp3()),
    ],
)
def test_no_codec_loads_anything_once_it_is_locked_in(codec: str, data: bytes) -> None:
    """Behind the lock an import fails, and the file with it: honest ones, of the rare sort."""
    late = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", LATE, codec], input=data, capture_output=True, check=True, cwd=ROOT
    )
    assert late.stdout == b""


def test_the_child_loads_no_more_than_it_needs() -> None:
    code = "import sys, storage.cleaning.child, storage.cleaning.pictures; print(*sorted(sys.modules))"
    loaded = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"asyncio", "sqlalchemy", "sqlmodel", "nacl", "httpx", "structlog", "av", "pypdfium2"}
    assert not heavy & set(loaded.stdout.split())
