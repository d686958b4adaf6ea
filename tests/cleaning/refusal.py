"""What a refusal of the cleaner has to be: for a reason that people are told, and in good time."""

import time
from collections.abc import Awaitable
from typing import Final

import pytest

from storage.errors import Unclean, Why

# A hostile file must not hold up the others.
CEILING_SECONDS: Final = 5.0


async def refused(cleaning: Awaitable[bytes]) -> Why:
    """Have something refused; say why."""
    started = time.monotonic()
    with pytest.raises(Unclean) as refusal:
        await cleaning
    assert time.monotonic() - started < CEILING_SECONDS
    return refusal.value.why
