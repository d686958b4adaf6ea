"""The same number of steps as python-telegram-bot's ConversationHandler does them, kept by its PicklePersistence."""

import warnings
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ConversationHandler, MessageHandler, PicklePersistence, filters
from telegram.request import HTTPXRequest

from benchmarks import walk
from benchmarks.canned import TOKEN

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Lanjut", callback_data="on:on")]])


class PythonTelegramBot:
    def __init__(self, folder: Path, platform: str) -> None:
        # It says that per_message tracking is off, which is what a private chat wants.
        warnings.filterwarnings("ignore", module="telegram.ext")
        # One connection for each person at once: with the default of one they would wait for each other.
        request = HTTPXRequest(connection_pool_size=256)
        builder = Application.builder().token(TOKEN).base_url(f"{platform}/bot").request(request)
        self._application: Any = builder.persistence(PicklePersistence(folder / "pickle")).updater(None).build()
        last = len(walk.steps()) - 1
        handlers: list[Any] = [MessageHandler(filters.TEXT, _asking(step, last)) for step in range(last + 1)]
        conversation = ConversationHandler(
            entry_points=[handlers[0]],
            states={step: [handlers[step]] for step in range(1, last + 1)},
            fallbacks=[],
            name="report",
            persistent=True,
        )
        self._application.add_handler(conversation)

    async def start(self) -> None:
        await self._application.initialize()
        await self._application.start()

    async def take(self, person: int, step: int) -> None:
        update = Update.de_json(walk.plain(person, step), self._application.bot)
        await self._application.process_update(update)

    async def done(self) -> None:
        """Every answer is sent inside its step."""

    async def lost(self, acknowledged: Sequence[tuple[int, int]]) -> int:
        held = self._application.user_data
        return sum(held.get(person, {}).get("step", -1) < step for person, step in acknowledged)

    async def stop(self) -> None:
        await self._application.stop()
        await self._application.shutdown()


def _asking(step: int, last: int) -> Callable[[Update, Any], Coroutine[Any, Any, int]]:
    async def handle(update: Update, context: Any) -> int:
        assert update.message is not None
        context.user_data["step"] = step
        context.user_data[f"answer{step}"] = update.message.text
        await update.message.reply_text("Apa yang Anda lihat? Tulis dengan kata Anda sendiri.", reply_markup=BUTTONS)
        return step + 1 if step < last else ConversationHandler.END

    return handle
