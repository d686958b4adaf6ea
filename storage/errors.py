"""What may go wrong while remembering.

StorageError
├── Sealed    it cannot be opened: another key, a changed byte, a wrong passphrase
│   └── Locked    not before the operator has unlocked the key (`saksi unlock`)
├── Gone      it is no longer here: erased, expired or closed
├── Overtaken another process wrote the same meanwhile: to be done again
├── Unreached the store of sealed files is out of reach or refuses us: to be done again, once somebody has seen to it
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
    KIND = "kind"
    LOCKED = "locked"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_LONG = "too-long"
    BROKEN = "broken"
    NO_SANDBOX = "no-sandbox"


class StorageError(Exception):
    """Something could not be remembered, or not be remembered safely."""


class Sealed(StorageError):
    """What rests here cannot be opened with the key at hand."""


class Locked(Sealed):
    """The key waits for its passphrase; nothing is lost."""


class Gone(StorageError):
    """What was asked for is no longer kept."""


class Overtaken(StorageError):
    """Somebody else wrote first; whoever does it again, from reading on, succeeds."""


class Unreached(StorageError):
    """The store of sealed files cannot be asked; the message says what an operator can do about it."""


class Unclean(StorageError):
    """A file could not be made safe and was not kept."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
