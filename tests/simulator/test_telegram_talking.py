"""The unmodified aiogram and python-telegram-bot talk to the simulator as to Telegram."""

import asyncio
from typing import Any

import aiogram.exceptions
import pytest
from aiogram import types
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Conflict, Forbidden

from tests.simulator.clients import aiogram_bot, ptb_bot
from tests.simulator.running import Running

GROUP = -1001000000001
ME = {"person": 7001, "chat": "saksi_demo_bot"}
OFFICER = {"person": 9001, "chat": GROUP}
KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ya", callback_data="ya")]])


async def test_aiogram_reads_a_start_answers_with_a_button_and_gets_the_press(simulator: Running) -> None:
    await simulator.sim("telegram/start", **ME, payload="kota-6271")
    async with aiogram_bot(simulator) as bot:
        (update,) = await bot.get_updates(timeout=5)
        assert update.message is not None
        assert update.message.text == "/start kota-6271"
        sent = await bot.send_message(7001, "<b>Halo</b>, Anda aman.", parse_mode="HTML", reply_markup=KEYS)
        assert (sent.text, sent.entities[0].type) == ("Halo, Anda aman.", "bold")  # type: ignore[index]  # it has one
        pressed = await simulator.sim("telegram/press", **ME, message=sent.message_id, data="ya")
        (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert update.callback_query is not None
        assert (update.callback_query.id, update.callback_query.data) == (pressed["query"], "ya")
        assert isinstance(update.callback_query.message, types.Message)
        assert await bot.answer_callback_query(update.callback_query.id, text="Tersimpan", show_alert=True)
    (toast,) = (await simulator.get("state"))["telegram"]["toasts"]
    assert toast == {"n": 1, "person": 7001, "text": "Tersimpan", "alert": True}
    (_, shown) = await simulator.messages("7001:saksi_demo_bot")
    assert shown["buttons"] == [[{"text": "Ya", "data": "ya"}]]


async def test_the_senders_name_and_language_are_there_to_be_dropped(simulator: Running) -> None:
    await simulator.sim("telegram/start", **ME)
    async with aiogram_bot(simulator) as bot:
        (update,) = await bot.get_updates()
    assert update.message is not None
    sender = update.message.from_user
    assert sender is not None
    assert (sender.first_name, sender.username, sender.language_code) == ("Warga", "contoh_7001", "id")


async def test_two_pollers_of_one_bot_quarrel(simulator: Running) -> None:
    async with ptb_bot(simulator) as one, ptb_bot(simulator) as other:
        since = (await simulator.calls("getMe"))[-1]["n"]
        first = asyncio.create_task(one.get_updates(timeout=20))
        await asyncio.sleep(0)
        second = asyncio.create_task(other.get_updates(timeout=20))
        done, _ = await asyncio.wait({first, second}, return_when=asyncio.FIRST_COMPLETED)
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await done.pop()
        await simulator.sim("telegram/message", **OFFICER, text="/antrean")
        answers = await asyncio.gather(first, second, return_exceptions=True)
    (update,) = next(answer for answer in answers if isinstance(answer, tuple))
    assert update.message is not None
    assert update.message.text == "/antrean"
    assert {call["status"] for call in await simulator.calls("getUpdates", since=since)} == {409, 200}


async def test_updates_stay_until_a_higher_offset_is_asked_for(simulator: Running) -> None:
    for text in ("satu", "dua", "tiga"):
        await simulator.sim("telegram/message", **ME, text=text)
    async with aiogram_bot(simulator) as bot:

        async def texts(**asked: Any) -> list[str | None]:
            return [update.message.text for update in await bot.get_updates(**asked) if update.message]

        ids = [update.update_id for update in await bot.get_updates()]
        assert ids == list(range(ids[0], ids[0] + 3))
        assert await texts(limit=2) == ["satu", "dua"]
        assert await texts() == ["satu", "dua", "tiga"]
        assert await texts(offset=ids[1]) == ["dua", "tiga"]
        assert await texts(offset=-1) == ["tiga"]
        assert await texts() == ["tiga"]
        assert await texts(offset=ids[2] + 1) == []


async def test_allowed_updates_are_remembered_and_decide_what_is_queued(simulator: Running) -> None:
    async with aiogram_bot(simulator) as bot:
        await bot.get_updates(allowed_updates=["message"])
        await simulator.sim("telegram/start", **ME)
        await simulator.sim("telegram/block", **ME)
        assert [update.event_type for update in await bot.get_updates()] == ["message"]
        await bot.get_updates(allowed_updates=["my_chat_member"])
        await simulator.sim("telegram/start", **ME)
        assert [update.event_type for update in await bot.get_updates(offset=-1)] == ["my_chat_member"]


async def test_a_press_is_worth_150_seconds_in_the_queue_and_for_its_answer(simulator: Running) -> None:
    await simulator.sim("telegram/start", **ME)
    async with aiogram_bot(simulator) as bot:
        sent = await bot.send_message(7001, "Ya?", reply_markup=KEYS)
        pressed = await simulator.sim("telegram/press", **ME, message=sent.message_id, data="ya")
        assert len(await bot.get_updates()) == 2
        await simulator.sim("clock", advance=151)
        assert [update.event_type for update in await bot.get_updates()] == ["message"]
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="query is too old"):
            await bot.answer_callback_query(pressed["query"])


