"""The same number of steps as aiogram's own FSM does them, as its documentation shows: states, data, an answer each."""

import importlib
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks import walk
from benchmarks.canned import TOKEN
from benchmarks.understanding import PEERS

BUTTONS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Lanjut", callback_data="on:on")]])
Handler = Callable[[Message, FSMContext], Awaitable[Any]]


def redis_storage(url: str, prefix: str) -> BaseStorage:
    """As its documentation shows, with the fast parser. Raises ImportError where `redis` is not in build/peers."""
    sys.path.append(str(PEERS))
    kind = importlib.import_module("aiogram.fsm.storage.redis").RedisStorage
    storage: BaseStorage = kind.from_url(url, key_builder=DefaultKeyBuilder(prefix=prefix))
    return storage


class Aiogram:
    def __init__(self, platform: str, storage: BaseStorage | None = None) -> None:
        self._bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(platform)))
        self._storage = storage or MemoryStorage()
        self._dispatcher = Dispatcher(storage=self._storage)
        router, count = Router(), len(walk.steps())
        states: list[State | None] = [None, *(State(f"step{number}", "Report") for number in range(1, count))]
        for step, state in enumerate(states):
            following = states[step + 1] if step + 1 < count else None
            router.message.register(_asking(step, following), StateFilter(state))
        self._dispatcher.include_router(router)

    async def start(self) -> None:
        """Nothing to open."""

    async def take(self, person: int, step: int) -> None:
        await self._dispatcher.feed_raw_update(self._bot, walk.plain(person, step))

    async def done(self) -> None:
        """Every answer is sent inside its step."""

    async def lost(self, acknowledged: Sequence[tuple[int, int]]) -> int:
        held = {person: await self._storage.get_data(self._key(person)) for person, _ in acknowledged}
        return sum(held[person].get("step", -1) < step for person, step in acknowledged)

    def _key(self, person: int) -> StorageKey:
        return StorageKey(bot_id=self._bot.id, chat_id=person, user_id=person)

    async def stop(self) -> None:
        await self._storage.close()
        await self._bot.session.close()


def _asking(step: int, following: State | None) -> Handler:
    async def handle(message: Message, state: FSMContext) -> None:
        await state.update_data({"step": step, f"answer{step}": message.text})
        await state.set_state(following)
        await message.answer("Apa yang Anda lihat? Tulis dengan kata Anda sendiri.", reply_markup=BUTTONS)

    return handle
