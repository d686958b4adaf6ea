"""What the cleaner and its child say to each other, and how much of it."""

from datetime import UTC
from enum import StrEnum
from typing import Final, NamedTuple

import msgspec

from storage.cleaning import glimpse
from storage.errors import Why

CODECS: Final = ("pictures", "documents", "media")
PROBE: Final = "probe"

MOST_IN: Final = 25 << 20
MOST_OUT: Final = 32 << 20
MOST_LINE: Final = 4096
GRAIN_BYTES: Final = 129


class Clean(NamedTuple):
    """What a codec gives: the cleaned file, and when the original was made, as `glimpse` says it, or ""."""

    data: bytes
    taken: str = ""


class Layer(StrEnum):
    """What the child gave up before it saw a byte, in this order."""

    PRIVILEGES = "no new privileges"
    NETWORK = "own user, network and ipc namespace"
    ROOT = "empty root folder"
    CAPABILITIES = "no capabilities"
    LANDLOCK = "landlock"
    HIDDEN = "not dumpable, dies with its parent"
    LIMITS = "limits"


class Attempt(StrEnum):
    """What the self-test tries from inside; each should be refused."""

    READ = "read a file"
    WRITE = "write a file"
    TCP = "connect"
    UDP = "send a datagram"
    SIGNAL = "signal the parent"
    TRACE = "trace the parent"
    EXEC = "exec"


class Job(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line to the child; the file's bytes follow until the end.

    `grain` is the parent's randomness: GRAIN_BYTES of it make equal files unequal once cleaned.
    """

    recipient: str
    grain: bytes


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line from the child; unless it says why not, the sealed bytes follow until the end.

    `taken` is when the file was made, as `glimpse` says it, or "". The child is not taken at its word for its form.
    """

    why: Why | None = None
    padded: int = 0
    taken: str = ""

    def __post_init__(self) -> None:
        glimpse.local(self.taken, UTC)


class SandboxReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the self-test found: the layers that hold, and what the child could do in spite of them."""

    layers: frozenset[Layer] = frozenset()
    landlock_abi: int = 0
    refused: frozenset[Attempt] = frozenset()

    @property
    def ready(self) -> bool:
        """Tell whether files may be cleaned here; where not, each is refused as "no-sandbox"."""
        return holds(self.layers)

    @property
    def allowed(self) -> frozenset[Attempt]:
        return frozenset(Attempt) - self.refused

    def __str__(self) -> str:
        verdict = "evidence is cleaned" if self.ready else "NO SANDBOX, so every file is refused"
        layers = ", ".join(layer for layer in Layer if layer in self.layers) or "none"
        allowed = ", ".join(attempt for attempt in Attempt if attempt in self.allowed) or "nothing"
        return f"{verdict}; layers: {layers} (landlock ABI {self.landlock_abi}); still possible: {allowed}"


def holds(layers: frozenset[Layer]) -> bool:
    """Tell whether the bytes of a stranger may be looked at behind these layers: a network or files apart."""
    return Layer.LANDLOCK in layers or Layer.NETWORK in layers
