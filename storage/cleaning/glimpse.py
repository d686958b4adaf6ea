"""See, before it is stripped, the one thing of a file's metadata worth offering to keep: when it was taken.

Nothing else of the metadata ever leaves the child; a place in particular does not.
"""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from storage.cleaning.exif import ASCII, field

_EXIF_FOLDER: Final = 0x8769
_DATE_TIME_ORIGINAL: Final = 0x9003

_EXIF_TIME: Final = re.compile(rb"([0-9]{4}):([0-9]{2}):([0-9]{2}) ([0-9]{2}):([0-9]{2}):[0-9]{2}\0?")
_ISO_TIME: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]+)?)?(\S*)")

# Apple writes the clock on the wall and its zone; the time in an MP4's own headers is UTC (ISO 14496-12, 8.2.2).
_WALL_CLOCK: Final = "com.apple.quicktime.creationdate"
_UNIVERSAL: Final = "creation_time"

# Clocks never set say 1904, 1970 or 1980.
_EARLIEST: Final = 2000
_LATEST: Final = 2100


def of_picture(exif: bytes) -> str:
    """Say when a picture with this EXIF block was taken, "YYYY-MM-DDTHH:MM" on the camera's clock, or ""."""
    found = field(exif, _EXIF_FOLDER, _DATE_TIME_ORIGINAL)
    if found is None or found.kind != ASCII:
        return ""
    said = _EXIF_TIME.fullmatch(found.value)
    return _plausible("{}-{}-{}T{}:{}".format(*(part.decode() for part in said.groups()))) if said else ""


def of_recording(metadata: Mapping[str, str]) -> str:
    """Say when a recording was made, as `of_picture` does; with a "Z" behind it where only UTC is known."""
    for key, zone in ((_WALL_CLOCK, ""), (_UNIVERSAL, "Z")):
        said = _ISO_TIME.fullmatch(metadata.get(key, ""))
        if said and (moment := _plausible(said[1] + zone)):
            return moment
    return ""


def local(moment: str, zone: tzinfo) -> str:
    """Give a moment on the clock of `zone`, where it was told in UTC; "" stays "".

    Raises ValueError where it is no moment of ours.
    """
    if moment != _plausible(moment):
        raise ValueError("this is no moment of ours")
    if not moment.endswith("Z"):
        return moment
    return datetime.fromisoformat(moment).astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def _plausible(moment: str) -> str:
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:  # no such day, no such hour, or nothing at all
        return ""
    written = when.strftime("%Y-%m-%dT%H:%M") + ("Z" if when.tzinfo else "")
    return moment if written == moment and _EARLIEST <= when.year <= _LATEST else ""
