"""Recordings to be cleaned, made on the spot: honest ones, telling ones, and hostile ones."""

import io
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any, Final

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from tests.cleaning.files import CANARY, corners, exif, noise, saved, zipped

RATE: Final = 48_000
SIZE: Final = (192, 128)
WORD: Final = CANARY.encode()
TURNED: Final = bytes.fromhex("00000000 00010000 00000000 ffff0000 00000000 00000000 00800000 00000000 40000000")
UPRIGHT: Final = bytes.fromhex("00010000 00000000 00000000 00000000 00010000 00000000 00000000 00000000 40000000")

# ITU-T H.264 and H.265: a unit of user data, "unregistered", under an identifier of 16 bytes.
_MESSAGE: Final = bytes([5, 16 + len(WORD)]) + bytes(range(1, 17)) + WORD + b"\x80"
SEI: Final = {"libx264": b"\0\0\0\1\x06" + _MESSAGE, "libx265": b"\0\0\0\1\x4e\x01" + _MESSAGE}
CODECS: Final = tuple(SEI)


def pictures(many: int) -> Iterator[VideoFrame]:
    """A red square walking over noise."""
    ground = noise(*SIZE)
    for number in range(many):
        picture = ground.copy()
        picture.paste("red", (number * 3 % 150, 40, number * 3 % 150 + 40, 80))
        frame = VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]  # theirs
        frame.pts, frame.time_base = number, Fraction(1, 25)
        yield frame


def sounds(many: int, size: int, form: str, layout: str = "mono", rate: int = RATE) -> Iterator[AudioFrame]:
    """A buzz."""
    for number in range(many):
        frame = AudioFrame(format=form, layout=layout, samples=size)
        for plane in frame.planes:
            plane.update((b"\0\x10\0\0" * plane.buffer_size)[: plane.buffer_size])
        frame.sample_rate, frame.pts, frame.time_base = rate, number * size, Fraction(1, rate)
        yield frame


