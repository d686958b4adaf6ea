"""Rebuild a recording from its packets alone: MP4, Ogg, MP3 or AAC in, the same pictures and sounds out.

Nothing is decoded, so nothing is lost and it is quick. What an encoder hid inside a packet of sound stays there.
"""

import io
from fractions import Fraction
from typing import Any, Final

import av
import av.audio.stream
import av.logging
import av.subtitles.codeccontext
import av.subtitles.stream
import av.video.stream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Disposition, Stream

from storage.cleaning import boxes, glimpse, units
from storage.cleaning.first_bytes import Format, format_of
from storage.cleaning.frames import whole_frame
from storage.cleaning.wire import Clean
from storage.errors import Unclean, Why

MOST_SECONDS: Final = 600
MOST_PIXELS: Final = 4096 * 2304  # "4K", in a cinema's width

_DEMUXERS: Final = {Format.MP4: "mov", Format.OGG: "ogg", Format.MP3: "mp3", Format.AAC: "aac"}
_VIDEO: Final = frozenset({"h264", "hevc"})
_AUDIO: Final = {
    Format.MP4: frozenset({"aac", "mp3", "opus", "amr_nb", "amr_wb"}),
    Format.OGG: frozenset({"opus"}),
    Format.MP3: frozenset({"mp3"}),
    Format.AAC: frozenset({"aac"}),
}
# Behind the lock none of these could reach anything; here they are not even tried.
_SHUT: Final = {"protocol_whitelist": "", "enable_drefs": "0", "use_absolute_path": "0"}
_BARE: Final = {"fflags": "+bitexact", "id3v2_version": "0"}  # no writer's name, no random numbers, no tags
_AMR: Final = frozenset({"amr_nb", "amr_wb"})
_NO_PICTURE: Final = Disposition.attached_pic | Disposition.timed_thumbnails
_OPUS_HEAD_BYTES: Final = 19  # RFC 7845, 5.1, for one or two channels; more is tables, or none of ours
_OPUS_FAMILY_AT: Final = 18

# FFmpeg says what is wrong with a file in the file's own words.
av.logging.set_level(None)


def clean(data: bytes, grain: bytes) -> Clean:  # noqa: ARG001 - packets are what they are: equal ones stay equal
    """Give the first video and the first sound of `data`, at most MOST_SECONDS long, bare of everything else.

    Raises Unclean, and what FFmpeg raises for damaged files.
    """
    format_ = format_of(data)
    demuxer = _DEMUXERS.get(format_) if format_ else None
    if format_ is None or demuxer is None:
        raise Unclean(Why.KIND)
    # A tag in a wrong alphabet is no reason to lose the recording.
    with av.open(io.BytesIO(data), "r", format=demuxer, container_options=_SHUT, metadata_errors="ignore") as recording:
        streams = _kept(recording, _AUDIO[format_])
        return Clean(_remuxed(recording, streams, _muxer(format_, streams)), glimpse.of_recording(recording.metadata))


def _kept(recording: InputContainer, sounds: frozenset[str]) -> list[Stream]:
    """Choose what is seen and what is heard first; covers, subtitles, second tracks and attachments stay behind."""
    videos = [stream for stream in recording.streams.video if not stream.disposition & _NO_PICTURE]
    kept: list[Stream] = [*videos[:1], *recording.streams.audio[:1]]
    if not kept:
        raise Unclean(Why.KIND)
    for stream in kept:
        if _codec(stream) not in (_VIDEO if stream.type == "video" else sounds):
            raise Unclean(Why.KIND)
    if videos and videos[0].width * videos[0].height > MOST_PIXELS:
        raise Unclean(Why.TOO_MANY_PIXELS)
    return kept


def _codec(stream: Stream) -> str:
    """Name the codec as FFmpeg's list of formats does, whoever decodes it here; "" where nobody does."""
    context: Any = stream.codec_context  # None for what FFmpeg does not know, which its types deny
    return context.codec.canonical_name if context else ""


