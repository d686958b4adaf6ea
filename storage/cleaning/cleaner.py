"""The parent's side of cleaning: one child a file, bounded in number, time and talk, and always ended."""

import asyncio
import os
import secrets
import signal
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from datetime import timedelta, timezone, tzinfo
from typing import Final, cast

import msgspec

from handlers.messages import Kind
from storage.cleaning import glimpse
from storage.cleaning.first_bytes import Format, format_of
from storage.cleaning.wire import GRAIN_BYTES, MOST_IN, MOST_OUT, PROBE, Job, Outcome, SandboxReport
from storage.errors import Unclean, Why
from storage.vault import seal

CODECS: Final = {
    Kind.IMAGE: "pictures",
    Kind.PDF: "documents",
    Kind.VIDEO: "media",
    Kind.VOICE: "media",
    Kind.AUDIO: "media",
}
# Whatever is sent as a file arrives as a document; its first bytes tell.
_BY_FORMAT: Final = {
    **dict.fromkeys((Format.JPEG, Format.PNG, Format.WEBP, Format.HEIC), "pictures"),
    Format.PDF: "documents",
    **dict.fromkeys((Format.MP4, Format.OGG, Format.MP3, Format.AAC), "media"),
}
# So often a child that says nothing is asked what its sandbox holds.
CHECKS: Final = 3
_WIB: Final = timezone(timedelta(hours=7), "WIB")

_AGE: Final = b"age-encryption.org/v1\n"
_STDIN: Final = 0
_STDOUT: Final = 1
# The child inherits nothing of ours: no token, no key, no path but where the system's own libraries are.
_INHERITED: Final = ("LD_LIBRARY_PATH",)


class Cleaned(msgspec.Struct, frozen=True):
    """A file made safe and sealed; `padded` is its size in bytes, coarse on purpose.

    `taken` is when the original says it was made, "YYYY-MM-DDTHH:MM" on the clock of the place, or "": to be offered
    to who sent it, and kept only if they say so.
    """

    kind: Kind
    sealed: bytes
    padded: int
    taken: str = ""


class Cleaner:
    """Cleans strangers' files, `at_once` at a time, each in a fresh child of at most `seconds` seconds.

    `zone` is where files are made that tell their time in UTC only.
    """

    def __init__(
        self,
        *,
        at_once: int = 2,
        seconds: float = 20,
        randomness: Callable[[int], bytes] = secrets.token_bytes,
        zone: tzinfo = _WIB,
    ) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._seconds = seconds
        self._randomness = randomness
        self._zone = zone

    async def clean(self, kind: Kind, source: AsyncIterator[bytes] | bytes, recipient: str) -> Cleaned:
        """Clean a file and seal it to an age public key; neither original nor result ever rests on a disk.

        The source is read to its end first, at most MOST_IN bytes of it, so that a slow network is not told
        as a slow file. Raises Unclean, ValueError where `recipient` is no key, and what the source raises.
        """
        seal(b"", [recipient])  # a bad key fails here and with its own name, not in the child as a bad file
        data = await _gathered(source)
        outcome, sealed = await self._outcome(_codec(kind, data), data, recipient)
        if outcome.why is not None:
            raise Unclean(outcome.why)
        # The child saw a stranger's bytes: it is not taken at its word that these are sealed.
        if not sealed.startswith(_AGE):
            raise Unclean(Why.BROKEN)
        taken = glimpse.local(outcome.taken, self._zone)
        return Cleaned(kind=kind, sealed=sealed, padded=outcome.padded, taken=taken)

    async def check(self) -> SandboxReport:
        """Start a child that tries to break out, to be asked at start; no report is the worst report.

        A child that says nothing is asked again: while a machine starts everything at once, one may be too slow, and
        all files would be refused until somebody starts us anew.
        """
        for _ in range(CHECKS):
            with suppress(TimeoutError, ValueError):
                line, _ = await self._ask(PROBE, b"")
                return msgspec.json.decode(line, type=SandboxReport)
        return SandboxReport()

    async def _outcome(self, codec: str, data: bytes, recipient: str) -> tuple[Outcome, bytes]:
        job = Job(recipient=recipient, grain=self._randomness(GRAIN_BYTES))
        try:
            line, sealed = await self._ask(codec, msgspec.json.encode(job) + b"\n" + data)
            return msgspec.json.decode(line, type=Outcome), sealed
        except TimeoutError:
            raise Unclean(Why.TOO_SLOW) from None
        except ValueError:  # no answer, or none of ours: msgspec's errors, and UnicodeDecodeError
            raise Unclean(Why.BROKEN) from None

    async def _ask(self, asked: str, said: bytes) -> tuple[bytes, bytes]:
        """Give the line a child answers with and what follows; raises TimeoutError."""
        async with self._slots:
            child, talk = await _started(asked)
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await talk.exchanged(said)
            finally:
                await talk.ended()
        if child.get_returncode() == -signal.SIGXCPU:
            raise TimeoutError
        line, _, sealed = answer.partition(b"\n")
        return line, sealed