@cache
def video(codec: str = "libx264", container: str = "mp4", *, frames: int = 25, told: bool = False) -> bytes:
    """Pictures and a buzz; if `told`, the muxer and the encoder are asked to write the canary wherever they can."""
    written = io.BytesIO()
    options = {"movflags": "use_metadata_tags"} if told else {}
    with av.open(written, "w", format=container, container_options=options) as file:
        image, sound = _image(file, codec, told=told), _sound(file, "aac")
        if told:
            _tell(file)
            image.metadata["handler_name"] = sound.metadata["handler_name"] = CANARY
        for packet in _encoded(image, pictures(frames)):
            file.mux(_with_sei(packet, SEI[codec]) if told else packet)
        for packet in _encoded(sound, sounds(frames * RATE // 25 // 1024, 1024, "fltp")):
            file.mux(packet)
    return written.getvalue()


def _image(file: OutputContainer, codec: str, *, told: bool) -> VideoStream:
    stream = file.add_stream(codec, rate=25)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = SIZE
    stream.pix_fmt = "yuv420p"
    stream.codec_context.options = {"x265-params": "log-level=none"} if codec == "libx265" else {"preset": "fast"}
    if told and codec == "libx265":
        stream.codec_context.open()
        assert stream.codec_context.extradata
        stream.codec_context.extradata += SEI[codec]
    return stream


def _sound(file: OutputContainer, codec: str, rate: int = RATE, layout: str = "mono") -> AudioStream:
    stream = file.add_stream(codec, rate=rate)
    assert isinstance(stream, AudioStream)
    stream.layout = layout
    return stream


def _encoded(stream: Any, frames: Iterator[Any]) -> Iterator[Packet]:  # type: ignore[type-arg]  # of either kind
    for frame in frames:
        yield from stream.encode(frame)
    yield from stream.encode()


def _with_sei(packet: Any, sei: bytes) -> Any:
    longer = Packet(sei + bytes(packet))
    longer.stream, longer.time_base, longer.is_keyframe = packet.stream, packet.time_base, packet.is_keyframe
    longer.pts, longer.dts, longer.duration = packet.pts, packet.dts, packet.duration
    return longer


def _tell(file: OutputContainer) -> None:
    keys = ("title", "artist", "comment", "location", "make", "com.apple.quicktime.location.ISO6709", "encoder")
    file.metadata.update(dict.fromkeys(keys, CANARY), creation_time="2026-11-12T02:15:00Z")
    unit, name = Fraction(1, 1000), {"title": CANARY}
    file.set_chapters(
        [
            {"id": 1 + start, "start": start, "end": start + 500, "time_base": unit, "metadata": name}
            for start in (0, 500)
        ]
    )


def telling_video(codec: str, container: str) -> bytes:
    """A video with the canary in every box and unit there is for words, a subtitle track, and a zip behind it."""
    whole = video(codec, container, told=True)
    index = whole.index(b"moov") - 4
    end = index + int.from_bytes(whole[index : index + 4])
    longer = _box(b"moov", whole[index + 8 : end] + _talkative_boxes())
    junk = _box(b"free", WORD) + _box(b"uuid", bytes(16) + WORD) + _box(b"skip", WORD) + _box(b"wide", b"")
    return whole[:index] + longer + whole[end:] + junk + zipped()


def _talkative_boxes() -> bytes:
    cover = _box(b"data", b"\0\0\0\x0d\0\0\0\0" + saved(corners(), "JPEG", exif=exif().tobytes()))
    named = _box(b"data", b"\0\0\0\1\0\0\0\0" + WORD)
    handler = _box(b"hdlr", bytes(8) + b"mdirappl" + bytes(9))
    listed = _box(b"ilst", _box(b"\xa9nam", named) + _box(b"\xa9too", named) + _box(b"covr", cover))
    place = _box(b"\xa9xyz", len(WORD).to_bytes(2) + b"\x15\xc7" + WORD)
    return (
        _box(b"udta", place + _box(b"meta", bytes(4) + handler + listed))
        + _box(b"uuid", bytes(16) + WORD)
        + _box(b"free", WORD)
    )


def _box(name: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4) + name + body


def subtitled() -> bytes:
    """A video with a track of subtitles, and a second track of sound."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as file:
        image, sound, second = _image(file, "libx264", told=False), _sound(file, "aac"), _sound(file, "aac")
        words = file.add_mux_stream("mov_text")
        for packet in _encoded(image, pictures(10)):
            file.mux(packet)
        for stream in (sound, second):
            for packet in _encoded(stream, sounds(10, 1024, "fltp")):
                file.mux(packet)
        said = Packet(len(WORD).to_bytes(2) + WORD)
        said.stream, said.time_base, said.pts, said.dts, said.duration = words, Fraction(1, 1000), 0, 0, 400
        file.mux(said)
    return written.getvalue()


@cache
def sound(codec: str, container: str, *, told: bool = False, many: int = 50) -> bytes:
    """A buzz, and the canary in what tags the muxer writes if it is `told`."""
    written = io.BytesIO()
    narrow = codec == "libopencore_amrnb"
    rate, size, form = (8000, 160, "s16") if narrow else (RATE, *_FRAMES[codec])
    with av.open(written, "w", format=container) as file:
        stream = _sound(file, codec, rate)
        if told:
            _tell(file)
            stream.metadata["title"] = CANARY
        for packet in _encoded(stream, sounds(many, size, form, rate=rate)):
            file.mux(packet)
    return written.getvalue()


_FRAMES: Final = {"aac": (1024, "fltp"), "libmp3lame": (1152, "s16p"), "libopus": (960, "s16"), "vorbis": (64, "fltp")}


def telling_mp3() -> bytes:
    """An MP3 with all three kinds of tags, a cover, junk between its frames, and a zip behind it."""
    whole = sound("libmp3lame", "mp3", told=True)
    frames = (
        _id3_frame(b"APIC", b"\0image/jpeg\0\3\0" + saved(corners(), "JPEG", exif=exif().tobytes()))
        + _id3_frame(b"GEOB", b"\0text/plain\0a\0b\0" + WORD)
        + _id3_frame(b"PRIV", b"x\0" + WORD)
        + _id3_frame(b"COMM", b"\0ind\0" + WORD)
    )
    id3v2 = b"ID3\4\0\0" + _syncsafe(len(frames)) + frames
    item = len(WORD).to_bytes(4, "little") + bytes(4) + b"Comment\0" + WORD
    about = (2000).to_bytes(4, "little") + (len(item) + 32).to_bytes(4, "little") + (1).to_bytes(4, "little")
    ape = b"APETAGEX" + about + b"\0\0\0\xa0" + bytes(8) + item + b"APETAGEX" + about + b"\0\0\0\x80" + bytes(8)
    return id3v2 + whole + ape + b"TAG" + WORD.ljust(125, b"\0") + zipped()


def _id3_frame(name: bytes, body: bytes) -> bytes:
    return name + _syncsafe(len(body)) + b"\0\0" + body


def _syncsafe(size: int) -> bytes:
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def telling_aac() -> bytes:
    """Frames of AAC behind an ID3 tag, as a recorder writes them, and a zip behind them."""
    return sound("aac", "adts") + zipped()


def decoded(data: bytes) -> dict[str, list[bytes]]:
    """Every picture and every run of samples, as they come out of the decoder."""
    found: dict[str, list[bytes]] = {}
    with av.open(io.BytesIO(data), "r") as file:
        shown = [stream for stream in file.streams.video if not stream.disposition & Disposition.attached_pic]
        for frame in file.decode(*shown, *file.streams.audio[:1]):
            kind = "video" if isinstance(frame, VideoFrame) else "audio"
            assert isinstance(frame, VideoFrame | AudioFrame)
            found.setdefault(kind, []).append(b"".join(bytes(plane) for plane in frame.planes))
    return found


def seconds(data: bytes) -> float:
    with av.open(io.BytesIO(data), "r") as file:
        assert file.duration is not None
        return file.duration / 1_000_000


def turning(data: bytes) -> float:
    """How far a player turns the first picture, in degrees."""
    with av.open(io.BytesIO(data), "r") as file:
        return float(next(file.decode(file.streams.video[0])).rotation)


def turned() -> bytes:
    """A video held upright, as phones write it: lying, with the way to turn it beside it."""
    lying = video()
    track = lying.index(b"tkhd")
    return lying[:track] + lying[track:].replace(UPRIGHT, TURNED, 1)


def referring(path: bytes = b"file:///etc/passwd\0") -> bytes:
    """A video that says its pictures lie in another file."""
    whole = video()
    here = whole.index(b"url \0\0\0\1")
    longer = whole[:here] + b"url \0\0\0\0" + path + whole[here + 8 :]
    for name in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref", b"url "):
        at = longer.rindex(name, 0, here + 4) - 4
        longer = longer[:at] + (int.from_bytes(longer[at : at + 4]) + len(path)).to_bytes(4) + longer[at + 4 :]
    return longer


def trimmed() -> bytes:
    """A video of two seconds of which an editor shows 0.4, from the middle, by a note in the index alone."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as file:
        stream = _image(file, "libx264", told=False)
        stream.codec_context.options = {"g": "10", "bf": "0"}
        for packet in _encoded(stream, pictures(50)):
            file.mux(packet)
    whole = written.getvalue()
    at, unit = whole.index(b"elst") + 12, 12_800
    return whole[:at] + (400).to_bytes(4) + (unit * 33 // 25).to_bytes(4) + whole[at + 8 :]


def claiming(seconds_: int) -> bytes:
    """A video of a second whose headers say it lasts another time."""
    whole = bytearray(video())
    for name, at in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        start = 0
        while (start := whole.find(name, start + 1)) > 0:
            whole[start + at : start + at + 4] = (seconds_ * 1000).to_bytes(4)
    return bytes(whole)


def lasting(seconds_: int) -> bytes:
    """A few sounds with much silence between them."""
    written = io.BytesIO()
    with av.open(written, "w", format="ipod") as file:
        packets = list(_encoded(_sound(file, "aac"), sounds(9, 1024, "fltp")))
        for number, packet in enumerate(packets):
            packet.pts = packet.dts = number * seconds_ * RATE // (len(packets) - 1)
            file.mux(packet)
    return written.getvalue()


def countless(samples: int = 0xFFFFFFF0) -> bytes:
    """A video whose index claims four thousand million samples of one byte."""
    whole = bytearray(video())
    at = whole.index(b"stsz") + 8
    whole[at : at + 8] = (1).to_bytes(4) + samples.to_bytes(4)
    return bytes(whole)


def of_size(width: int, height: int) -> bytes:
    return _shown("libx264", "mp4", width, height)


@cache
def _shown(codec: str, container: str, width: int, height: int, *, attached: bool = False) -> bytes:
    """One black picture; in Matroska maybe with a file beside it."""
    written = io.BytesIO()
    with av.open(written, "w", format=container) as file:
        if attached:
            file.add_attachment("rahasia.txt", "text/plain", WORD)
        stream: Any = file.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        if codec == "libx264":
            stream.codec_context.options = {"preset": "ultrafast"}
        for packet in _encoded(stream, iter([VideoFrame(width, height, "yuv420p")])):
            file.mux(packet)
    return written.getvalue()


def of_codec(codec: str, container: str, *, attached: bool = False) -> bytes:
    return _shown(codec, container, *SIZE, attached=attached)


def units(data: bytes) -> set[int]:
    """The numbers of all units of the video, in its packets and in its header."""
    with av.open(io.BytesIO(data), "r") as file:
        stream = file.streams.video[0]
        hevc = stream.codec_context.name == "hevc"
        filters = av.BitStreamFilterContext("hevc_mp4toannexb" if hevc else "h264_mp4toannexb", stream)
        parts = [part for packet in file.demux(stream) if packet.size for part in filters.filter(packet)]
        coded = b"".join(bytes(part) for part in parts) + _header_units(
            stream.codec_context.extradata or b"", hevc=hevc
        )
    return {
        unit[0] >> 1 & 0x3F if hevc else unit[0] & 0x1F
        for unit in coded.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1")[1:]
    }


def _header_units(header: bytes, *, hevc: bool) -> bytes:
    """Spell an hvcC's arrays out behind start codes; of an avcC, H.264's filter has done so already."""
    coded, at = b"", 23
    for _ in range(header[22] if hevc else 0):
        many, at = int.from_bytes(header[at + 1 : at + 3]), at + 3
        for _ in range(many):
            size = int.from_bytes(header[at : at + 2])
            coded, at = coded + b"\0\0\1" + header[at + 2 : at + 2 + size], at + 2 + size
    return coded


def sample_entries(data: bytes) -> set[bytes]:
    """What an MP4 says each of its tracks is coded as."""
    places = [at for at in range(len(data)) if data.startswith(b"stsd", at)]
    return {data[at + 16 : at + 20] for at in places}


def mp3_packets(rate: int) -> list[bytes]:
    written = io.BytesIO()
    with av.open(written, "w", format="mp3") as file:
        stream = _sound(file, "libmp3lame", rate)
        size = 1152 if rate >= 32_000 else 576
        return [bytes(packet) for packet in _encoded(stream, sounds(9, size, "s16p", rate=rate))]


def packets(data: bytes) -> int:
    """How many there are, shown or not."""
    with av.open(io.BytesIO(data), "r", container_options={"ignore_editlist": "1"}) as file:
        return sum(1 for packet in file.demux(file.streams.video[0]) if packet.size)
