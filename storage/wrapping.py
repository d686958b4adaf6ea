"""Every owed row is sealed to the one who may read it: prompts to the draft key, the rest to courier or desk.

Prompts die with the draft keys, as their drafts do. Files to fetch, tickets not yet shown and pushes outlive a power
cut, so they are sealed to the courier; cards are sealed to their desk.
"""

from collections.abc import Sequence
from datetime import datetime

from storage.errors import Sealed
from storage.keyring import Keyring, Purpose
from storage.vault import open_sealed, seal

_DRAFT, _AGE = b"d", b"a"
_OWED = b"owed"


class Wrapper:
    """Seals payloads for others, and opens those that are meant for this process."""

    def __init__(self, *, keyring: Keyring | None = None, identities: Sequence[str] = ()) -> None:
        self._keyring = keyring
        self._identities = identities

    def to_draft(self, data: bytes, name: str, now: datetime) -> bytes:
        """Seal under the present draft key, bound to the row's name."""
        if self._keyring is None:
            raise Sealed("this process has no draft keys")
        key = self._keyring.current(Purpose.DRAFT, now.timestamp())
        return _DRAFT + key.box(_OWED).seal(data, name.encode())

    def to(self, recipient: str, data: bytes) -> bytes:
        """Seal to an age public key: the courier's or a desk's."""
        return _AGE + seal(data, (recipient,))

    def open(self, blob: bytes, name: str, now: datetime) -> bytes:
        """Open what is meant for this process. Raises Sealed."""
        if blob[:1] == _AGE:
            return open_sealed(blob[1:], self._identities)
        for key in self._keyring.kept(Purpose.DRAFT, now.timestamp()) if self._keyring else ():
            try:
                return key.box(_OWED).open(blob[1:], name.encode())
            except Sealed:
                continue
        raise Sealed("the draft key of this row is gone")
