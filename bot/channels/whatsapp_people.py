"""Tells who wrote on WhatsApp: by a business-scoped id, by a telephone number only where Meta has given no other."""

from collections.abc import Iterable
from re import compile as pattern

from msgspec import Struct
from msgspec.json import Decoder

from bot.channels.base import Reporter
from bot.channels.whatsapp_batch import Moved
from bot.channels.whatsapp_message import Message, read

CHANNEL = "whatsapp"

_PHONE = pattern(r"[0-9]{1,20}")
_SCOPED = pattern(r"[A-Z]{2}\.[A-Za-z0-9._-]{1,160}")
_MOVES = frozenset({"user_changed_number", "user_changed_user_id"})


class Contact(Struct):
    """A card beside the messages; the profile's name on it is never decoded."""

    wa_id: str | None = None
    user_id: str | None = None


class _System(Struct):
    type: str | None = None
    user_id: str | None = None
    previous_user_id: str | None = None
    wa_id: str | None = None


_SYSTEM = Decoder(_System)


class People:
    """The contacts beside some messages: a sender's scoped id may stand only there."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        everybody = tuple(contacts)
        self._by_phone = {contact.wa_id: contact for contact in everybody if contact.wa_id}
        self._only = everybody[0] if len(everybody) == 1 else Contact()

    def sender(self, message: Message) -> Reporter | None:
        """Name who sent a message; None where nobody can be told by it."""
        contact = self._by_phone.get(message.from_ or "") or Contact()
        return _address(message.from_user_id, contact.user_id, message.from_) or _address(
            self._only.user_id, self._only.wa_id
        )


def moved(message: Message) -> Moved | None:
    """Read a notice that somebody has a new number or id; None where it tells of something else."""
    system = read(_SYSTEM, message.system) or _System()
    new = _address(system.user_id, system.wa_id)
    known = map(_address, (system.previous_user_id, message.from_user_id, message.from_))
    old = tuple(dict.fromkeys(address for address in known if address and address != new))
    return Moved(old, new) if system.type in _MOVES and new and old else None


def _address(*candidates: str | None) -> Reporter | None:
    for candidate in candidates:
        if candidate and (_SCOPED.fullmatch(candidate) or _PHONE.fullmatch(candidate)):
            return Reporter(CHANNEL, candidate)
    return None
