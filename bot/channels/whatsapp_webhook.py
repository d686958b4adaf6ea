"""Reads WhatsApp's webhooks: keeps what a turn needs and drops everything else.

Profile names and usernames never become objects.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import TypeVar

from msgspec import Raw, Struct
from msgspec.json import Decoder

from bot.channels.base import Arrived, Reporter
from bot.channels.whatsapp_batch import Batch, Moved, Settled, State, Touched
from bot.channels.whatsapp_message import FAULT, NULL, UNREADABLE, Message, content, items, read, words
from bot.channels.whatsapp_people import Contact, People, moved

T = TypeVar("T")


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


class _Status(Struct):
    status: str | None = None
    biz_opaque_callback_data: str | None = None
    errors: Raw = NULL


class _Original(Struct):
    original_message_id: str
    message: Raw = NULL


_BODY = Decoder(_Body)
_ENTRY = Decoder(_Entry)
_CHANGE = Decoder(_Change)
_VALUE = Decoder(_Value)
_METADATA = Decoder(_Metadata)
_CONTACT = Decoder(Contact)
_STATUS = Decoder(_Status)
_MESSAGE = Decoder(Message)
_ORIGINAL = Decoder(_Original)

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


def _nameless(raw: Raw) -> str:
    """Name a message without an id by its own bytes, so that its repeats are still recognised."""
    return f"nameless:{hashlib.sha256(raw).hexdigest()}"


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
        people = People(self._each(_CONTACT, value.contacts))
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

    def _message(self, raw: Raw, people: People) -> None:
        message = read(_MESSAGE, raw)
        if message is None:
            self._odd += 1
        elif message.group_id or message.type == "reaction":
            self._ignored += 1
        elif message.type == "system":
            self._move(moved(message))
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

    def _move(self, notice: Moved | None) -> None:
        if notice:
            self._moved.append(notice)
        else:
            self._ignored += 1

    def _touch(self, kept: list[Touched], message: Message, raw: Raw, sender: Reporter) -> None:
        original = read(_ORIGINAL, raw)
        if original is None or not message.id:
            self._odd += 1
        else:
            now = read(_MESSAGE, original.message) or Message()
            kept.append(Touched(sender, message.id, original.original_message_id, words(now)))
