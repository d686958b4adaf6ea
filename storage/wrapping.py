"""Every owed row is sealed to the one who may read it: prompts to the draft key, the rest to courier or desk.

Prompts die with the draft keys, as their drafts do. Files to fetch, tickets not yet shown and pushes outlive a power
cut, so they are sealed to the courier; cards are sealed to their desk.

While the courier's key is locked, what reporters wait for (their ticket, their files, the deletion of their chat) is
sealed twice: to the draft key, which delivers it at once, and to the courier, which delivers it after a power cut and
an unlock. Waiting for the operator would leave somebody who has just reported without an answer, and deletions too
late: Telegram allows them for 48 hours.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import msgpack

from storage.errors import Locked, Sealed
from storage.keyring import Keyring, Purpose
from storage.vault import open_sealed, seal

_DRAFT, _AGE, _BOTH = b"d", b"a", b"b"
_OWED = b"owed"

_twice = msgpack.Decoder(tuple[bytes, bytes])


def wrap(recipient: str, data: bytes) -> bytes:
    """Seal to an age public key: the courier's or a desk's."""
    return _AGE + seal(data, (recipient,))


def unwrap(blob: bytes, identities: Sequence[str]) -> bytes:
    """Undo `wrap`. Raises Sealed."""
    return open_sealed(blob[1:], identities)


class Wrapper:
    """Seals payloads for others, and opens those that are meant for this process; without identities it is locked."""

    def __init__(self, *, keyring: Keyring | None = None, identities: Sequence[str] = ()) -> None:
        self._keyring = keyring
        self._identities = identities

    @property
    def locked(self) -> bool:
        return not self._identities

    def to_draft(self, data: bytes, name: str, now: datetime) -> bytes:
        """Seal under the present draft key, bound to the row's name."""
        return _DRAFT + self._boxed(data, name, now)

    def to(self, recipient: str, data: bytes) -> bytes:
        """Seal to an age public key: the courier's or a desk's."""
        return wrap(recipient, data)

    def lasting(self, courier: str, data: bytes, name: str, now: datetime) -> bytes:
        """Seal what must outlive a power cut and yet be delivered now, locked or not."""
        if not self.locked:
            return wrap(courier, data)
        return _BOTH + msgpack.encode((self._boxed(data, name, now), wrap(courier, data)))

    def outlives(self, blob: bytes) -> bool:
        """Tell whether this was meant to outlive the draft keys."""
        return blob[:1] in (_AGE, _BOTH)

    def open(self, blob: bytes, name: str, now: datetime) -> bytes:
        """Open what is meant for this process. Raises Sealed; Locked where the courier's key could open it."""
        kind, rest = blob[:1], blob[1:]
        if kind == _AGE:
            return self._unwrapped(blob)
        if kind != _BOTH:
            return self._unboxed(rest, name, now)
        boxed, wrapped = _twice.decode(rest)
        try:
            return self._unboxed(boxed, name, now)
        except Sealed:
            return self._unwrapped(wrapped)

    def _unwrapped(self, blob: bytes) -> bytes:
        if self.locked:
            raise Locked("the key of this row is locked: saksi unlock")
        return unwrap(blob, self._identities)

    def _boxed(self, data: bytes, name: str, now: datetime) -> bytes:
        if self._keyring is None:
            raise Sealed("this process has no draft keys")
        key = self._keyring.current(Purpose.DRAFT, now.timestamp())
        return key.box(_OWED).seal(data, name.encode())

    def _unboxed(self, boxed: bytes, name: str, now: datetime) -> bytes:
        for key in self._keyring.kept(Purpose.DRAFT, now.timestamp()) if self._keyring else ():
            try:
                return key.box(_OWED).open(boxed, name.encode())
            except Sealed:
                continue
        raise Sealed("the draft key of this row is gone")
