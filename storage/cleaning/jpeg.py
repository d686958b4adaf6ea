"""Write pixels, and nothing but pixels, as a bare JPEG."""

import io
from typing import Final, cast

from PIL import Image, JpegImagePlugin, JpegPresets

from storage.cleaning.wire import GRAIN_BYTES

_TABLES: Final = cast("list[list[int]]", JpegPresets.presets["web_high"]["quantization"])
_COARSEST: Final = 255

# Pillow loads parts of itself at first use, which would be after the lock.
Image.preinit()
_LOADED: Final = JpegImagePlugin.__name__


def jpeg(picture: Image.Image, grain: bytes, coarseness: float = 1.0) -> bytes:
    """Carry nothing but pixels over: the new picture has never seen the old file's info.

    GRAIN_BYTES of `grain` vary the quality: equal pictures stay equal only under equal grain. A `coarseness` of 2
    about halves the size of a photograph.
    """
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    written = io.BytesIO()
    bare.save(written, "JPEG", qtables=_grained(grain, coarseness), subsampling="4:2:0")
    return written.getvalue()


def _grained(grain: bytes, coarseness: float) -> list[list[int]]:
    """Vary the quality a little as a whole, and every quantization step by at most one."""
    scale = (0.9 + 0.2 * grain[0] / 255) * coarseness
    jitter = iter(grain[1:GRAIN_BYTES])
    return [[min(_COARSEST, max(1, round(step * scale) + next(jitter) % 3 - 1)) for step in table] for table in _TABLES]
