"""Reads WhatsApp's webhooks: proves who sent them, keeps what a turn needs and drops everything else.

Profile names and usernames never become objects. A telephone number is read only as the address of last
resort, for people to whom Meta has given no business-scoped id.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from re import compile as pattern
from typing import TypeVar

from msgspec import Raw, Struct
from msgspec.json import Decoder

from bot.channels.base import Arrived, Reporter
from bot.channels.whatsapp_message import FAULT, NULL, UNREADABLE, Message, content, items, read, words
from handlers.messages import Edited, Odd, Oddity, Revoked

CHANNEL = "whatsapp"

T = TypeVar("T")


def signed(secret: str, body: bytes, header: str | bytes | None) -> bool:
    """Say whether Meta signed these raw bytes (`X-Hub-Signature-256`). An empty secret signs nothing."""
    if not secret or header is None:
        return False
    got = header.encode("utf-8", "replace") if isinstance(header, str) else header
    want = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={want}".encode(), got)


def challenge(verify_token: str, query: Mapping[str, str]) -> str | None:
    """Answer Meta's subscription check (the GET), or None when it does not know our token."""
    got = query.get("hub.verify_token", "").encode("utf-8", "replace")
    ours = bool(verify_token) and hmac.compare_digest(verify_token.encode(), got)
    return query.get("hub.challenge") if ours and query.get("hub.mode") == "subscribe" else None


class State(IntEnum):
    """How far a message of ours came. Statuses come out of order: the greater holds, `FAILED` is final."""

    ACCEPTED = 1
    DELIVERED = 2
    READ = 3
    FAILED = 4


class Settled(Struct, frozen=True):
    """What became of the message we sent under `tracker`. `code` is Meta's reason for a failure, else 0."""

    tracker: str
    state: State
    code: int = 0


class Moved(Struct, frozen=True):
    """A person has a new address; each of the old ones may be the one we knew."""

    old: tuple[Reporter, ...]
    new: Reporter


class Touched(Struct, frozen=True):
    """A person edited or revoked an earlier message. Both ids are the platform's: key them before storing.

    `text` are the new words, where Meta shows them. It does so for numbers that are in the Business app as well;
    for others an edit comes as `unsupported`, and a revocation not at all.
    """

    reporter: Reporter
    id: str
    original: str
    text: str = ""


class Batch(Struct, frozen=True):
    """Everything one webhook brought.

    `troubles` are codes Meta reports about the number itself, for the operator. `ignored` counts what was
    understood and needs nothing; `odd` what could not be read or has no sender: when it grows, look at Meta's
    changes.
    """

    arrived: tuple[Arrived, ...] = ()
    settled: tuple[Settled, ...] = ()
    moved: tuple[Moved, ...] = ()
    edited: tuple[Touched, ...] = ()
    revoked: tuple[Touched, ...] = ()
    troubles: tuple[int, ...] = ()
    ignored: int = 0
    odd: int = 0


def rewritten(batch: Batch) -> tuple[Arrived, ...]:
    """Say what became of earlier messages as a turn hears it."""
    edits = ((one, Edited(one.text) if one.text.strip() else Odd(Oddity.EDIT)) for one in batch.edited)
    gone = ((one, Revoked()) for one in batch.revoked)
    return tuple(Arrived(one.reporter, one.id, what, about=one.original) for one, what in (*edits, *gone))


def decode(body: bytes, phone_id: str, new_item: Callable[[], str]) -> Batch:
    """Sort a webhook's body for the number `phone_id`; `new_item` gives each file its random name with us.

    Never raises: Meta repeats for seven days what gets no 200, so what cannot be read is only counted.
    Every item is decoded alone, and an unreadable one costs none of the others.
    """
    sorting = _Sorting(phone_id, new_item)
    sorting.take(body)
    return sorting.batch()


class _Body(Struct):
    entry: Raw = NULL


class _Entry(Struct):
    changes: Raw = NULL


class _Change(Struct):
    field: str | None = None
    value: Raw = NULL


class _Value(Struct):
    metadata: Raw = NULL
    contacts: Raw = NULL
    messages: Raw = NULL
    statuses: Raw = NULL
    errors: Raw = NULL


class _Metadata(Struct):
    phone_number_id: str | None = None


class _Contact(Struct):
    wa_id: str | None = None
    user_id: str | None = None


class _Status(Struct):
    status: str | None = None
    biz_opaque_callback_data: str | None = None
    errors: Raw = NULL


class _System(Struct):
    type: str | None = None
    user_id: str | None = None
    previous_user_id: str | None = None
    wa_id: str | None = None


class _Original(Struct):
    original_message_id: str
    message: Raw = NULL


_BODY = Decoder(_Body)
_ENTRY = Decoder(_Entry)
_CHANGE = Decoder(_Change)
_VALUE = Decoder(_Value)
_METADATA = Decoder(_Metadata)
_CONTACT = Decoder(_Contact)
_STATUS = Decoder(_Status)
_MESSAGE = Decoder(Message)
_SYSTEM = Decoder(_System)
_ORIGINAL = Decoder(_Original)

_PHONE = pattern(r"[0-9]{1,20}")
_SCOPED = pattern(r"[A-Z]{2}\.[A-Za-z0-9._-]{1,160}")
_MOVES = frozenset({"user_changed_number", "user_changed_user_id"})
_STATES = {
    "sent": State.ACCEPTED,
    "delivered": State.DELIVERED,
    "read": State.READ,
    "played": State.READ,
    "failed": State.FAILED,
}


