"""Of all metadata one thing is glimpsed: when it was taken, to be offered and not to be kept."""

import struct
from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.messages import Kind
from storage.cleaning import glimpse
from storage.cleaning.cleaner import Cleaner
from tests.cleaning import papers, recordings
from tests.cleaning.files import CANARY, FORMATS, exif, noise, saved, telling

WIT = timezone(timedelta(hours=9))
QUICKTIME = "com.apple.quicktime.creationdate"


def block(said: bytes, order: str = "<", kind: int = 2) -> bytes:
    """An EXIF block with nothing but the moment it was taken."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    folder = struct.pack(f"{order}HHHIII", 1, 0x8769, 4, 1, 26, 0)
    inner = struct.pack(f"{order}HHHIII", 1, 0x9003, kind, len(said), 44, 0)
    return head + folder + inner + said


@pytest.mark.parametrize("form", FORMATS)
async def test_a_picture_tells_its_moment_on_the_cameras_clock(
    cleaner: Cleaner, key: tuple[str, str], form: str
) -> None:
    for kind in (Kind.IMAGE, Kind.DOCUMENT):
        assert (await cleaner.clean(kind, telling(form), key[1])).taken == "2026-11-12T09:15"


async def test_a_video_tells_it_in_utc_and_it_is_given_on_the_clock_of_the_place(key: tuple[str, str]) -> None:
    original = recordings.telling_video("libx264", "mov")
    assert (await Cleaner().clean(Kind.VIDEO, original, key[1])).taken == "2026-11-12T09:15"
    assert (await Cleaner(zone=WIT).clean(Kind.VIDEO, original, key[1])).taken == "2026-11-12T11:15"


async def test_what_tells_nothing_has_no_moment(cleaner: Cleaner, key: tuple[str, str]) -> None:
    untold = (
        (Kind.IMAGE, saved(noise(), "JPEG")),
        (Kind.PDF, papers.telling()),  # when a paper was written is not when something happened
        (Kind.VIDEO, recordings.video()),
        (Kind.VOICE, recordings.sound("libopus", "ogg", told=True)),
    )
    for kind, data in untold:
        assert not (await cleaner.clean(kind, data, key[1])).taken


async def test_nothing_else_is_told(cleaner: Cleaner, key: tuple[str, str]) -> None:
    for kind, data in ((Kind.IMAGE, telling("JPEG")), (Kind.VIDEO, recordings.telling_video("libx264", "mov"))):
        cleaned = await cleaner.clean(kind, data, key[1])
        assert CANARY not in f"{cleaned.kind} {cleaned.padded} {cleaned.taken}"
        assert CANARY.encode() not in cleaned.sealed


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_orders_of_bytes_are_read(order: str) -> None:
    assert glimpse.of_picture(block(b"2026:11:12 09:15:30\0", order)) == "2026-11-12T09:15"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"0000:00:00 00:00:00\0",
        b"    :  :     :  :  \0",
        b"1970:01:01 00:00:00\0",
        b"1999:12:31 23:59:59\0",
        b"2101:01:01 00:00:00\0",
        b"9999:99:99 99:99:99\0",
        b"2026:02:30 09:15:00\0",
        b"2026:11:12 24:15:00\0",
        b"2026-11-12 09:15:00\0",
        b"kemarin pukul sembilan\0",
        "٢٠٢٦:11:12 09:15:00\0".encode(),
        b"2026:11:12 09:15:00\0" + CANARY.encode(),
    ],
)
def test_nonsense_the_past_and_the_far_future_are_no_moment(said: bytes) -> None:
    assert not glimpse.of_picture(block(said))


def test_a_moment_of_the_wrong_type_is_none() -> None:
    assert not glimpse.of_picture(block(b"2026:11:12 09:15:30\0", kind=7))


def test_a_block_without_the_field_has_no_moment() -> None:
    plain = exif()
    del plain.get_ifd(0x8769)[0x9003]
    assert not glimpse.of_picture(plain.tobytes())


@pytest.mark.parametrize(
    ("metadata", "moment"),
    [
        ({}, ""),
        ({"creation_time": "2026-11-12T02:15:00.000000Z"}, "2026-11-12T02:15Z"),
        ({"creation_time": "1904-01-01T00:00:00.000000Z"}, ""),
        ({"creation_time": "2040-02-06T06:28:15.000000Z"}, "2040-02-06T06:28Z"),
        ({"creation_time": "2101-01-01T00:00:00.000000Z"}, ""),
        ({"creation_time": CANARY}, ""),
        ({"creation_time": "2026-13-12T02:15:00Z"}, ""),
        ({QUICKTIME: "2026-11-12T09:15:00+0700", "creation_time": "2026-11-12T02:15:00Z"}, "2026-11-12T09:15"),
        ({QUICKTIME: CANARY, "creation_time": "2026-11-12T02:15:00Z"}, "2026-11-12T02:15Z"),
        ({"date": "2026-11-12T02:15:00Z", "location": "-6.1/106.8"}, ""),
    ],
)
def test_a_recording_tells_its_moment_or_nothing(metadata: dict[str, str], moment: str) -> None:
    assert glimpse.of_recording(metadata) == moment


@pytest.mark.parametrize(
    "moment", ["besok", "2026-11-12", "2026-11-12T09:15\n", "2026-11-12T09:15+07:00", "2101-01-01T00:00"]
)
def test_a_child_that_fell_cannot_say_something_else_in_its_place(moment: str) -> None:
    with pytest.raises(ValueError, match="no moment"):
        glimpse.local(moment, UTC)


@given(st.binary() | st.binary().map(b"Exif\0\0II*\0\x08\0\0\0".__add__) | st.binary().map(b"MM\0*\0\0\0\x08".__add__))
def test_no_exif_block_is_too_broken_to_be_passed_over(data: bytes) -> None:
    assert isinstance(glimpse.of_picture(data), str)


@given(st.text())
def test_no_tag_is_too_strange_to_be_passed_over(value: str) -> None:
    assert glimpse.of_recording({"creation_time": value, QUICKTIME: value}) == "" or value.isascii()
