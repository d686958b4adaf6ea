"""Until a file is cleaned and sealed, child and locks included, and until a hostile one is refused."""

import asyncio
import io
import statistics
import time
from collections.abc import Callable
from itertools import count
from typing import Final

import av
from av.video.frame import VideoFrame
from PIL import Image

from benchmarks.table import Table
from handlers.messages import Kind
from storage.cleaning.cleaner import Cleaner
from storage.errors import Unclean
from storage.vault import new_identity
from tests.cleaning import files, papers, recordings, test_hostile

TIMES = 3
MEBIBYTE = 1 << 20
TWO, TWELVE = (1632, 1224), (4000, 3000)

HONEST: Final[dict[str, tuple[Kind, Callable[[], bytes]]]] = {
    "JPEG, 2 megapixels": (Kind.IMAGE, lambda: files.saved(photo(TWO), "JPEG", quality=85)),
    "JPEG, 12 megapixels": (Kind.IMAGE, lambda: files.saved(photo(TWELVE), "JPEG", quality=85)),
    "PNG, 2 megapixels (a screenshot)": (Kind.IMAGE, lambda: files.saved(files.corners(*TWO), "PNG")),
    "WebP, 2 megapixels": (Kind.IMAGE, lambda: files.saved(photo(TWO), "WEBP")),
    "HEIC, 12 megapixels": (Kind.IMAGE, lambda: files.saved(photo(TWELVE), "HEIF")),
    "PDF, 1 page": (Kind.PDF, papers.plain),
    "PDF, 10 pages": (Kind.PDF, lambda: papers.plain(many=10)),
    "MP4, 24 MiB": (Kind.VIDEO, lambda: long_video(24 * MEBIBYTE)),
    "voice note, 1 minute": (Kind.VOICE, lambda: recordings.sound("libopus", "ogg", many=60 * 50)),
    "audio, MP3": (Kind.AUDIO, lambda: recordings.sound("libmp3lame", "mp3", many=60 * 41)),
}
HOSTILE: Final[dict[str, tuple[Kind, Callable[[], bytes]]]] = {
    "half a JPEG, half a zip": (Kind.IMAGE, test_hostile.half_jpeg_half_zip),
    "a WebP on a canvas of a gigabyte": (Kind.IMAGE, test_hostile.huge_webp),
    "a PNG whose profile inflates to 200 MiB": (Kind.IMAGE, test_hostile.profile_bomb),
    "a PNG whose text inflates to 200 MiB": (Kind.IMAGE, test_hostile.text_bomb),
    "a PDF that inflates to 500 MiB": (Kind.PDF, papers.inflating),
    "a PDF of 400,000 shapes": (Kind.PDF, papers.laborious),
    "a PDF nested 100,000 deep": (Kind.PDF, papers.nested),
    "a PDF that draws itself": (Kind.PDF, papers.drawing_itself),
    "a video that claims a week": (Kind.VIDEO, lambda: recordings.claiming(7 * 86_400)),
    "a video of countless samples": (Kind.VIDEO, recordings.countless),
}


def photo(size: tuple[int, int]) -> Image.Image:
    """Noise made coarse, so that it compresses about as a photo does."""
    return files.noise(size[0] // 8, size[1] // 8).resize(size)


def long_video(size: int) -> bytes:
    """So many bytes of moving noise, 1280 x 720, which no encoder makes small."""
    ground, written = files.noise(1400, 840), io.BytesIO()
    with av.open(written, "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=25, options={"preset": "ultrafast", "qp": "18"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        for number in count():
            at = number * 7 % 120
            frame = VideoFrame.from_image(ground.crop((at, at, at + 1280, at + 720)))  # type: ignore[no-untyped-call]  # theirs
            file.mux(stream.encode(frame))
            if written.tell() >= size:
                break
        file.mux(stream.encode())
    return written.getvalue()


def measured() -> list[Table]:
    return asyncio.run(_measured())


async def _measured() -> list[Table]:
    cleaner, recipient = Cleaner(), new_identity()[1]
    honest = Table("Cleaning a file", ("file", "MiB", "ms, median", "sealed, MiB"))
    hostile = Table("Refusing a hostile file", ("file", "MiB", "ms", "what becomes of it"))
    report = await cleaner.check()
    if not report.ready:
        honest.missing.append(f"the sandbox is not ready: {report}")
        return [honest, hostile]
    for name, (kind, make) in HONEST.items():
        try:
            data = make()
            took = [await _timed(cleaner, kind, data, recipient) for _ in range(TIMES)]
        except (Unclean, ValueError, OSError) as error:
            honest.missing.append(f"{name}: {type(error).__name__} {error}")
            continue
        honest.add(name, len(data) / MEBIBYTE, statistics.median(each for each, _ in took), took[0][1] / MEBIBYTE)
    for name, (kind, make) in HOSTILE.items():
        data, begun = make(), time.perf_counter()
        try:
            await cleaner.clean(kind, data, recipient)
            told = "cleaned"
        except Unclean as unclean:
            told = f"refused: {unclean.why}"
        hostile.add(name, len(data) / MEBIBYTE, (time.perf_counter() - begun) * 1e3, told)
    honest.notes.append(f"Each in a fresh locked-down process, {TIMES} times one after the other.")
    return [honest, hostile]


async def _timed(cleaner: Cleaner, kind: Kind, data: bytes, recipient: str) -> tuple[float, int]:
    begun = time.perf_counter()
    cleaned = await cleaner.clean(kind, io.BytesIO(data).getvalue(), recipient)
    return (time.perf_counter() - begun) * 1e3, len(cleaned.sealed)