def _mended(body: bytes) -> bytes:
    r"""Replace halves of characters (`\ud83d` alone): for one of them msgspec refuses the whole body."""
    try:
        loose = json.loads(body.decode("utf-8", "replace"))
        return json.dumps(loose, ensure_ascii=False).encode("utf-8", "replace")
    except UNREADABLE:
        return b""


def _address(*candidates: str | None) -> Reporter | None:
    for candidate in candidates:
        if candidate and (_SCOPED.fullmatch(candidate) or _PHONE.fullmatch(candidate)):
            return Reporter(CHANNEL, candidate)
    return None


def _nameless(raw: Raw) -> str:
    """Name a message without an id by its own bytes, so that its repeats are still recognised."""
    return f"nameless:{hashlib.sha256(raw).hexdigest()}"


class _People:
    """The contacts beside some messages: a sender's scoped id may stand only there."""

    def __init__(self, contacts: Iterable[_Contact]) -> None:
        everybody = tuple(contacts)
        self._by_phone = {contact.wa_id: contact for contact in everybody if contact.wa_id}
        self._only = everybody[0] if len(everybody) == 1 else _Contact()

    def sender(self, message: Message) -> Reporter | None:
        contact = self._by_phone.get(message.from_ or "") or _Contact()
        return _address(message.from_user_id, contact.user_id, message.from_) or _address(
            self._only.user_id, self._only.wa_id
        )


class _Sorting:
    """One webhook on its way from bytes to a Batch."""

    def __init__(self, phone_id: str, new_item: Callable[[], str]) -> None:
        self._phone_id = phone_id
        self._new_item = new_item
        self._arrived: list[Arrived] = []
        self._settled: list[Settled] = []
        self._moved: list[Moved] = []
        self._edited: list[Touched] = []
        self._revoked: list[Touched] = []
        self._troubles: list[int] = []
        self._ignored = 0
        self._odd = 0

    def batch(self) -> Batch:
        return Batch(
            arrived=tuple(self._arrived),
            settled=tuple(self._settled),
            moved=tuple(self._moved),
            edited=tuple(self._edited),
            revoked=tuple(self._revoked),
            troubles=tuple(self._troubles),
            ignored=self._ignored,
            odd=self._odd,
        )

    def take(self, body: bytes) -> None:
        top = read(_BODY, body) or read(_BODY, _mended(body))
        if top is None:
            self._odd += 1
            return
        for entry in self._each(_ENTRY, top.entry):
            for change in self._each(_CHANGE, entry.changes):
                self._change(change)

    def _items(self, raw: Raw) -> tuple[Raw, ...]:
        found = items(raw)
        if found is None:
            self._odd += 1
        return found or ()

    def _each(self, decoder: Decoder[T], raw: Raw) -> Iterator[T]:
        for item in self._items(raw):
            shape = read(decoder, item)
            if shape is None:
                self._odd += 1
            else:
                yield shape

    def _change(self, change: _Change) -> None:
        value = read(_VALUE, change.value)
        if change.field not in (None, "messages"):
            self._ignored += 1
        elif value is None:
            self._odd += 1
        elif not self._ours(value):
            self._ignored += 1
        else:
            self._value(value)

    def _ours(self, value: _Value) -> bool:
        """Leave the account's other numbers alone. A change that names no number was still signed for us."""
        metadata = read(_METADATA, value.metadata) or _Metadata()
        return metadata.phone_number_id in (None, self._phone_id)

    def _value(self, value: _Value) -> None:
        people = _People(self._each(_CONTACT, value.contacts))
        for raw in self._items(value.messages):
            self._message(raw, people)
        for status in self._each(_STATUS, value.statuses):
            self._status(status)
        self._troubles.extend(fault.code for fault in self._each(FAULT, value.errors))

    def _status(self, status: _Status) -> None:
        state = _STATES.get(status.status or "")
        if not status.biz_opaque_callback_data or state is None:
            self._ignored += 1
            return
        code = next((fault.code for fault in self._each(FAULT, status.errors)), 0)
        self._settled.append(Settled(status.biz_opaque_callback_data, state, code))

    def _message(self, raw: Raw, people: _People) -> None:
        message = read(_MESSAGE, raw)
        if message is None:
            self._odd += 1
        elif message.group_id or message.type == "reaction":
            self._ignored += 1
        elif message.type == "system":
            self._move(message)
        elif (sender := people.sender(message)) is None:
            self._odd += 1
        elif message.type == "edit":
            self._touch(self._edited, message, message.edit, sender)
        elif message.type == "revoke":
            self._touch(self._revoked, message, message.revoke, sender)
        else:
            incoming, file = content(message, self._new_item)
            about = message.id or ""
            self._arrived.append(Arrived(sender, message.id or _nameless(raw), incoming, file=file, about=about))

    def _move(self, message: Message) -> None:
        system = read(_SYSTEM, message.system) or _System()
        new = _address(system.user_id, system.wa_id)
        known = map(_address, (system.previous_user_id, message.from_user_id, message.from_))
        old = tuple(dict.fromkeys(address for address in known if address and address != new))
        if system.type in _MOVES and new and old:
            self._moved.append(Moved(old, new))
        else:
            self._ignored += 1

    def _touch(self, kept: list[Touched], message: Message, raw: Raw, sender: Reporter) -> None:
        original = read(_ORIGINAL, raw)
        if original is None or not message.id:
            self._odd += 1
        else:
            now = read(_MESSAGE, original.message) or Message()
            kept.append(Touched(sender, message.id, original.original_message_id, words(now)))