class _Talk(asyncio.SubprocessProtocol):
    """One exchange with one child.

    Not asyncio's streams: they leave a pipe open that was not read to its end.
    """

    def __init__(self) -> None:
        self._answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._exit = asyncio.Event()
        self._heard = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._child = cast("asyncio.SubprocessTransport", transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - asyncio's signature
        self._heard += data
        if len(self._heard) > MOST_OUT:
            self._answered(b"")

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002 - as above
        if fd == _STDOUT:
            self._answered(bytes(self._heard))

    def process_exited(self) -> None:
        self._exit.set()

    async def exchanged(self, said: bytes) -> bytes:
        """Say it and hear the whole answer; one that is too long is none at all."""
        stdin = cast("asyncio.WriteTransport", self._child.get_pipe_transport(_STDIN))
        stdin.write(said)
        stdin.write_eof()
        return await self._answer

    async def ended(self) -> None:
        """End the child and whatever it may have started, and leave no zombie and no pipe."""
        with suppress(ProcessLookupError):
            os.killpg(self._child.get_pid(), signal.SIGKILL)
        try:
            await self._exit.wait()
        finally:
            self._child.close()

    def _answered(self, answer: bytes) -> None:
        if not self._answer.done():
            self._answer.set_result(answer)


def _codec(kind: Kind, data: bytes) -> str:
    """Name who cleans it; raises Unclean for what nobody here can."""
    format_ = format_of(data)
    codec = CODECS.get(kind) or (_BY_FORMAT.get(format_) if format_ else None)
    if codec is None:
        raise Unclean(Why.KIND)
    return codec


async def _gathered(source: AsyncIterator[bytes] | bytes) -> bytes:
    data = source if isinstance(source, bytes) else await _drawn(source)
    if not data:
        raise Unclean(Why.EMPTY)
    if len(data) > MOST_IN:
        raise Unclean(Why.TOO_BIG)
    return data


async def _drawn(source: AsyncIterator[bytes]) -> bytes:
    """Draw from a source until its end, or until it is too much, and let go of it at once: it holds a download."""
    drawn = bytearray()
    try:
        async for chunk in source:
            drawn += chunk
            if len(drawn) > MOST_IN:
                break
    finally:
        if isinstance(source, AsyncGenerator):
            await source.aclose()
    return bytes(drawn)


async def _started(asked: str) -> tuple[asyncio.SubprocessTransport, _Talk]:
    """Start a child in a session of its own, deaf to our signals and with nothing of our environment."""
    return await asyncio.get_running_loop().subprocess_exec(
        _Talk,
        *(sys.executable, "-I", "-m", "storage.cleaning.child", asked),
        stderr=DEVNULL,  # a traceback could quote the file
        cwd="/",
        env={name: os.environ[name] for name in _INHERITED if name in os.environ},
        start_new_session=True,
    )
