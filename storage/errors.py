"""What may go wrong while remembering.

StorageError
├── Sealed    it cannot be opened: another key, a changed byte, a wrong passphrase
├── Gone      it is no longer here: erased, expired or closed
└── Unclean   a file that could not be made safe, and was therefore refused; `why` is a Why
"""

from enum import StrEnum


class Why(StrEnum):
    """Why a file was refused; the catalogues have kind words for each."""

    EMPTY = "empty"
    TOO_BIG = "too-big"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_SLOW = "too-slow"
    NOT_A_PICTURE = "not-a-picture"
    KIND_NOT_YET = "kind-not-yet"
    BROKEN = "broken"
    NO_SANDBOX = "no-sandbox"


class StorageError(Exception):
    """Something could not be remembered, or not be remembered safely."""


class Sealed(StorageError):
    """What rests here cannot be opened with the key at hand."""


class Gone(StorageError):
    """What was asked for is no longer kept."""


class Unclean(StorageError):
    """A file could not be made safe and was not kept."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
