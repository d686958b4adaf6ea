"""Of a recording only its packets are kept: it plays as before, and says nothing of where it comes from."""

from collections.abc import Callable, Iterator
from typing import Final

import av
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from handlers.messages import Kind
from storage.cleaning.cleaner import Cleaner
from storage.cleaning.first_bytes import Format, format_of
from storage.cleaning.frames import whole_frame
from storage.errors import Unclean, Why
from storage.vault import new_identity, open_sealed
from tests.cleaning import recordings
from tests.cleaning.conftest import CleanAs
from tests.cleaning.files import CANARY, noise, saved, zipped
from tests.cleaning.oracle import exiftool, read_tags, survivors
from tests.cleaning.recordings import CODECS, WORD, decoded, seconds
from tests.cleaning.refusal import refused

BOXES: Final = set(
    b"ftyp moov mdat mvhd trak tkhd edts elst mdia mdhd hdlr minf vmhd smhd dinf dref stbl "
    b"stsd stts stss ctts stsc stsz stco co64 sgpd sbgp".split()
)
FOLDERS: Final = {b"moov", b"trak", b"edts", b"mdia", b"minf", b"dinf", b"stbl"}
# Encoder, muxer, the bytes it begins as: what phones and messengers record.
SOUNDS: Final = [
    ("libopus", "ogg", Format.OGG),
    ("aac", "ipod", Format.MP4),
    ("aac", "adts", Format.AAC),
    ("libmp3lame", "mp4", Format.MP4),
    ("libopus", "mp4", Format.MP4),
    ("libopencore_amrnb", "3gp", Format.MP4),
]
WORDLESS: Final = {"HandlerType", "HandlerDescription", "Vendor", "EncoderVendor"}  # FFmpeg's, for every file alike


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        yield name, data[at + 8 : at + size]
        if name in FOLDERS:
            yield from boxes(data[at + 8 : at + size])
        at += size


@pytest.mark.parametrize("container", ["mp4", "mov"])
@pytest.mark.parametrize("codec", CODECS)
async def test_nothing_but_packets_comes_through(clean_as: CleanAs, codec: str, container: str) -> None:
    original = recordings.telling_video(codec, container)
    assert original.count(WORD) > 40
    assert b" - H.26" in original  # x264 and x265 write what they are, x265 in the header too
    cleaned = await clean_as(Kind.VIDEO, original)
    assert not survivors(cleaned)
    assert b" - H.26" not in cleaned
    assert {name for name, _ in boxes(cleaned)} <= BOXES
    assert not any(any(body[4:12]) for name, body in boxes(cleaned) if name in (b"mvhd", b"tkhd", b"mdhd"))
    assert decoded(cleaned) == decoded(original)
    assert seconds(cleaned) == pytest.approx(seconds(original), abs=0.05)


@pytest.mark.parametrize("codec", CODECS)
async def test_no_unit_but_pictures_is_left(clean_as: CleanAs, codec: str) -> None:
    """Looked for in the packets and in the header, by the standards' numbers of what is no picture."""
    cleaned = await clean_as(Kind.VIDEO, recordings.telling_video(codec, "mov"))
    assert recordings.units(recordings.telling_video(codec, "mov")) & {6, 39, 40}
    assert recordings.units(cleaned) <= ({1, 5, 7, 8} if codec == "libx264" else {0, 1, 8, 9, 19, 20, 21, 32, 33, 34})


@exiftool
@pytest.mark.parametrize("codec", CODECS)
async def test_exiftool_finds_no_words_and_no_dates(clean_as: CleanAs, codec: str) -> None:
    before, after = (
        read_tags(data)
        for data in (
            recordings.telling_video(codec, "mov"),
            await clean_as(Kind.VIDEO, recordings.telling_video(codec, "mov")),
        )
    )
    assert CANARY in str(before)
    assert {group.rstrip("12") for group in after} == {"ExifTool", "File", "QuickTime", "Track", "Composite"}
    told = {tag: value for tags in after.values() for tag, value in tags.items()}
    assert {value for tag, value in told.items() if tag.endswith("Date")} == {"0000:00:00 00:00:00"}
    assert not {"UserData", "Comment", "Title", "Make", "Model", "Software", "Encoder", "GPSCoordinates"} & set(told)


@exiftool
@pytest.mark.parametrize(("codec", "container", "_"), [*SOUNDS, ("libmp3lame", "mp3", Format.MP3)])
async def test_exiftool_finds_nothing_told_about_sounds(
    clean_as: CleanAs, codec: str, container: str, _: Format
) -> None:
    original = recordings.telling_mp3() if container == "mp3" else recordings.sound(codec, container, told=True)
    after = read_tags(await clean_as(Kind.AUDIO, original))
    known = {"ExifTool", "File", "QuickTime", "Track1", "Composite", "Opus", "Vorbis", "MPEG"}
    assert set(after) <= known
    assert "ID3Size" not in after["File"]
    assert after.get("Vorbis", {}) in ({}, {"Vendor": "ffmpeg"})