async def test_edits_albums_blocks_and_raw_updates_arrive_as_their_own_kind(simulator: Running) -> None:
    sent = await simulator.sim("telegram/message", **ME, text="Lurah X")
    await simulator.sim("telegram/edit", **ME, message=sent["message"], text="Lurah Y")
    await simulator.sim("telegram/block", **ME)
    await simulator.sim("telegram/update", bot="saksi_demo_bot", update={"something_new": {"a": 1}})
    async with aiogram_bot(simulator) as bot:
        with pytest.raises(aiogram.exceptions.TelegramForbiddenError, match="bot was blocked by the user"):
            await bot.send_message(7001, "Halo")
    raw = (await simulator.client.get(f"/bot{bot.token}/getUpdates")).json()["result"]
    assert [list(update)[-1] for update in raw] == [
        "message",
        "edited_message",
        "my_chat_member",
        "something_new",
    ]
    assert raw[1]["edited_message"]["text"] == "Lurah Y"


async def test_a_bot_cannot_write_first(simulator: Running) -> None:
    async with aiogram_bot(simulator) as intake, ptb_bot(simulator) as desk:
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="chat not found"):
            await intake.send_message(7001, "Halo")
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await desk.send_message(9001, "Halo")
        with pytest.raises(Forbidden, match="bots can't send messages to bots"):
            await desk.send_message(100, "Halo")


async def test_commands_and_descriptions_are_kept_by_scope_and_language(simulator: Running) -> None:
    async with aiogram_bot(simulator) as bot:
        await bot.set_my_commands([types.BotCommand(command="mulai", description="Mulai laporan")])
        await bot.set_my_commands(
            [types.BotCommand(command="start", description="Start")],
            scope=types.BotCommandScopeAllPrivateChats(),
            language_code="en",
        )
        assert [one.command for one in await bot.get_my_commands()] == ["mulai"]
        assert await bot.get_my_commands(language_code="en") == []
        await bot.set_my_description("Lapor tanpa nama.")
        await bot.set_my_short_description("Lapor.")
        await bot.set_my_name("Saksi Kota")
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="BOT_COMMAND_INVALID"):
            await bot.set_my_commands([types.BotCommand(command="MULAI", description="x")])
    shown = (await simulator.get("state"))["telegram"]["bots"][0]
    assert shown["name"] == "Saksi Kota"
    assert shown["commands"] == [{"command": "mulai", "description": "Mulai laporan"}]


async def test_messages_are_deleted_within_48_hours_only(simulator: Running) -> None:
    await simulator.sim("telegram/start", **ME)
    async with aiogram_bot(simulator) as bot:
        ids = [(await bot.send_message(7001, f"pesan {n}")).message_id for n in range(3)]
        assert await bot.delete_message(7001, ids[0])
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="message to delete not found"):
            await bot.delete_message(7001, ids[0])
        assert await bot.delete_messages(7001, [ids[0], ids[1]])
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="too many message identifiers"):
            await bot.delete_messages(7001, list(range(101)))
        await simulator.sim("clock", advance=48 * 3600 + 1)
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="can't be deleted for everyone"):
            await bot.delete_messages(7001, [ids[2]])
    assert [one["text"] for one in await simulator.messages("7001:saksi_demo_bot")] == ["/start", "pesan 2"]


async def test_protected_content_is_not_copied_or_forwarded(simulator: Running) -> None:
    await simulator.sim("telegram/start", **ME)
    async with aiogram_bot(simulator) as bot:
        sent = await bot.send_message(7001, "Rahasia", protect_content=True)
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="can't be forwarded"):
            await bot.forward_message(7001, 7001, sent.message_id)
        free = await bot.send_message(7001, "Biasa")
        forwarded = await bot.forward_message(7001, 7001, free.message_id)
        assert forwarded.forward_origin is not None
        assert (await bot.copy_message(7001, 7001, free.message_id)).message_id > forwarded.message_id
    assert len(await simulator.calls("forwardMessage")) == 2
    assert [one["protected"] for one in await simulator.messages("7001:saksi_demo_bot")][:3] == [
        False,
        True,
        False,
    ]


async def test_another_token_is_not_let_in(simulator: Running) -> None:
    async with aiogram_bot(simulator, "100:wrong") as bot:
        with pytest.raises(aiogram.exceptions.TelegramUnauthorizedError):
            await bot.get_me()


ODD = [
    "sticker",
    "contact",
    "live-location",
    "location",
    "poll",
    "dice",
    "animation",
    "empty",
    "venue",
    "story",
]


@pytest.mark.parametrize("kind", ODD)
async def test_both_libraries_understand_every_odd_message(simulator: Running, kind: str) -> None:
    await simulator.sim("telegram/odd", **ME, kind=kind)
    async with aiogram_bot(simulator) as bot, ptb_bot(simulator, bot.token) as other:
        (update,) = await bot.get_updates()
        (same,) = await other.get_updates()
    assert update.message is not None
    assert same.message is not None
    part = {"live-location": "location", "empty": "date"}.get(kind, kind)
    assert getattr(update.message, part)
    assert getattr(same.message, part)
    assert update.message.text is None
    (shown,) = await simulator.messages("7001:saksi_demo_bot")
    assert shown["kind"] == {"empty": "odd"}.get(kind, kind)
