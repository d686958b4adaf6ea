"""Telegram's memory: bots, people, chats and messages, with nothing of HTTP in it."""

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simulator.control import Asked
from simulator.telegram.errors import CHAT_NOT_FOUND, Refused, bad, forbidden, migrated
from simulator.telegram.limits import Limiter
from simulator.telegram.updates import Update, Updates
from simulator.telegram.webhook import Webhook
from simulator.world import Bell, Media, Wrong

ADMINISTRATORS = ("creator", "administrator")
GONE = ("left", "kicked")
STATUSES = (*ADMINISTRATORS, "member", "restricted", *GONE)
SUPERGROUPS = -1_000_000_000_000  # their ids lie below, those of basic groups above
TOPIC_COLOR = 7322096  # the first of the colours a topic may have


@dataclass(slots=True, eq=False)
class Person:
    id: int
    name: str
    username: str
    language: str

    @property
    def key(self) -> str:
        return f"person:{self.id}"


@dataclass(slots=True, eq=False)
class Bot:
    token: str
    id: int
    username: str
    name: str
    joins: bool = True  # whether it can be put into groups
    updates: Updates = field(default_factory=Updates)
    webhook: Webhook | None = None
    bell: Bell = field(default_factory=Bell)
    polls: int = 0  # every getUpdates ends the one before
    interrupted: str = ""  # why the polls before this one ended
    message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    files: dict[str, Media] = field(default_factory=dict)
    paths: dict[str, Media] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)  # commands and descriptions, by scope and language

    @property
    def key(self) -> str:
        return f"bot:{self.username}"

    def tell(self, kind: str, lane: str, body: dict[str, Any], now: float) -> Update | None:
        """Queue an update and wake whoever waits for it, by poll or by webhook."""
        update = self.updates.put(kind, lane, body, now)
        if update and self.webhook:
            self.webhook.push(update)
        self.bell.ring()
        return update

    def interrupt(self, why: str) -> int:
        """End the poll under way, if any, with a 409 that says `why`."""
        self.polls += 1
        self.interrupted = why
        self.bell.ring()
        return self.polls


@dataclass(slots=True, eq=False)
class Attachment:
    """A file in a message; `sizes` (photos only) has every copy Telegram made, smallest first."""

    kind: str
    media: Media
    shape: dict[str, Any] = field(default_factory=dict)
    sizes: list[tuple[Media, int, int]] = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class Message:
    id: int
    chat: "Chat"
    sender: Bot | Person
    at: float
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    attachment: Attachment | None = None
    extra: dict[str, Any] = field(default_factory=dict)  # what is neither text nor file: a place, a service notice
    album: str | None = None
    reply_to: int | None = None
    thread: int | None = None
    markup: dict[str, Any] | None = None
    protected: bool = False
    edited_at: float | None = None
    anonymous: bool = False


@dataclass(slots=True, eq=False)
class Topic:
    thread: int
    name: str
    color: int = TOPIC_COLOR
    closed: bool = False
    by: int = 0  # who made it


@dataclass(slots=True, eq=False, kw_only=True)
class Chat:
    """A private chat (`person` and `bot`) or a group (everything else)."""

    id: int
    title: str
    ids: Iterator[int]
    person: Person | None = None
    bot: Bot | None = None
    started: bool = False  # the person wrote first, so the bot may write
    blocked: bool = False
    username: str = ""  # of a group that anybody can find
    forum: bool = False
    protected: bool = False
    history: bool = False  # whoever joins reads what was written before
    erases_after: int = 0  # seconds, as getChat tells it; nothing is erased here
    members: dict[int, str] = field(default_factory=dict)  # id of a person or a bot -> status
    without: dict[int, tuple[str, ...]] = field(default_factory=dict)  # rights that an administrator was not given
    topics: dict[int, Topic] = field(default_factory=dict)
    general_closed: bool = False  # the topic that is always there, and has no id to write to
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: int | None = None
    upgraded_to: int | None = None

    @property
    def kind(self) -> str:
        if self.person:
            return "private"
        return "supergroup" if self.id < SUPERGROUPS else "group"

    @property
    def key(self) -> str:
        return f"{self.id}:{self.bot.username}" if self.bot else str(self.id)

    def status(self, who: Bot | Person) -> str:
        return self.members.get(who.id, "left")

    def may(self, who: Bot | Person, right: str) -> bool:
        """Whether somebody has a right of administrators."""
        status = self.status(who)
        return status == "creator" or (status == "administrator" and right not in self.without.get(who.id, ()))

    def add(self, message: Message) -> Message:
        self.messages[message.id] = message
        return message


@dataclass(frozen=True, slots=True)
class Query:
    """A pressed button; answered or not, it is dead after 150 seconds."""

    id: str
    bot: Bot
    person: Person
    at: float


