"""The desk's room: who pressed what, whether they may, and what follows; committed before anybody is told."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from bot.buttons import Buttons
from bot.channels.base import ChannelError
from bot.channels.desk import DeskBot
from bot.channels.desk_update import Heard, MovedTo, Pressed, Wrote
from bot.logs import log
from bot.parcels import NEWS, CardDue, News, Opening, Parcel, desk_lane, packed
from bot.render import said
from handlers.desk import Card, Done, Officer, press
from handlers.messages import Say
from handlers.status import Status
from locales import Catalogue
from storage import outbox, tips
from storage.cards import Act, Notes
from storage.committer import Committer
from storage.errors import Gone
from storage.wrapping import Wrapper


@dataclass(frozen=True, slots=True)
class Desk:
    """What the whole desk process shares."""

    name: str
    key: str
    courier: str
    group: int
    officers: dict[int, Officer]
    notes: Notes
    wrapper: Wrapper
    buttons: Buttons
    words: Catalogue
    clock: Callable[[], datetime]

    def owe(self, tx: Connection, parcel: Parcel, *, name: str = "", after: float = 0) -> Collection[str]:
        """Owe something that this desk will deliver itself."""
        payload = self.wrapper.to(self.key, packed(parcel))
        due = self.clock().timestamp() + after
        outbox.owe(tx, name or secrets.token_urlsafe(12), desk_lane(self.name), payload, due)
        return (desk_lane(self.name),)

    def owe_news(self, tx: Connection, tip: str) -> Collection[str]:
        """Let the intake tell the reporter that there is news, if they wanted to be told."""
        payload = self.wrapper.to(self.courier, packed(News(tip)))
        outbox.owe(tx, secrets.token_urlsafe(12), NEWS, payload, self.clock().timestamp())
        return (NEWS,)

    def owe_refresh(self, tx: Connection, tip: str) -> Collection[str]:
        """Owe one change of a card, however often it is asked for before it is made."""
        return self.owe(tx, CardDue(tip), name=self.buttons.hidden(tip))

    def move(self, tx: Connection, group: int) -> Collection[str]:
        """Go on in the group that has taken the present one's place: every open card is posted there anew."""
        lanes = set[str]()
        for tip in self.notes.move(tx, group):
            if tips.route(tx, tip) and not tips.status(tx, tip).closed:
                lanes |= set(self.owe_refresh(tx, tip))
        return lanes

    def room(self, tx: Connection) -> int:
        """Return the group's present id."""
        return self.notes.room(tx).group or self.group

    def say(self, say: Say) -> str:
        return said(say.key, say.words, self.words)


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell the presser, once it is committed."""

    toast: Say
    lanes: frozenset[str] = frozenset()
    start_first: bool = False
    below: tuple[str, Card, Status] | None = None


NOT_YOURS = Answer(Say("toast-not-yours"))


class Room:
    """Hears officers, decides by the handlers, commits, then answers."""

    def __init__(self, desk: Desk, bot: DeskBot, committer: Committer, wake: Callable[[Collection[str]], None]) -> None:
        self._desk = desk
        self._bot = bot
        self._committer = committer
        self._wake = wake

    async def take(self, heard: Heard) -> None:
        """Handle one update; returns once what it led to is durable."""
        match heard:
            case Pressed():
                await self._pressed(heard)
            case MovedTo():
                self._wake(await self._committer.commit(lambda tx: self._moved(tx, heard)))
            case Wrote():
                await self._wrote(heard)

    def _moved(self, tx: Connection, moved: MovedTo) -> Collection[str]:
        return self._desk.move(tx, moved.new) if moved.old == self._desk.room(tx) else ()

    async def _pressed(self, pressed: Pressed) -> None:
        try:
            here = not pressed.private or await self._is_here(pressed.user)
        except ChannelError as error:
            # Nothing was done: whoever pressed sees no toast, and presses again.
            log.info("press-lost", code=error.code)
            return
        answer = await self._committer.commit(lambda tx: self._decide(tx, pressed) if here else NOT_YOURS)
        self._wake(answer.lanes)
        url = f"https://t.me/{self._bot.username}?start=buka" if answer.start_first else None
        try:
            await self._bot.answer(pressed.query, self._desk.say(answer.toast), url=url)
            if answer.below and pressed.private:
                rows = self._desk.buttons.below(*answer.below)
                await self._bot.change_buttons(pressed.chat, pressed.message, rows)
        except ChannelError as error:
            # The press is committed; only its toast is late (they live 150 s), and the card will show it.
            log.info("toast-lost", code=error.code)

    async def _is_here(self, user: int) -> bool:
        """Whether an officer is in the group still: Telegram sees to that there, but not in a private chat."""
        if user not in self._desk.officers:
            return False
        return await self._bot.is_member(await self._committer.commit(self._desk.room), user)

    def _decide(self, tx: Connection, pressed: Pressed) -> Answer:
        desk = self._desk
        officer = desk.officers.get(pressed.user)
        pointed = desk.buttons.read(pressed.data)
        if officer is None or pressed.chat not in (pressed.user, desk.room(tx)):
            return NOT_YOURS
        if pointed is None:
            return Answer(Say("toast-stale"))
        tip, action = pointed
        try:
            status = tips.status(tx, tip)
        except Gone:
            return Answer(Say("toast-stale"))
        card = desk.notes.card(tx, tip)
        if card is None or tips.route(tx, tip) != desk.name:
            return NOT_YOURS
        if not desk.buttons.fits(pressed.data, tip, action, status):
            return Answer(Say("toast-stale"), below=(tip, card, status))
        return self._do(tx, pressed, officer, tip, press(card, status, action, officer), status)

    def _do(  # noqa: PLR0913, PLR0917  # one press, all of it
        self, tx: Connection, pressed: Pressed, officer: Officer, tip: str, done: Done, before: Status
    ) -> Answer:
        desk, lanes = self._desk, set[str]()
        if done.opened and pressed.user not in desk.notes.room(tx).chats:
            return Answer(Say("toast-start-first"), start_first=True)
        changed = done.status is not before or done.card != desk.notes.card(tx, tip)
        desk.notes.put(tx, tip, done.card)
        if done.recorded:
            act = Act(tip, desk.clock().date(), officer.alias, done.recorded)
            desk.notes.record(tx, act)
        if done.status is not before:
            tips.move(tx, tip, done.status)
            if done.recorded != done.status:
                desk.notes.record(tx, Act(tip, desk.clock().date(), officer.alias, done.status))
            lanes |= set(desk.owe_news(tx, tip))
        if done.opened:
            lanes |= set(desk.owe(tx, Opening(tip, pressed.user)))
        if changed:
            lanes |= set(desk.owe_refresh(tx, tip))
        return Answer(done.toast, frozenset(lanes), below=(tip, done.card, done.status))

    async def _wrote(self, wrote: Wrote) -> None:
        say = await self._committer.commit(lambda tx: self._reply(tx, wrote))
        if say is None:
            return
        try:
            await self._bot.say(wrote.chat, self._desk.say(say))
        except ChannelError as error:
            log.info("reply-lost", code=error.code)

    def _reply(self, tx: Connection, wrote: Wrote) -> Say | None:
        desk = self._desk
        if not wrote.private:
            return Say("desk-not-relayed") if wrote.reply and wrote.chat == desk.room(tx) else None
        if wrote.user not in desk.officers:
            return Say("desk-unknown")
        room = desk.notes.room(tx)
        known = wrote.user in room.chats
        if not known:
            desk.notes.keep(tx, replace(room, chats=(*room.chats, wrote.user)))
        return Say("desk-help") if known else Say("desk-welcome")