def _muxer(format_: Format, streams: list[Stream]) -> str:
    codecs = {_codec(stream) for stream in streams}
    if format_ in (Format.OGG, Format.MP3):
        return format_.value
    if codecs & _AMR:
        return "3gp"
    return "ipod" if codecs == {"aac"} else "mp4"


def _remuxed(recording: InputContainer, streams: list[Stream], muxer: str) -> bytes:
    written = io.BytesIO()
    with av.open(written, "w", format=muxer, container_options=_BARE) as bare:
        ways = {stream.index: _Way(stream, bare) for stream in streams}
        for packet in recording.demux(*streams):
            for passed in ways[packet.stream_index].through(packet):
                bare.mux(passed)
        if not all(way.travelled for way in ways.values()):  # an index that lies, or nothing whole
            raise Unclean(Why.BROKEN)
    file = written.getvalue()
    return file if muxer in ("ogg", "mp3") else boxes.tidied(file)


class _Way:
    """The way of one stream from the old file to the new."""

    def __init__(self, old: Stream, bare: OutputContainer) -> None:
        codec = self._codec = _codec(old)
        self._new = bare.add_stream_from_template(old, opaque=True)
        self._sieve = av.BitStreamFilterContext(units.sieve(codec), old, self._new)
        context = self._new.codec_context
        context.extradata = _header(codec, context.extradata)
        if codec == "hevc":
            context.codec_tag = "hvc1"  # Apple plays no other
        self._unit: Fraction = old.time_base or Fraction(1, 1000)
        self._shown = False
        self._unshown: list[Packet[Stream]] = []
        self._first: int | None = None
        self._last = -(1 << 62)

    @property
    def travelled(self) -> bool:
        """Tell whether anything came this way."""
        return self._first is not None

    def through(self, packet: "Packet[Stream]") -> "list[Packet[Stream]]":
        """Carry over a packet's bytes and times; what else hung on it, such as a second header, stays behind.

        So does the end that was cut off: editors only mark it as not to be shown. What was cut off before the
        beginning goes along, unshown, back to the last whole picture, as the first shown one is built on it.
        """
        if not packet.size:
            return []
        if packet.is_discard and self._shown:
            self._unshown.append(packet)  # until it turns out that a shown one is built on it
            return []
        self._shown = self._shown or not packet.is_discard
        taken, self._unshown = [*self._unshown, packet], []
        passed = (part for one in taken for part in self._sieve.filter(one))
        return [self._bare(body, old) for old in passed if (body := self._whole(bytes(old)))]

    def _whole(self, body: bytes) -> bytes:
        return whole_frame(body) if self._codec == "mp3" else body

    def _bare(self, body: bytes, old: "Packet[Stream]") -> "Packet[Stream]":
        bare = Packet(len(body))
        bare.update(body)
        bare.stream, bare.time_base, bare.is_keyframe = self._new, self._unit, old.is_keyframe
        bare.duration = old.duration
        bare.dts, bare.pts = self._times(old)
        return bare

    def _times(self, packet: "Packet[Stream]") -> tuple[int, int]:
        """Say when to decode and when to show it; clocks that stand still or run back are put right."""
        dts = self._last + 1 if packet.dts is None else max(packet.dts, self._last + 1)
        pts = dts if packet.pts is None else max(packet.pts, dts)
        self._first = dts if self._first is None else self._first
        if (pts + (packet.duration or 0) - self._first) * self._unit > MOST_SECONDS:
            raise Unclean(Why.TOO_LONG)
        self._last = dts
        return dts, pts


def _header(codec: str, extradata: bytes | None) -> bytes | None:
    if codec == "opus" and extradata:
        if extradata[_OPUS_FAMILY_AT : _OPUS_FAMILY_AT + 1] != b"\0":
            raise Unclean(Why.KIND)
        return extradata[:_OPUS_HEAD_BYTES]
    return units.header(codec, extradata)