class Telegram:
    """Raises Wrong when the setup names somebody twice, or somebody who is not there."""

    def __init__(self, part: Asked) -> None:
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, Person] = {}
        self.chats: dict[str, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.toasts: list[dict[str, Any]] = []
        self.limiter = Limiter()
        for bot in part.several("bots"):
            self.add_bot(bot)
        for person in part.several("people"):
            self.add_person(person)
        for group in part.several("groups"):
            self.add_group(group)

    def follow(self, old: "Telegram") -> None:
        """Count updates on from where `old` stopped: a bot that still polls would take lower ones for old."""
        for bot in self.bots.values():
            before = next((one for one in old.bots.values() if one.id == bot.id), None)
            bot.updates.next = before.updates.next if before else bot.updates.next

    async def stop(self) -> None:
        """Let go of every poll and webhook."""
        for bot in self.bots.values():
            bot.interrupt("")
            if bot.webhook:
                await bot.webhook.stop()

    def add_bot(self, asked: Asked) -> Bot:
        token, username = asked.need("token", str), asked.need("username", str)
        number, colon, secret = token.partition(":")
        if not (number.isdecimal() and colon and secret):
            raise Wrong("token should look like 100:secret")
        bot = Bot(
            token, int(number), username, asked.may("name", str, username), asked.may("joins", bool, default=True)
        )
        if username in self.bots or self.known(bot.id):
            raise Wrong(f"{username} is there already")
        self.bots[username] = bot
        return bot

    def add_person(self, asked: Asked) -> Person:
        number, name = asked.need("id", int), asked.need("name", str)
        if self.known(number) or number <= 0:
            raise Wrong(f"{number} is somebody else or nobody", 409)
        username = asked.may("username", str, f"contoh_{number}")
        self.people[number] = person = Person(number, name, username, asked.may("language", str, "id"))
        return person

    def add_group(self, asked: Asked) -> Chat:
        chat = Chat(
            id=asked.need("id", int),
            title=asked.need("title", str),
            ids=itertools.count(1),
            username=asked.may("username", str, ""),
            forum=asked.may("forum", bool, default=False),
            protected=asked.may("protected", bool, default=False),
            history=asked.may("history", bool, default=False),
            erases_after=asked.may("erases_after", int, 0),
        )
        if chat.id >= 0 or chat.key in self.chats:
            raise Wrong(f"{chat.id} is no free id of a group (they are negative)", 409)
        for member in asked.several("members"):
            status = member.may("status", str, "member")
            chat.members[self.person(member.need("person", int)).id] = checked_status(status)
        for name in asked.may("bots", list, []):
            bot = Asked({"username": name} if isinstance(name, str) else name)
            status, number = bot.may("status", str, "administrator"), self.bot(bot.need("username", str)).id
            chat.members[number], chat.without[number] = checked_status(status), tuple(bot.may("without", list, []))
        self.chats[chat.key] = chat
        return chat

    def known(self, number: int) -> Bot | Person | None:
        bot = next((bot for bot in self.bots.values() if bot.id == number), None)
        return bot or self.people.get(number)

    def person(self, number: int) -> Person:
        if number not in self.people:
            raise Wrong(f"no person {number}", 404)
        return self.people[number]

    def bot(self, username: str) -> Bot:
        if username not in self.bots:
            raise Wrong(f"no bot {username}", 404)
        return self.bots[username]

    def group(self, number: int) -> Chat:
        chat = self.chats.get(str(number))
        if chat is None:
            raise Wrong(f"no group {number}", 404)
        return chat

    def bots_in(self, chat: Chat) -> list[Bot]:
        if chat.bot:
            return [] if chat.blocked else [chat.bot]
        return [bot for bot in self.bots.values() if chat.status(bot) not in GONE]

    def private(self, person: Person, bot: Bot) -> Chat:
        """The chat of these two, made at the first word."""
        key = f"{person.id}:{bot.username}"
        if key not in self.chats:
            self.chats[key] = Chat(id=person.id, title=person.name, ids=bot.message_ids, person=person, bot=bot)
        return self.chats[key]

    def seen_by(self, bot: Bot, number: Any) -> Chat:
        """The chat a bot names, member or not; raises Refused."""
        if number is None or number == "":
            raise bad("chat_id is empty")
        chat = self.chats.get(str(number)) or self.chats.get(f"{number}:{bot.username}")
        if chat is None or (chat.person and not chat.started):
            raise self._unknown(bot, number)
        if chat.upgraded_to:
            raise migrated(chat.upgraded_to)
        if chat.person or chat.status(bot) not in GONE:
            return chat
        if chat.status(bot) == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        raise forbidden(f"bot is not a member of the {chat.kind} chat")

    def _unknown(self, bot: Bot, number: Any) -> Refused:
        who = self.known(number) if isinstance(number, int) else None
        if isinstance(who, Bot):
            return forbidden("bots can't send messages to bots")
        shared = (chat for chat in self.chats.values() if bot.id in chat.members)
        if who and any(who.id in chat.members for chat in shared):
            return forbidden("bot can't initiate conversation with a user")
        return bad(CHAT_NOT_FOUND)

    def writable(self, bot: Bot, number: Any) -> Chat:
        """The chat a bot may write to; raises Refused."""
        chat = self.seen_by(bot, number)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.status(bot) == "restricted":
            raise bad("not enough rights to send text messages to the chat")
        return chat

    def migrate(self, old: Chat) -> Chat:
        """The supergroup that takes the place of `old`, with a new id and no messages."""
        number = SUPERGROUPS - 1_000_000_000 - secrets.randbelow(1_000_000_000)
        new = Chat(
            id=number,
            title=old.title,
            ids=itertools.count(1),
            forum=old.forum,
            protected=old.protected,
            history=old.history,
            erases_after=old.erases_after,
            members=dict(old.members),
            without=dict(old.without),
        )
        self.chats[new.key] = new
        old.upgraded_to = new.id
        return new


def checked_status(status: str) -> str:
    if status not in STATUSES:
        raise Wrong(f"status should be one of {', '.join(STATUSES)}")
    return status
