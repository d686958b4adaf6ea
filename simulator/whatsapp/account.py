"""The business's account at WhatsApp: its people, their chats, its files. The page shows what is here."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import httpx

from simulator.control import Asked
from simulator.whatsapp.outbox import Outbox
from simulator.whatsapp.rules import USER_ID
from simulator.whatsapp.webhooks import News
from simulator.world import Media, World, Wrong

DAY = 24 * 60 * 60
WINDOW = DAY
UPLOADED_LIVES = 30 * DAY
RECEIVED_LIVES = 7 * DAY
URL_LIVES = 5 * 60
TYPING = 25
HIGHEST_PORT = 65_535
MESSAGES_KEPT = 1_000  # of a chat: nobody scrolls further, and a load test must not eat the memory
FILES_KEPT = 20_000

SHOWN = (
    "id", "kind", "at", "header", "text", "footer", "buttons", "media", "status", "reply_to", "reaction",
)  # fmt: skip

Status = Literal["sent", "delivered", "read", "failed"]


@dataclass(slots=True)
class Person:
    """Somebody with a phone; `phone` is null for those who show a username instead (BSUID only)."""

    id: str
    name: str
    phone: str | None = None
    username: str | None = None
    wrote_at: float | None = None  # opens the window of 24 hours
    burst_at: float = 0.0  # the pair limit: when the present burst began and how many it holds
    burst: int = 0

    def within_window(self, now: float) -> bool:
        return self.wrote_at is not None and now - self.wrote_at < WINDOW

    def shown(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "phone": self.phone, "username": self.username}


@dataclass(slots=True)
class Message:
    """What one bubble on the phone shows."""

    id: str
    person: str
    sender: Literal["business", "person"]
    kind: str
    at: float
    header: str = ""
    text: str = ""
    footer: str = ""
    buttons: list[dict[str, str]] = field(default_factory=list)
    menu: dict[str, Any] | None = None
    media: dict[str, Any] | None = None
    status: Status = "sent"
    reply_to: str | None = None
    reaction: str | None = None
    tracker: str | None = None  # the business's biz_opaque_callback_data
    told: dict[str, Any] | None = None  # what the webhook was told: an edit says it again

    def shown(self) -> dict[str, Any]:
        shown = {name: getattr(self, name) for name in SHOWN}
        return {**shown, "from": self.sender, "list": self.menu}


@dataclass(frozen=True, slots=True)
class File:
    """A file at WhatsApp under its media id; forgotten at `until`."""

    id: str
    media: Media
    until: float

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.media.data).digest()


class WhatsApp:
    """Raises `Wrong` when its part of the setup cannot be understood.

    What a setup does not name is not checked: without `templates` every template exists, without `waba_id`
    every account id is this one's. `late_window` tells 131047 as a `failed` status after a 200, as Meta often
    does.
    """

    def __init__(self, setup: Asked) -> None:
        self.phone_id = setup.may("phone_id", str, "100000000000001")
        self.number = _digits(setup.may("number", str, "628000000000"))
        self.token = setup.may("token", str, "wa-token")
        self.secret = setup.may("app_secret", str, "app-secret")
        self.verify_token = setup.may("verify_token", str, "verify")
        self.webhook = _address(setup.maybe("webhook", str))
        self.phone: dict[str, Any] = setup.may("phone", dict, {})  # what is odd about the number
        self.name = setup.may("name", str, "Saksi")
        self.waba_id = setup.maybe("waba_id", str)
        self.templates = setup.several("templates") if "templates" in setup else None
        self.late_window = setup.may("late_window", bool, default=False)
        self.profile: dict[str, Any] = {}
        self.people: dict[str, Person] = {}
        self._phones: dict[str, Person] = {}
        self.chats: dict[str, dict[str, Message]] = {}
        self.typing: dict[str, float] = {}
        self.messages: dict[str, Message] = {}
        self.files: dict[str, File] = {}
        self.outbox = Outbox()
        for person in setup.several("people"):
            self.welcome(person)

    @property
    def business_id(self) -> str:
        return self.waba_id or "200000000000001"

    def welcome(self, who: Asked) -> Person:
        """A new person with a phone; raises `Wrong` when the id or the phone is taken."""
        key, name, phone = who.need("id", str), who.may("name", str, "Warga"), who.maybe("phone", str)
        username = who.maybe("username", str) or (None if phone else _username(name))
        person = Person(key, name, None, username)
        self._settle(person, key, phone)
        self.chats[key] = {}
        return person

    def moved(self, person: Person, key: str, phone: str | None) -> None:
        """The person took another number: their chat goes with them under a new id; raises `Wrong` too."""
        old_key, old_phone = person.id, person.phone
        self._settle(person, key, phone)
        del self.people[old_key]
        self._phones.pop(old_phone or "", None)
        self.chats[key] = self.chats.pop(old_key)
        for message in self.chats[key].values():
            message.person = key

    def _settle(self, person: Person, key: str, phone: str | None) -> None:
        digits = None if phone is None else _digits(phone)
        if not USER_ID.fullmatch(key):
            raise Wrong(f"not a business-scoped user id like ID.12345: {key}")
        if key in self.people or digits in self._phones:
            raise Wrong(f"{key} or their phone is there already", 409)
        person.id, person.phone = key, digits
        self.people[key] = person
        if digits:
            self._phones[digits] = person

    def person(self, key: str) -> Person:
        if key not in self.people:
            raise Wrong(f"no such person: {key}", 404)
        return self.people[key]

    def by_phone(self, phone: str) -> Person | None:
        return self._phones.get(_bare(phone))

    def say(self, message: Message) -> None:
        """Put a message into its chat, which keeps the latest thousand; a person's own opens the window."""
        chat = self.chats[message.person]
        chat[message.id] = self.messages[message.id] = message
        if message.sender == "business":
            self.typing.pop(message.person, None)
        else:
            self.people[message.person].wrote_at = message.at
        if len(chat) > MESSAGES_KEPT:
            self.unsay(next(iter(chat)))

    def unsay(self, key: str) -> None:
        message = self.messages.pop(key)
        del self.chats[message.person][key]

    def last(self, person: Person, sender: str) -> Message | None:
        """The person's latest message, or the latest to them."""
        return next((m for m in reversed(self.chats[person.id].values()) if m.sender == sender), None)

    def unread(self, person: Person) -> Iterator[Message]:
        """What the business wrote and the person has not seen yet."""
        for message in self.chats[person.id].values():
            if message.sender == "business" and message.status in {"sent", "delivered"}:
                yield message

    def tell(self, *news: News) -> None:
        """Have the webhook told; without a webhook nobody is."""
        if self.webhook:
            self.outbox.put(*news)

    def store(self, media: Media, until: float) -> File:
        file = File(number(), media, until)
        self.files[file.id] = file
        if len(self.files) > FILES_KEPT:
            del self.files[next(iter(self.files))]
        return file

    def file(self, key: str, now: float) -> File | None:
        """The file with this media id, unless it is unknown, deleted or past its days."""
        file = self.files.get(key)
        return file if file is not None and now < file.until else None

    def url(self, base: str, file: File, now: float, source: str) -> str:
        """An address for five minutes. It carries a query, as the real ones do: no client may rebuild it."""
        ends = str(int(now + URL_LIVES))
        query = {"mid": file.id, "source": source, "ext": ends, "hash": self._mark(file.id, ends)}
        return f"{base.rstrip('/')}/media/whatsapp_business/attachments/?{urlencode(query)}"

    def addressed(self, query: dict[str, str], now: float) -> File | None:
        """The file such an address names while it is good."""
        key, ends = query.get("mid", ""), query.get("ext", "")
        if query.get("hash") != self._mark(key, ends) or now >= int(ends):
            return None
        return self.file(key, now)

    def _mark(self, key: str, ends: str) -> str:
        return hmac.new(self.secret.encode(), f"{key} {ends}".encode(), hashlib.sha256).hexdigest()[:24]


