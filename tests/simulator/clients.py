"""The two libraries Saksi uses, unmodified, pointed at the simulator."""

import contextlib
from collections.abc import AsyncIterator

import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.request import HTTPXRequest

from tests.simulator.running import Running

INTAKE, DESK = "100:intake-token", "200:desk-token"


@contextlib.asynccontextmanager
async def aiogram_bot(simulator: Running, token: str = INTAKE) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(simulator.url))
    async with Bot(token, session=session) as bot:
        yield bot


@contextlib.asynccontextmanager
async def ptb_bot(simulator: Running, token: str = DESK) -> AsyncIterator[telegram.Bot]:
    bot = telegram.Bot(
        token,
        base_url=f"{simulator.url}/bot",
        base_file_url=f"{simulator.url}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )
    async with bot:
        yield bot
