"""Telegram for reporters, by aiogram; what every step needs, bubbles and updates, is written and read raw.

Its typed models cost 300 µs a bubble, of 550 in all (measured): bubbles take its connections, and no models.
"""

from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from itertools import pairwise

import msgspec
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import BotCommand
from aiohttp import ClientError, ClientResponseError, ClientTimeout

from bot.channels import polling
from bot.channels.asked import PATIENCE, Answer, judged, sent
from bot.channels.base import Button, FileRef, Later, Limits, Never, Reporter, Shown, TooBig
from bot.channels.polling import Raws
from bot.channels.telegram_update import BIGGEST, HEARD, NAME

LIMITS = Limits(buttons=12, label=64, rows=0, row_label=0, row_about=0, text=4000, text_with_buttons=4000, columns=2)
# Two buttons share a row while both labels stay this short.
SHORT = 16
# So many messages one deleteMessages may name.
DELETE_AT_ONCE = 100
# Numbers that are tried at most where a chat is deleted: ten calls.
MOST_DELETED = 1000
RETRY = 5.0
JSON = {"Content-Type": "application/json"}
# Seconds for one call, as aiogram has it.
WITHIN = ClientTimeout(total=60)


class Telegram:
    """One bot that reporters write to."""

    name = NAME
    limits = LIMITS
    tells = False
    erases = True
    window = 0

    def __init__(self, *, token: str, api_base: str) -> None:
        self.secrets: tuple[str, ...] = (token,)
        self._session = AiohttpSession(api=TelegramAPIServer.from_base(api_base))
        self._bot = Bot(token, session=self._session)

    async def aclose(self) -> None:
        await self._session.close()

    async def show(self, to: Reporter, shown: Shown, tracker: str = "") -> tuple[str, ...]:  # noqa: ARG002  # WhatsApp's
        """Send one bubble; return its id. Raises Later or Never."""
        body: dict[str, object] = {
            "chat_id": int(to.id),
            "text": shown.text,
            "link_preview_options": {"is_disabled": True},
        }
        if shown.buttons:
            body["reply_markup"] = {"inline_keyboard": _keyboard(shown.buttons)}
        return (str(await self._post("sendMessage", body)),)

    async def answer(self, press: str) -> None:
        """Stop the spinner of a pressed button. Raises Later or Never."""
        await self._post("answerCallbackQuery", {"callback_query_id": press})

    async def _post(self, method: str, body: dict[str, object]) -> int:
        """Call a method; return the id of the message that it made, if any. Raises Later or Never."""
        session = await self._session.create_session()
        url, data = self._session.api.api_url(self._bot.token, method), msgspec.json.encode(body)
        with _translated():
            async with session.post(url, data=data, headers=JSON, timeout=WITHIN) as answer:
                return sent(answer.status, await answer.read())

    async def erase(self, to: Reporter, messages: tuple[str, ...]) -> None:
        """Delete messages and what stands between them, on both sides, 100 at a time. Raises Later or Never.

        Older than 48 hours cannot be.
        """
        ids = covered([int(message) for message in messages])
        for start in range(0, len(ids), DELETE_AT_ONCE):
            with _translated():
                await self._bot.delete_messages(int(to.id), ids[start : start + DELETE_AT_ONCE])

    async def fetch(self, file: FileRef, limit: int) -> AsyncGenerator[bytes, None]:
        """Yield a file's bytes. Raises Later, Never or TooBig."""
        with _translated():
            found = await self._bot.get_file(file.id)
        if not found.file_path or (found.file_size or 0) > min(limit, BIGGEST):
            raise TooBig
        url = self._session.api.file_url(self._bot.token, found.file_path)
        size = 0
        with _translated():
            async for chunk in self._session.stream_content(url, timeout=60, raise_for_status=True):
                size += len(chunk)
                if size > limit:
                    raise TooBig
                yield chunk

    async def updates(self, offset: int | None) -> Raws:
        """Ask for updates once. Raises Later or Never."""
        return await polling.asked(self._get_updates, HEARD, offset)

    async def _get_updates(self, body: dict[str, object]) -> tuple[int, bytes]:
        session = await self._session.create_session()
        url = self._session.api.api_url(self._bot.token, polling.METHOD)
        with _translated():
            async with session.post(url, json=body, timeout=ClientTimeout(total=polling.WITHIN)) as answer:
                return answer.status, await answer.read()

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have Telegram bring updates to `url`. Raises Later or Never."""
        with _translated():
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(HEARD))

    async def drop_webhook(self) -> None:
        """Go back to polling; what waits stays. Raises Later or Never."""
        with _translated():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def offer(self, commands: Iterable[tuple[str, str]], language: str = "") -> None:
        """Put commands and what they do behind the menu button, for one language or for all others.

        Raises Later or Never.
        """
        menu = [BotCommand(command=name, description=about) for name, about in commands]
        with _translated():
            await self._bot.set_my_commands(menu, language_code=language or None)

    async def ask(self, method: str, **parameters: object) -> Answer:
        """Call any method, as a check does. Raises Later or Never."""
        session = await self._session.create_session()
        url = self._session.api.api_url(self._bot.token, method)
        with _translated():
            async with session.post(url, json=parameters, timeout=ClientTimeout(total=PATIENCE)) as answer:
                return judged(answer.status, await answer.read(), answer.headers.get("Date", ""))

    async def username(self) -> str:
        """Ask for the bot's own name. Raises Later or Never."""
        with _translated():
            return (await self._bot.get_me()).username or ""


def covered(known: Sequence[int], most: int = MOST_DELETED) -> list[int]:
    """Add to messages of one chat those that may stand between them without our knowing, the smallest gaps first.

    A bot's private chats are numbered upwards together: what was in flight when a process died, or whose answer was
    lost, has a number between two that are known. The others there are other people's, and not found in this chat.
    """
    numbers = sorted(set(known))
    free = most - len(numbers)
    for before, after in sorted(pairwise(numbers), key=lambda pair: pair[1] - pair[0]):
        between = range(before + 1, after)
        if len(between) > free:
            break
        free -= len(between)
        numbers += between
    return sorted(numbers)


def _keyboard(buttons: tuple[Button, ...]) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = []
    for button in buttons:
        key = {"text": button.label, "callback_data": button.data}
        beside = bool(rows) and len(rows[-1]) < LIMITS.columns and len(rows[-1][-1]["text"]) <= SHORT
        if beside and len(button.label) <= SHORT:
            rows[-1].append(key)
        else:
            rows.append([key])
    return rows


@contextmanager
def _translated() -> Iterator[None]:
    """Turn aiogram's and aiohttp's errors into ours, without the words: they quote tokens and whole updates."""
    try:
        yield
    except TelegramRetryAfter as error:
        raise Later(float(error.retry_after), 429) from None
    except TelegramUnauthorizedError:
        raise Never(401, halt=True) from None
    except TelegramForbiddenError:
        raise Never(403, left=True) from None
    except (TelegramBadRequest, TelegramNotFound):
        raise Never(400) from None
    except ClientResponseError as error:
        raise (
            Later(RETRY, error.status) if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR else Never(error.status)
        ) from None
    except (TelegramAPIError, AiogramError, ClientError, TimeoutError, msgspec.DecodeError):
        raise Later(RETRY) from None