def number() -> str:
    """An id of sixteen digits, as files and templates have."""
    return f"{10**15 + secrets.randbelow(9 * 10**15)}"


def wamid() -> str:
    return "wamid.HBg" + secrets.token_hex(20).upper()


def in_chat(media: Media, kind: str, name: str | None = None) -> dict[str, Any]:
    """A file as the page shows it."""
    said = {"kind": kind, "url": media.url, "name": name or media.name}
    return {**said, "size": len(media.data), "mime": media.mime}


def state(world: World) -> dict[str, Any]:
    """WhatsApp's part of /sim/state. `typing` says whether the business is writing to that person."""
    account, now = world.whatsapp, world.now()
    chats = [
        {
            "key": key,
            "typing": account.typing.get(key, 0) > now,
            "messages": [message.shown() for message in chat.values()],
        }
        for key, chat in account.chats.items()
    ]
    return {
        "number": account.number,
        "name": account.name,
        "people": [person.shown() for person in account.people.values()],
        "chats": chats,
        "webhook": account.outbox.shown(),
    }


def chat(world: World, key: str) -> list[dict[str, Any]]:
    """What one chat shows; nothing where nobody has opened it."""
    return [message.shown() for message in world.whatsapp.chats.get(key, {}).values()]


def _bare(phone: str) -> str:
    return re.sub(r"[\s()+.-]", "", phone)


def _digits(phone: str) -> str:
    digits = _bare(phone)
    if not digits.isdecimal() or not digits.isascii():
        raise Wrong(f"not a phone number: {phone!r}")
    return digits


def _address(webhook: str | None) -> str | None:
    """A webhook that can at least be called: what only fails at the call would end all deliveries."""
    if not webhook:
        return None
    try:
        url = httpx.URL(webhook)
        url.host.encode("idna")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Wrong(f"not an address: {webhook!r}") from error
    if url.scheme not in {"http", "https"} or not url.host or (url.port or 0) > HIGHEST_PORT:
        raise Wrong(f"not an address: {webhook!r}")
    return webhook


def _username(name: str) -> str:
    return (re.sub("[^a-z0-9]+", ".", name.casefold()).strip(".") or "warga") + ".demo"
