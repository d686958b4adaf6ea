"""Telegram for officers, by python-telegram-bot: the group's cards, the private chats, and what is pressed there."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple, TypedDict

import httpx

# python-telegram-bot warns at every RetryAfter until this is chosen, and reads it once, when it is imported.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
)
from telegram.constants import ChatMemberStatus
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels import polling
from bot.channels.asked import PATIENCE, Answer, judged
from bot.channels.base import Button, Later, Never
from bot.channels.exhibit import Exhibit
from bot.channels.polling import Raws
from bot.channels.refusals import Moved, refusal
from handlers.messages import Kind

RETRY = 5.0
HEARD = ("message", "callback_query")
ALBUM = 10
TEXT = 4000
DELETE_AT_ONCE = 100
MEMBERS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER})

Rows = Sequence[Sequence[Button]]


class _Told(TypedDict):
    caption: str | None
    protect_content: bool
    filename: str


class Gathering(NamedTuple):
    """How many are in a group, with bots; whether its contents are protected; whether it has topics."""

    people: int
    protected: bool
    forum: bool


class DeskBot:
    """The bot that officers work with. Every method raises Later or Never."""

    def __init__(self, *, token: str, api_base: str) -> None:
        self.secrets = (token,)
        self._url = f"{api_base}/bot{token}"
        request = HTTPXRequest(connection_pool_size=16)
        self._bot = Bot(token, base_url=f"{api_base}/bot", base_file_url=f"{api_base}/file/bot", request=request)
        self._http = httpx.AsyncClient(timeout=polling.WITHIN)

    async def open(self) -> None:
        with translated():
            await self._bot.initialize()

    async def aclose(self) -> None:
        await self._bot.shutdown()
        await self._http.aclose()

    @property
    def username(self) -> str:
        return self._bot.username

    async def introduce(self, commands: Mapping[str, str]) -> None:
        """Show the commands behind the menu button, in the group and in private."""
        with translated():
            await self._bot.set_my_commands([BotCommand(name, about) for name, about in commands.items()])

    async def say(self, chat: int, text: str, rows: Rows = (), *, protect: bool = False, thread: int = 0) -> int:
        """Send a text, into a topic where there are some; return the message's id. Raises NoThread, Shut."""
        with translated():
            sent = await self._bot.send_message(
                chat,
                text,
                reply_markup=_keyboard(rows),
                protect_content=protect,
                message_thread_id=thread or None,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        return sent.message_id

    async def change(self, chat: int, message: int, text: str, rows: Rows) -> None:
        """Change a card. Raises Lost where it was deleted; a card that reads so already is fine."""
        with translated(unchanged_is_fine=True):
            await self._bot.edit_message_text(text, chat, message, reply_markup=_keyboard(rows))

    async def create_topic(self, chat: int, name: str) -> int:
        """Make a topic in a forum; return its id."""
        with translated():
            return (await self._bot.create_forum_topic(chat, name)).message_thread_id

    async def reopen_topic(self, chat: int, thread: int) -> None:
        """Open a topic again, or the General one; one that is open is fine."""
        with translated(unchanged_is_fine=True):
            if thread:
                await self._bot.reopen_forum_topic(chat, thread)
            else:
                await self._bot.reopen_general_forum_topic(chat)

    async def change_buttons(self, chat: int, message: int, rows: Rows) -> None:
        """Change what stands below a message."""
        with translated(unchanged_is_fine=True):
            await self._bot.edit_message_reply_markup(chat, message, reply_markup=_keyboard(rows))

    async def album(self, chat: int, pictures: Sequence[Exhibit], *, thread: int = 0) -> list[int]:
        """Send two to ten pictures as one protected album; return the messages' ids. Raises NoThread, Shut."""
        album = [InputMediaPhoto(one.data, filename=one.name, caption=one.caption) for one in pictures]
        with translated():
            sent = await self._bot.send_media_group(chat, album, protect_content=True, message_thread_id=thread or None)
        return [message.message_id for message in sent]

    async def exhibit(self, chat: int, one: Exhibit) -> int:
        """Send one protected file as what it is; return the message's id."""
        told: _Told = {"caption": one.caption, "protect_content": True, "filename": one.name}
        with translated():
            match one.kind:
                case Kind.IMAGE:
                    sent = await self._bot.send_photo(chat, one.data, **told)
                case Kind.VIDEO:
                    sent = await self._bot.send_video(chat, one.data, supports_streaming=True, **told)
                case Kind.VOICE:
                    sent = await self._bot.send_voice(chat, one.data, **told)
                case Kind.AUDIO:
                    sent = await self._bot.send_audio(chat, one.data, **told)
                case _:
                    sent = await self._bot.send_document(chat, one.data, **told)
        return sent.message_id

    async def archive(self, chat: int, data: bytes, name: str) -> int:
        """Send a sealed file that may be saved and passed on; return the message's id."""
        with translated():
            return (await self._bot.send_document(chat, data, filename=name)).message_id

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Delete messages; those that are not there are skipped, and so are those that Telegram keeps by now."""
        for start in range(0, len(messages), DELETE_AT_ONCE):
            part = list(messages[start : start + DELETE_AT_ONCE])
            try:
                with translated():
                    await self._bot.delete_messages(chat, part)
            except Never as never:
                if never.halt or never.code == httpx.codes.FORBIDDEN:
                    raise
                # One that is older than 48 hours keeps all of them there: each by itself.
                await self._delete_each(chat, part)

    async def _delete_each(self, chat: int, messages: Sequence[int]) -> None:
        for message in messages:
            with suppress(Never), translated():
                await self._bot.delete_message(chat, message)

    async def answer(self, query: str, text: str, *, url: str | None = None) -> None:
        """Tell the presser alone; `url` opens the private chat instead."""
        with translated():
            await self._bot.answer_callback_query(query, text=None if url else text, url=url)

    async def is_member(self, chat: int, user: int) -> bool:
        """Ask whether somebody is in the group now."""
        try:
            with translated():
                member = await self._bot.get_chat_member(chat, user)
        except Never:
            return False
        return member.status in MEMBERS

    async def ask(self, method: str, **parameters: object) -> Answer:
        """Call any method, as a check does."""
        try:
            answer = await self._http.post(f"{self._url}/{method}", json=parameters, timeout=PATIENCE)
        except httpx.HTTPError:
            raise Later(RETRY) from None
        return judged(answer.status_code, answer.content, answer.headers.get("Date", ""))

    async def gathering(self, chat: int) -> Gathering:
        """Look at a group."""
        with translated():
            count, seen = await self._bot.get_chat_member_count(chat), await self._bot.get_chat(chat)
        return Gathering(count, bool(seen.has_protected_content), bool(seen.is_forum))

    async def updates(self, offset: int | None) -> Raws:
        """Ask for updates once. Raises Later or Never."""
        return await polling.asked(self._get_updates, HEARD, offset)

    async def _get_updates(self, body: dict[str, object]) -> tuple[int, bytes]:
        try:
            answer = await self._http.post(f"{self._url}/{polling.METHOD}", json=body)
        except httpx.HTTPError:
            raise Later(RETRY) from None
        return answer.status_code, answer.content


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in rows]
    )


@contextmanager
def translated(*, unchanged_is_fine: bool = False) -> Iterator[None]:
    """Turn python-telegram-bot's errors into ours, without their words."""
    try:
        yield
    except RetryAfter as error:
        seconds = error.retry_after
        raise Later(seconds if isinstance(seconds, int) else seconds.total_seconds(), 429) from None
    except ChatMigrated as error:
        raise Moved(error.new_chat_id) from None
    except InvalidToken:
        raise Never(401, halt=True) from None
    except Forbidden:
        raise Never(403) from None
    except BadRequest as error:
        if unchanged_is_fine and "not modified" in str(error).lower().replace("_", " "):
            return
        raise refusal(str(error)) from None
    except TelegramError:
        raise Later(RETRY) from None