@pytest.mark.parametrize(("codec", "container", "begins"), SOUNDS)
async def test_sounds_are_kept_to_the_last_sample(
    clean_as: CleanAs, codec: str, container: str, begins: Format
) -> None:
    original = recordings.sound(codec, container, told=True)
    assert format_of(original) is begins
    cleaned = await clean_as(Kind.VOICE, original)
    assert not survivors(cleaned)
    assert decoded(cleaned) == decoded(original)


async def test_an_mp3_loses_its_tags_its_cover_and_what_lies_between_its_frames(clean_as: CleanAs) -> None:
    whole = recordings.sound("libmp3lame", "mp3")
    middle = whole.index(b"\xff\xfb", len(whole) // 2)
    for original in (recordings.telling_mp3(), whole[:middle] + WORD * 9 + whole[middle:], whole + WORD * 9000):
        cleaned = await clean_as(Kind.AUDIO, original)
        assert not survivors(original.replace(WORD, b""))
        assert not survivors(cleaned)
        assert b"rahasia" not in cleaned
        assert abs(len(decoded(cleaned)["audio"]) - len(decoded(whole)["audio"])) <= 1
        assert seconds(cleaned) == pytest.approx(seconds(whole), abs=0.06)


async def test_what_lies_behind_other_sounds_is_lost_as_well(clean_as: CleanAs) -> None:
    for original in (recordings.telling_aac(), recordings.sound("libopus", "ogg") + WORD * 9):
        cleaned = await clean_as(Kind.VOICE, original)
        assert not survivors(cleaned)
        assert b"rahasia" not in cleaned


async def test_of_many_tracks_one_is_seen_and_one_is_heard(clean_as: CleanAs) -> None:
    cleaned = await clean_as(Kind.VIDEO, recordings.subtitled())
    assert [body[8:12] for name, body in boxes(cleaned) if name == b"hdlr"] == [b"vide", b"soun"]
    assert not survivors(cleaned)


async def test_a_video_filmed_upright_stays_upright(clean_as: CleanAs) -> None:
    original = recordings.turned()
    cleaned = await clean_as(Kind.VIDEO, original)
    assert abs(recordings.turning(original)) == 90
    assert recordings.turning(cleaned) == recordings.turning(original)


async def test_it_starts_before_it_has_loaded(clean_as: CleanAs) -> None:
    cleaned = await clean_as(Kind.VIDEO, recordings.video())
    assert [name for name, _ in boxes(cleaned) if name in (b"ftyp", b"moov", b"mdat")] == [b"ftyp", b"moov", b"mdat"]


@pytest.mark.parametrize("codec", CODECS)
async def test_phones_of_every_make_can_play_it(clean_as: CleanAs, codec: str) -> None:
    cleaned = await clean_as(Kind.VIDEO, recordings.video(codec))
    assert {b"avc1" if codec == "libx264" else b"hvc1", b"mp4a"} == recordings.sample_entries(cleaned)


@pytest.mark.parametrize(("kind", "name"), [(Kind.DOCUMENT, "libx264"), (Kind.AUDIO, "aac"), (Kind.VOICE, "aac")])
async def test_the_first_bytes_count_and_not_the_name(clean_as: CleanAs, kind: Kind, name: str) -> None:
    original = recordings.video() if name == "libx264" else recordings.sound("aac", "ipod")
    assert decoded(await clean_as(kind, original)) == decoded(original)


async def test_what_was_cut_off_is_not_shown_again(clean_as: CleanAs) -> None:
    original = recordings.trimmed()
    cleaned = await clean_as(Kind.VIDEO, original)
    assert decoded(cleaned) == decoded(original)
    assert len(decoded(cleaned)["video"]) == 10
    assert recordings.packets(original) == 50
    assert recordings.packets(cleaned) == 13  # three before it, which are needed to draw the first


@pytest.mark.parametrize("claimed", [0, 1, 4_000_000])
async def test_how_long_it_lasts_is_measured_and_not_believed(clean_as: CleanAs, claimed: int) -> None:
    cleaned = await clean_as(Kind.VIDEO, recordings.claiming(claimed))
    assert seconds(cleaned) == pytest.approx(1, abs=0.1)


async def test_nine_minutes_are_taken(clean_as: CleanAs) -> None:
    assert 530 < seconds(await clean_as(Kind.AUDIO, recordings.lasting(540))) < 541


async def test_what_lies_in_another_file_is_not_fetched(clean_as: CleanAs) -> None:
    cleaned = await clean_as(Kind.VIDEO, recordings.referring())
    assert b"passwd" not in cleaned
    assert b"root:" not in cleaned
    assert len(decoded(cleaned)["video"]) == 25


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


REFUSED: Final[dict[str, tuple[Why, Callable[[], bytes]]]] = {
    "empty": (Why.EMPTY, bytes),
    "text": (Why.KIND, lambda: b"laporan netralitas"),
    "zip": (Why.KIND, zipped),
    "html": (Why.KIND, lambda: b"<!doctype html><video src=file:///etc/passwd>"),
    "svg": (Why.KIND, lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "gif": (Why.KIND, lambda: saved(noise(), "GIF")),
    "picture": (Why.KIND, lambda: saved(noise(), "JPEG")),
    "playlist": (Why.KIND, lambda: b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n"),
    "list of files": (Why.KIND, lambda: b"ffconcat version 1.0\nfile /etc/passwd\n"),
    "Matroska with a file in it": (Why.KIND, lambda: recordings.of_codec("libx264", "matroska", attached=True)),
    "WebM": (Why.KIND, lambda: recordings.of_codec("libvpx", "webm")),
    "AVI": (Why.KIND, lambda: recordings.of_codec("mpeg4", "avi")),
    "MP4 of another codec": (Why.KIND, lambda: recordings.of_codec("mpeg4", "mp4")),
    "MP4 of yet another": (Why.KIND, lambda: recordings.of_codec("libvpx-vp9", "mp4")),
    "MP4 of a codec nobody knows": (Why.KIND, lambda: recordings.video().replace(b"avc1", b"zzzz")),
    "only an MP4's head": (Why.BROKEN, lambda: b"\0\0\0\x18ftypisom\0\0\2\0isommp42"),
    "an MP4's head before a playlist": (Why.BROKEN, lambda: b"\0\0\0\x18ftypisom\0\0\2\0isommp42#EXTM3U\n/etc/passwd"),
    "cut MP4": (Why.BROKEN, lambda: cut(recordings.video())),
    "cut Ogg": (Why.BROKEN, lambda: cut(recordings.sound("libopus", "ogg"))),
    "only an Ogg's head": (Why.BROKEN, lambda: b"OggS\0\2" + bytes(22)),
    "countless samples": (Why.BROKEN, recordings.countless),
    "eleven minutes": (Why.TOO_LONG, lambda: recordings.lasting(660)),
    "six days": (Why.TOO_LONG, lambda: recordings.lasting(80_000)),
    "larger than 4K": (Why.TOO_MANY_PIXELS, lambda: recordings.of_size(4352, 2304)),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_it_is_refused_kindly_and_quickly(clean_as: CleanAs, name: str) -> None:
    why, make = REFUSED[name]
    assert await refused(clean_as(Kind.VIDEO, make())) is why
    assert await clean_as(Kind.VOICE, recordings.sound("libopus", "ogg"))


async def test_half_an_mp3_is_what_was_recorded_until_then(clean_as: CleanAs) -> None:
    original = recordings.sound("libmp3lame", "mp3")
    assert 10 < len(decoded(await clean_as(Kind.AUDIO, original[: len(original) // 2]))["audio"]) < 40


@given(data=st.data(), codec=st.sampled_from(["libx264", "libx265", "mp3", "ogg"]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_damage_never_stops_the_service(data: st.DataObject, codec: str) -> None:
    private, public = new_identity()
    makers: dict[str, Callable[[], bytes]] = {
        "mp3": recordings.telling_mp3,
        "ogg": lambda: recordings.sound("libopus", "ogg", told=True),
    }
    make = makers.get(codec, lambda: recordings.telling_video(codec, "mov"))
    recording = bytearray(make())
    for place in data.draw(st.lists(st.integers(0, len(recording) - 1), max_size=8)):
        recording[place] = data.draw(st.integers(0, 255))
    try:
        cleaned = await Cleaner().clean(Kind.VIDEO, bytes(recording), public)
    except Unclean as refusal:
        event(refusal.why)
    else:
        assert open_sealed(cleaned.sealed, [private])


@given(st.binary(max_size=64) | st.binary(max_size=64).map(b"\xff\xfb\x54\xc4".__add__))
def test_a_frame_is_whole_or_nothing(data: bytes) -> None:
    frame = whole_frame(data)
    assert data.startswith(frame)
    assert not frame or frame[0] == 0xFF


def test_frames_of_a_real_mp3_are_as_long_as_ffmpeg_says() -> None:
    """At every rate and speed LAME writes."""
    for rate in (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000):
        for packet in recordings.mp3_packets(rate):
            assert whole_frame(packet + WORD) == packet


def test_ffmpeg_is_the_one_we_know() -> None:
    """What is said of FFmpeg here was seen in this family of versions: a new one is looked at first."""
    assert av.library_versions["libavformat"][0] in (61, 62)
