"""How large a picture or a page may stay: small enough to send, large enough to read."""

from typing import Final

LONG_SIDE: Final = 2560
# A scrolled screenshot must stay legible: a narrow picture keeps this width, up to the height Telegram
# takes (sendPhoto: width and height together at most 10 000; checked 2026-11-20).
SHORT_SIDE: Final = 1080
LONGEST_SIDE: Final = 8000


def scale(size: tuple[float, float], most: float = 1.0) -> float:
    """Say by what to multiply both sides, at most `most`, so that neither is longer than it may be."""
    short, long = sorted(size)
    return min(most, max(LONG_SIDE / long, min(SHORT_SIDE / short, LONGEST_SIDE / long)))


def scaled(size: tuple[float, float], by: float) -> tuple[int, int]:
    """Give whole sides of at least one pixel."""
    return max(1, round(size[0] * by)), max(1, round(size[1] * by))
